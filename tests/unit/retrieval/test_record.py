"""A document's record: each sentence names the document, stands alone, and never makes law of what is none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.model import (
    AnnexEntry,
    BlockKind,
    Document,
    DocumentKind,
    Element,
    LegalState,
    LegalStatus,
)
from chatbot.retrieval import record
from chatbot.retrieval.snapshot import Snapshot

ACT = Document(
    id="no-lamp-act",
    title="Lampelov",
    title_en="Act on Lamps",
    short_title="Lamp Act",
    issuer="Parliament of Norway",
    jurisdiction="NO",
    kind=DocumentKind.ACT,
    annex=(AnnexEntry("C", ("Norway",), 3),),
    year=2024,
    status=LegalStatus(LegalState.IN_FORCE, "Amended once.", "2025-05-01"),
    languages=("no",),
    comparison=((Element.COVERS_SHARING, "yes (s 4)"), (Element.REGULATOR, "the Lamp Board (s 9).")),
)
_WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
_DOCUMENTS = st.builds(
    Document,
    id=st.just("any"),
    title=_WORDS,
    title_en=_WORDS | st.just(""),
    short_title=_WORDS,
    issuer=_WORDS,
    jurisdiction=st.sampled_from(["NO", "KR", "EU", "COE", "INT", "AFRICAN-UNION", "XK"]),
    kind=st.sampled_from(DocumentKind),
    annex=st.lists(
        st.builds(AnnexEntry, st.sampled_from(["A", "E", "body", "related", "brief"]), st.tuples(_WORDS)), max_size=3
    ).map(tuple),
    year=st.integers(1900, 2100),
    status=st.builds(
        LegalStatus, st.sampled_from(LegalState), _WORDS | st.just(""), st.sampled_from(["", "2025-01", "2024-02-29"])
    ),
    languages=st.just(("en",)),
    comparison=st.dictionaries(st.sampled_from(Element), _WORDS).map(lambda held: tuple(held.items())),
)


def said(document: Document) -> dict[str, str]:
    """What a record says, by what it tells."""
    return {line.tells: line.text for line in record.lines(document)}


def test_a_record_in_full() -> None:
    """A record tells what the document is, its status with the date, where the brief lists it, and its elements."""
    assert [(line.tells, line.text) for line in record.lines(ACT)] == [
        (record.IDENTITY, "Lamp Act (Norway): Lampelov, Act on Lamps, act of 2024, Parliament of Norway."),
        (record.STATUS, "Legal status of Lamp Act (Norway): in force, as of 1 May 2025."),
        (record.DETAIL, "More on the status of Lamp Act (Norway): Amended once."),
        (record.annex("C"), "Annex C of the IPU issue brief lists Lamp Act (Norway) under Norway."),
        (Element.COVERS_SHARING, "Sharing, Lamp Act (Norway): yes (s 4)."),
        (Element.REGULATOR, "Regulator, Lamp Act (Norway): the Lamp Board (s 9)."),
    ]


@given(_DOCUMENTS)
def test_every_sentence_names_the_document(document: Document) -> None:
    """Whatever a card holds, no sentence of its record needs another one to tell what it is about."""
    lines = record.lines(document)
    assert all(document.short_title in line.text for line in lines)
    assert [line.tells for line in lines[:2]] == [record.IDENTITY, record.STATUS]


@given(_DOCUMENTS)
def test_what_is_no_law_is_so_in_every_cell(document: Document) -> None:
    """A sentence on an element says itself that its document is not in force; one of law in force does not."""
    words = record.state_words(document.status.state)
    cells = [line.text for line in record.lines(document) if line.tells in list(Element)]
    assert len(cells) == len(document.comparison)
    if not document.status.state.is_law:
        assert all(f"{record.called(document)}, {words}: " in text for text in cells)
    else:
        assert all(f", {record.called(document)}: " in text for text in cells)


@given(_DOCUMENTS)
def test_the_section_has_a_block_a_sentence(document: Document) -> None:
    """The record as a section holds exactly its sentences, as items, under an anchor of its own."""
    section = record.section(document)
    assert [block.text for block in section.blocks] == [line.text for line in record.lines(document)]
    assert {block.kind for block in section.blocks} == {BlockKind.ITEM}
    assert (section.anchor, section.label, section.headings) == (record.ANCHOR, "Record", ("Record",))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LegalState.IN_FORCE, "in force"),
        (LegalState.PARTLY_IN_FORCE, "partly in force"),
        (LegalState.NOT_YET_IN_FORCE, "not yet in force"),
        (LegalState.BILL, "a bill, not law"),
        (LegalState.DRAFT, "a draft, not law"),
        (LegalState.MOTION, "a motion, not law"),
        (LegalState.LAPSED, "a bill that lapsed, not law"),
        (LegalState.REPEALED, "repealed, no longer law"),
        (LegalState.SOFT_LAW, "adopted, and not legally binding"),
    ],
)
def test_the_status_says_whether_it_is_law(state: LegalState, words: str) -> None:
    """The sentence on the status cannot be taken for law where there is none."""
    document = replace(ACT, status=LegalStatus(state, "", "2025-05-01"))
    assert record.status_sentence(document) == f"Legal status of Lamp Act (Norway): {words}, as of 1 May 2025."


@pytest.mark.parametrize("state", LegalState)
def test_every_state_has_words(state: LegalState) -> None:
    """No state is without words, and what is no law is said with a "not", "no longer" or "not stated"."""
    words = record.state_words(state)
    assert state.is_law == (not {"not", "no"} & set(words.replace(",", "").split()))


@pytest.mark.parametrize("state", [LegalState.IN_FORCE, LegalState.PARTLY_IN_FORCE])
def test_only_what_is_in_force_is_law(state: LegalState) -> None:
    """Of all states two bind anyone today."""
    assert state.is_law
    assert sum(other.is_law for other in LegalState) == 2


@pytest.mark.parametrize(
    ("as_of", "words"),
    [
        ("2025-05-01", "1 May 2025"),
        ("2024-02-29", "29 February 2024"),
        ("2025-12", "December 2025"),
        ("1998-01", "January 1998"),
        ("", ""),
    ],
)
def test_a_date_in_words(as_of: str, words: str) -> None:
    """A day is told as a day, a month as a month, and nothing as nothing."""
    assert record.dated(as_of) == words


def test_a_date_that_is_not_known_is_told_so() -> None:
    """A status without date says that it has none."""
    document = replace(ACT, status=LegalStatus(LegalState.BILL, "", ""))
    sentence = "Legal status of Lamp Act (Norway): a bill, not law (the date of the check is not known)."
    assert record.status_sentence(document) == sentence


def test_without_a_detail_there_is_no_sentence_on_it() -> None:
    """A record has no empty sentence."""
    bare = replace(ACT, status=LegalStatus(LegalState.BILL, "", ""), comparison=(), annex=())
    assert list(said(bare)) == [record.IDENTITY, record.STATUS]


@pytest.mark.parametrize(
    ("short_title", "jurisdiction", "called"),
    [
        ("Lamp Act", "NO", "Lamp Act (Norway)"),
        ("Norway Lamp Act", "NO", "Norway Lamp Act"),
        ("Chilean Lamp Bill", "CL", "Chilean Lamp Bill (Chile)"),
        ("Lamp Charter", "INT", "Lamp Charter"),
        ("Lamp Directive", "EU", "Lamp Directive (European Union)"),
        ("Lamp Convention", "COE", "Lamp Convention (Council of Europe)"),
        ("Lamp Protocol", "AFRICAN-UNION", "Lamp Protocol (African Union)"),
        ("Lamp Act", "KR", "Lamp Act (Republic of Korea)"),
        ("Lamp Act", "US", "Lamp Act (United States of America)"),
        ("Lamp Act", "TR", "Lamp Act (Türkiye)"),
        ("Record", "INT", "Record"),
    ],
)
def test_how_a_document_is_called(short_title: str, jurisdiction: str, called: str) -> None:
    """The jurisdiction stands with the short title, unless that says it already or nobody's law it is."""
    assert record.called(replace(ACT, short_title=short_title, jurisdiction=jurisdiction)) == called


