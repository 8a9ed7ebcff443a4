"""Answers, reports and measures as lines of a terminal."""

from dataclasses import replace

import pytest

from chatbot import terminal
from chatbot.evaluation.bench import Timing
from chatbot.ingest.refresh import Read, Report
from chatbot.model import (
    AnnexEntry,
    Answer,
    Citation,
    Document,
    DocumentKind,
    Edition,
    LegalState,
    LegalStatus,
    Link,
    Passage,
    PassageKind,
    Sentence,
    SentenceKind,
    Status,
)

DOCUMENT = Document(
    id="no-library-act-2022",
    title="Biblioteklov",
    short_title="Norwegian Library Act",
    issuer="Parliament of Norway",
    jurisdiction="NO",
    kind=DocumentKind.ACT,
    annex=(AnnexEntry("B"),),
    year=2022,
    status=LegalStatus(LegalState.IN_FORCE, "", "2025-05-01"),
    languages=("no",),
    official_urls=(Link("https://example.org/act"), Link("https://example.org/second")),
)
PASSAGE = Passage(
    id="no-library-act-2022:official:s-12:0",
    document_id=DOCUMENT.id,
    edition=Edition.OFFICIAL,
    anchor="s-12",
    label="s 12",
    headings=("Part 2", "s 12"),
    text="A lamp must be repaired.",
    kind=PassageKind.PARAGRAPH,
    start=0,
    end=24,
    units=(),
    language="en",
)
CITATION = Citation(1, PASSAGE, DOCUMENT, ((0, 24),))
READ = Read("no-library-act-2022", Edition.OFFICIAL, 3, 7, 2, 1, 0, 4, ())
REPORT = Report("4e4157524bb1", False, (READ,), (), embedded=9, reused=5, added=4, changed=3, removed=2)


