"""Provisions and instruments are found in the many notations in which people write them."""

import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.references import found_in, widened
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("s 66E(2)", "s:66e(2)"),
        ("s. 66E(2)", "s:66e(2)"),
        ("S 66E (2)", "s:66e(2)"),
        ("section 66e(2)", "s:66e(2)"),
        ("Sec. 66E(2)", "s:66e(2)"),
        ("Section 66E(2)(a)", "s:66e(2)(a)"),
        ("§ 184k", "s:184k"),
        ("§184k", "s:184k"),
        ("§\u00a0184k", "s:184k"),
        ("Art. 14-2", "art:14-2"),
        ("Art.14-2", "art:14-2"),
        ("ART 14-2", "art:14-2"),
        ("Article 14-2", "art:14-2"),
        ("Artikel 5", "art:5"),
        ("artículo 197.7", "art:197.7"),
        ("Artigo 7", "art:7"),
        ("Статья 137", "art:137"),
        ("статьи 137", "art:137"),
        ("المادة 5", "art:5"),
        ("제14조", "art:14"),
        ("제14조의2", "art:14-2"),
        ("第287条", "art:287"),
        ("Clause 7", "cl:7"),
        ("cl. 7", "cl:7"),
        ("rule 12", "rule:12"),
        ("recital 19", "recital:19"),
        ("recital (19)", "recital:19"),
        ("Part IV", "part:iv"),
        ("part 3", "part:3"),
        ("note 12", "note:12"),
        ("footnote no. 12", "note:12"),
        ("Priority 2", "priority:2"),
        ("Annex B", "annex:b"),
        ("annexe b", "annex:b"),
        ("Regulation (EU) 2022/2065", "number:2022/2065"),
        ("regulation 2022/2065", "number:2022/2065"),
        ("Directive (EU) No. 2024/1385", "number:2024/1385"),
        ("Directive 95/2046", "number:95/2046"),
        ("what does 66E say", "bare:66e"),
    ],
)
def test_notation(text: str, reference: str) -> None:
    """A provision is found in this notation, alone and within a sentence."""
    assert reference in found_in(text)
    assert reference in found_in(f"Tell me, what about {text}?")


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Articles 16, 17 and 18", ("art:16", "art:17", "art:18")),
        ("ss 5 and 7A", ("s:5", "s:7a")),
        ("§§ 5, 7 und 9", ("s:5", "s:7", "s:9")),
        ("Arts. 4 et 9", ("art:4", "art:9")),
        ("artículos 4 y 9", ("art:4", "art:9")),
        ("s 5 or 9", ("s:5", "s:9")),
        ("Art. 5; s 12", ("art:5", "s:12")),
        ("s 12, s 12 and section 12", ("s:12",)),
    ],
)
def test_several_provisions(text: str, references: tuple[str, ...]) -> None:
    """Provisions named together are all found, in the order of their kinds, once each."""
    assert found_in(text) == references


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "s", "§", "Art.", "Article", "🏛️📚", "\x00\ufffd", "12 %", "its 5 rules", "chairs 5", "parts",
     "cart 5", "heart 14", "in 2025", "lamps", "the 12 readers", "clauses", "Ann 5", "20252/12", "1/2"],
)  # fmt: skip
def test_no_reference(text: str) -> None:
    """What only looks like a reference is none."""
    assert found_in(text) == ()


@pytest.mark.parametrize("text", ["the chamber's 12 readers", "Ana’s 5 lamps", "the members' 12 keys or Ida's 7 books"])
def test_possessive_is_no_section(text: str) -> None:
    """A number after a possessive is not a section."""
    assert found_in(text) == ()


def test_number_with_two_hyphens() -> None:
    """A number such as French codes have is one provision, and its last part is none."""
    assert found_in("Article 226-8-1") == ("art:226-8-1",)


@pytest.mark.parametrize(
    ("text", "reference"), [("المادة ٥", "art:5"), ("Art. １４", "art:14"), ("第２８７条", "art:287")]
)
def test_digits_of_other_scripts(text: str, reference: str) -> None:
    """A provision is the same in whatever digits it is written."""
    assert found_in(text) == (reference,)


@pytest.mark.parametrize("separators", [" ," * 40, " and" * 40])
def test_separators_take_no_time(separators: str) -> None:
    """A number followed by a row of commas or joining words is read at once, however long the row."""
    program = f"""
        from chatbot.retrieval.references import found_in
        print(found_in("s 1" + {separators!r} + " x"))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3,
        check=True,
    )
    assert done.stdout == "('s:1',)\n"


@pytest.mark.parametrize(
    "text",
    ["s 1" + "(a)" * 600, "§" * 2000, "Art. " * 400, "1." * 1000, "제" * 2000, "2022/" * 400, "(" * 2000, "9" * 2000,
     "s 1" + " " * 1990, "s " + "1-" * 900, "Стать" + "я" * 1990],
)  # fmt: skip
def test_long_odd_texts_give_few_references(text: str) -> None:
    """A text of 2,000 characters made to mislead gives one reference at most."""
    assert len(found_in(text)) <= 1


@given(st.text(alphabet=st.sampled_from("sS§Art. 12()-/aEII第条제조0,é\n\x00😀"), max_size=40))
def test_any_text_gives_canonical_references(text: str) -> None:
    """Whatever the text, references are lower-case words with a kind, without blanks, once each."""
    found = found_in(text)
    assert len(set(found)) == len(found)
    assert all(":" in r and r == r.casefold() and not any(c.isspace() for c in r) for r in found)


@pytest.mark.parametrize(
    ("reference", "steps"),
    [
        ("s:66b(4)(a)", ("s:66b(4)(a)", "s:66b(4)", "s:66b")),
        ("art:14-2", ("art:14-2",)),
        ("doc:x", ("doc:x",)),
        ("", ("",)),
    ],
)
def test_widened(reference: str, steps: tuple[str, ...]) -> None:
    """A reference is widened step by step to the provision it is part of."""
    assert widened(reference) == steps
