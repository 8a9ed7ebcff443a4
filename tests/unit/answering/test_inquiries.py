"""A question becomes an inquiry only where every word of it is understood."""

import pytest

from chatbot.answering import asked
from chatbot.answering.inquiries import LATEST, Inquiry, Shape, read
from chatbot.answering.lexicon import Lexicon
from chatbot.model import DocumentKind, Element, LegalState

BINDING = (LegalState.IN_FORCE, LegalState.PARTLY_IN_FORCE)
NOT_BINDING = (
    *(LegalState.NOT_YET_IN_FORCE, LegalState.BILL, LegalState.DRAFT),
    *(LegalState.MOTION, LegalState.LAPSED, LegalState.REPEALED),
)
SYNTHETIC, POSSESSION = Element.COVERS_SYNTHETIC, Element.COVERS_POSSESSION_OR_VIEWING


def inquiry(question: str, lexicon: Lexicon) -> Inquiry:
    """The inquiry that a question must be."""
    found = read(question, lexicon)
    assert found is not None
    return found


def groups_of(found: Inquiry) -> list[int]:
    """Which rows of the table of bodies an inquiry names."""
    return [asked.GROUPS.index(group) for group in found.groups]


# Documents of the annexes


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which laws does annex C list?", ("C",)),
        ("List the laws of Annex c", ("C",)),
        ("Which documents are in annexes A and B?", ("A", "B")),
        ("Which documents are in annexes A, B and E?", ("A", "B", "E")),
        ("Show me all entries of annex D", ("D",)),
        ("What does annex E contain?", ("E",)),
        ("How many documents are in annex B of the brief?", ("B",)),
    ],
)
def test_annexes_are_read(shelf_words: Lexicon, question: str, parts: tuple[str, ...]) -> None:
    """One annex or several may be asked for, in any case."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.parts, found.is_of_annexes) == (Shape.DOCUMENTS, parts, True)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Which laws are in annex C?", asked.LAWS),
        ("Which national legislation is in annex C?", asked.LAWS),
        ("Which bills are in annex C?", (DocumentKind.BILL,)),
        ("Which codes are in annex C?", (DocumentKind.CODE,)),
        ("Which treaties are in annex A?", asked.TREATIES),
        ("Which declarations are in annex A?", (DocumentKind.DECLARATION,)),
        ("Which directives are in annex C?", (DocumentKind.DIRECTIVE,)),
        ("Which regulations are in annex C?", (DocumentKind.REGULATION,)),
        ("Which resolutions are in annex B?", (DocumentKind.RESOLUTION,)),
        ("Which recommendations are in annex B?", (DocumentKind.RECOMMENDATION,)),
        ("Which hearings are in annex D?", (DocumentKind.HEARING,)),
        ("Which motions are in annex D?", (DocumentKind.MOTION,)),
        ("Which hearings and motions are in annex D?", (DocumentKind.HEARING, DocumentKind.MOTION)),
        ("Which letters are in annex D?", (DocumentKind.LETTER,)),
        ("Which reports are in annex D?", (DocumentKind.REPORT, DocumentKind.STUDY)),
        ("Which studies are in annex E?", (DocumentKind.STUDY,)),
        ("Which documents are in annex E?", ()),
    ],
)
def test_kinds_are_read(shelf_words: Lexicon, question: str, kinds: tuple[DocumentKind, ...]) -> None:
    """The sort of document asked for, and none where any will do."""
    assert inquiry(question, shelf_words).kinds == kinds


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("Which laws in annex C are in force?", BINDING),
        ("Which treaties in annex A are legally binding?", BINDING),
        ("Which laws in annex C are currently in effect?", BINDING),
        ("Which laws in annex C are not in force?", NOT_BINDING),
        ("Which laws in annex C are not yet in force?", NOT_BINDING),
        ("Which laws in annex C are still pending?", NOT_BINDING),
        ("Which laws in annex C are partly in force?", (LegalState.PARTLY_IN_FORCE,)),
        ("Which laws in annex C are repealed?", (LegalState.REPEALED,)),
        ("Which drafts are there?", (LegalState.DRAFT,)),
        ("Which bills have lapsed?", (LegalState.LAPSED,)),
        ("Which documents in annex B are non-binding?", (LegalState.SOFT_LAW,)),
        ("Which documents in annex B are soft law?", (LegalState.SOFT_LAW,)),
    ],
)
def test_states_are_read(shelf_words: Lexicon, question: str, states: tuple[LegalState, ...]) -> None:
    """What is asked to be in force, or not, or no longer."""
    assert inquiry(question, shelf_words).states == states


@pytest.mark.parametrize("question", ["Which laws are not in force?", "Which laws are no longer law?"])
def test_what_is_not_in_force_is_never_what_is(shelf_words: Lexicon, question: str) -> None:
    """No state that binds is among those of a question for what does not bind."""
    assert not set(inquiry(question, shelf_words).states) & set(BINDING)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since 2020", 2020, LATEST),
        ("after 2020", 2021, LATEST),
        ("before 2016", 0, 2015),
        ("until 2016", 0, 2016),
        ("in 2023", 2023, 2023),
        ("dated 2023", 2023, 2023),
        ("of the year 1998", 1998, 1998),
    ],
)
def test_years_are_read(shelf_words: Lexicon, words: str, since: int, until: int) -> None:
    """Years bound what is asked for, on the side that the word says."""
    found = inquiry(f"Which documents in annex E are {words}?", shelf_words)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("question", "jurisdictions", "regions"),
    [
        ("Which laws of Norway are in annex C?", ("NO",), ()),
        ("Which Norwegian laws are in annex C?", ("NO",), ()),
        ("Which laws of Norway and Chile are in annex C?", ("NO", "CL"), ()),
        ("Which laws of Kenya are held?", ("KE",), ()),
        ("Which Nordic laws are in annex C?", (), ("nordic",)),
        ("Which laws of the Pacific are held?", (), ("pacific",)),
        ("Norway", ("NO",), ()),
        ("the United Kingdom?", ("GB",), ()),
    ],
)
def test_places_are_read(
    shelf_words: Lexicon, question: str, jurisdictions: tuple[str, ...], regions: tuple[str, ...]
) -> None:
    """Countries, their adjectives and regions are known, and a country alone asks for what is held of it."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.jurisdictions, found.regions) == (Shape.DOCUMENTS, jurisdictions, regions)


