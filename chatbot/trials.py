"""`chatbot evaluate`: answers measured on questions with known answers, and retrieval on judged collections."""

import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot import settings, terminal

if TYPE_CHECKING:
    from chatbot.evaluation.measures import Measure
    from chatbot.evaluation.outside import Result
    from chatbot.evaluation.questions import Case
    from chatbot.evaluation.scoring import Scored

_OWN = Path(__file__).resolve().parent.parent / "tests" / "quality" / "questions"
_PATH = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--questions", type=_PATH, default=_OWN, show_default="tests/quality/questions", help="File or folder.")
@click.option("--half", type=click.Choice(["development", "test", "all"]), default="development", show_default=True)
@click.option("--output", type=_FOLDER, help="Folder for cases.jsonl, run.json and report.html.")
@click.option("--limit", type=click.IntRange(1), help="Ask only so many questions.")
@click.option("--baselines", is_flag=True, help="Also ask simpler helpdesks, and this one without each part.")
@click.option("--compare", nargs=2, type=_FOLDER, help="Two runs: what the second won and lost.")
@click.option("--failures", type=click.IntRange(1), help="Print so many failed cases to read.")
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.pass_context
def evaluate(
    context: click.Context,
    *,
    questions: Path,
    half: str,
    output: Path | None,
    limit: int | None,
    baselines: bool,
    compare: tuple[Path, Path] | None,
    failures: int | None,
    as_json: bool,
) -> None:
    """Ask questions whose answers are known, and measure what comes."""
    if context.invoked_subcommand:
        return
    from chatbot.evaluation import questions as files
    from chatbot.evaluation import running

    if compare:
        _print_changes(*running.changed(running.kept(compare[0]), running.kept(compare[1])))
        return
    cases = [case for case in files.read(questions) if half in ("all", case.half)][:limit]
    found = _asked(cases, half, output, baselines=baselines)
    if as_json:
        click.echo(json.dumps({name: [asdict(m) for m in told] for name, told in found.measures.items()}, indent=2))
    else:
        _print_measures(found.measures)
    for case in [case for case in found.whole if not case.correct][: failures or 0]:
        _print_failure(case)


@dataclass(frozen=True)
class _Asked:
    """The cases of the helpdesk itself, and the measures of everything that was asked."""

    whole: "list[Scored]"
    measures: "dict[str, tuple[Measure, ...]]"


def _asked(cases: "list[Case]", half: str, output: Path | None, *, baselines: bool) -> _Asked:
    from chatbot import __version__
    from chatbot.evaluation import measures, running
    from chatbot.wiring import WHOLE, Services

    services = Services(settings.load())
    whole: list[Scored] = []
    told: dict[str, tuple[Measure, ...]] = {}
    for name, make in services.variants().items():
        if name != WHOLE and not baselines:
            continue
        with terminal.progress(f"Asking {name}") as started:
            found = running.run(cases, *make(), started(len(cases)))
        told[name] = measures.headline(found)
        whole = whole or found
        if output:
            about = {"variant": name, "half": half, "snapshot": services.live.current().id, "version": __version__}
            values = services.settings.as_variables()
            folder = output if name == WHOLE else output / name.replace(" ", "-").replace(",", "")
            running.keep(found, {**about, "settings": values}, folder)
    return _Asked(whole, told)


def _print_measures(found: "dict[str, tuple[Measure, ...]]") -> None:
    for name, told in found.items():
        click.secho(name, bold=True)
        for m in told:
            click.echo(f"  {m.name:<38} {m.mean:8.3f}  ({m.low:.3f} to {m.high:.3f}, n = {m.n})")


def _print_changes(won: "list[Scored]", lost: "list[Scored]") -> None:
    from chatbot.evaluation.measures import exact_mcnemar

    for sign, cases in (("won", won), ("lost", lost)):
        for case in cases:
            click.echo(f"{sign}  {case.case.id}  {case.case.kind}  {case.case.question}")
    chance = exact_mcnemar(len(won), len(lost))
    click.secho(f"{len(won)} won, {len(lost)} lost; by chance alone with probability {chance:.3f}", bold=True)


def _print_failure(case: "Scored") -> None:
    click.secho(f"\n{case.case.id} {case.case.kind}: {' / '.join((*case.case.turns, case.case.question))}", bold=True)
    click.echo(f"  expected {case.case.expects}: {'; '.join(' or '.join(n) for n in case.case.nuggets)}")
    click.echo(f"  given {case.status}: {case.answer[:600]}")


@evaluate.command()
@click.option("--passages", type=_FILE, required=True, help='JSON lines with "id" and "text".')
@click.option("--questions", type=_FILE, required=True, help='JSON lines with "id" and "text".')
@click.option(
    "--qrels", type=_FILE, required=True, help="Tab-separated: question, 0, passage, grade; or as BEIR has it."
)
@click.option("--depth", type=click.IntRange(1, 1000), default=10, show_default=True, help="Passages that count.")
@click.option("--index", type=click.Path(file_okay=False, path_type=Path), help="Folder that keeps what is built.")
@click.option("--engine", "engines", type=click.Choice(["words", "vectors"]), multiple=True, help="Also this alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
def retrieval(
    *,
    passages: Path,
    questions: Path,
    qrels: Path,
    depth: int,
    index: Path | None,
    engines: tuple[str, ...],
    as_json: bool,
) -> None:
    """Build any collection of passages and measure what the retriever finds for judged questions."""
    from chatbot.evaluation import judged, outside
    from chatbot.wiring import Services

    found = judged.read(passages, questions, qrels)
    with ExitStack() as stack:
        folder = index or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        start = time.perf_counter()
        with terminal.progress("Building") as started:
            collection = Services(settings.load()).collection(found.passages, folder, started)
        seconds = time.perf_counter() - start
        results = []
        for engine in ("", *engines):
            with terminal.progress(f"Asking {engine or 'all'}") as started:
                results.append(
                    outside.measured(collection, found, depth, engine=engine, progress=started(len(found.questions)))
                )
    took = {"passages": len(found.passages), "building_seconds": seconds, "peak_megabytes": outside.peak_megabytes()}
    if as_json:
        click.echo(json.dumps({"results": [asdict(result) for result in results], **took}, indent=2))
    else:
        _print(results, took)


def _print(results: "list[Result]", took: dict[str, float]) -> None:
    for result in results:
        click.secho(f"{result.engine}: {result.p50:.0f} ms a question, 95 % within {result.p95:.0f} ms", bold=True)
        for m in result.measures:
            click.echo(f"  {m.name:<10} {m.mean:.3f}  ({m.low:.3f} to {m.high:.3f}, n = {m.n})")
    click.echo(
        f"{took['passages']:.0f} passages ready in {took['building_seconds']:.1f} s; "
        f"at most {took['peak_megabytes']:.0f} MB of memory"
    )
