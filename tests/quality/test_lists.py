"""Every list that the annexes and the priorities define, asked for in varied wording: every row and no other."""

import re

import pytest

from chatbot.answering.assistant import Assistant
from chatbot.model import Answer, DocumentKind, Element, Question, Status
from chatbot.retrieval.gazetteer import Gazetteer
from chatbot.retrieval.names import DOCUMENT_NAME
from chatbot.retrieval.snapshot import Snapshot

UN_A = [
    "cedaw-1979",
    "crc-1989",
    "beijing-declaration-1995",
    "ungps-2011",
    "un-cybercrime-convention-2024",
    "global-digital-compact-2024",
]
AFRICAN_UNION = ["maputo-protocol-2003", "african-union-cevawg-2025"]
COUNCIL_OF_EUROPE_A = ["istanbul-convention-2011", "coe-ai-convention-2024"]
CEDAW_COMMITTEE = ["cedaw-gr35-2017", "cedaw-gr38-2020"]
COMMITTEES = [
    *CEDAW_COMMITTEE,
    "coe-grevio-general-reports",
    "un-sg-tfvawg-report-2024",
    "un-srvaw-online-violence-2018",
]
UNESCO = ["unesco-ai-ethics-2021", "unesco-synthetic-content-primer-2024"]
UN_WOMEN = [
    "unwomen-tfvawg-repository-2025",
    "unwomen-ai-tfvawg-2025",
    "unwomen-tipping-point-2025",
    "unwomen-justice-fails-2026",
    "unwomen-tipping-point-2026",
    "unwomen-beijing-dashboard-2026",
]
AGENCIES = [*UNESCO, "hrc-res-47-15-2021", "unicef-ai-csea-2026", *UN_WOMEN]
IPU = [
    "ipu-sexism-europe-2018",
    "ipu-sexism-africa-2021",
    "ipu-ai-resolution-2024",
    "ipu-sexism-asia-pacific-2025",
    "ipu-kuala-lumpur-declaration-2025",
]
AUSTRALIA = ["au-nsw-intimate-images-act-2017", "au-online-safety-act-2021", "au-criminal-code-deepfake-2024"]
EUROPEAN_UNION = ["eu-dsa-2022", "eu-ai-act-2024", "eu-vaw-directive-2024", "eu-victims-directive-2012"]
GERMANY = ["de-stgb-184k-bill-2026"]
INDIA = ["in-bharatiya-nyaya-sanhita-77", "in-it-rules-2021"]
KENYA = ["ke-artificial-intelligence-bill-2026"]
MEXICO = ["mx-ley-olimpia-2021", "mx-decreto-centros-justicia-mujeres-2023"]
KOREA = ["kr-sexual-violence-punishment-act"]
SRI_LANKA = ["lk-women-empowerment-act-2024"]
UNITED_KINGDOM = [
    "uk-criminal-justice-courts-act-2015",
    "uk-online-safety-act-2023",
    "uk-non-consensual-images-bill-2024",
]
UNITED_STATES = ["us-take-it-down-act-2025", "us-vawa-2022-civil-action"]
ANNEX_C = [
    *(*AUSTRALIA, *EUROPEAN_UNION, *GERMANY, *INDIA, *KENYA),
    *(*MEXICO, *KOREA, *SRI_LANKA, *UNITED_KINGDOM, *UNITED_STATES),
]
REPORTS_D = [
    "report-ep-tackling-deepfakes-2021",
    "report-ep-children-and-deepfakes-2025",
    "report-de-bundestag-wd-deepfakes-2024",
    "report-de-tab-deepfakes-2026",
    "report-au-senate-deepfake-bill-2024",
    "report-uk-wec-ncii-2025",
]
HEARINGS = [
    "hearing-au-senate-deepfake-bill-2024",
    "hearing-uk-wec-2024-11-06",
    "hearing-us-house-deepfakes-2024",
    "hearing-us-senate-deepfakes-2025",
]
MOTION_D = ["at-entschliessungsantrag-deepfakes-2025"]
LETTER = ["letter-uk-wec-cica-2024-11-27"]
STUDIES = [
    "study-cdt-rapid-response-2025",
    "study-cigi-supporting-safer-internet-2023",
    "study-eset-deepfake-worry-2024",
    "study-eige-combating-cyber-violence-2022",
    "study-iwf-harm-without-limits-2026",
    "study-revenge-porn-helpline-2023",
    "study-pawelec-labuz-2025",
]