@pytest.mark.parametrize(("short_title", "jurisdiction"), [("Malicious Lamps Act", "ML"), ("Nigerian Lamp Act", "NE")])
def test_a_country_inside_another_word_is_not_named(short_title: str, jurisdiction: str) -> None:
    """Letters of a country's name inside another word do not name it."""
    assert record.called(replace(ACT, short_title=short_title, jurisdiction=jurisdiction)) != short_title


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (AnnexEntry("A"), "Annex A of the IPU issue brief lists Lamp Act (Norway)."),
        (
            AnnexEntry("A", ("Regional", "Northern Union"), 2),
            "Annex A of the IPU issue brief lists Lamp Act (Norway) under Regional, Northern Union.",
        ),
        (AnnexEntry("body"), "The IPU issue brief names Lamp Act (Norway) outside its annexes."),
        (
            AnnexEntry("related"),
            "Lamp Act (Norway) is held as a related instrument; the IPU issue brief does not list it.",
        ),
    ],
)
def test_where_the_brief_lists_it(entry: AnnexEntry, sentence: str) -> None:
    """A record says under which headings of which annex a document stands, or that it stands in none."""
    assert said(replace(ACT, annex=(entry,)))[record.annex(entry.part)] == sentence


def test_the_brief_does_not_list_itself() -> None:
    """The record of the brief says nothing of annexes."""
    assert record.annex("brief") not in said(replace(ACT, annex=(AnnexEntry("brief"),)))


