"""From a question to ranked passages, in scope, whatever the question looks like."""

import threading

import pytest

from chatbot.model import Edition, Retrieval, Scope
from chatbot.retrieval.retriever import Clock, Retriever
from chatbot.retrieval.snapshot import Snapshot
from tests.conftest import GUIDE
from tests.fakes import WordEmbedder

LAW, BILL = "no-library-act-2022", "cl-dry-archive-bill-2025"
LAMP = "Within how many days must a broken lamp be repaired in Norway?"
ODD = (
    "?", "…", "the of and", "📚🏛️", "👩‍👩‍👧", "مكتبة المجلس", "图书馆的灯", "도서관의 램프", "ห้องสมุด", "ἀρχή",
    "e\u0301" * 50, "\u202elamp\u202c", "\x00\x01lamp", "\ufeff lamp", "lamp " * 400, "a" * 2000, "§ " * 1000,
    "?" * 2000, "'; DROP TABLE passages; --", "<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd",
)  # fmt: skip


@pytest.fixture
def retriever(embedder: WordEmbedder) -> Retriever:
    """A retriever without a model."""
    return Retriever(embedder)


def search(
    retriever: Retriever, snapshot: Snapshot, text: str, *, scope: Scope | None = None, limit: int = 20
) -> Retrieval:
    return retriever.search(snapshot, retriever.embed(text, "en"), scope=scope or Scope(), limit=limit)


def ids(found: Retrieval) -> list[str]:
    return [hit.passage.id for hit in found.hits]


def test_passage_that_answers_is_first(retriever: Retriever, snapshot: Snapshot) -> None:
    """The passage that answers comes first."""
    assert ids(search(retriever, snapshot, LAMP))[0] == f"{LAW}:digest:s-12:0"


def test_exact_reference_is_found(retriever: Retriever, snapshot: Snapshot) -> None:
    """A question that only names a provision of a law finds the provision."""
    assert ids(search(retriever, snapshot, "s 4 Library Act 2022"))[0] == f"{LAW}:digest:s-4:0"


def test_hits_are_best_first_and_once_each(retriever: Retriever, snapshot: Snapshot) -> None:
    """Scores fall, and no passage comes twice."""
    found = search(retriever, snapshot, LAMP)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(ids(found))) == len(found.hits)


def test_hits_are_passages_of_the_snapshot(retriever: Retriever, snapshot: Snapshot) -> None:
    """What is found is in the snapshot that is named."""
    found = search(retriever, snapshot, LAMP)
    assert found.snapshot_id == snapshot.id
    assert all(snapshot.passage(hit.passage.id) == hit.passage for hit in found.hits)


def test_units_have_a_score_each(retriever: Retriever, snapshot: Snapshot) -> None:
    """Each unit of a hit has a score."""
    found = search(retriever, snapshot, LAMP)
    assert all(len(hit.units) == len(hit.passage.units) for hit in found.hits)


def test_places_count_from_one(retriever: Retriever, snapshot: Snapshot) -> None:
    """A hit tells its place in each ranking that found it, counted from 1."""
    best = dict(search(retriever, snapshot, LAMP).hits[0].places)
    assert set(best) == {"vectors", "words", "references"}
    assert min(best.values()) == 1


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_limit(retriever: Retriever, snapshot: Snapshot, limit: int) -> None:
    """There are no more hits than asked for, and they are the best."""
    assert ids(search(retriever, snapshot, LAMP, limit=limit)) == ids(search(retriever, snapshot, LAMP))[:limit]


def test_same_question_same_hits(retriever: Retriever, snapshot: Snapshot) -> None:
    """The same question finds the same passages with the same scores."""
    assert search(retriever, snapshot, LAMP).hits == search(retriever, snapshot, LAMP).hits


def test_digest_gives_way(retriever: Retriever, snapshot: Snapshot) -> None:
    """Where the official text of a section is held its digest is not among the hits but rejected with the reason."""
    text = "open for a third fewer hours, according to the library guide"
    found = search(retriever, snapshot, text, scope=Scope(documents=(GUIDE,)))
    rejected = {r.hit.passage.id: r.reason for r in found.rejected}
    assert rejected[f"{GUIDE}:digest:executive-summary:0"] == "the official text is held"
    assert not any(snapshot.superseded[snapshot.row(hit.passage.id)] for hit in found.hits)


def test_question_of_a_card_leads_to_its_passage(retriever: Retriever, snapshot: Snapshot) -> None:
    """A question that a card says a section answers finds a passage of that section first."""
    for held in snapshot.sections:
        for question in held.section.questions if held.edition is Edition.DIGEST else ():
            best = search(retriever, snapshot, question.text).hits[0].passage
            assert best.document_id == held.document_id, question