DOCUMENTS = {
    "Which UN instruments does annex A list?": UN_A,
    "List the international instruments in annex A.": UN_A,
    "How many United Nations instruments are there in Annex A?": UN_A,
    "Which regional instruments does the brief list in annex A?": [*AFRICAN_UNION, *COUNCIL_OF_EUROPE_A],
    "Name the African Union instruments in annex A": AFRICAN_UNION,
    "What Council of Europe conventions are in annex A?": COUNCIL_OF_EUROPE_A,
    "Give me all the legal instruments of annex A": [*UN_A, *AFRICAN_UNION, *COUNCIL_OF_EUROPE_A],
    "Which conventions and protocols does annex A contain?": [
        *("cedaw-1979", "crc-1989", "un-cybercrime-convention-2024", *AFRICAN_UNION, *COUNCIL_OF_EUROPE_A)
    ],
    "Which treaties in annex A are not yet in force?": [
        *("un-cybercrime-convention-2024", "african-union-cevawg-2025", "coe-ai-convention-2024")
    ],
    "Which CEDAW Committee recommendations does annex B list?": CEDAW_COMMITTEE,
    "Which general recommendations are listed in annex B?": CEDAW_COMMITTEE,
    "What documents of UN committees and Special Rapporteurs are in annex B?": COMMITTEES,
    "Which documents of UN agencies and bodies does annex B name?": AGENCIES,
    "Which UNESCO texts can I cite?": UNESCO,
    "What UN Women publications does annex B list?": UN_WOMEN,
    "How many UN Women publications are in annex B?": UN_WOMEN,
    "List all IPU documents in annex B": IPU,
    "Which Inter-Parliamentary Union publications does the annex list?": IPU,
    "Name all entries of annex B": [*COMMITTEES, *AGENCIES, *IPU],
    "Which laws does annex C list?": ANNEX_C,
    "How many laws are in annex C?": ANNEX_C,
    "Which Australian laws are listed in annex C?": AUSTRALIA,
    "What EU legislation does annex C list?": EUROPEAN_UNION,
    "What is listed for Germany in annex C?": GERMANY,
    "Which Indian legislation does the annex list?": INDIA,
    "What does annex C list for Kenya?": KENYA,
    "Which Mexican laws are in annex C?": MEXICO,
    "What's in annex C for the Republic of Korea?": KOREA,
    "What's listed for Sri Lanka?": SRI_LANKA,
    "Which laws of the United Kingdom are in annex C?": UNITED_KINGDOM,
    "List the US laws in annex C": UNITED_STATES,
    "Which EU directives are in annex C?": ["eu-vaw-directive-2024", "eu-victims-directive-2012"],
    "Which EU regulations does annex C list?": ["eu-dsa-2022", "eu-ai-act-2024"],
    "Which bills are in annex C?": [*GERMANY, *KENYA, "uk-non-consensual-images-bill-2024"],
    "Which laws in annex C are not in force?": [
        *(*GERMANY, *KENYA, "uk-criminal-justice-courts-act-2015", "uk-non-consensual-images-bill-2024")
    ],
    "Which laws in annex C come from Latin America?": MEXICO,
    "Which laws of Asian countries does annex C list?": [*INDIA, *KOREA, *SRI_LANKA],
    "Which reports does annex D list?": REPORTS_D,
    "How many hearings are in annex D?": HEARINGS,
    "Which parliamentary hearings and motions does annex D list?": [*MOTION_D, *HEARINGS],
    "What is the letter in annex D?": LETTER,
    "Name everything in annex D": [*REPORTS_D, *MOTION_D, *HEARINGS[:2], *LETTER, *HEARINGS[2:]],
    "Which reports of the German Bundestag does annex D list?": [
        *("report-de-bundestag-wd-deepfakes-2024", "report-de-tab-deepfakes-2026")
    ],
    "Which European Parliamentary Research Service papers are in annex D?": [
        *("report-ep-tackling-deepfakes-2021", "report-ep-children-and-deepfakes-2025")
    ],
    "Which studies does annex E list?": STUDIES,
    "How many civil society publications are listed in annex E?": STUDIES,
    "Which documents in annex E are from 2023?": [
        *("study-cigi-supporting-safer-internet-2023", "study-revenge-porn-helpline-2023")
    ],
    "Which entries of annex C date from before 2016?": [
        *("eu-victims-directive-2012", "uk-criminal-justice-courts-act-2015")
    ],
    "Welche Gesetze listet Anhang C für Mexiko auf?": MEXICO,
    "¿Qué leyes de Australia figuran en el anexo C?": AUSTRALIA,
}