def test_each_place_has_a_sentence() -> None:
    """A document that stands in two annexes has a sentence for each."""
    both = replace(ACT, annex=(AnnexEntry("A"), AnnexEntry("C", ("Norway",))))
    assert [line.text[:7] for line in record.lines(both) if line.tells.startswith("annex")] == ["Annex A", "Annex C"]


@pytest.mark.parametrize(("title", "title_en"), [("Lamp Act", ""), ("Lamp Act", "Lamp Act"), ("", "Lamp Act")])
def test_a_title_is_not_told_twice(title: str, title_en: str) -> None:
    """A title that is the short title is not repeated."""
    document = replace(ACT, title=title, title_en=title_en)
    assert said(document)[record.IDENTITY] == "Lamp Act (Norway): act of 2024, Parliament of Norway."


@pytest.mark.parametrize(
    ("value", "ended"),
    [("yes (s 4)", "yes (s 4)."), ("Yes. (s 4).", "Yes. (s 4)."), ("is it? (s 4)?", "is it? (s 4)?")],
)
def test_a_value_ends_as_a_sentence(value: str, ended: str) -> None:
    """A full stop is added where there is none."""
    document = replace(ACT, comparison=((Element.COVERS_SHARING, value),))
    assert said(document)[Element.COVERS_SHARING] == f"Sharing, Lamp Act (Norway): {ended}"


def test_the_value_of_an_element() -> None:
    """A value is given as the card writes it, and nothing where the card is silent."""
    assert record.value_of(ACT, Element.COVERS_SHARING) == "yes (s 4)"
    assert record.value_of(ACT, Element.COVERS_SYNTHETIC) == ""


def test_the_small_corpus_is_held_with_its_records(snapshot: Snapshot) -> None:
    """Each sentence of each record stands whole, and once, in a passage of the snapshot."""
    for document in snapshot.documents.values():
        passages = snapshot.record_of(document.id)
        held = [passage.quote(unit) for passage in passages for unit in passage.units]
        assert held == [line.text for line in record.lines(document)]