# Scope


@pytest.mark.parametrize("documents", [(LAW,), (BILL,), (GUIDE,), (LAW, BILL)])
@pytest.mark.parametrize("text", [LAMP, "leak", "zebra", "s 12"])
def test_scope_of_documents(retriever: Retriever, snapshot: Snapshot, documents: tuple[str, ...], text: str) -> None:
    """In a scope of documents only these are found, and something of them."""
    found = search(retriever, snapshot, text, scope=Scope(documents=documents))
    assert {hit.passage.document_id for hit in found.hits} <= set(documents)
    assert found.hits


@pytest.mark.parametrize("jurisdiction", ["NO", "CL"])
def test_scope_of_jurisdictions(retriever: Retriever, snapshot: Snapshot, jurisdiction: str) -> None:
    """In a scope of a jurisdiction only passages of or about it are found, rejected ones too."""
    found = search(retriever, snapshot, LAMP, scope=Scope(jurisdictions=(jurisdiction,)))
    passages = [hit.passage for hit in (*found.hits, *(r.hit for r in found.rejected))]
    assert passages
    assert all(snapshot.is_about(passage, jurisdiction) for passage in passages)


@pytest.mark.parametrize(
    "scope",
    [Scope(jurisdictions=("KR",)), Scope(documents=("absent",)), Scope(jurisdictions=("NO",), documents=(BILL,))],
)
def test_scope_of_nothing(retriever: Retriever, snapshot: Snapshot, scope: Scope) -> None:
    """In a scope of what is not held there are no hits and no evidence."""
    found = search(retriever, snapshot, LAMP, scope=scope)
    assert (found.hits, found.rejected, found.evidence) == ((), (), 0.0)


# Questions of all sorts


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("language", ["en", "ar", "xx"])
def test_odd_questions(retriever: Retriever, snapshot: Snapshot, text: str, language: str) -> None:
    """Whatever is asked, hits are passages of the snapshot, and evidence and scores are finite and about 0 to 1."""
    found = retriever.search(snapshot, retriever.embed(text, language, text), limit=5)
    assert len(found.hits) <= 5
    assert 0 <= found.evidence <= 1.2
    assert all(0 <= hit.score <= 1.3 for hit in found.hits)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u2028"])
def test_question_without_words(retriever: Retriever, snapshot: Snapshot, text: str) -> None:
    """A question without a word gives an evidence of nothing, not an error."""
    assert search(retriever, snapshot, text).evidence < 0.35


def test_nonsense_has_little_evidence(retriever: Retriever, snapshot: Snapshot) -> None:
    """A question about something else has less evidence than one that is answered."""
    other = search(retriever, snapshot, "zebra xylophone quasar")
    assert other.evidence < 0.6 * search(retriever, snapshot, LAMP).evidence


def test_original_words_are_searched_too(retriever: Retriever, snapshot: Snapshot) -> None:
    """The original of a question in another language is carried along, that of an English one is not."""
    assert retriever.embed("lamp", "es", "lámpara").original == "lámpara"
    assert retriever.embed("lamp", "en", "lamp").original == ""


def test_many_threads(retriever: Retriever, snapshot: Snapshot) -> None:
    """Many questions at once find what each finds alone."""
    expected, found = ids(search(retriever, snapshot, LAMP)), []
    threads = [threading.Thread(target=lambda: found.append(ids(search(retriever, snapshot, LAMP)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_depth_bounds_what_is_looked_at(embedder: WordEmbedder, snapshot: Snapshot) -> None:
    """A depth of one takes the best passage of each index, and what digests lead to."""
    found = search(Retriever(embedder, depth=1), snapshot, LAMP)
    assert 1 <= len(found.hits) <= 6


# The clock


def test_steps_are_timed(retriever: Retriever, snapshot: Snapshot) -> None:
    """A retrieval tells the milliseconds of its steps in their order."""
    times = search(retriever, snapshot, LAMP).milliseconds
    assert [name for name, _ in times] == ["search", "rerank", "read"]
    assert all(milliseconds >= 0 for _, milliseconds in times)


def test_times_add_up() -> None:
    """Times under one name add up, and names keep their order."""
    clock = Clock()
    for name, milliseconds in (("b", 1.0), ("a", 2.0), ("b", 4.0)):
        clock.add(name, milliseconds)
    assert list(clock.milliseconds.items()) == [("b", 5.0), ("a", 2.0)]


def test_failed_step_is_timed() -> None:
    """A step that fails is timed, and its error comes through."""
    clock = Clock()
    with pytest.raises(ZeroDivisionError), clock.step("one"):
        raise ZeroDivisionError
    assert list(clock.milliseconds) == ["one"]
