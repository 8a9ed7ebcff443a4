"""What kind of answer a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answering.kinds import Kind, kind_of, parts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How fast must a lamp be repaired?", Kind.FACT),
        ("Is it true?", Kind.FACT),
        ("", Kind.FACT),
        ("What are the three priorities?", Kind.LIST),
        ("List the lamps", Kind.LIST),
        ("Which steps can parliaments take?", Kind.LIST),
        ("What can members consider?", Kind.LIST),
        ("Name all the rooms", Kind.LIST),
        ("What is listed under Norway?", Kind.LIST),
        ("Who said that a shut room is a loss?", Kind.QUOTATION),
        ("What did Ana Duarte say?", Kind.QUOTATION),
        ("Which minister called it a loss?", Kind.QUOTATION),
        ("Quote a member", Kind.QUOTATION),
        ("What is the source for the 28 rooms?", Kind.SOURCE),
        ("Where does that figure come from?", Kind.SOURCE),
        ("What does footnote 4 say?", Kind.SOURCE),
        ("Who published the survey?", Kind.SOURCE),
        ("Compare Norway and Chile", Kind.COMPARE),
        ("Norway versus Chile", Kind.COMPARE),
        ("How does Norway differ?", Kind.COMPARE),
        ("What is a closed library?", Kind.DEFINITION),
        ("What does dark room mean?", Kind.DEFINITION),
        ("Define lending", Kind.DEFINITION),
    ],
)
def test_the_words_of_a_question_tell_its_kind(text: str, kind: Kind) -> None:
    """A source is asked for before a quotation, a quotation before a comparison, and so on."""
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("term", "kind"),
    [("source", Kind.SOURCE), ("footnote", Kind.SOURCE), ("compare", Kind.COMPARE), ("difference", Kind.COMPARE),
     ("list", Kind.LIST), ("definition", Kind.DEFINITION), ("lamp", Kind.FACT)],
)  # fmt: skip
def test_a_term_of_the_glossary_tells_the_kind_too(term: str, kind: Kind) -> None:
    """Questions in other languages are known by their terms."""
    assert kind_of("lamp Norway", frozenset({term})) is kind


@pytest.mark.parametrize("text", ["LIST THE LAMPS", "list the lamps", "List\nthe  lamps"])
def test_case_and_white_space_do_not_change_the_kind(text: str) -> None:
    """A question in capitals is the same question."""
    assert kind_of(text) is Kind.LIST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the fine, and which article sets it?", ("What is the fine", "which article sets it")),
        ("When was it adopted and who voted?", ("When was it adopted", "who voted")),
        ("What is it; when was it?", ("What is it", "when was it")),
        ("Which rule covers lending, who wrote it and when was it passed?",
         ("Which rule covers lending", "who wrote it", "when was it passed")),
    ],
)  # fmt: skip
def test_a_question_that_asks_several_things_is_parted(text: str, expected: tuple[str, ...]) -> None:
    """Each part is a question of its own."""
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "lamps", "lamps, and shelves", "What is the fine?", "What, when and where", "Lamps and what they cost",
     "The lamps and the rooms in which they burn"],
)  # fmt: skip
def test_a_question_that_asks_one_thing_stays_whole(text: str) -> None:
    """Not every "and" begins a question."""
    assert parts(text) == (text,)


@given(st.text(alphabet=st.sampled_from("what who and when,;? lamp"), max_size=200))
def test_parts_are_made_of_the_words_of_the_question(text: str) -> None:
    """Nothing is invented, there is always a part, and none is empty unless the question is."""
    found = parts(text)
    assert found
    assert all(word in text.split() or word in text for part in found for word in part.split())
    assert all(found) or text == ""
