"""A text in another language, and what of it is known -> a gloss in English words, and what could not be read."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from chatbot.retrieval.words import stop_words

TOKEN = re.compile(r"\w+(?:[-'’./]\w+)*", re.UNICODE)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_EAST_ASIAN = "\u3400-\u9fff\uac00-\ud7af"
_BETWEEN_SCRIPTS = re.compile(rf"(?<=[A-Za-zÀ-ÿ0-9)])(?=[{_EAST_ASIAN}])|(?<=[{_EAST_ASIAN}])(?=[A-Za-zÀ-ÿ])")
_NUMERALS = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九十")}
_ARTICLES = (
    (re.compile(r"제\s*(\d+)\s*조의\s*(\d+)"), r" Art. \1-\2 "),
    (re.compile(r"제\s*(\d+)\s*([a-zA-Z]?)\s*조"), r" Art. \1\2 "),
    (re.compile(r"第\s*(\d+)\s*([a-zA-Z]?)\s*条之([〇一二三四五六七八九十]|\d+)"), r" Art. \1\2-\3 "),
    (re.compile(r"第\s*(\d+)\s*([a-zA-Z]?)\s*[条條]"), r" Art. \1\2 "),
    (re.compile(r"المادة\s*(\d+)"), r" Art. \1 "),
    (re.compile(r"(?i)\bстать\w+\s*(\d+)"), r" Art. \1 "),
    (re.compile(r"(?i)\bart(?:\.|igos?|ículos?|icles?|ikeln?s?)\s*(\d+)\s*[.]?[ºª°]"), r" Art. \1 "),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[年년]"), r" \1 "),
)
_MONTH = re.compile(r"(?<![\d個个])(1[0-2]|[1-9])\s*[月월]")
_ADJECTIVES = ("maximum", "minimum", "digital", "national", "psychological", "pornographic", "aggravated", "Australian")
_COGNATE = 0.93
_LEAST_LETTERS = 5
_ENDINGS = (
    *(("ciones", "tions"), ("ções", "tions"), ("ción", "tion"), ("ção", "tion"), ("sión", "sion"), ("são", "sion")),
    *(("idades", "ities"), ("idad", "ity"), ("idade", "ity"), ("ités", "ities"), ("ité", "ity"), ("ität", "ity")),
    *(("ique", "ic"), ("isch", "ic"), ("isches", "ic"), ("ischen", "ic"), ("ische", "ic"), ("mente", "ly")),
    *(("ología", "ology"), ("ologia", "ology"), ("ologie", "ology"), ("ierung", "ation"), ("ieren", "ate")),
)
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),  # noqa: SIM905
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something of the text that is known: where it stands, what it is (a term's id or a reference), and in English."""

    start: int
    end: int
    id: str
    english: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """What of a text could be read, in English; and the words that could not."""

    text: str
    unread: tuple[str, ...] = ()


def prepared(text: str) -> str:
    """A text with European digits, provisions as "Art. 14-2", months by name, and blanks between scripts."""
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    text = re.sub("(?<=第)[一二三四五六七八九十]+(?=[条條])", lambda match: _number(match.group()), text)
    for pattern, replacement in _ARTICLES:
        text = pattern.sub(replacement, text)
    text = _MONTH.sub(lambda match: f" {MONTHS[int(match.group(1)) - 1]} ", text)
    return _BETWEEN_SCRIPTS.sub(" ", text)


def glossed(text: str, language: str, found: Sequence[Found], english_words: Collection[str]) -> Gloss:
    """The gloss of a text of which something was found; of what stands between, numbers, names and cognates stay.

    Where several finds begin at one place the longest counts, and of those the first.
    """
    gloss: list[str] = []
    unread: list[str] = []
    end = 0
    for piece in (*sorted(found, key=lambda f: (f.start, -f.end)), Found(len(text), len(text), "", "")):
        if piece.start < end:
            continue
        for word, is_first in _words(text[end : piece.start], starts=end == 0):
            kept = _kept(word, language, english_words, is_first=is_first)
            gloss += [kept] if kept else []
            unread += [word] if not kept and _has_weight(word, language) else []
        if piece.english:
            gloss.insert(len(gloss) - _is_after_its_noun(piece, language, gloss), piece.english)
        end = piece.end
    return Gloss(" ".join(dict.fromkeys(gloss)), tuple(unread))


def _is_after_its_noun(piece: Found, language: str, gloss: Sequence[str]) -> bool:
    """Is it an adjective that stands before its noun in English?"""
    return bool(gloss) and language in ("ar", "es", "fr", "pt") and piece.english in _ADJECTIVES


def _words(text: str, *, starts: bool) -> Iterator[tuple[str, bool]]:
    for number, match in enumerate(TOKEN.finditer(text)):
        yield match.group(), starts and number == 0


def _kept(word: str, language: str, english_words: Collection[str], *, is_first: bool) -> str:
    """An unknown word that is the same in English, or nearly: a number, a name in capitals, a cognate; else ""."""
    if any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper() and _LATIN.match(word)):
        return word
    if cognate := _cognate(_romanized(word), frozenset_of(english_words)):
        return cognate
    is_name = word[0].isupper() and _LATIN.match(word) and not is_first
    return word if is_name and (language != "de" or word.casefold() in english_words) else ""


def _has_weight(word: str, language: str) -> bool:
    """Could it matter? Function words do not, nor what hangs on words in Chinese and Korean."""
    if language in ("zh", "ko"):
        return len(word) > 2
    return len(word) > 1 and word.casefold() not in stop_words(language)


def _romanized(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word.casefold())
    if not any(c in _CYRILLIC for c in folded):
        return folded
    return "".join(_CYRILLIC.get(c, c) for c in folded).replace("_", "").replace("ks", "x")


def _spellings(word: str) -> Iterator[str]:
    """How a word may be spelt in English."""
    for ending, english in _ENDINGS:
        if word.endswith(ending):
            yield _plain(word.removesuffix(ending) + english)
    yield _plain(word)


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _cognate(word: str, english_words: frozenset[str]) -> str:
    """The English word of the corpus that is spelt alike, or ""."""
    if len(word) < _LEAST_LETTERS or not _LATIN.match(word):
        return ""
    spellings = list(_spellings(word))
    if exact := next((spelling for spelling in spellings if spelling in english_words), ""):
        return exact
    alike = [other for other in english_words if other[:4] == spellings[0][:4]]
    best = process.extractOne(spellings[0], alike, scorer=JaroWinkler.normalized_similarity, score_cutoff=_COGNATE)
    return best[0] if best else ""


def frozenset_of(words: Iterable[str]) -> frozenset[str]:
    """The words as a set that can be looked up again."""
    return words if isinstance(words, frozenset) else frozenset(words)


def _number(numerals: str) -> str:
    """A Chinese number below a hundred in figures."""
    tens, ten, ones = numerals.rpartition("十")
    if not ten:
        return "".join(str(_NUMERALS[numeral]) for numeral in numerals)
    return str((_NUMERALS.get(tens, 1) * 10) + _NUMERALS.get(ones, 0))