@pytest.mark.parametrize(
    ("question", "issuer"),
    [
        ("Which UNESCO texts are there?", "UNESCO"),
        ("Which UN Women publications does annex B list?", "UN Women"),
        ("Which Council of Europe conventions are in annex A?", "Council of Europe"),
        ("Which African Union instruments are in annex A?", "African Union"),
        ("List all IPU documents in annex B", "Inter-Parliamentary Union"),
        ("Which United Nations instruments are in annex A?", "United Nations General Assembly"),
    ],
)
def test_bodies_are_read(shelf_words: Lexicon, question: str, issuer: str) -> None:
    """A body is known by what it is called, and it knows its documents by their issuer."""
    (group,) = inquiry(question, shelf_words).groups
    assert group.issuer is not None
    assert group.issuer.search(issuer)


def test_un_women_is_not_the_united_nations(shelf_words: Lexicon) -> None:
    """The longer name of a body is read first, and once."""
    assert len(groups_of(inquiry("Which UN Women publications does annex B list?", shelf_words))) == 1


def test_a_body_in_the_name_of_a_document_is_no_body(lexicon: Lexicon) -> None:
    """Words that belong to a document's name do not select by body."""
    found = inquiry("Is the Norwegian Library Act in force?", lexicon)
    assert (found.groups, found.documents) == ((), ("no-library-act-2022",))


@pytest.mark.parametrize("question", ["How many laws are in annex C?", "What is the number of laws in annex C?"])
def test_a_count_asks_for_what_a_list_asks(shelf_words: Lexicon, question: str) -> None:
    """Who asks how many gets the list that is counted."""
    assert read(question, shelf_words) == read("Which laws are in annex C?", shelf_words)


