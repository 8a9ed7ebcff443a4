"""Every list that the annexes and the priorities define, asked for in varied wording: every row and no other."""

import re

import pytest

from chatbot.model import Answer, Question, Status
from chatbot.wiring import Services

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
    "Name everything in annex D": [*REPORTS_D, *MOTION_D, *HEARINGS, *LETTER],
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