ELEMENTS = {
    "Which countries criminalize possession?": ("covers_possession_or_viewing", True),
    "Which countries punish possessing or viewing intimate images?": ("covers_possession_or_viewing", True),
    "Which laws cover creation?": ("covers_creation", True),
    "In which jurisdictions is making NCII illegal?": ("covers_creation", True),
    "How many countries punish threats to share?": ("covers_threats", True),
    "Which laws cover deepfakes?": ("covers_synthetic", True),
    "Which countries have a takedown deadline?": ("takedown_deadline", False),
    "Which laws name a regulator?": ("regulator", False),
    "Which laws give victims a civil remedy?": ("civil_remedy", False),
    "What are the maximum penalties?": ("max_penalty_basic", False),
}
NARROWED = {
    "Which UK laws cover creation?": (
        ["uk-data-use-access-act-2025", "uk-crime-and-policing-act-2026", "uk-non-consensual-images-bill-2024"]
    ),
    "Which laws of Latin America punish sharing?": ["mx-ley-olimpia-2021"],
    "Which Asian countries criminalize possession?": ["kr-sexual-violence-punishment-act"],
    "Which African laws cover deepfakes?": ["ke-artificial-intelligence-bill-2026"],
    "Which laws since 2025 cover synthetic images?": [
        *("uk-crime-and-policing-act-2026", "uk-data-use-access-act-2025", "us-take-it-down-act-2025"),
        *("de-stgb-184k-bill-2026", "de-digital-violence-draft-2026", "ke-artificial-intelligence-bill-2026"),
        "nz-deepfake-digital-harm-exploitation-bill",
    ],
}
PRIORITIES = {
    "What can parliaments do under priority 1?": 7,
    "Which actions does priority 2 recommend?": 4,
    "What should parliaments do under priority 3?": 8,
    "List the actions of the fourth priority": 6,
    "What does priority five ask parliaments to do?": 4,
}


def _answered(helpdesk: Assistant, question: str) -> Answer:
    answer = helpdesk.answer(Question(question))
    assert answer.status is Status.ANSWERED
    return answer


def _documents_of(answer: Answer, corpus: Snapshot) -> list[str]:
    """The document each row is about: the one it is quoted from, or that an entry of the brief names."""
    rows = []
    for sentence in answer.sentences:
        passage = answer.citations[sentence.citations[0] - 1].passage
        if corpus.documents[passage.document_id].kind is not DocumentKind.ISSUE_BRIEF:
            rows.append(passage.document_id)
            continue
        named = Gazetteer(corpus.names).found_in(passage.text)
        ids = [name.removeprefix(DOCUMENT_NAME) for name in named if name.startswith(DOCUMENT_NAME)]
        headings = {heading.rstrip(":") for heading in (*passage.headings, *passage.parents)}
        under = [
            i for i in ids if any(set(e.under) <= headings for e in corpus.documents[i].annex if e.part in "ABCDE")
        ]
        rows.append(under[0] if under else "")
    return rows


