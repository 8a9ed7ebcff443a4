"""The commands that change what is served: `chatbot corpus …` and `chatbot index …`."""

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot import settings, terminal
from chatbot.errors import NotFoundError

if TYPE_CHECKING:
    from chatbot.ingest.refresh import Report
    from chatbot.wiring import Services


def services_of_settings() -> "Services":
    """What the settings of this process give."""
    from chatbot.wiring import Services

    return Services(settings.load())


@click.group()
def corpus() -> None:
    """The documents: add official texts, refresh the index."""


@corpus.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--document", "document_id", required=True, help="The id of the document whose official text it is.")
def corpus_add(file: Path, document_id: str) -> None:
    """Keep FILE as the official text of a document; `chatbot corpus refresh` then takes it up."""
    from chatbot.ingest import catalogue

    services = services_of_settings()
    if document_id not in catalogue.load(services.settings.corpus_dir).cards:
        raise NotFoundError(
            f"There is no card '{document_id}' in {services.settings.corpus_dir}; write the card first."
        )
    source = services.sources.add(file, document_id)
    click.echo(f"Added {source.about.name} as the official text of {document_id}. Now run: chatbot corpus refresh")


@corpus.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the check as JSON.")
def corpus_check(as_json: bool) -> None:
    """Read all cards, count them by what they are, and name every mistake; nothing is built."""
    from chatbot.ingest.checking import check

    services = services_of_settings()
    found = check(services.settings.corpus_dir, services.sources)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        terminal.print_check(found)
    if found.problems:
        raise SystemExit(1)


@corpus.command("refresh")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def corpusrefresh(as_json: bool) -> None:
    """Read all cards and official texts, build a snapshot, verify and publish it."""
    report = refresh(services_of_settings())
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(report), ensure_ascii=False, indent=2))
    else:
        terminal.print_report(report)


def refresh(services: "Services") -> "Report":
    """Refresh with a progress bar."""
    with terminal.progress("Embedding") as started:
        return services.refresher().refresh(started)


@click.group()
def index() -> None:
    """The snapshots: list them, go back to one, delete old ones."""


@index.command("list")
def index_list() -> None:
    """Show the snapshots, newest first."""
    for snapshot in services_of_settings().snapshots.listed():
        mark = "*" if snapshot.current else " "
        counts = ", ".join(f"{count} {name}" for name, count in snapshot.counts.items())
        click.echo(f"{mark} {snapshot.id}  built {snapshot.built_at}  {counts}")


@index.command("rollback")
@click.argument("snapshot_id", required=False)
def index_rollback(snapshot_id: str | None) -> None:
    """Make SNAPSHOT_ID the current one, or the one that was current before."""
    snapshots = services_of_settings().snapshots
    with snapshots.lock():
        if snapshot_id is not None:
            snapshots.publish(snapshot_id)
        else:
            snapshot_id = snapshots.rollback()
    click.echo(f"Snapshot {snapshot_id} is current.")


@index.command("prune")
@click.option(
    "--keep", type=click.IntRange(min=1), default=3, show_default=True, help="How many stay, with the current."
)
def index_prune(keep: int) -> None:
    """Delete old snapshots."""
    snapshots = services_of_settings().snapshots
    with snapshots.lock():
        deleted = snapshots.prune(keep)
    click.echo(f"Deleted {len(deleted)} snapshots." if deleted else "There is nothing to delete.")
