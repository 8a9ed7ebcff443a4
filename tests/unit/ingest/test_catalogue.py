"""Cards become documents; a card with a mistake is named with file, field and cure, and the rest goes on."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.errors import CardError
from chatbot.ingest import catalogue
from chatbot.ingest.catalogue import read_card
from chatbot.model import AnnexEntry, Coverage, DocumentKind, Element, LegalState, LegalStatus, Link, Pinpoint

FIELDS = {
    "id": "lamp-act",
    "title": "Lamp Act",
    "short_title": "Lamps",
    "issuer": "Board of Lamps",
    "jurisdiction": "INT",
    "annex": "[A]",
    "type": "act",
    "year": "2020",
    "status": "{state: in force}",
    "languages": "[en]",
}


def _card(folder: Path, body: str = "The lamp is lit.\n", stem: str = "lamp-act", **fields: str | None) -> Path:
    """A card with some fields changed; None leaves a field out."""
    lines = [f"{name}: {value}" for name, value in {**FIELDS, **fields}.items() if value is not None]
    path = folder / f"{stem}.md"
    path.write_text("\n".join(["---", *lines, "---", body]), encoding="utf-8")
    return path


# The cards of the small corpus


def test_cards_are_found_in_all_folders_in_file_order(corpus_dir: Path) -> None:
    """Every card below the folder is read, in the order of their paths."""
    found = catalogue.load(corpus_dir)
    assert list(found.cards) == ["cl-dry-archive-bill-2025", "no-library-act-2022", "reading-room-guide"]
    assert found.problems == ()


def test_a_card_becomes_a_document(corpus_dir: Path) -> None:
    """Every field of the card is in its document."""
    document = read_card(corpus_dir / "laws" / "no-library-act-2022.md").document
    assert document.names == ("Norwegian Library Act", "Biblioteklov", "Library Act 2022", "Act No. 12 of 2022")
    assert (document.jurisdiction, document.kind, document.year) == ("NO", DocumentKind.ACT, 2022)
    assert document.annex == (AnnexEntry("B"),)
    assert document.status == LegalStatus(LegalState.IN_FORCE, "In force since 1 July 2022.", "2025-05-01")
    assert document.languages == ("no", "en")
    assert document.official_urls[1] == Link("https://example.org/library-act/en", "translation", unverified=True)
    assert document.pinpoints == (Pinpoint("s 12", "Lamps", "lamps must be repaired in three days"),)
    assert document.comparison == ((Element.COVERS_SHARING, "yes: lending to other readers (s 4)"),)
    assert (document.confidence, document.coverage) == ("high", Coverage.DIGEST)


@pytest.mark.parametrize("body", ["", "\n\n", " \n"])
def test_a_card_without_digest_is_listed(tmp_path: Path, body: str) -> None:
    """A card that says nothing of the content only lists its document."""
    card = read_card(_card(tmp_path, body))
    assert (card.document.coverage, card.blocks) == (Coverage.LISTED, [])


def test_readme_files_are_no_cards(corpus_dir: Path) -> None:
    """A README among the cards is passed over."""
    (corpus_dir / "README.md").write_text("Not a card.", encoding="utf-8")
    (corpus_dir / "laws" / "README.md").write_text("Not a card.", encoding="utf-8")
    assert (len(catalogue.load(corpus_dir).cards), catalogue.load(corpus_dir).problems) == (3, ())


def test_a_card_may_have_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    """What another editor writes is read all the same."""
    path = _card(tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_card(path).document.id == "lamp-act"


def test_a_rule_in_the_digest_does_not_end_the_fields(tmp_path: Path) -> None:
    """The fields end at the first line of three hyphens, later ones belong to the digest."""
    card = read_card(_card(tmp_path, "The lamp is lit.\n\n---\n\nIt is warm.\n"))
    assert [block.text for block in card.blocks] == ["The lamp is lit.", "It is warm."]


@pytest.mark.parametrize(
    ("as_of", "read"),
    [
        ("2025-05-01", "2025-05-01"),
        ("'2025-05-01'", "2025-05-01"),
        ("2025-06", "2025-06"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_date_may_be_a_day_or_a_month(tmp_path: Path, as_of: str, read: str) -> None:
    """The date of a status is kept as written."""
    path = _card(tmp_path, status=f"{{state: bill, as_of: {as_of}}}")
    assert read_card(path).document.status == LegalStatus(LegalState.BILL, "", read)


@pytest.mark.parametrize("state", list(LegalState))
def test_every_legal_state_can_be_written(tmp_path: Path, state: LegalState) -> None:
    """A card may say any state that the model knows."""
    assert read_card(_card(tmp_path, status=f"{{state: {state}}}")).document.status.state is state


# Mistakes


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    """The message begins with the file and the field that is missing."""
    path = _card(tmp_path, **{field: None})
    with pytest.raises(CardError) as problem:
        read_card(path)
    assert str(problem.value).startswith(f"{path}: {field}: is missing; add it")


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("id", "l" * 61, "id"),
        ("id", "LAMPS", "id"),
        ("id", "42", "id"),
        ("title", '""', "title"),
        ("title", '"  "', "title"),
        ("title", "[Lamp]", "title"),
        ("short_title", "null", "short_title"),
        ("jurisdiction", "Norway", "jurisdiction"),
        ("jurisdiction", "no", "jurisdiction"),
        ("jurisdiction", "NO", "jurisdiction"),
        ("annex", "3", "annex.0"),
        ("annex", "[3]", "annex.0"),
        ("year", "1899", "year"),
        ("year", "2101", "year"),
        ("year", "soon", "year"),
        ("year", "2020.5", "year"),
        ("status", "{state: law}", "status.state"),
        ("status", "{state: in force, when: now}", "status.when"),
        ("status", "{state: in force, as_of: yesterday}", "status.as_of"),
        ("status", "{state: in force, as_of: '2025-02-30'}", "status.as_of"),
        ("status", "{state: in force, as_of: 2025}", "status.as_of"),
        ("status", "in force", "status"),
        ("languages", "[EN]", "languages.0"),
        ("languages", "[no]", "languages.0"),
        ("official_urls", "[{url: ftp://example.org}]", "official_urls.0.url"),
        ("official_urls", "[{url: 'javascript:alert(1)'}]", "official_urls.0.url"),
        ("comparison", "{covers: yes}", "comparison.covers.[key]"),
        ("aliases", "Lamps", "aliases"),
        ("colour", "red", "colour"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, field: str, value: str, place: str) -> None:
    """The message says in which file and which field the mistake is, and what was found."""
    path = _card(tmp_path, **{field: value})
    with pytest.raises(CardError) as problem:
        read_card(path)
    assert str(problem.value).startswith(f"{path}: {place}: ")
    assert "(found: " in str(problem.value)


@pytest.mark.parametrize(("field", "value"), [("official_urls", "[{what: text}]"), ("pinpoints", "[{heading: Lamps}]")])
def test_a_part_that_is_missing_is_named(tmp_path: Path, field: str, value: str) -> None:
    """A link without address, or a pinpoint without reference, is told with its place."""
    with pytest.raises(CardError, match=rf": {field}\.0\.\w+: is missing; add it"):
        read_card(_card(tmp_path, **{field: value}))


def test_one_annex_and_plain_addresses_may_be_written_short(tmp_path: Path) -> None:
    """A single annex needs no list, and an address alone is a link."""
    card = read_card(_card(tmp_path, annex="C", official_urls="[https://example.org/lamps]"))
    assert (card.document.annex, card.document.official_urls) == (
        (AnnexEntry("C"),),
        (Link("https://example.org/lamps"),),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jurisdiction", "NORWAY"),
        ("jurisdiction", "INTERNATIONAL"),
        ("languages", "[english]"),
        ("languages", "[EN-en]"),
        ("official_urls", "[{url: 'javascript:alert(1)//https://example.org'}]"),
        ("official_urls", "[{url: 'https://example.org/a b'}]"),
        ("official_urls", "[{url: ' https://example.org'}]"),
    ],
)
def test_a_field_matches_its_pattern_whole(tmp_path: Path, field: str, value: str) -> None:
    """A value that only holds a good one somewhere inside is a mistake."""
    with pytest.raises(CardError, match=f": {field}"):
        read_card(_card(tmp_path, **{field: value}))


@pytest.mark.parametrize("stem", ["Lamp Act", "lamp--act", "lamp_act", "lamp:act", "-lamp", "LÄMP-act"])
def test_an_id_has_small_letters_digits_and_single_hyphens(tmp_path: Path, stem: str) -> None:
    """Blanks, colons, capitals and other marks are no part of an id, also where the file has that name."""
    with pytest.raises(CardError, match=": id: "):
        read_card(_card(tmp_path, stem=stem, id=f'"{stem}"'))


@pytest.mark.parametrize("as_of", ["2025-13-01", "2025-02-30", "2025-00-10"])
def test_a_date_that_does_not_exist_is_named(tmp_path: Path, as_of: str) -> None:
    """An impossible date without quotation marks is a mistake of the card and not a crash."""
    with pytest.raises(CardError, match=r"as_of|not YAML"):
        read_card(_card(tmp_path, status=f"{{state: in force, as_of: {as_of}}}"))


@pytest.mark.parametrize("value", ["!!int lamp", "!!float lamp"])
def test_a_value_that_yaml_cannot_make_is_named(tmp_path: Path, value: str) -> None:
    """A value with the wrong tag is a mistake of the card and not a crash."""
    with pytest.raises(CardError):
        read_card(_card(tmp_path, title=value))


def test_all_mistakes_of_a_card_are_told_at_once(tmp_path: Path) -> None:
    """Each mistake has a line of its own."""
    with pytest.raises(CardError) as problem:
        read_card(_card(tmp_path, year="soon", type=None, colour="red"))
    assert [line.split(": ")[1] for line in str(problem.value).splitlines()] == ["type", "year", "colour"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"The lamp is lit.", "the file must begin with fields between two lines '---'"),
        (b"---\nid: lamp-act\nThe lamp is lit.", "the file must begin with fields"),
        (b"\n---\nid: lamp-act\n---\nText.", "the file must begin with fields"),
        (b"---\nid: a: b\n---\nText.", "the fields are not YAML"),
        (b"---\nid: [a\n---\nText.", "Quote texts that hold a colon."),
        (b"---\n\tid: a\n---\nText.", "the fields are not YAML"),
        (b"---\n!!python/object/apply:os.system [true]\n---\nText.", "the fields are not YAML"),
        (b"---\n- id\n---\nText.", "fields: "),
        (b"---\nlamp\n---\nText.", "fields: "),
        (b"---\n\n---\nText.", "fields: "),
        (b"---\n&a [*a]\n---\nText.", "fields: "),
        (b"", "the file is empty"),
        (b"---\nid: \x00\n---\n", "control characters"),
        ("---\nid: é\n---\n".encode("latin-1"), "not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_card_is_named(tmp_path: Path, text: bytes, said: str) -> None:
    """A file without readable fields is refused with its path and what is wrong."""
    path = tmp_path / "lamp-act.md"
    path.write_bytes(text)
    with pytest.raises(CardError) as problem:
        read_card(path)
    assert str(problem.value).startswith(f"{path}: ")
    assert said in str(problem.value)


def test_deeply_nested_fields_are_named(tmp_path: Path) -> None:
    """Fields nested beyond reason are a mistake of the card and not a crash."""
    path = _card(tmp_path, aliases="[" * 5000)
    with pytest.raises(CardError):
        read_card(path)


def test_an_id_that_differs_from_the_file_is_named(tmp_path: Path) -> None:
    """The id and the file's name are the same."""
    path = _card(tmp_path, stem="shelf-act")
    with pytest.raises(CardError, match="id: 'lamp-act' differs from the file's name; make them the same"):
        read_card(path)


