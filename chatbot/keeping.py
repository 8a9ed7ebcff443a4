"""The commands over what is kept: `chatbot keys …` and `chatbot feedback …`."""

import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from chatbot import spreadsheets, terminal
from chatbot.feedback import KeptFeedback, summarized
from chatbot.upkeep import services_of_settings

_DATE = click.DateTime(["%Y-%m-%d"])
_COLUMNS = ("given_on", "opinion", "status", "snapshot_id", "passages", "comment", "question")
"""Of the export, in the order of `_row`."""


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


@click.group()
def feedback() -> None:
    """What readers think of answers: export, count, delete."""


@feedback.command("export")
@click.option("--since", type=_DATE, metavar="DATE", help="Only what was given from this day on, such as 2026-01-31.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("--output", type=click.File("w", "utf-8", lazy=True), default="-", help="A file; else standard output.")
def feedback_export(since: datetime.datetime | None, form: str, output: Any) -> None:
    """Write all feedback, oldest first; the CSV is for spreadsheet programs, which compute nothing of it."""
    rows = map(_row, services_of_settings().feedback.kept(since.date() if since else None))
    for line in _csv(rows) if form == "csv" else _json_lines(rows):
        output.write(line)


@feedback.command("summary")
@click.option("--since", type=_DATE, metavar="DATE", help="Only what was given from this day on.")
def feedback_summary(since: datetime.datetime | None) -> None:
    """Count opinions, by status too, and name the passages that were told wrong."""
    terminal.print_summary(summarized(services_of_settings().feedback.kept(since.date() if since else None)))


@feedback.command("delete")
@click.option("--before", type=_DATE, metavar="DATE", required=True, help="The first day whose feedback stays.")
def feedback_delete(before: datetime.datetime) -> None:
    """Delete for good what was given before a day."""
    count = services_of_settings().feedback.delete_before(before.date())
    click.echo(f"Deleted {count} given before {before:%Y-%m-%d}.")


def _row(kept: KeptFeedback) -> dict[str, Any]:
    given = kept.feedback
    return {
        "given_on": kept.given_on.isoformat(),
        "opinion": str(given.opinion),
        "status": str(given.status),
        "snapshot_id": given.snapshot_id,
        "passages": list(given.passages),
        "comment": given.comment,
        "question": given.question,
    }


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield spreadsheets.MARK + spreadsheets.csv_of([_COLUMNS])
    for row in rows:
        yield spreadsheets.csv_of(
            [[*(str(value) for value in {**row, "passages": " ".join(row["passages"])}.values())]]
        )


def _json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"
