"""The units that answer are chosen, never written."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.composing import MOST_UNITS, Neighbours, Piece, compose, repeats
from chatbot.answering.kinds import Kind
from chatbot.model import BlockKind, Edition, Hit, Passage, PassageKind, Unit

BUDGET = 120
ITEM, PARAGRAPH, NOTE = BlockKind.ITEM, BlockKind.PARAGRAPH, BlockKind.NOTE


def passage(  # a passage whose units are the texts, one a line
    *texts: str,
    number: int = 0,
    kind: PassageKind = PassageKind.PARAGRAPH,
    block: BlockKind = PARAGRAPH,
    edition: Edition = Edition.OFFICIAL,
    document: str = "guide",
    calls: str = "",
    note: str = "",
    lead: int = 0,
) -> Passage:
    """A passage of the section a; its last unit calls a note, its units open with a lead."""
    units, start = [], 0
    for place, text in enumerate(texts):
        is_last = place == len(texts) - 1
        called = (calls,) if calls and is_last else ()
        units.append(Unit(start, start + len(text), block, called, lead))
        start += len(text) + 1
    whole = "\n".join(texts)
    id_ = f"{document}:{edition}:a:{number}"
    return Passage(
        id_, document, edition, "a", "A", ("A",), whole, kind, 0, len(whole), tuple(units), "en", f"{kind}", number=note
    )


def hit(found: Passage, score: float, *units: float) -> Hit:
    """A hit whose units score as its passage does where nothing else is said."""
    return Hit(found, score, units or (score,) * len(found.units))


def beside(*passages: Passage) -> Neighbours:
    """The passages of one section."""
    return lambda _: list(passages)


def texts(pieces: Sequence[Piece]) -> list[str]:
    """What the pieces say."""
    return [piece.text for piece in pieces]


def test_nothing_found_is_nothing_said() -> None:
    """Without hits there is no piece, whatever is asked."""
    assert all(compose("Lamps?", kind, [], beside(), BUDGET) == [] for kind in Kind)


def test_the_closest_sentence_answers_and_the_far_one_does_not() -> None:
    """A sentence much farther from the question than the best one no longer helps."""
    found = hit(passage("Lamps burn.", "Shelves stand."), 0.8, 0.9, 0.2)
    assert texts(compose("lamps", Kind.FACT, [found], beside(), BUDGET)) == ["Lamps burn."]


def test_sentences_of_one_passage_stand_as_in_it() -> None:
    """The reading order of a passage is kept, the passage of the closest sentence goes first."""
    near = hit(passage("Lamps burn.", "Oil is dear.", number=1), 0.8, 0.80, 0.84)
    far = hit(passage("Shelves stand.", number=0), 0.79)
    pieces = compose("lamps", Kind.FACT, [near, far], beside(), BUDGET)
    assert texts(pieces) == ["Lamps burn.", "Oil is dear.", "Shelves stand."]


def test_notes_stand_after_the_sentences_they_support() -> None:
    """A sentence that answers is read before the name of a publication, however near that is."""
    note = hit(passage("Lamp Watch (2025).", kind=PassageKind.NOTE, block=NOTE, number=1), 0.95)
    sentence = hit(passage("Lamps burn.", number=0), 0.85)
    assert texts(compose("lamps", Kind.FACT, [note, sentence], beside(), BUDGET)) == [
        "Lamps burn.",
        "Lamp Watch (2025).",
    ]


def test_the_budget_is_kept_but_for_the_first() -> None:
    """The closest sentence is given however long it is; others only where they fit."""
    long = "Lamps " + "burn " * 30 + "on."
    hits = [hit(passage(long, number=0), 0.9), hit(passage("Oil is dear.", number=1), 0.89)]
    assert texts(compose("lamps", Kind.FACT, hits, beside(), 10)) == [long]


def test_an_answer_has_few_sentences() -> None:
    """However many are near, only the closest are given."""
    hits = [hit(passage(f"Room{n} is{n} shut{n}.", number=n), 0.9) for n in range(10)]
    assert len(compose("rooms", Kind.FACT, hits, beside(), 500)) == MOST_UNITS


@pytest.mark.parametrize("opening", ["It", "This", "They", "However,", "Such", "Another"])
def test_a_sentence_that_leans_brings_the_one_before(opening: str) -> None:
    """Nobody can know what "it" is alone."""
    found = hit(passage("A lamp broke.", f"{opening} was mended.", "Nobody saw."), 0.8, 0.1, 0.9, 0.1)
    assert texts(compose("mended", Kind.FACT, [found], beside(), BUDGET)) == ["A lamp broke.", f"{opening} was mended."]


def test_sentences_that_are_counted_come_together() -> None:
    """First, second and third are one answer with the sentence that announces them."""
    said = ("Two things help.", "First, dry the shelf.", "Second, mend the lamp.", "Nobody saw.")
    found = hit(passage(*said), 0.8, 0.1, 0.1, 0.9, 0.1)
    assert texts(compose("lamp", Kind.FACT, [found], beside(), BUDGET)) == list(said[:3])


def test_a_bare_item_brings_the_line_that_introduces_its_list() -> None:
    """An item that is no sentence is nothing without its lead-in."""
    found = hit(passage("Keepers need:", "lamps", "oil", block=ITEM, kind=PassageKind.LIST), 0.8, 0.1, 0.1, 0.9)
    assert texts(compose("oil", Kind.FACT, [found], beside(), BUDGET)) == ["Keepers need:", "oil"]


def test_the_same_words_are_said_once() -> None:
    """A second passage that says the same adds nothing."""
    hits = [hit(passage("Lamps burn at night.", number=n), 0.9) for n in range(3)]
    assert texts(compose("lamps", Kind.FACT, hits, beside(), BUDGET)) == ["Lamps burn at night."]


def test_the_publishers_words_go_before_a_digest_as_near() -> None:
    """Of two sentences as near the official one stands first."""
    ours = hit(passage("Lamps must be mended.", edition=Edition.DIGEST, number=1), 0.9)
    theirs = hit(passage("A keeper repairs every light.", number=2), 0.9)
    assert texts(compose("who repairs", Kind.FACT, [ours, theirs], beside(), BUDGET))[0] == theirs.passage.text


def test_words_of_the_sort_asked_for_go_first() -> None:
    """Who asks how many wants a number."""
    hits = [hit(passage("Many rooms are shut.", number=0), 0.90), hit(passage("In all, 28 are shut.", number=1), 0.89)]
    assert texts(compose("How many rooms?", Kind.FACT, hits, beside(), BUDGET))[0] == "In all, 28 are shut."


def test_a_passage_that_must_be_heard_is_heard() -> None:
    """The law that the question names is quoted though the brief is somewhat nearer."""
    brief = hit(passage("Lamps burn.", "Oil is dear.", "Wicks are short.", number=0), 0.90)
    law = hit(passage("A keeper mends the lamp.", document="act", number=1), 0.77)
    silent = compose("lamps", Kind.FACT, [brief, law], beside(), 6)
    heard = compose("lamps", Kind.FACT, [brief, law], beside(), 8, heard=lambda p: p.document_id == "act")
    assert "A keeper mends the lamp." not in texts(silent)
    assert "A keeper mends the lamp." in texts(heard)


def test_a_passage_that_must_be_heard_but_is_far_is_not() -> None:
    """To be named is not enough."""
    brief = hit(passage("Lamps burn.", number=0), 0.90)
    law = hit(passage("A keeper mends the lamp.", document="act", number=1), 0.40)
    assert texts(compose("lamps", Kind.FACT, [brief, law], beside(), 80, heard=lambda p: p.document_id == "act")) == [
        "Lamps burn."
    ]


ITEMS = ("Dry the shelf.", "Mend the lamp.", "Count readers.", "Name a keeper.")


def test_a_list_is_given_whole_with_its_count() -> None:
    """All items come, also those that are far from the question and those of the passage after."""
    first = passage(*ITEMS[:2], number=0, kind=PassageKind.LIST, block=ITEM)
    second = passage(*ITEMS[2:], number=1, kind=PassageKind.LIST, block=ITEM)
    pieces = compose("steps", Kind.LIST, [hit(second, 0.9, 0.9, 0.1)], beside(first, second), BUDGET)
    assert texts(pieces) == list(ITEMS)
    assert {piece.list_size for piece in pieces} == {4}


def test_another_list_of_the_section_stays_out() -> None:
    """Only what was cut from the same list belongs to it."""
    mine = passage(*ITEMS, number=0, kind=PassageKind.LIST, block=ITEM)
    other = passage("Sing.", "Dance.", number=1, kind=PassageKind.PARAGRAPH, block=ITEM)
    assert texts(compose("steps", Kind.LIST, [hit(mine, 0.9)], beside(mine, other), BUDGET)) == list(ITEMS)


def test_a_long_list_keeps_every_item_in_short() -> None:
    """Where the list is too long each item is there with its first sentence, and the closest in full."""
    said = [f"Do thing{n} first. " + f"It helps room{n}. " * 10 for n in range(8)]
    found = passage(*said, kind=PassageKind.LIST, block=ITEM)
    scores = [0.1] * 8
    scores[5] = 0.9
    pieces = compose("steps", Kind.LIST, [hit(found, 0.9, *scores)], beside(found), 60)
    assert [piece.text.startswith(f"Do thing{n} first.") for n, piece in enumerate(pieces)] == [True] * 8
    assert [n for n, piece in enumerate(pieces) if piece.text == said[n]] == [5]
    assert {piece.list_size for piece in pieces} == {8}


def test_an_item_in_short_is_its_emphasized_lead() -> None:
    """The author's own lead says best what an item is about."""
    said = [f"Action{n}, " + f"which helps room{n} " * 12 for n in range(6)]
    found = passage(*said, kind=PassageKind.LIST, block=ITEM, lead=7)
    pieces = compose("steps", Kind.LIST, [hit(found, 0.9, 0.9, *[0.1] * 5)], beside(found), 20)
    assert texts(pieces)[1:] == [f"Action{n}" for n in range(1, 6)]