@pytest.mark.parametrize("question", ["Which countries are in annex C?", "How many jurisdictions are in annex C?"])
def test_countries_are_told_from_documents(shelf_words: Lexicon, question: str) -> None:
    """A question for countries wants a row a country."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.by_jurisdiction, found.parts) == (Shape.DOCUMENTS, True, ("C",))


# Elements, status, comparison, priorities


@pytest.mark.parametrize(
    ("question", "elements"),
    [
        ("Which countries criminalise synthetic images?", (SYNTHETIC,)),
        ("Which countries criminalize deepfakes?", (SYNTHETIC,)),
        ("Which laws cover AI-generated images?", (SYNTHETIC,)),
        ("Which countries punish possession?", (POSSESSION,)),
        ("Which countries punish viewing intimate images?", (POSSESSION,)),
        ("Which countries punish possession of deepfakes?", (POSSESSION, SYNTHETIC)),
        ("Which countries punish the creation of sexual deepfakes?", (Element.COVERS_CREATION, SYNTHETIC)),
        ("Which countries punish threats to share intimate images?", (Element.COVERS_THREATS,)),
        ("Which laws cover sharing?", (Element.COVERS_SHARING,)),
        ("Which countries have a takedown deadline?", (Element.TAKEDOWN_DEADLINE,)),
        ("Which maximum penalty does each country foresee?", (Element.MAX_PENALTY_BASIC,)),
        ("Which countries have a regulator?", (Element.REGULATOR,)),
    ],
)
def test_elements_are_read(shelf_words: Lexicon, question: str, elements: tuple[Element, ...]) -> None:
    """What laws are compared by is known in the words of everyday questions."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.elements) == (Shape.ELEMENTS, elements)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What is the legal status of the Film Act?", "nz-film-act"),
        ("Is the Chilean Shelf Bill in force?", "cl-shelf-bill"),
        ("Is the Norwegian Pipe Act still law?", "no-pipe-act"),
        ("Is the Chilean Shelf Bill a bill or a law?", "cl-shelf-bill"),
        ("Has the Chilean Shelf Bill been passed?", "cl-shelf-bill"),
        ("Is Hyllelov legally binding?", "no-shelf-act"),
        ("Is the Record in force?", "record"),
    ],
)
def test_a_question_for_a_status(shelf_words: Lexicon, question: str, document: str) -> None:
    """Whether a document is law is a question for its status, by any of its names."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.documents) == (Shape.STATUS, (document,))


@pytest.mark.parametrize("question", ["Paper Code", "the Paper Code?", "Code du papier"])
def test_a_name_alone_asks_what_it_is(shelf_words: Lexicon, question: str) -> None:
    """Who writes only a document's name is told what it is."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.documents) == (Shape.OVERVIEW, ("fr-paper-code",))


@pytest.mark.parametrize(
    ("question", "jurisdictions", "elements"),
    [
        ("Compare Norway and Chile", ("NO", "CL"), ()),
        ("Compare Norway with Chile", ("NO", "CL"), ()),
        ("Norway versus Chile", ("NO", "CL"), ()),
        ("What are the differences between Norway, Chile and New Zealand?", ("NO", "CL", "NZ"), ()),
        ("Compare Norway and Chile on penalties", ("NO", "CL"), (Element.MAX_PENALTY_BASIC,)),
        ("What are the penalties in Norway and Chile?", ("NO", "CL"), (Element.MAX_PENALTY_BASIC,)),
        ("How do the laws of Norway and Iceland differ on possession?", ("NO", "IS"), (POSSESSION,)),
        ("Compare the takedown deadlines of all countries", (), (Element.TAKEDOWN_DEADLINE,)),
    ],
)
def test_a_comparison_is_read(
    shelf_words: Lexicon, question: str, jurisdictions: tuple[str, ...], elements: tuple[Element, ...]
) -> None:
    """Two countries or more side by side, in all elements or in those that are named."""
    found = inquiry(question, shelf_words)
    assert (found.shape, found.jurisdictions, found.elements) == (Shape.COMPARE, jurisdictions, elements)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("What can parliaments do under priority 2?", 2),
        ("What can parliaments do under priority two?", 2),
        ("What does the first priority ask for?", 1),
        ("Which actions does priority number 3 of the brief list?", 3),
        ("List the measures of priority no. 5", 5),
    ],
)
def test_a_priority_is_read(shelf_words: Lexicon, question: str, number: int) -> None:
    """The priorities of the brief are known by their number, in figures or words."""
    assert read(question, shelf_words) == Inquiry(Shape.PRIORITY, priority=number)


# What is no inquiry