def printed(answer: Answer, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of an answer."""
    terminal.print_answer(answer)
    return capsys.readouterr().out.splitlines()


def test_an_answer_has_its_marks_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence has the numbers of its citations; a source has its place, edition, legal state, id and first link."""
    sentence = Sentence("A lamp must be repaired.", SentenceKind.QUOTED, (1, 2))
    lines = printed(Answer(Status.ANSWERED, (sentence,), (CITATION,), snapshot_id="abc"), capsys)
    assert lines == [
        "  A lamp must be repaired. [1][2]",
        "",
        "Sources",
        "[1] Norwegian Library Act › Part 2 › s 12",
        "    Official text · in force, as of 2025-05-01 · no-library-act-2022:official:s-12:0",
        "    https://example.org/act",
        "",
        "answered · snapshot abc",
    ]


def test_an_item_has_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    """Items of a list begin with a dash, other sentences do not."""
    item = Sentence("Fund lamps.", SentenceKind.DIGEST, (1,), is_item=True)
    assert printed(Answer(Status.ANSWERED, (item,)), capsys)[0] == "- Fund lamps. [1]"


def test_a_long_sentence_is_folded_under_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines have at most 96 characters, and what follows stands under what began."""
    item = Sentence("lamp " * 60 + "end.", SentenceKind.QUOTED, (1,), is_item=True)
    *lines, _, _ = printed(Answer(Status.ANSWERED, (item,)), capsys)
    assert [line[:2] for line in lines] == ["- ", "  ", "  ", "  "]
    assert max(len(line.removesuffix(" [1]")) for line in lines) <= 96
    assert " ".join(line[2:] for line in lines) == "lamp " * 60 + "end. [1]"


def test_no_answer_shows_what_is_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an answer the message and the nearest passages stand there, and the status in words."""
    answer = Answer(Status.NOT_IN_SOURCES, message="The sources do not say.", nearest=(CITATION,), snapshot_id="abc")
    lines = printed(answer, capsys)
    assert lines[:4] == [
        "The sources do not say.",
        "",
        "",
        "Nearest in the sources",
    ]
    assert "Sources" not in lines
    assert lines[-1] == "not in sources · snapshot abc"


def test_how_a_question_was_read_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """A question that was read otherwise than it was written says so before anything else."""
    assert printed(Answer(Status.GREETING, message="Hello.", read_as="lamp?"), capsys)[:3] == [
        "Read as: lamp?",
        "",
        "Hello.",
    ]


@pytest.mark.parametrize("control", ["\x1b[2J", "\x07", "\r", "\x9b31m", "\x7f"])
def test_a_source_cannot_steer_the_terminal(control: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters of a source or a question are not written to the terminal."""
    document = replace(DOCUMENT, short_title=f"Act{control}", official_urls=(Link(f"https://example.org/{control}"),))
    citation = Citation(1, replace(PASSAGE, label=f"s{control}"), document, ())
    sentence = Sentence(f"A lamp{control}.", SentenceKind.QUOTED, (1,))
    answer = Answer(Status.ANSWERED, (sentence,), (citation,), message=control, nearest=(citation,), read_as=control)
    assert control[0] not in "\n".join(printed(answer, capsys))


def test_a_report_says_what_was_published(capsys: pytest.CaptureFixture[str]) -> None:
    """A report counts what an edition has, leaving out what it has not, and what changed."""
    terminal.print_report(REPORT)
    assert capsys.readouterr().out.splitlines() == [
        "no-library-act-2022 (official): 3 sections, 7 passages, 2 notes, 1 statements with their speaker, 4 questions",
        "  every note is called, and every call has its note",
        "Published snapshot 4e4157524bb1: 4 passages added, 3 changed, 2 removed; 9 texts embedded, 5 taken over.",
    ]


def test_problems_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """What was wrong with a card is on standard error, so that it is seen when the report is kept."""
    terminal.print_report(Report("abc", False, (), ("card.md: no id.", "other.md: no title."), 0, 0, 0, 0, 0))
    told = capsys.readouterr()
    assert told.err.splitlines() == ["card.md: no id.", "other.md: no title."]
    assert "card.md" not in told.out


def test_an_unchanged_corpus_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A refresh that found nothing new publishes nothing, and says so."""
    terminal.print_report(Report("abc", True, (), (), 0, 0, 0, 0, 0))
    assert capsys.readouterr().out == "Nothing has changed; snapshot abc stays.\n"


def test_warnings_stand_under_their_edition(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning is shown under what it is about, and then nothing claims that the notes are in order."""
    read = Read("x", Edition.DIGEST, 1, 1, 2, 0, 0, 0, ("note 2 is never called",))
    terminal.print_report(Report("abc", True, (read,), (), 0, 0, 0, 0, 0))
    assert capsys.readouterr().out.splitlines()[:2] == [
        "x (digest): 1 sections, 1 passages, 2 notes",
        "  note 2 is never called",
    ]


def test_a_timing_has_its_parts_in_percent(capsys: pytest.CaptureFixture[str]) -> None:
    """Measures have their units, and steps their part in the whole."""
    steps = (("embed", 6.0), ("search", 2.0))
    terminal.print_timing(Timing(3, 8.04, 9.96, 125.4, steps, embedding=6.0, all_else=3.0))
    assert capsys.readouterr().out.splitlines() == [
        "answers: 3 in one process, p50 8.0 ms, p95 10.0 ms, 125 a second",
        "  embed          6.00 ms   75 %",
        "  search         2.00 ms   25 %",
        "all but embedding: 3.0 ms against 6.0 ms of embedding, ratio 0.50 (medians)",
    ]


def test_a_timing_without_embedding_divides_by_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Questions that need no embedding, such as greetings, can be measured."""
    terminal.print_timing(Timing(1, 1.0, 1.0, 1.0, (), embedding=0.0, all_else=0.0))
    assert capsys.readouterr().out.splitlines()[-1].endswith("ratio 0.00 (medians)")


def test_progress_is_on_standard_error_once_the_total_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Progress never mixes with what a command prints, and nothing is shown before it begins."""
    with terminal.progress("Embedding") as started:
        assert capsys.readouterr().err == ""
        started(2)(2)
    told = capsys.readouterr()
    assert told.out == ""
    assert "Embedding" in told.err


def test_a_failure_under_way_passes_through_progress() -> None:
    """The progress bar is closed and the failure told as it is."""

    def stop_under_way() -> None:
        with terminal.progress("Embedding") as started:
            started(5)(1)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stop_under_way()
