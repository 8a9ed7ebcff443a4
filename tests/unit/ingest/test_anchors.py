"""Headings and printed numbers become anchors that stay and labels that lawyers cite."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot.ingest.anchors import MAX_ANCHOR, Provision, provision, slug, unique


@pytest.mark.parametrize(
    ("heading", "anchor", "label", "title"),
    [
        ("Article 5", "art-5", "Art. 5", ""),
        ("Article 5 — Lamps", "art-5", "Art. 5", "Lamps"),
        ("Art. 14-2 — Lamps", "art-14-2", "Art. 14-2", "Lamps"),
        ("art. 226-8", "art-226-8", "Art. 226-8", ""),
        ("Artikel 3: Lampen", "art-3", "Art. 3", "Lampen"),
        ("Artículo 199 bis. Lámparas", "art-199", "Art. 199", "bis. Lámparas"),
        ("Artigo 12.º", "art-12", "Art. 12", "º"),
        ("Статья 137. Лампы", "art-137", "Art. 137", "Лампы"),
        ("제14조의2 (등불)", "art-14-2", "Art. 14-2", "등불"),
        ("제3조(등불)", "art-3", "Art. 3", "등불"),
        ("§ 184k Lampen", "s-184k", "§ 184k", "Lampen"),
        ("§§ 3", "s-3", "§ 3", ""),
        ("18 U.S.C. § 2255 – Lamps", "s-2255", "18 U.S.C. 2255", "Lamps"),
        ("47 U.S.C. 223(h)", "s-223-h", "47 U.S.C. 223(h)", ""),
        ("Sec. 2. Lamps", "s-2", "sec. 2", "Lamps"),
        ("Section 66E(2): Lamps", "s-66e-2", "s 66E(2)", "Lamps"),
        ("s 12 — Lamps", "s-12", "s 12", "Lamps"),
        ("ss. 4 Lamps", "s-4", "s 4", "Lamps"),
        ("Section 4 (2) (a)", "s-4-2-a", "s 4(2)(a)", ""),
        ("Rule 3(1)(b)", "rule-3-1-b", "rule 3(1)(b)", ""),
        ("Clause 7. Keepers", "cl-7", "cl 7", "Keepers"),
        ("Recital (19)", "recital-19", "Recital 19", ""),
        ("Part IV", "part-iv", "Part IV", ""),
        ("Part 10A Lamps", "part-10a", "Part 10A", "Lamps"),
        ("Division 474", "division-474", "Division 474", ""),
        ("66B", "s-66b", "s 66B", ""),
        ("66A. Lamps of the house", "s-66a", "s 66A", "Lamps of the house"),
        ("12. Lamps", "s-12", "s 12", "Lamps"),
        ("  Article 5  ", "art-5", "Art. 5", ""),
    ],
)
def test_a_heading_that_names_a_provision_is_read(heading: str, anchor: str, label: str, title: str) -> None:
    """A provision's heading gives its anchor, its label as cited and its own title."""
    assert provision(heading) == Provision(anchor, label, title)


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        "Lamps",
        "Articles of faith",
        "Article",
        "Article five",
        "Parting words",
        "Partition 4",
        "Section",
        "2024",
        "12 lamps",
        "sections 3",
        "Priority 1. Lamps",
        "A. Instruments",
        "Rule",
        "ruler 3",
        "Particle 5",
        "§",
        "제조",
    ],
)
def test_other_headings_name_no_provision(heading: str) -> None:
    """Words that only resemble a provision's are none."""
    assert provision(heading) is None


@pytest.mark.parametrize("heading", ["2025 Report", "1998 Charter of Reading Rooms", "2024 Elections"])
def test_a_year_is_no_provision(heading: str) -> None:
    """A heading that begins with a year is not cited as a section."""
    assert provision(heading) is None


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Executive summary", "executive-summary"),
        ("  Lamps — & shelves! ", "lamps-shelves"),
        ("Élan vital", "elan-vital"),
        ("Straße", "strasse"),
        ("Чтение", "чтение"),
        ("图书馆 灯", "图书馆-灯"),
        ("도서관", "도서관"),
        ("مكتبة", "مكتبة"),
        ("s 12(2)", "s-12-2"),
        ("", ""),
        ("—!?", ""),
        ("💡", ""),
    ],
)
def test_a_slug_is_words_of_any_script(text: str, anchor: str) -> None:
    """Words of any script are joined by hyphens, without accents or marks."""
    assert slug(text) == anchor


@given(st.text())
@example("x" * 500)
@example("ab " * 100)
@example("ﷺ" * 20)
def test_a_slug_is_short_and_safe(text: str) -> None:
    """Any slug fits its limit, and holds no blank, slash or colon that could break an id or an address."""
    made = slug(text)
    assert len(made) <= MAX_ANCHOR
    assert not set(made) & set(" /:#?%&.\n\t\"'<>")
    assert not made.startswith("-")
    assert not made.endswith("-")


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    """A slug is settled, so an anchor that is made again stays."""
    assert slug(slug(text)) == slug(text)


def test_a_slug_is_cut_at_a_word() -> None:
    """A long heading loses whole words; only one that is itself too long is cut."""
    assert slug("lamp " * 20) == "-".join(["lamp"] * 12)
    assert slug("x" * 100 + " lamp") == "x" * MAX_ANCHOR


def test_taken_anchors_are_counted_on() -> None:
    """The same anchor comes with -2, -3; one that is taken already in that form is passed over."""
    taken = {"lamps-3"}
    assert [unique("lamps", taken) for _ in range(4)] == ["lamps", "lamps-2", "lamps-4", "lamps-5"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b", ""])))
def test_unique_anchors_are_unique(anchors: list[str]) -> None:
    """No two anchors of a document are the same, whatever they began as."""
    taken: set[str] = set()
    made = [unique(anchor, taken) for anchor in anchors]
    assert len(set(made)) == len(made)
    assert taken == set(made)


@given(st.text(max_size=80))
@example("Article " + "1" * 2000)
@example("Article 1" + " " * 2000 + "\n")
@example("Section 1" + "(a)" * 2000 + "\nx")
@example("Section 1" + ".1" * 2000 + "\nx")
def test_any_heading_is_read_or_not(heading: str) -> None:
    """Reading any heading ends at once, and what is found has an anchor and a label."""
    found = provision(heading)
    assert found is None or (found.anchor != "" and found.label != "")


class _CountingSet(set[str]):
    """Counts how often it is asked."""

    asked = 0

    def __contains__(self, item: object) -> bool:
        self.asked += 1
        return super().__contains__(item)


def test_anchors_of_one_name_are_found_fast() -> None:
    """The work for headings of one name grows with their number, not with its square."""
    taken = _CountingSet()
    for _ in range(300):
        unique("lamps", taken)
    assert taken.asked < 6_000