@pytest.mark.parametrize(
    "question",
    [
        "Which laws does annex C list?",
        "How many laws are in annex C?",
        "Which countries criminalise synthetic images?",
        "What is the legal status of the Film Act?",
        "Compare Norway and Chile on penalties",
        "What can parliaments do under priority 2?",
        "Norway",
    ],
)
@pytest.mark.parametrize("word", ["purple", "ratifying", "wallpaper", "Oslo", "2031x", "図書"])
def test_one_word_left_over_makes_it_no_inquiry(shelf_words: Lexicon, question: str, word: str) -> None:
    """A question that says one thing more than is understood is not answered by a list."""
    assert read(question, shelf_words) is not None
    assert read(f"{question.rstrip('?')} {word}?", shelf_words) is None
    assert read(f"{word} {question}", shelf_words) is None


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "the",
        "\0",
        "📚",
        "Hello",
        "Why are bills in annex C?",
        "Are bills in annex C?",
        "What is a law?",
        "What is the penalty in Chile?",
        "What does the Norwegian Shelf Act say about possession?",
        "What does s 4 of the Norwegian Shelf Act say?",
        "Which laws except the Norwegian ones are in annex C?",
        "Which law in annex C is the oldest?",
        "What is the difference between a bill and a law?",
        "Which laws without a penalty are held?",
        "Which documents are from 2010 and from 2020?",
        "What do deepfakes do to victims?",
        "Wie viele Gesetze gibt es?",
        "annex " * 400,
    ],
)
def test_what_is_no_inquiry(shelf_words: Lexicon, question: str) -> None:
    """What asks, or may ask, for something else than the catalogue tells is left to retrieval."""
    assert read(question, shelf_words) is None


@pytest.mark.parametrize(
    "question",
    [
        "Which countries do not criminalise synthetic images?",
        "Which laws do not cover deepfakes?",
        "Which countries have no takedown deadline?",
        "Which countries have no law on deepfakes?",
        "Which documents are not in annex C?",
        "Which countries are not in annex C?",
        "Which laws in annex C are not bills?",
        "Which laws in annex C are not Nordic?",
        "Which laws other than those of Norway are in annex C?",
        "Which countries punish creation but not possession?",
        "Which laws cover only authentic images?",
    ],
)
def test_a_negation_is_never_passed_over(shelf_words: Lexicon, question: str) -> None:
    """A question for what is not so is no inquiry, as long as only what is so can be listed."""
    assert read(question, shelf_words) is None


def test_one_or_the_other_is_not_both(shelf_words: Lexicon) -> None:
    """Who asks for creation or possession does not ask for both at once."""
    both = read("Which countries punish creation and possession?", shelf_words)
    assert both is not None
    assert read("Which countries punish creation or possession?", shelf_words) != both


@pytest.mark.parametrize(
    "question",
    [
        "Who adopted the Reading Charter?",
        "Why was the Norwegian Pipe Act repealed?",
        "How many states have ratified the Reading Charter?",
        "Which countries have ratified the Reading Charter?",
        "Has Chile ratified the Reading Charter?",
        "Is the Norwegian Shelf Act in force in Chile?",
        "Was the Norwegian Shelf Act passed before 2011?",
    ],
)
def test_a_status_answers_no_other_question(shelf_words: Lexicon, question: str) -> None:
    """Who, why, how many, since when and where else are not answered with the legal status alone."""
    assert read(question, shelf_words) is None


@pytest.mark.parametrize(
    "question", ["What is consent?", "What is a minor?", "What is a crime?", "What are platforms?"]
)
def test_what_a_word_means_is_no_inquiry(shelf_words: Lexicon, question: str) -> None:
    """A question for a definition names no law and no country, and is left to retrieval."""
    assert read(question, shelf_words) is None


def test_draft_laws_are_bills(shelf_words: Lexicon) -> None:
    """A draft law is a bill, whether or not its state is called a draft."""
    assert inquiry("Which draft laws are in annex C?", shelf_words).kinds == (DocumentKind.BILL,)


def test_no_longer_in_force_is_repealed(shelf_words: Lexicon) -> None:
    """What is no longer in force was repealed."""
    found = read("Which laws are no longer in force?", shelf_words)
    assert found is not None
    assert found.states == (LegalState.REPEALED,)
