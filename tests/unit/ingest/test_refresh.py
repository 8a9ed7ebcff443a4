"""A refresh reads, embeds what is new, builds beside the live snapshot and publishes, or leaves all as it was."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatbot.errors import BusyError, CardError, CorpusError
from chatbot.ingest.refresh import Read, Refresher
from chatbot.ingest.sources import Sources
from chatbot.model import Coverage, Edition
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot
from chatbot.retrieval.snapshots import Snapshots
from chatbot.wiring import engines
from tests.conftest import BRIEF_TEXT, GUIDE, ROOT
from tests.fakes import WordEmbedder

ACT = "laws/no-library-act-2022.md"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _open(snapshots: Snapshots) -> Snapshot:
    current = snapshots.current_id()
    assert current is not None
    return Snapshot(snapshots.folder(current), engines())


def _official(sources: Sources, folder: Path, data: bytes, document_id: str = "no-library-act-2022") -> None:
    file = folder / "official.txt"
    file.write_bytes(data)
    sources.add(file, document_id)


# What is embedded


def test_a_first_refresh_embeds_everything(refresher: Refresher, embedder: WordEmbedder, snapshots: Snapshots) -> None:
    """All texts are embedded once, all passages are added, and the snapshot is the current one."""
    report = refresher.refresh()
    assert (report.embedded, report.reused) == (len(embedder.embedded), 0)
    assert (report.added, report.changed, report.removed) == (sum(read.passages for read in report.read), 0, 0)
    assert (report.unchanged, report.problems) == (False, ())
    assert snapshots.current_id() == report.snapshot_id


def test_no_text_is_embedded_twice_in_one_refresh(refresher: Refresher, embedder: WordEmbedder) -> None:
    """Texts that are the same are embedded once."""
    refresher.refresh()
    assert len(set(embedder.embedded)) == len(embedder.embedded)


def test_nothing_new_is_nothing_done(refresher: Refresher, embedder: WordEmbedder, snapshots: Snapshots) -> None:
    """A second refresh over the same files embeds nothing, builds nothing and says so."""
    first = refresher.refresh()
    published = snapshots.published_when()
    embedder.embedded.clear()
    second = refresher.refresh()
    assert (second.unchanged, second.snapshot_id, second.embedded) == (True, first.snapshot_id, 0)
    assert (second.added, second.changed, second.removed) == (0, 0, 0)
    assert embedder.embedded == []
    assert snapshots.published_when() == published


def test_only_a_changed_passage_is_embedded(refresher: Refresher, corpus_dir: Path, embedder: WordEmbedder) -> None:
    """One other number in one card embeds one passage, and the rest is taken over."""
    before = refresher.refresh()
    embedder.embedded.clear()
    _change(corpus_dir / ACT, "500 kroner", "700 kroner")
    after = refresher.refresh()
    assert len(embedder.embedded) == after.embedded == 1
    assert "700 kroner" in embedder.embedded[0]
    assert after.reused == before.embedded - 1
    assert (after.added, after.changed, after.removed) == (0, 1, 0)


def test_other_fields_embed_nothing(refresher: Refresher, corpus_dir: Path, embedder: WordEmbedder) -> None:
    """A change that no text shows makes another snapshot and embeds nothing."""
    before = refresher.refresh()
    embedder.embedded.clear()
    _change(corpus_dir / ACT, "confidence: high", "confidence: low")
    after = refresher.refresh()
    assert (embedder.embedded, after.embedded, after.unchanged) == ([], 0, False)
    assert after.snapshot_id != before.snapshot_id
    assert (after.added, after.changed, after.removed) == (0, 0, 0)


def test_only_a_new_question_is_embedded(refresher: Refresher, corpus_dir: Path, embedder: WordEmbedder) -> None:
    """A question that is added to a section is embedded alone."""
    refresher.refresh()
    embedder.embedded.clear()
    _change(corpus_dir / ACT, "book in Norway?", "book in Norway? | May a keeper ask for a deposit?")
    refresher.refresh()
    assert embedder.embedded == ["May a keeper ask for a deposit?"]


def test_a_new_card_embeds_its_own_texts(refresher: Refresher, corpus_dir: Path, embedder: WordEmbedder) -> None:
    """Passages of a new card are added, and nothing else is touched."""
    refresher.refresh()
    embedder.embedded.clear()
    text = (corpus_dir / ACT).read_text(encoding="utf-8")
    text = text.replace("no-library-act-2022", "no-lamp-act-2023").replace(
        "Norwegian Library Act", "Norwegian Lamp Act"
    )
    (corpus_dir / "laws" / "no-lamp-act-2023.md").write_text(text, encoding="utf-8")
    report = refresher.refresh()
    [read] = [read for read in report.read if read.document_id == "no-lamp-act-2023"]
    assert (report.added, report.changed, report.removed) == (read.passages, 0, 0)
    assert all("Lamp Act" in embedded for embedded in embedder.embedded if not embedded.endswith("?"))


def test_a_card_that_is_gone_is_removed(refresher: Refresher, corpus_dir: Path, snapshots: Snapshots) -> None:
    """Passages of a card that was deleted are counted as removed, and the document is not there any more."""
    before = {read.document_id: read.passages for read in refresher.refresh().read}
    (corpus_dir / ACT).unlink()
    report = refresher.refresh()
    assert (report.added, report.changed, report.removed) == (0, 0, before["no-library-act-2022"])
    assert "no-library-act-2022" not in _open(snapshots).documents


def test_going_back_takes_texts_over(refresher: Refresher, corpus_dir: Path) -> None:
    """A change that is undone gives the snapshot of before, with the same id."""
    first = refresher.refresh()
    _change(corpus_dir / ACT, "500 kroner", "700 kroner")
    refresher.refresh()
    _change(corpus_dir / ACT, "700 kroner", "500 kroner")
    assert refresher.refresh().snapshot_id == first.snapshot_id


def test_another_model_embeds_everything_again(
    refresher: Refresher, corpus_dir: Path, sources: Sources, snapshots: Snapshots
) -> None:
    """Vectors of one model are not taken over for another."""
    before = refresher.refresh()
    other = WordEmbedder(budget=50)
    after = Refresher(corpus_dir, sources, snapshots, other, engines()).refresh()
    assert (after.reused, after.embedded) == (0, len(other.embedded))
    assert after.snapshot_id != before.snapshot_id


def test_a_damaged_snapshot_is_built_again(refresher: Refresher, snapshots: Snapshots, embedder: WordEmbedder) -> None:
    """Where the current snapshot is not whole, nothing of it is taken over."""
    first = refresher.refresh()
    embedder.embedded.clear()
    (snapshots.folder(first.snapshot_id) / "passages.jsonl").write_text("{}\n", encoding="utf-8")
    second = refresher.refresh()
    assert (second.snapshot_id, second.unchanged, second.reused) == (first.snapshot_id, False, 0)
    assert len(embedder.embedded) == first.embedded


def test_the_folder_of_snapshots_can_be_deleted(refresher: Refresher, snapshots: Snapshots) -> None:
    """A pointer to a snapshot that is gone does not stop the next refresh."""
    first = refresher.refresh()
    folder = snapshots.folder(first.snapshot_id)
    folder.rename(folder.with_name("elsewhere"))
    assert refresher.refresh().snapshot_id == first.snapshot_id == snapshots.current_id()


# The report


def test_the_report_counts_what_was_read(refresher: Refresher, sources: Sources) -> None:
    """Each edition is reported, official before digest, with its counts."""
    sources.add(BRIEF_TEXT, GUIDE)
    reads = {(read.document_id, read.edition): read for read in refresher.refresh().read}
    assert list(reads) == [
        ("cl-dry-archive-bill-2025", Edition.DIGEST),
        ("no-library-act-2022", Edition.DIGEST),
        (GUIDE, Edition.OFFICIAL),
        (GUIDE, Edition.DIGEST),
    ]
    guide = reads[GUIDE, Edition.OFFICIAL]
    assert guide == Read(GUIDE, Edition.OFFICIAL, 19, guide.passages, 11, 2, 8, 0, ())
    assert reads[GUIDE, Edition.DIGEST].questions == 3
    assert reads[GUIDE, Edition.DIGEST].notes == 1


def test_progress_is_told_up_to_the_end(refresher: Refresher) -> None:
    """The one who watches hears how many texts there are, and what it gives hears of all of them."""
    totals: list[int] = []
    done: list[int] = []

    def started(total: int) -> Callable[[int], None]:
        totals.append(total)
        return done.append

    report = refresher.refresh(started)
    assert sum(done) == totals[0] >= report.embedded


def test_an_official_text_makes_a_document_official(
    refresher: Refresher, sources: Sources, snapshots: Snapshots, tmp_path: Path
) -> None:
    """With its text a document is held officially, in both editions."""
    refresher.refresh()
    _official(sources, tmp_path, b"Section 4\nA book may be lent.\n\nSection 12\nA lamp must shine.\n")
    report = refresher.refresh()
    assert [read.edition for read in report.read if read.document_id == "no-library-act-2022"] == ["official", "digest"]
    assert _open(snapshots).documents["no-library-act-2022"].coverage is Coverage.OFFICIAL


def test_warnings_of_an_official_text_are_reported(refresher: Refresher, sources: Sources, tmp_path: Path) -> None:
    """A note that is called and not printed is in the report of its edition."""
    _official(sources, tmp_path, "A lamp must shine.⁷".encode())
    reads = [read for read in refresher.refresh().read if read.edition is Edition.OFFICIAL]
    assert [read.warnings for read in reads] == [("note 7 is called and not printed",)]


# What goes wrong


def test_a_bad_card_is_reported_and_the_rest_is_published(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots
) -> None:
    """A card with a mistake is named with file and field; the others are published."""
    _change(corpus_dir / ACT, "year: 2022", "year: soon")
    report = refresher.refresh()
    assert [problem.startswith(f"{corpus_dir / ACT}: year: ") for problem in report.problems] == [True]
    assert list(_open(snapshots).documents) == ["cl-dry-archive-bill-2025", GUIDE]


def test_a_text_without_a_card_is_reported(refresher: Refresher, sources: Sources, tmp_path: Path) -> None:
    """An official text whose card does not exist is named, with the cure."""
    _official(sources, tmp_path, b"A lamp must shine.", "no-such-act")
    [problem] = refresher.refresh().problems
    assert problem.endswith("no card has the id 'no-such-act'; write the card or remove the text.")


def test_a_text_that_changed_on_disk_leaves_the_digest(
    refresher: Refresher, sources: Sources, snapshots: Snapshots, tmp_path: Path
) -> None:
    """A damaged official text is named, and its document goes on with the digest."""
    _official(sources, tmp_path, b"A lamp must shine.")
    sources.held()[0][0].path.write_bytes(b"A lamp may shine.")
    report = refresher.refresh()
    assert [
        problem.endswith("the file has changed since it was added; add it again.") for problem in report.problems
    ] == [True]
    assert _open(snapshots).documents["no-library-act-2022"].coverage is Coverage.DIGEST


@pytest.mark.parametrize(
    ("problem", "said"), [("year: soon", "year: "), ("year: [", "not YAML"), ("colour: red", "colour: ")]
)
def test_where_no_card_can_be_read_nothing_changes(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots, problem: str, said: str
) -> None:
    """When all cards are bad, all mistakes are told and the live snapshot stays as it is."""
    live = refresher.refresh().snapshot_id
    before = _files(snapshots.folder(live))
    for path in corpus_dir.rglob("*.md"):
        path.write_text(f"---\n{problem}\n---\nText.\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no card could be read") as raised:
        refresher.refresh()
    assert str(raised.value).count(said) >= 3
    assert (snapshots.current_id(), _files(snapshots.folder(live))) == (live, before)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bad_glossary_leaves_the_live_snapshot(refresher: Refresher, corpus_dir: Path, snapshots: Snapshots) -> None:
    """A mistake in the glossary stops the refresh, and the live snapshot stays."""
    live = refresher.refresh().snapshot_id
    (corpus_dir / "glossary.yaml").write_text("terms: [", encoding="utf-8")
    with pytest.raises(CardError, match=r"glossary\.yaml: not YAML"):
        refresher.refresh()
    assert snapshots.current_id() == live


class _FailingEmbedder(WordEmbedder):
    """Fails in the middle of a build."""

    fingerprint = "failing"

    def passages(self, texts: object, progress: object = None) -> list[object]:  # type: ignore[override]
        """Give nothing."""
        raise MemoryError("no memory for the vectors")


def test_a_build_that_fails_leaves_the_live_snapshot(
    refresher: Refresher, corpus_dir: Path, sources: Sources, snapshots: Snapshots
) -> None:
    """When embedding fails, the live snapshot stays, nothing half-built is left, and the lock is free."""
    live = refresher.refresh().snapshot_id
    with pytest.raises(MemoryError):
        Refresher(corpus_dir, sources, snapshots, _FailingEmbedder(), engines()).refresh()
    assert (snapshots.current_id(), [listed.id for listed in snapshots.listed()]) == (live, [live])
    assert refresher.refresh().unchanged


def test_a_card_without_digest_is_published_as_listed(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots
) -> None:
    """A card that only lists its document is part of the snapshot, without passages."""
    text = (corpus_dir / ACT).read_text(encoding="utf-8")
    (corpus_dir / ACT).write_text("---".join(text.split("---")[:2]) + "---\n", encoding="utf-8")
    refresher.refresh()
    assert _open(snapshots).documents["no-library-act-2022"].coverage is Coverage.LISTED


@pytest.mark.parametrize("text", ["---\n\n***", "[](#)\n\nA lamp.", "A lamp" + "¹" * 5000])
def test_a_strange_official_text_does_not_stop_the_rest(
    refresher: Refresher, sources: Sources, tmp_path: Path, text: str
) -> None:
    """Whatever an official text holds, the refresh goes on with the others."""
    _official(sources, tmp_path, text.encode())
    assert len(refresher.refresh().read) >= 3


def test_an_official_text_without_words_is_reported(refresher: Refresher, sources: Sources, tmp_path: Path) -> None:
    """A text of which nothing can be quoted is a problem that is told."""
    _official(sources, tmp_path, b"# Lamps\n\n# Shelves\n")
    assert len(refresher.refresh().problems) == 1


def test_a_text_of_too_many_passages_is_reported(
    refresher: Refresher, sources: Sources, snapshots: Snapshots, tmp_path: Path
) -> None:
    """A text of more passages than any law has is named, and its document goes on with the digest."""
    _official(sources, tmp_path, "".join(f"# Lamp {n}\n\nIt is lit.\n\n" for n in range(20_001)).encode())
    report = refresher.refresh()
    assert report.problems == ("no-library-act-2022: the official text gives more than 20000 passages.",)
    assert _open(snapshots).documents["no-library-act-2022"].coverage is Coverage.DIGEST


# One at a time


def test_a_second_refresh_is_told_who_is_busy_and_since_when(refresher: Refresher) -> None:
    """While one refresh runs, a second one says which process and host hold the lock, and since when."""
    reached, go_on = threading.Event(), threading.Event()

    def wait(total: int) -> Callable[[int], None]:
        reached.set()
        assert go_on.wait(30)
        return lambda done: None

    first = threading.Thread(target=refresher.refresh, args=(wait,))
    first.start()
    try:
        assert reached.wait(30)
        with pytest.raises(BusyError) as busy:
            refresher.refresh()
    finally:
        go_on.set()
        first.join(30)
    said = re.fullmatch(
        r"The corpus is being refreshed by process (\d+) on (\S+), since (\S+)\."
        r" Wait until it is done, then try again\.",
        str(busy.value),
    )
    assert said is not None
    assert int(said[1]) == os.getpid()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", said[3])
    assert refresher.refresh().unchanged


@pytest.mark.parametrize(
    "holder",
    [
        "",
        "{",
        json.dumps({"process": 1}),
        "[]",
        "null",
    ],
)
def test_a_holder_that_cannot_be_read_is_another_process(
    refresher: Refresher, snapshots: Snapshots, tmp_path: Path, holder: str
) -> None:
    """A record of the holder that is half-written does not hide that somebody is busy."""
    with snapshots.lock():
        (tmp_path / "index" / "lock.json").write_text(holder, encoding="utf-8")
        with pytest.raises(BusyError, match="refreshed by another process"):
            refresher.refresh()


def test_what_a_killed_refresh_left_is_cleared(refresher: Refresher, tmp_path: Path) -> None:
    """A record of a holder that is gone and a half-built folder do not stand in the way."""
    left = tmp_path / "index" / "building" / "1-1"
    left.mkdir(parents=True)
    (tmp_path / "index" / "lock.json").write_text('{"process": 1}', encoding="utf-8")
    refresher.refresh()
    assert not left.exists()
    assert not (tmp_path / "index" / "lock.json").exists()


def test_a_rehearsal_publishes_nothing(refresher: Refresher, snapshots: Snapshots, tmp_path: Path) -> None:
    """A rehearsal builds into its own folder and says how many passages there are."""
    (tmp_path / "rehearsal").mkdir()
    count = refresher.rehearse(tmp_path / "rehearsal", lambda total: lambda done: None)
    assert snapshots.current_id() is None
    assert count == len((tmp_path / "rehearsal" / "passages.jsonl").read_text(encoding="utf-8").splitlines())


_HOLD = """
import sys
from pathlib import Path
from chatbot.retrieval.snapshots import Snapshots
with Snapshots(Path(sys.argv[1])).lock():
    (Path(sys.argv[1]) / "building" / "half").mkdir(parents=True)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock and has begun to build."""
    command = [sys.executable, "-c", _HOLD, str(tmp_path / "index")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_another_process_is_named(refresher: Refresher, snapshots: Snapshots, holder: subprocess.Popen[str]) -> None:
    """The message names the process that refreshes, and nothing is published meanwhile."""
    with pytest.raises(BusyError, match=rf"refreshed by process {holder.pid} on \S+, since \d{{4}}-"):
        refresher.refresh()
    assert snapshots.current_id() is None


def test_a_killed_process_holds_nothing(
    refresher: Refresher, snapshots: Snapshots, holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    """After a refresh was killed in the middle, the next one clears what it left and goes on."""
    holder.kill()
    holder.wait(30)
    assert (tmp_path / "index" / "building" / "half").is_dir()
    assert refresher.refresh().snapshot_id == snapshots.current_id()
    assert not (tmp_path / "index" / "building").exists()


def test_an_id_with_a_colon_does_not_break_the_snapshot(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots
) -> None:
    """Whatever card is published, the snapshot can be opened."""
    text = (corpus_dir / ACT).read_text(encoding="utf-8").replace("id: no-library-act-2022", 'id: "lamp:act"')
    (corpus_dir / "lamp:act.md").write_text(text, encoding="utf-8")
    refresher.refresh()
    assert GUIDE in _open(snapshots).documents


def test_an_impossible_date_in_a_card_does_not_stop_the_rest(refresher: Refresher, corpus_dir: Path) -> None:
    """A card with a date that does not exist is named like any other mistake."""
    _change(corpus_dir / ACT, "as_of: 2025-05-01", "as_of: 2025-05-32")
    assert len(refresher.refresh().problems) == 1


def test_a_stale_question_is_gone_after_a_refresh(refresher: Refresher, corpus_dir: Path, snapshots: Snapshots) -> None:
    """A question that was taken out of a card is not in the next snapshot."""
    refresher.refresh()
    _change(corpus_dir / ACT, "Questions: How fast must a lamp be repaired in Norway? | ", "Questions: ")
    refresher.refresh()
    held = _open(snapshots).section("no-library-act-2022", Edition.DIGEST, "s-12")
    assert [q.text for q in held.section.questions] == ["What is the fine for a broken lamp in Norway?"]


def test_every_digest_ends_with_its_record(refresher: Refresher, snapshots: Snapshots) -> None:
    """The fields of a card are the last section of its digest, and of no official text."""
    refresher.refresh()
    found = _open(snapshots)
    for document_id in found.documents:
        sections = list(found.sections_of(document_id))
        assert [held.section.anchor for held in sections].index(record.ANCHOR) == len(sections) - 1
        assert sections[-1].edition is Edition.DIGEST


def test_a_changed_field_is_a_changed_record(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots, embedder: WordEmbedder
) -> None:
    """A status that alone has changed is told by the next snapshot, for which the record alone is embedded."""
    refresher.refresh()
    _change(corpus_dir / ACT, "state: in force", "state: repealed")
    embedder.embedded.clear()
    refresher.refresh()
    told = " ".join(passage.text for passage in _open(snapshots).record_of("no-library-act-2022"))
    assert "Legal status of Norwegian Library Act (Norway): repealed, no longer law, as of 1 May 2025." in told
    assert all("– Record\n" in text or text in told for text in embedder.embedded)


def test_an_official_text_does_not_take_the_record_away(
    refresher: Refresher, sources: Sources, snapshots: Snapshots, tmp_path: Path
) -> None:
    """Of a document whose official text is held the record is still there."""
    _official(sources, tmp_path, b"## 12 Lamps\n\nA lamp must be repaired.\n")
    refresher.refresh()
    found = _open(snapshots)
    assert found.documents["no-library-act-2022"].coverage is Coverage.OFFICIAL
    assert {passage.edition for passage in found.record_of("no-library-act-2022")} == {Edition.DIGEST}


def test_a_section_called_document_record_does_not_break_the_snapshot(
    refresher: Refresher, corpus_dir: Path, snapshots: Snapshots
) -> None:
    """Whatever a section is called, every passage has an id of its own."""
    _change(corpus_dir / ACT, "## s 4 — Lending", "## Document record\n\nLamps are recorded.\n\n## s 4 — Lending")
    refresher.refresh()
    found = _open(snapshots)
    assert [found.row(passage.id) for passage in found.passages] == list(range(len(found.passages)))
