"""An earlier question, asked again of something else of the same sort: a country, a document, a year, the next part.

"And in Mexico?" exchanges a name, "and the year before?" a year, "and the next one?" a numbered part, "and the other
chamber?" a chamber. What cannot be exchanged comes back as "".
"""

import re

from chatbot.answering.glossing import Found
from chatbot.answering.lexicon import Lexicon

_LONGEST = 12  # words of a question that only names something else
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(r"\b(?P<part>priority|annex|article|art\.?|section|note|footnote)\s+(?P<mark>\d+|[A-E]\b)", re.I)
_CARDINALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_AFTER = re.compile(r"\b(?:the )?(?:next|following)(?: one)?\b(?! year)|\bthe one after\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:the )?(?:previous|preceding)(?: one)?\b(?! year)|\bthe one before\b", re.IGNORECASE)
_YEARS_APART = (
    (re.compile(r"\b(?:the )?(?:year before|previous year)\b", re.IGNORECASE), -1),
    (re.compile(r"\b(?:the )?(?:year after|(?:following|next) year)\b|\b(?:a|one) year later\b", re.IGNORECASE), 1),
)
_YEARS_LATER = re.compile(
    rf"\b(?P<count>\d|{'|'.join(_CARDINALS[2:])}) years (?P<way>later|after|earlier|before)\b", re.IGNORECASE
)
_OTHER_CHAMBER = re.compile(r"\bother (?:chamber|house)\b", re.IGNORECASE)
_CHAMBERS = (("Senate", "House of Representatives"), ("House of Commons", "House of Lords"), ("Bundestag", "Bundesrat"))
_PLURAL = re.compile(r"s\b['’]?s?$")
_OWN_VERB = re.compile(
    r"\b(is|are|was|were|does|do|did|has|have|had|can|should|which|when|where|who|how|why)\b", re.IGNORECASE
)
_OPENING = re.compile(r"^(and|what about|how about|or|but|also|same for)\b", re.IGNORECASE)


def exchanged(question: str, earlier: str, lexicon: Lexicon) -> str:
    """The earlier question about what this one names instead."""
    if len(re.findall(r"\w+", question)) > _LONGEST or _OWN_VERB.search(_OPENING.sub("", question.strip())):
        return ""
    text = _with_other_name(question, earlier, lexicon) or earlier
    for step in (_with_other_year, _with_other_part, _with_other_chamber):
        text = step(question, text) or text
    return text if text != earlier else ""


def _with_other_name(question: str, earlier: str, lexicon: Lexicon) -> str:
    places = tuple(found.id for found in lexicon.names(earlier))
    new = [*lexicon.names(question), *lexicon.dated(question, places)]
    for name in new:
        kind = name.id.split(":")[0] + ":"
        replaced = [found for found in lexicon.names(earlier) if found.id.startswith(kind) and found.id != name.id]
        if replaced:
            old = replaced[-1]
            before = re.sub(r"\bthe\s+$", "", earlier[: old.start], flags=re.IGNORECASE)
            alike = [found for found in new if found.id.startswith(kind)]
            return before + _as_named(alike, question, earlier[old.end :]) + earlier[old.end :]
    return ""


def _as_named(names: list[Found], question: str, rest: str) -> str:
    """The words of the names; "the Brits" before "'s" and what only a year names are called in full."""
    words = question[names[0].start : names[-1].end]
    in_full = (_PLURAL.search(words) and rest.startswith(("'", "’"))) or _YEAR.match(words)
    return names[0].english if in_full else words


def _with_other_year(question: str, earlier: str) -> str:
    years = list(_YEAR.finditer(earlier))
    new = _new_year(question, int(years[-1].group())) if years else 0
    return earlier[: years[-1].start()] + str(new) + earlier[years[-1].end() :] if new else ""


def _new_year(question: str, earlier: int) -> int:
    """The year that a question names, or counts from the earlier one; 0 for none."""
    named = _YEAR.search(question)
    if named:
        return int(named.group())
    apart = _YEARS_LATER.search(question)
    if apart:
        count = apart["count"]
        years = int(count) if count.isdigit() else _CARDINALS.index(count.casefold())
        return earlier + (years if apart["way"].casefold() in ("later", "after") else -years)
    return next((earlier + step for pattern, step in _YEARS_APART if pattern.search(question)), 0)


def _with_other_part(question: str, earlier: str) -> str:
    step = 1 if _AFTER.search(question) else -1 if _BEFORE.search(question) else 0
    spelt = re.sub(rf"(?<=priority )({'|'.join(_CARDINALS[1:])})\b", _digit, earlier, flags=re.IGNORECASE)
    match = _NUMBERED.search(spelt)
    if not step or not match:
        return ""
    mark = match["mark"]
    other = str(int(mark) + step) if mark.isdigit() else chr(ord(mark.upper()) + step)
    return spelt[: match.start("mark")] + other + spelt[match.end("mark") :]


def _digit(match: re.Match[str]) -> str:
    return str(_CARDINALS.index(match.group().casefold()))


def _with_other_chamber(question: str, earlier: str) -> str:
    if not _OTHER_CHAMBER.search(question):
        return ""
    for pair in _CHAMBERS:
        for one, other in (pair, pair[::-1]):
            if one in earlier:
                return earlier.replace(one, other)
    return ""
