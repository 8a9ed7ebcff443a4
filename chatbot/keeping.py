"""The commands over what is kept: `chatbot keys …` and `chatbot feedback …`."""

import datetime

import click

from chatbot import terminal
from chatbot.upkeep import services_of_settings

_DATE = click.DateTime(["%Y-%m-%d"])


@click.group()
def keys() -> None:
    """API keys for programs: give out, list, revoke."""


@keys.command("add")
@click.argument("name")
@click.option("--expires", type=_DATE, metavar="DATE", help="Last day on which it opens, such as 2027-12-31 (UTC).")
def keys_add(name: str, expires: datetime.datetime | None) -> None:
    """Give out a key under NAME; its token is printed once and not kept."""
    token = services_of_settings().keys.add(name, expires.date() if expires else None)
    click.echo(token)
    click.echo(
        "This is shown once: the helpdesk keeps only what recognizes it. Send it as 'Authorization: Bearer …'.",
        err=True,
    )


@keys.command("list")
def keys_list() -> None:
    """Show the keys that were given out, oldest first."""
    terminal.print_keys(services_of_settings().keys.listed())


@keys.command("revoke")
@click.argument("name")
def keys_revoke(name: str) -> None:
    """End the key under NAME for good."""
    services = services_of_settings()
    services.keys.revoke(name)
    click.echo(f"The key of {name} is revoked; running workers refuse it within {services.settings.poll_seconds:g} s.")