@pytest.mark.parametrize("question", DOCUMENTS)
def test_a_list_has_every_row_and_no_other(helpdesk: Assistant, corpus: Snapshot, question: str) -> None:
    """A list of the annexes is answered in full, in the order of the annex, with one citation a row and its count."""
    answer = _answered(helpdesk, question)
    expected = DOCUMENTS[question]
    assert _documents_of(answer, corpus) == expected
    assert all(len(sentence.citations) == 1 for sentence in answer.sentences)
    assert re.search(rf"\b{len(expected)} (of|von|de) {len(expected)}\b", answer.message)


@pytest.mark.parametrize("question", ELEMENTS)
def test_an_element_is_answered_from_every_law(helpdesk: Assistant, corpus: Snapshot, question: str) -> None:
    """What laws say of an element has a row for each law that says yes, or states it, law in force first."""
    element, is_answered = ELEMENTS[question]
    answer = _answered(helpdesk, question)
    rows = _documents_of(answer, corpus)
    said = {d.id: dict(d.comparison).get(Element(element), "") for d in corpus.documents.values()}
    stated = {id_: value for id_, value in said.items() if value and not re.match(r"(no|none|not)\b", value)}
    expected = {id_ for id_, value in stated.items() if value.startswith("yes") or not is_answered}
    partly = {id_ for id_, value in said.items() if is_answered and value.startswith("partly")}
    assert expected <= set(rows) <= expected | partly
    assert len(rows) == len(set(rows))
    in_force = [corpus.documents[id_].status.state.is_law for id_ in rows]
    assert in_force == sorted(in_force, reverse=True)
    assert "in annex C" in answer.message


@pytest.mark.parametrize("question", NARROWED)
def test_filters_combine(helpdesk: Assistant, corpus: Snapshot, question: str) -> None:
    """Jurisdiction, region, kind and year narrow what laws say of an element."""
    answer = _answered(helpdesk, question)
    rows = set(_documents_of(answer, corpus))
    assert set(NARROWED[question]) <= rows
    extra = rows - set(NARROWED[question])
    partly = [dict(corpus.documents[id_].comparison) for id_ in extra]
    assert all(any(value.startswith("partly") for value in values.values()) for values in partly)


@pytest.mark.parametrize("question", PRIORITIES)
def test_a_priority_is_answered_in_full(helpdesk: Assistant, question: str) -> None:
    """What parliaments can do under a priority is every action of it, with the count."""
    answer = _answered(helpdesk, question)
    assert len(answer.sentences) == PRIORITIES[question]
    assert str(PRIORITIES[question]) in answer.message
    number = {citation.passage.headings[-1].split(".")[0] for citation in answer.citations}
    assert len(number) == 1


def test_the_jurisdictions_of_annex_c_are_ten(helpdesk: Assistant, corpus: Snapshot) -> None:
    """The jurisdictions of annex C are listed once each."""
    answer = _answered(helpdesk, "Which countries are in annex C?")
    jurisdictions = [corpus.documents[id_].jurisdiction for id_ in _documents_of(answer, corpus)]
    assert sorted(jurisdictions) == ["AU", "DE", "EU", "GB", "IN", "KE", "KR", "LK", "MX", "US"]
    assert answer.message.startswith("10 of 10 jurisdictions")


@pytest.mark.parametrize(
    "question",
    [
        "Which MPs are quoted in annex C?",
        "Which harms does annex A list?",
        "Why does annex C list the Kenyan bill?",
        "Who wrote annex B?",
    ],
)
def test_a_list_never_answers_another_question(helpdesk: Assistant, corpus: Snapshot, question: str) -> None:
    """A question with a word that the catalogue does not know is not answered with a list."""
    assert " of " not in helpdesk.answer(Question(question)).message[:12]