def test_entries_under_one_heading_are_a_list() -> None:
    """An annex gives every document that hangs under the same parent, with what is noted below it."""
    entries = [passage(f"Charter {n}\nSee Art. {n}", number=n, kind=PassageKind.ENTRY) for n in range(3)]
    pieces = compose("charters", Kind.LIST, [hit(entries[1], 0.9)], beside(*entries), BUDGET)
    assert texts(pieces) == [entry.text for entry in entries]
    assert [(piece.is_item, piece.list_size) for piece in pieces] == [(True, 3)] * 3


def test_a_list_far_below_the_best_hit_is_not_the_answer() -> None:
    """A list is not given for being a list."""
    found = passage(*ITEMS, number=1, kind=PassageKind.LIST, block=ITEM)
    best = hit(passage("Lamps are the steps.", number=0), 0.9)
    pieces = compose("steps", Kind.LIST, [best, hit(found, 0.6)], beside(found), BUDGET)
    assert texts(pieces) == ["Lamps are the steps."]
    assert {piece.list_size for piece in pieces} == {0}


def test_a_statement_is_given_whole() -> None:
    """Statement and speaker are never parted."""
    said = passage('"A shut room is a loss."\nMr. Kofi Boateng', number=1, kind=PassageKind.QUOTATION)
    hits = [hit(passage("Rooms are shut.", number=0), 0.9), hit(said, 0.85)]
    assert texts(compose("Who said so?", Kind.QUOTATION, hits, beside(), BUDGET)) == [said.text]


