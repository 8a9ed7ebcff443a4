"""What sort of words a question wants back: a share, a term, a sum, a date, and what it cannot do without."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.answering.patterns import any_of

_NUMBER = (
    "(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|dozen|hundred|thousand"
    "|million|billion)"
)
NUMBER, SUM = "a number", "a sum of money"
_MONTH = "(January|February|March|April|May|June|July|August|September|October|November|December)"
_MONEY = (
    "(euros?|dollars?|pounds?|pesos?|won|kron(or|er|ur|a|e)|korunas?|francs?|yen|yuan|rupees?|rand|shillings?|rou?bles?"
    "|rea(is|ls?)|naira|cedis?|dinars?|dirhams?|riyals?|zlotys?|forints?|liras?|baht|ringgit|rupiah|shekels?|lei|leva)"
)
_PENALTY_PAYMENT = "penalty payments?"
_PERSON = "(chief executive|ceo|director|chair\\w*|head|president|prime minister|spokes\\w+|boss)"
_SPOKE = (
    "(said|says|spoke|told|argued|warned|wrote|stated|tabled|proposed|introduced|sponsored|coordinated|called|raised)"
)
_ROLE = (
    "(lawmakers?|mps?|members?|parliamentarians?|senators?|politicians?|ministers?|commissioners?|experts?|speakers?)"
)
_NAMED_PERSON = (
    r"\b(Ms|Mr|Mrs|Dr|Prof|Senator|Lord|Baroness|Dame|Sir)\b\.? [A-Z]"
    r"|\b[A-Z]\w+ [A-Z]\w+( [A-Z]\w+)?, (Member|Senator|MP)\b"
)
_COUNTED = "(suspects?|arrests?|convictions?|prosecutions?|cases|investigations|complaints|requests|calls)"


@dataclass(frozen=True, slots=True)
class Ask:
    """Words that ask for something, words that hold it, and what to call it."""

    asks: re.Pattern[str]
    holds: re.Pattern[str]
    name: str


_SHARE = Ask(
    any_of("percent\\w*|per cent", "(what|which) (share|portion|proportion|fraction)", "what %"),
    re.compile(r"\d\s?%|\bper\s?cent\b|\b(half|third|quarter|majority)\b", re.IGNORECASE),
    "a percentage",
)

WANTED = (
    _SHARE,
    Ask(
        any_of(
            "how (long|quick\\w*|fast|soon|many (hours|days|years|months))",
            "prison terms?|sentences?|penalt\\w+|imprisonment|jail|behind bars|deadlines?|time limits?|within",
        ),
        any_of(f"{_NUMBER}[\\w ’'-]{{0,12}} (years?|months?|days?|hours?|weeks?)"),
        "a term",
    ),
    Ask(
        any_of(f"fines?|fined|money|cost|sum|amount|{_MONEY}"),
        any_of(f"((?-i:[A-Z]{{3}})|KSh|Rs) ?\\d.*|{_MONEY}|penalty units?|fine"),
        SUM,
    ),
    Ask(
        any_of("when|since when", "(what|which|on what|in which) (day|date|year|month)", "how (old|recent)"),
        any_of(f"(19|20)\\d\\d|{_MONTH}"),
        "a date",
    ),
    Ask(any_of("how (many|much|big|large|often|common)|number of"), any_of(f"{_NUMBER}[\\d.,]*"), "a number"),
    Ask(any_of(f"whose|who {_SPOKE}|(which|what) (\\w+ )?{_ROLE}"), re.compile(_NAMED_PERSON), "a name"),
)
"""Sorts of words: what holds them is preferred."""

DEMANDED = (
    Ask(
        any_of(
            "how (much|large|big|high) .*(fine|fines|penalty|sum|amount|cost|money|paid|pay|spen[dt]|budget|funding)",
            "(amount|sum) .*(fine|fined|paid|pay)|(fine|fined|penalty) .*(amount|sum|how (much|large|big|high))",
            "(biggest|highest|largest|maximum|top|daily) (\\w+ )?(fine|penalty payment)",
            "daily (fine|penalty|sum|amount)",
            f"salar(y|ies)|budget of|in {_MONEY}|how many ({_MONEY}|millions?)",
        ),
        re.compile(
            r"[$€£₩¥₹]\s?\d|\b((?-i:[A-Z]{3})|KSh|Rs\.?)\s?\d"
            rf"|\b(\d|million|thousand)[\w.,]*\s({_MONEY}|UMA|penalty\sunits?)",
            re.IGNORECASE,
        ),
        SUM,
    ),
    Ask(
        any_of(
            "how many (\\w+ ){0,4}?(votes?|voted)|by how many votes|roll call",
            "(what|which) (margin|majority) .*(vote|pass|carr|adopt|approv|back)\\w*",
            "ayes|yeas|nays|noes",
            "vote count|voting result|margin of votes|votes (for|against|in favou?r)",
        ),
        any_of(
            "(\\d[\\d,]*|unanimous\\w*) (votes?|in favou?r|against)|unanimous\\w*",
            "\\d{2,3} ?(–|-|to) ?\\d{1,3} votes?",
        ),
        "a number of votes",
    ),
    Ask(
        any_of("(what|which) (\\w+ )?age|how old|age (limit|of (consent|criminal))|minimum age"),
        any_of("(under|over|aged?|age of|than) (\\d\\d|[a-z]+teen|twelve|eighteen)|\\d\\d years old|under-\\d\\ds?"),
        "an age",
    ),
    Ask(
        any_of(
            "(which|what|whose) (political )?(party|parties|parliamentary group|faction)",
            "party (affiliation|membership|does|is)",
        ),
        re.compile(r"\b(party|Greens|Labour|Conservative|Liberal|Democrats?|Republicans?|faction)\b(?!-)"),
        "a political party",
    ),
    Ask(
        any_of(
            f"who (is|was|are|heads|leads|runs|chairs) (its|their|his|her|the)? ?(current )?{_PERSON}",
            "which (president|prime minister|judge|king|queen)",
        ),
        any_of(f"{_PERSON}|leadership|led by|commissioner|judge"),
        "the holder of that office",
    ),
    Ask(
        any_of(
            f"how many (\\w+ )?({_COUNTED}|arrested|charged|detained|sentenced|convict\\w+|prosecut\\w+)",
            "number of (arrests|convictions|prosecutions|cases|complaints|calls)",
        ),
        any_of(
            f"\\d[\\d,.]* (\\w+ ){{0,3}}?({_COUNTED}|people|persons)",
            "\\d[\\d,.]* (\\w+ ){0,4}?(arrested|convicted|charged|prosecuted)",
        ),
        "that number",
    ),
    Ask(
        any_of("(phone|telephone|hotline) number|(postal|street) address"),
        re.compile(r"\+?\d[\d\s()-]{6,}|\b\d+\s\w+\s(street|road|avenue)\b", re.IGNORECASE),
        "a telephone number or address",
    ),
    Ask(
        any_of(f"(what|which|how (big|high|large|much)) (\\w+ ){{0,3}}?(fines?|{_PENALTY_PAYMENT})"),
        any_of(f"fine[sd]?|{_PENALTY_PAYMENT}|penalty units?|{_MONEY}|((?-i:[A-Z]{{3}})|KSh|Rs) ?\\d.*"),
        "a fine",
    ),
    _SHARE,
)
"""Sorts of facts: a text that does not hold them does not answer."""


_IN_CURRENCY = re.compile(rf"\bin ({_MONEY})\b", re.IGNORECASE)
_HOW_MANY = any_of("how many|what number of")
_QUANTITY = any_of(
    f"{_NUMBER}|\\d[\\d.,]*|both|single|none|no|all|every|several|dozens?|hundreds|thousands|only|first|second|third"
)
_NO_QUANTITY = re.compile(
    rf"\b\d{{1,2}} {_MONTH}( \d{{4}})?|{_MONTH} \d{{4}}|\b(19|20)\d\d(/\d+)?\b|\d+/(19|20)\d\d"
    r"|(?:\b(?:ss?|arts?|sec|secs|sections?|articles?|notes?|footnotes?|annex|part|priority|no|rules?|clauses?)\b\.?|§+)"
    r"\s?[\dA-Z][\w()./-]*|\b\d+[A-Z]+[\w()]*|\(\w{1,3}\)",
    re.IGNORECASE,
)
"""Digits that count nothing: dates, years, provisions, numbers of acts."""


def wants_a_share(question: str) -> bool:
    """Is a percentage asked for?"""
    return bool(_SHARE.asks.search(question))


def wanted(question: str) -> re.Pattern[str] | None:
    """What an answer should hold, or None where the question does not ask for words of one sort."""
    return next((ask.holds for ask in WANTED if ask.asks.search(question)), None)


def unmet(question: str, texts: Iterable[str]) -> str:
    """What the question cannot do without and none of the texts holds ("a sum of money"), or an empty text."""
    held = list(texts)
    asked = [ask for ask in DEMANDED if ask.asks.search(question)]
    for ask in asked:
        if not any(ask.holds.search(text) for text in held):
            return ask.name
    currency = _IN_CURRENCY.search(question)
    if currency and not any(currency[1][:4].casefold() in text.casefold() for text in held):
        return SUM
    if (
        not asked
        and _HOW_MANY.search(question)
        and not any(_QUANTITY.search(_NO_QUANTITY.sub(" ", text)) for text in held)
    ):
        return NUMBER
    return ""