def test_a_bad_card_is_named_and_the_rest_goes_on(corpus_dir: Path) -> None:
    """A card with a mistake is a problem; all others are there."""
    path = _card(corpus_dir, year="soon")
    found = catalogue.load(corpus_dir)
    assert len(found.cards) == 3
    assert [str(problem).startswith(f"{path}: year: ") for problem in found.problems] == [True]


def test_the_second_card_of_an_id_is_named(corpus_dir: Path) -> None:
    """Of two cards with one id the first stays and the second is told, with the path of the first."""
    first = _card(corpus_dir / "laws")
    second = _card(corpus_dir, title="Other")
    found = catalogue.load(corpus_dir)
    assert found.cards["lamp-act"].document.title == "Other"
    assert [str(problem) for problem in found.problems] == [f"{first}: id: 'lamp-act' is taken by {second}"]


def test_a_folder_with_the_name_of_a_card_is_named(corpus_dir: Path) -> None:
    """A folder that is called like a card is told like a card that cannot be read."""
    (corpus_dir / "folder.md").mkdir()
    found = catalogue.load(corpus_dir)
    assert (len(found.cards), len(found.problems)) == (3, 1)
    assert "folder.md" in str(found.problems[0])


def test_a_link_that_leads_nowhere_is_named(corpus_dir: Path) -> None:
    """A dangling link is told and does not stop the others."""
    (corpus_dir / "link.md").symlink_to(corpus_dir / "nowhere.md")
    found = catalogue.load(corpus_dir)
    assert (len(found.cards), len(found.problems)) == (3, 1)
    assert "link.md" in str(found.problems[0])


