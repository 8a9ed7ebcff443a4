"""`chatbot evaluate retrieval`: how well the retriever finds the passages of a collection that somebody has judged."""

import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot import settings, terminal

if TYPE_CHECKING:
    from chatbot.evaluation.outside import Result

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
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
