"""The command line: `chatbot …`. A door like the others: words in, an Answer or a report out."""

import errno
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chatbot import __version__, keeping, settings, terminal, trials, upkeep
from chatbot.errors import BusyError, HelpdeskError, KeyNameError, QuestionError
from chatbot.model import Answer, Question, Scope, Status

if TYPE_CHECKING:
    from chatbot.answering.assistant import Assistant
    from chatbot.wiring import Services

ABSTAINED = (
    *(Status.NOT_IN_SOURCES, Status.NOT_HELD, Status.OUT_OF_SCOPE),
    *(Status.REFUSED, Status.CLARIFY, Status.FAILED),
)
_EXIT_CODES: dict[type[HelpdeskError], int] = {QuestionError: 2, KeyNameError: 2, BusyError: 75}


class _Group(click.Group):
    """Turns failures into one sentence on standard error and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except HelpdeskError as error:
            _fail(str(error), _EXIT_CODES.get(type(error), 1))
        except OSError as error:
            _fail(_sentence_of(error), 1)


def _sentence_of(error: OSError) -> str:
    """What is wrong with a disk, folder or file. Raises the error again when it names none."""
    if error.errno == errno.ENOSPC:
        return "The disk is full where the index or the instance folder lies. Free some space, then try again."
    if not error.filename:
        raise error
    return f"{error.filename} cannot be used: {error.strerror}. Correct the path or its permissions, then try again."


def _fail(message: str, code: int) -> None:
    click.secho(message, fg="red", err=True)
    raise SystemExit(code)


@click.group(cls=_Group)
@click.version_option(__version__, prog_name="chatbot")
def main() -> None:
    """The parliamentary helpdesk: ask, refresh the corpus, serve."""


@main.command()
@click.argument("question")
@click.option("--turn", "turns", multiple=True, help="An earlier question, oldest first; may be repeated.")
@click.option("--jurisdiction", "jurisdictions", multiple=True, help="Only sources of or about it, such as KR or EU.")
@click.option("--document", "documents", multiple=True, help="Only this document, by its id.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def ask(
    question: str, turns: tuple[str, ...], jurisdictions: tuple[str, ...], documents: tuple[str, ...], as_json: bool
) -> None:
    """Answer one QUESTION."""
    answer = upkeep.services_of_settings().assistant.answer(Question(question, turns, Scope(jurisdictions, documents)))
    if as_json:
        from chatbot.web.schemas import AnswerBody

        click.echo(AnswerBody.of(answer).model_dump_json(indent=2))
    else:
        terminal.print_answer(answer)


@main.command("answer")
@click.option("--input", "input_file", type=click.File("rb"), required=True, help="Questions, JSON lines.")
@click.option("--output", type=click.Path(allow_dash=True), required=True, help="Answers.")
def answer_file(input_file: Any, output: str) -> None:
    """Answer a file of questions: {"id", "question", "turns"?} a line gives {"id", "answer", "abstained", …} a line."""
    questions = list(_questions(input_file))
    assistant, failed = upkeep.services_of_settings().assistant, 0
    with (  # half of a surrogate pair in an id is written back as its JSON escape
        click.open_file(output, "w", encoding="utf-8", errors="backslashreplace") as file,
        click.progressbar(questions, label="Answering", file=sys.stderr) as bar,
    ):
        for item in bar:
            start = time.perf_counter()
            answer = _answer_or_failure(assistant, Question(item["question"], tuple(item["turns"])))
            failed += answer.status is Status.FAILED
            line = _answer_line(item["id"], answer, (time.perf_counter() - start) * 1000)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
    if failed:
        click.echo(f"{failed} of {len(questions)} questions could not be read; their status is 'failed'.", err=True)


def _answer_or_failure(assistant: "Assistant", question: Question) -> Answer:
    """The answer, or why the question cannot be read, so that one bad question does not end a long run."""
    try:
        return assistant.answer(question)
    except QuestionError as error:
        return Answer(Status.FAILED, message=str(error))


def _questions(file: Any) -> Iterator[dict[str, Any]]:
    """The questions of a file of JSON lines. Raises QuestionError with the number of the first bad line."""
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            yield _item(json.loads(line.decode()))
        except (ValueError, RecursionError) as error:
            raise QuestionError(
                f"Line {number}: write one JSON object with 'id' and 'question', in UTF-8 ({error})."
            ) from error


def _item(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict) or "id" not in item:
        raise ValueError("there is no 'id'")
    question, turns = item.get("question"), item.get("turns") or []
    if not isinstance(question, str):
        raise ValueError("'question' must be a text")
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("'turns' must be a list of texts")
    return {"id": item["id"], "question": question, "turns": turns}


def _answer_line(id_: str, answer: Answer, milliseconds: float) -> dict[str, Any]:
    parts = (answer.message, *(s.text for s in answer.sentences), *terminal.table_lines(answer.table), answer.closing)
    text = "\n".join(part for part in parts if part)
    return {
        "id": id_,
        "answer": text,
        "status": answer.status,
        "abstained": answer.status in ABSTAINED,
        "citations": [{"section": " > ".join(c.passage.headings), "text": c.passage.text} for c in answer.citations],
        "latency_ms": round(milliseconds, 2),
    }


@main.command()
@click.option("--questions", "file", type=click.File("rb"), help="JSON lines; else questions of the cards.")
@click.option("--build/--no-build", default=True, help="Also build a snapshot from nothing, to time it.")
@click.option("--workers/--no-workers", default=True, help="Also start the service, to weigh its workers.")
def bench(file: Any, build: bool, workers: bool) -> None:
    """Measure answers, memory and building on this machine."""
    from chatbot.evaluation import bench as measure

    services = upkeep.services_of_settings()
    asked = _questions(file) if file else _own_questions(services)
    questions = [Question(item["question"], tuple(item["turns"])) for item in asked]
    terminal.print_timing(measure.timed(services.assistant.answer, questions))
    click.echo(f"resident memory: {measure.resident_megabytes():.0f} MB")
    if workers:
        from chatbot.web.server import weigh_workers

        megabytes = weigh_workers(services.settings, [question.text for question in questions[:20]])
        click.echo(f"each further worker: {megabytes:.0f} MB of its own")
    if build:
        with tempfile.TemporaryDirectory() as folder, terminal.progress("Building") as started:
            start = time.perf_counter()
            passages = services.refresher().rehearse(Path(folder), started)
            seconds = time.perf_counter() - start
        click.echo(f"building: {passages} passages in {seconds:.1f} s, {passages / seconds:.0f} a second")


def _own_questions(services: "Services") -> list[dict[str, Any]]:
    questions = [question.text for held in services.live.current().sections for question in held.section.questions]
    return [{"question": question, "turns": []} for question in questions[:: max(len(questions) // 90, 1)]]


@main.command()
def serve() -> None:
    """Build the first snapshot if there is none, then serve the chat page and the API."""
    from chatbot.web import server

    services = upkeep.services_of_settings()
    server.check_port(services.settings)
    if services.snapshots.current_id() is None:
        click.echo("Building the first snapshot from the cards.", err=True)
        terminal.print_report(upkeep.refresh(services))
    server.run(services.settings)


@main.command()
@click.option("--jurisdiction", "jurisdictions", multiple=True, help="A code such as KR; all where left out.")
@click.option("--element", "elements", multiple=True, help="An element such as covers_creation; all where left out.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def compare(jurisdictions: tuple[str, ...], elements: tuple[str, ...], as_json: bool) -> None:
    """Compare the laws of jurisdictions, element by element."""
    from chatbot.answering import comparing

    services = upkeep.services_of_settings()
    table, citations = comparing.chosen(services.live.current(), jurisdictions, elements)
    if as_json:
        from chatbot.web.schemas import CitationBody, CompareBody, TableBody

        body = CompareBody(table=TableBody.of(table), citations=[CitationBody.of(citation) for citation in citations])
        click.echo(body.model_dump_json(indent=2))
    else:
        terminal.print_table(table, citations)


@main.command("settings")
def show_settings() -> None:
    """Show every setting, its value here, and what it does."""
    values = settings.load()
    for name, field in settings.Settings.model_fields.items():
        value = getattr(values, name)
        click.echo(f"{field.alias} = {','.join(value) if isinstance(value, tuple) else value}")
        click.secho(f"    {field.description}", dim=True)


main.add_command(trials.evaluate)
main.add_command(upkeep.corpus)
main.add_command(upkeep.index)
main.add_command(keeping.keys)
main.add_command(keeping.feedback)

if __name__ == "__main__":
    main()