def test_a_statement_far_from_the_question_is_not_given() -> None:
    """Who is quoted on something else did not say it."""
    said = passage('"A leak is a theft."\nMs. Ana Duarte', number=1, kind=PassageKind.QUOTATION)
    hits = [hit(passage("Rooms are shut, a keeper said.", number=0), 0.9), hit(said, 0.5)]
    assert texts(compose("Who said so?", Kind.QUOTATION, hits, beside(), BUDGET)) == ["Rooms are shut, a keeper said."]


def test_a_source_is_the_sentence_and_its_note() -> None:
    """The figure comes with the note that it calls."""
    body = passage("Nothing here.", "In all 28 rooms are shut.", number=0, calls="3")
    note = passage("Ida Lund, The quiet crisis (2024).", number=1, kind=PassageKind.NOTE, block=NOTE, note="3")
    other = passage("Pipe Institute (2022).", number=2, kind=PassageKind.NOTE, block=NOTE, note="4")
    pieces = compose("source of 28", Kind.SOURCE, [hit(body, 0.9, 0.1, 0.9)], beside(body, note, other), BUDGET)
    assert texts(pieces) == ["In all 28 rooms are shut.", "Ida Lund, The quiet crisis (2024)."]


def test_a_note_that_is_found_brings_what_it_supports() -> None:
    """Also when the words of the question stand in the note."""
    body = passage("In all 28 rooms are shut.", number=0, calls="3")
    note = passage("Ida Lund, The quiet crisis (2024).", number=1, kind=PassageKind.NOTE, block=NOTE, note="3")
    pieces = compose("what does Ida Lund support", Kind.SOURCE, [hit(note, 0.9)], beside(body, note), BUDGET)
    assert texts(pieces) == ["In all 28 rooms are shut.", "Ida Lund, The quiet crisis (2024)."]