def test_a_missing_folder_is_told_with_its_setting(tmp_path: Path) -> None:
    """Where there is no folder of cards, the message names the setting to change."""
    with pytest.raises(CardError, match="there is no such folder; set CHATBOT_CORPUS_DIR"):
        catalogue.load(tmp_path / "nowhere")


def test_an_empty_folder_has_no_cards(tmp_path: Path) -> None:
    """Nothing gives nothing."""
    assert catalogue.load(tmp_path) == catalogue.Catalogue({}, ())


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_fields_are_read_or_named(tmp_path_factory: pytest.TempPathFactory, fields: str) -> None:
    """Whatever stands between the lines, reading a card ends in a card or in our own error."""
    path = tmp_path_factory.getbasetemp() / "any-card.md"
    path.write_bytes(f"---\n{fields}\n---\nText.".encode(errors="surrogatepass"))
    with pytest.raises(CardError):
        read_card(path)


# What the fields say and the text does not


def _refused(path: Path) -> list[str]:
    """The mistakes of a card, a line each, without the path that each begins with."""
    with pytest.raises(CardError) as problem:
        read_card(path)
    lines = str(problem.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_kind_can_be_written(tmp_path: Path, kind: DocumentKind) -> None:
    """A card may say any kind that the model knows."""
    assert read_card(_card(tmp_path, type=kind)).document.kind is kind


@pytest.mark.parametrize("kind", ["law", "Act", "ACT", "acts", "issue brief", "3", "[act]", "null"])
def test_an_unknown_kind_is_named_with_those_there_are(tmp_path: Path, kind: str) -> None:
    """The message says what may be written."""
    (line,) = _refused(_card(tmp_path, type=kind))
    assert line.startswith("type: ")
    assert "'act'" in line
    assert "'treaty'" in line


@pytest.mark.parametrize("code", ["KR", "US", "GB", '"NO"', "XK", "TW", "PS", "EU", "COE", "AFRICAN-UNION", "INT"])
def test_jurisdictions_that_there_are(tmp_path: Path, code: str) -> None:
    """Countries by their code, and the bodies whose texts are held."""
    assert read_card(_card(tmp_path, jurisdiction=code)).document.jurisdiction == code.strip('"')


@pytest.mark.parametrize(
    "code", ["UK", "ZZ", "XX", "EZ", "UN", "XA", "QO", "AC", "AA", "kr", "KOR", "Kr", "K", "419", "COE ", "AU-NSW", ""]
)
def test_jurisdictions_that_there_are_not(tmp_path: Path, code: str) -> None:
    """A code that ISO 3166-1 does not give is refused, and the message says what to write."""
    (line,) = _refused(_card(tmp_path, jurisdiction=f'"{code}"'))
    assert line.startswith("jurisdiction: ")
    assert "write an ISO 3166-1 code of two letters such as KR, or one of EU, COE, AFRICAN-UNION, INT" in line


@pytest.mark.parametrize(
    ("annex", "entries"),
    [
        ("C", (AnnexEntry("C"),)),
        ("[A, C]", (AnnexEntry("A"), AnnexEntry("C"))),
        ("brief", (AnnexEntry("brief"),)),
        ("related", (AnnexEntry("related"),)),
        ("body", (AnnexEntry("body"),)),
        ("{part: C}", (AnnexEntry("C"),)),
        ("[{part: C, under: [Norway, Oslo], place: 3}]", (AnnexEntry("C", ("Norway", "Oslo"), 3),)),
        ("[B, {part: E, place: 1}]", (AnnexEntry("B"), AnnexEntry("E", (), 1))),
    ],
)
def test_places_in_the_annexes(tmp_path: Path, annex: str, entries: tuple[AnnexEntry, ...]) -> None:
    """A part alone, or with the headings it stands under and its place; one or several."""
    assert read_card(_card(tmp_path, annex=annex)).document.annex == entries


@pytest.mark.parametrize(
    ("annex", "place"),
    [
        ("F", "annex.0.part"),
        ("c", "annex.0.part"),
        ("''", "annex.0.part"),
        ("[A, Z]", "annex.1.part"),
        ("[]", "annex"),
        ("null", "annex.0"),
        ("[{under: [Norway]}]", "annex.0.part"),
        ("[{part: C, under: Norway}]", "annex.0.under"),
        ("[{part: C, under: ['']}]", "annex.0.under.0"),
        ("[{part: C, place: -1}]", "annex.0.place"),
        ("[{part: C, place: third}]", "annex.0.place"),
        ("[{part: C, page: 3}]", "annex.0.page"),
    ],
)
def test_a_wrong_place_in_the_annexes_is_named(tmp_path: Path, annex: str, place: str) -> None:
    """What is wrong with an annex is told with its number in the list, counted from 0."""
    assert _refused(_card(tmp_path, annex=annex))[0].startswith(f"{place}: ")


@pytest.mark.parametrize(
    "value",
    [
        "yes (s 4)",
        "no: only copies (s 4)",
        "partly, in part (s 4)",
        "yes (s 9; s 4)",
        "yes (s 9, s 4)",
        "yes (as of 2020) (s 4)",
        "yes (Art. 5(1))",
        "yes (Art. 5(1)(a))",
    ],
)
def test_a_value_with_a_reference_of_the_text(tmp_path: Path, value: str) -> None:
    """One of the references in brackets stands in the text."""
    text = "Under s 4 and Art. 5(1) and Art. 5(1)(a) a lamp is lit.\n"
    path = _card(tmp_path, text, comparison=f'{{covers_sharing: "{value}"}}')
    assert read_card(path).document.comparison == ((Element.COVERS_SHARING, value),)


@pytest.mark.parametrize(
    "value",
    ["yes", "yes s 4", "yes ()", "yes ( )", "yes (;)", "yes (s 9)", "yes (S 4)", "yes [s 4]", "yes (s 4", "yes (s  4)"],
)
def test_a_value_without_a_reference_of_the_text(tmp_path: Path, value: str) -> None:
    """A value that cannot be looked up in the text is refused, with what to add."""
    lines = _refused(_card(tmp_path, "Under s 4 a lamp is lit.\n", comparison=f'{{covers_sharing: "{value}"}}'))
    assert lines == [
        "comparison.covers_sharing: add in brackets a reference that stands in the text, such as (Art. 5(1))"
    ]


@pytest.mark.parametrize("reference", ["s 1", "a", "amp", "Art. 5", "2"])
def test_a_part_of_another_reference_is_none(tmp_path: Path, reference: str) -> None:
    """That s 12 stands in the text does not mean that s 1 does."""
    path = _card(
        tmp_path, "Under s 12 and Art. 53 a lamp is lit.\n", comparison=f'{{regulator: "Board ({reference})"}}'
    )
    with pytest.raises(CardError):
        read_card(path)


def test_a_part_of_another_pinpoint_is_none(tmp_path: Path) -> None:
    """A pinpoint to s 1 is not said by a text on s 12."""
    with pytest.raises(CardError):
        read_card(_card(tmp_path, "Under s 12 a lamp is lit.\n", pinpoints="[{ref: s 1}]"))


@pytest.mark.parametrize("value", ["it does (s 4)", "Yes (s 4)", "yesterday (s 4)", "none (s 4)", "nobody (s 4)"])
@pytest.mark.parametrize("element", [element for element in Element if element.is_answered])
def test_what_is_asked_is_answered(tmp_path: Path, element: Element, value: str) -> None:
    """What a law covers begins with yes, no or partly, in small letters."""
    lines = _refused(_card(tmp_path, "Under s 4 a lamp is lit.\n", comparison=f'{{{element}: "{value}"}}'))
    assert lines == [f"comparison.{element}: begin with yes, no or partly"]


@pytest.mark.parametrize("element", [element for element in Element if not element.is_answered])
def test_other_elements_are_free(tmp_path: Path, element: Element) -> None:
    """What is no question of yes or no may be told in any words."""
    card = read_card(_card(tmp_path, "Under s 4 a lamp is lit.\n", comparison=f'{{{element}: "the Board (s 4)"}}'))
    assert dict(card.document.comparison) == {element: "the Board (s 4)"}


@pytest.mark.parametrize("element", ["covers", "covers_lending", "Regulator", "penalty", "1"])
def test_an_unknown_element_is_named(tmp_path: Path, element: str) -> None:
    """What laws are not compared by is refused under its own name, with those there are."""
    lines = _refused(_card(tmp_path, comparison=f'{{"{element}": "yes (s 4)"}}'))
    assert lines[0].startswith(f"comparison.{element}.[key]: ")
    assert "'regulator'" in lines[0]


@pytest.mark.parametrize("ref", ["s 9", "S 12", "s  12", "Lamps"])
def test_a_pinpoint_that_the_text_does_not_name(tmp_path: Path, ref: str) -> None:
    """A pinpoint of which the text says nothing is refused, with what to do."""
    lines = _refused(_card(tmp_path, "Under s 12 a lamp is lit.\n", pinpoints=f"[{{ref: s 12}}, {{ref: '{ref}'}}]"))
    assert lines == [f"pinpoints.1.ref: '{ref}' does not stand in the text; say there what it is about"]


def test_a_heading_names_a_pinpoint_too(tmp_path: Path) -> None:
    """Headings are part of the text."""
    card = read_card(_card(tmp_path, "## s 12 — Lamps\n\nA lamp is lit.\n", pinpoints="[{ref: s 12}]"))
    assert card.document.pinpoints == (Pinpoint("s 12"),)


def test_a_title_alone_need_not_say_anything(tmp_path: Path) -> None:
    """A card without text may have pinpoints and elements, as there is nothing that they could stand in."""
    card = read_card(_card(tmp_path, "", pinpoints="[{ref: s 12}]", comparison='{covers_sharing: "yes (s 4)"}'))
    assert card.document.coverage is Coverage.LISTED


def test_all_that_is_not_said_is_told_at_once(tmp_path: Path) -> None:
    """Each pinpoint and each element that the text does not say has a line with the file."""
    fields = {"pinpoints": "[{ref: s 7}, {ref: s 8}]", "comparison": '{covers_sharing: "certainly"}'}
    assert [line.split(": ")[0] for line in _refused(_card(tmp_path, **fields))] == [
        *("pinpoints.0.ref", "pinpoints.1.ref"),
        *("comparison.covers_sharing", "comparison.covers_sharing"),
    ]


@pytest.mark.parametrize(
    "as_of", ["", "null", "''", "2025", "05-2025", "1 May 2025", "2025-5", "2025-13", "'2025-06-31'"]
)
def test_a_date_that_is_none_is_told_with_its_cure(tmp_path: Path, as_of: str) -> None:
    """The message says how a date is written, and that one not known is left out."""
    (line,) = _refused(_card(tmp_path, status=f"{{state: bill, as_of: {as_of}}}"))
    assert line.startswith("status.as_of: ")
    assert "write a date as YYYY-MM-DD or YYYY-MM, or leave it out where it is not known" in line


@pytest.mark.parametrize("as_of", ["20250501", "'20250501'", "2025-W18-4", "2025W184"])
def test_a_date_of_another_form_is_refused(tmp_path: Path, as_of: str) -> None:
    """A date is written in one way."""
    with pytest.raises(CardError):
        read_card(_card(tmp_path, status=f"{{state: bill, as_of: {as_of}}}"))


@pytest.mark.parametrize("text", ["The lamp ^[a note] is lit.\n", "^[]\n"])
def test_a_note_in_its_place_does_not_stop_the_others(corpus_dir: Path, text: str) -> None:
    """A card whose text has such a note is read, or refused, and the rest goes on."""
    _card(corpus_dir, text)
    found = catalogue.load(corpus_dir)
    assert len(found.cards) + len(found.problems) == 4
