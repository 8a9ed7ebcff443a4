"""Answers, reports and measures -> lines for a terminal."""

import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from chatbot.answering.comparing import jurisdiction_name
from chatbot.answering.frames import NOT_STATED
from chatbot.feedback import Opinion, Summary
from chatbot.model import Answer, CellLine, Citation, Edition, Table
from chatbot.ports import GivenKey

if TYPE_CHECKING:
    from chatbot.evaluation.bench import Timing
    from chatbot.ingest.checking import Check
    from chatbot.ingest.refresh import Read, Report

_WIDTH = 96
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # what could move the cursor or colour what follows


def print_answer(answer: Answer) -> None:
    """The answer with its numbered citations."""
    if answer.read_as:
        click.secho(f"Read as: {_plain(answer.read_as)}\n", dim=True)
    if answer.message:
        click.echo(textwrap.fill(_plain(answer.message), _WIDTH) + "\n")
    for line in table_lines(answer.table):
        click.echo(_plain(line))
    for sentence in answer.sentences:
        marks = click.style("".join(f"[{number}]" for number in sentence.citations), fg="cyan")
        opening = "- " if sentence.is_item else "  "
        text = textwrap.fill(_plain(sentence.text), _WIDTH, initial_indent=opening, subsequent_indent="  ")
        click.echo(f"{text} {marks}")
    if answer.closing:
        click.echo("\n" + textwrap.fill(_plain(answer.closing), _WIDTH))
    _print_citations("Sources", answer.citations)
    _print_citations("Nearest in the sources", answer.nearest)
    click.secho(f"\n{answer.status.value.replace('_', ' ')} · snapshot {answer.snapshot_id}", dim=True)


def print_table(table: Table, citations: tuple[Citation, ...]) -> None:
    """Jurisdictions compared, with the citations of the cells."""
    for line in table_lines(table):
        click.echo(_plain(line))
    _print_citations("Sources", citations)


def print_keys(keys: list[GivenKey]) -> None:
    """A line a key; none is a sentence."""
    width = max((len(key.name) for key in keys), default=0)
    for key in keys:
        ends = f"ends {key.expires_on}" if key.expires_on else "never ends"
        used = f"last used {key.used_on}" if key.used_on else "never used"
        click.echo(f"{key.name:{width}}  {key.state}, given {key.given_on}, {ends}, {used}")
    if not keys:
        click.echo("No key was given out yet; 'chatbot keys add NAME' gives one.")


def print_summary(summary: Summary) -> None:
    """How many found answers useful or not, by status, and the passages that were told wrong."""
    if not summary.count:
        click.echo("No feedback is kept.")
        return
    days = f"{summary.first_on} to {summary.last_on}"
    click.echo(f"{summary.count} given, {days}")
    click.echo(_counts(summary.opinions))
    for status, opinions in summary.by_status.items():
        click.echo(f"  {status.replace('_', ' ')}: {_counts(opinions)}")
    if summary.wrong_passages:
        click.echo("Passages of answers with a wrong citation:")
    for passage_id, count in summary.wrong_passages.items():
        click.echo(f"  {count} {_plain(passage_id)}")


def _counts(opinions: dict[Opinion, int]) -> str:
    return ", ".join(f"{opinion.label.lower()} {opinions[opinion]}" for opinion in Opinion if opinion in opinions)


def print_check(check: "Check") -> None:
    """How many cards of each sort there are, and what is wrong."""
    click.echo(f"{check.documents} documents")
    for sort, counts in check.counts.items():
        listed = ", ".join(f"{value} {count}" for value, count in counts.items())
        click.echo(textwrap.fill(f"{sort}: {listed}", _WIDTH, subsequent_indent="  "))
    for problem in check.problems:
        click.secho(_plain(problem), fg="red", err=True)
    if not check.problems:
        click.echo("No mistakes found.")


def table_lines(table: Table | None) -> list[str]:
    """A table element by element; a state in brackets marks what is not law in force."""
    if table is None:
        return []
    lines = []
    for element, cells in zip(table.rows, table.cells, strict=True):
        lines.append(f"{element.label}:")
        for code, cell in zip(table.columns, cells, strict=True):
            said = [_cell(line) for line in cell] or [NOT_STATED]
            lines += [f"  {jurisdiction_name(code)}: {text}" for text in said]
    return lines


def _cell(line: CellLine) -> str:
    state = line.document.status.state
    return f"{line.text}{'' if state.is_law else f' ({state}: {line.document.short_title})'} [{line.citation}]"


def _plain(text: str) -> str:
    return _CONTROLS.sub(" ", text)


def _print_citations(title: str, citations: tuple[Citation, ...]) -> None:
    if citations:
        click.secho(f"\n{title}", bold=True)
    for citation in citations:
        document, passage = citation.document, citation.passage
        place = " › ".join(dict.fromkeys((document.short_title, *passage.headings, passage.label)))
        status = document.status.state + (f", as of {document.status.as_of}" if document.status.as_of else "")
        edition = "Official text" if passage.edition is Edition.OFFICIAL else "Digest"
        click.echo(f"{click.style(f'[{citation.number}]', fg='cyan')} {_plain(place)}")
        click.secho(_plain(f"    {edition} · {status} · {passage.id}"), dim=True)
        for link in document.official_urls[:1]:
            click.secho(_plain(f"    {link.url}"), dim=True)


def print_report(report: "Report") -> None:
    """What a refresh read and published, and what was wrong."""
    for read in report.read:
        _print_read(read)
    for problem in report.problems:
        click.secho(problem, fg="red", err=True)
    if report.unchanged:
        click.echo(f"Nothing has changed; snapshot {report.snapshot_id} stays.")
        return
    click.echo(
        f"Published snapshot {report.snapshot_id}: {report.added} passages added, {report.changed} changed, "
        f"{report.removed} removed; {report.embedded} texts embedded, {report.reused} taken over."
    )


def _print_read(read: "Read") -> None:
    counts = {
        "sections": read.sections,
        "passages": read.passages,
        "notes": read.notes,
        "statements with their speaker": read.statements,
        "annex entries": read.entries,
        "questions": read.questions,
    }
    listed = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    click.echo(f"{read.document_id} ({read.edition}): {listed}")
    for warning in read.warnings:
        click.secho(f"  {warning}", fg="yellow")
    if read.notes and not read.warnings:
        click.echo("  every note is called, and every call has its note")


def print_timing(timing: "Timing") -> None:
    """How long answers take, and what part each step has."""
    click.echo(
        f"answers: {timing.questions} in one process, p50 {timing.p50:.1f} ms, p95 {timing.p95:.1f} ms, "
        f"{timing.per_second:.0f} a second"
    )
    total = sum(value for _, value in timing.steps) or 1.0
    for name, value in timing.steps:
        click.echo(f"  {name:<12} {value:6.2f} ms  {100 * value / total:3.0f} %")
    ratio = timing.all_else / timing.embedding if timing.embedding else 0.0
    click.echo(
        f"all but embedding: {timing.all_else:.1f} ms against {timing.embedding:.1f} ms of embedding, "
        f"ratio {ratio:.2f} (medians)"
    )


@contextmanager
def progress(label: str) -> Iterator[Callable[[int], Callable[[int], None]]]:
    """A progress bar on standard error, made when the total is known."""
    bars: list[Any] = []

    def started(total: int) -> Callable[[int], None]:
        bar: Any = click.progressbar(length=total, label=label, file=sys.stderr)
        bars.append(bar)
        bar.__enter__()
        update: Callable[[int], None] = bar.update
        return update

    try:
        yield started
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)