def test_where_no_note_is_near_the_closest_sentence_is_given() -> None:
    """A sentence without a note is its own source."""
    found = hit(passage("Lamps burn.", "Oil is dear."), 0.9, 0.2, 0.9)
    assert texts(compose("source of oil", Kind.SOURCE, [found], beside(found.passage), BUDGET)) == ["Oil is dear."]


@pytest.mark.parametrize(
    ("text", "other", "said"),
    [
        ("Lamps burn at night.", "Lamps burn at night.", True),
        ("LAMPS burn, at night!", "Lamps burn at night.", True),
        ("Lamps burn.", "Lamps burn at night in the cellar.", True),
        ("Lamps burn at night in the cellar.", "Lamps burn.", False),
        ("Shelves stand.", "Lamps burn.", False),
        ("…", "Lamps burn.", False),
    ],
)
def test_a_piece_repeats_another_that_has_nearly_all_its_words(text: str, other: str, said: bool) -> None:
    """Case and marks do not make a sentence new; more words do."""
    mine = Piece(passage(text, number=0), 0, len(text), 0.5)
    theirs = Piece(passage(other, number=1), 0, len(other), 0.5)
    assert repeats(mine, [theirs]) is said
    assert repeats(mine, []) is False


def test_pieces_that_overlap_in_a_passage_repeat_each_other() -> None:
    """The same place is quoted once, whatever its words."""
    found = passage("Lamps burn at night in many a cellar.")
    assert repeats(Piece(found, 0, 11, 0.5), [Piece(found, 6, 37, 0.5)])
    assert not repeats(Piece(found, 0, 5, 0.5), [Piece(found, 6, 37, 0.5)])


WORDS = st.text(alphabet="abcdefg", min_size=1, max_size=4)
SENTENCES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: " ".join(words).capitalize() + ".")


@given(
    st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from(list(PassageKind)),
    st.sampled_from(list(Kind)),
    st.lists(st.floats(0, 1), min_size=6, max_size=6),
    st.integers(1, 60),
)
def test_whatever_was_found_the_pieces_are_cut_from_it(
    found: list[list[str]], shape: PassageKind, kind: Kind, scores: list[float], budget: int
) -> None:
    """A piece is never empty, lies within its passage, and no place is quoted twice."""
    block = ITEM if shape is PassageKind.LIST else PARAGRAPH
    passages = [passage(*said, number=n, kind=shape, block=block) for n, said in enumerate(found)]
    hits = sorted((hit(p, score) for p, score in zip(passages, scores, strict=False)), key=lambda h: -h.score)
    pieces = compose("abc", kind, hits, beside(*passages), budget)
    assert pieces
    assert all(0 <= piece.start < piece.end <= len(piece.passage.text) for piece in pieces)
    places = [(piece.passage.id, piece.start) for piece in pieces]
    assert len(set(places)) == len(places)
