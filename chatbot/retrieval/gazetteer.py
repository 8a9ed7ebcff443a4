"""Names of documents and jurisdictions in nine languages, found in texts as whole words; the longest wins."""

import re
import unicodedata

from chatbot.retrieval.words import is_unspaced, stems

Names = dict[str, dict[str, str]]
"""By language ("" for any): names and the reference each stands for."""

_INFLECTED = ("de", "ru")  # names of countries change their endings there
_ORDINARY = frozenset(
    (
        *("polish", "turkey", "chad", "jordan", "male", "nice", "reading", "man", "jersey", "island"),
        *("того", "irá", "reunião"),
    )
)
"""Words that are names only with a capital letter."""
_TOKEN = re.compile(r"[\w\u0300-\u036f]+")  # letters, and accents written after them


class Gazetteer:
    """Finds names in texts. Short ones in capitals ("US", "IT") are found as written, others in any case."""

    def __init__(self, names: Names) -> None:
        self._whole: dict[str, dict[tuple[str, ...], tuple[str, bool]]] = {}
        self._stemmed: dict[str, dict[tuple[str, ...], str]] = {language: {} for language in _INFLECTED}
        self._inside: dict[str, list[tuple[str, str]]] = {}
        for language, by_name in names.items():
            for name, reference in by_name.items():
                self._add(name, reference, language)
        for same_start in self._inside.values():
            same_start.sort(key=lambda pair: -len(pair[0]))
        self._longest = max((len(key) for keys in self._whole.values() for key in keys), default=0)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and reference of each name in the text, in order, not overlapping."""
        tokens = list(_TOKEN.finditer(text))
        folded = [_fold(token.group()) for token in tokens]
        result: list[tuple[int, int, str]] = []
        place = 0
        while place < len(tokens):
            found = self._at(text, tokens, folded, place)
            if found:
                count, reference = found
                result.append((tokens[place].start(), tokens[place + count - 1].end(), reference))
                place += count
            else:
                result += self._within(tokens[place])
                place += 1
        return result

    def found_in(self, text: str) -> tuple[str, ...]:
        """The references whose names stand in the text, in order, once each."""
        return tuple(dict.fromkeys(reference for _, _, reference in self.spans(text)))

    def _add(self, name: str, reference: str, language: str) -> None:
        key = tuple(_fold(token) for token in _TOKEN.findall(name))
        if not key:
            return
        if is_unspaced(name):
            self._inside.setdefault(name[0], []).append((name, reference))
        as_written = (name.isupper() and len(name) <= 4) or name.casefold() in _ORDINARY
        self._whole.setdefault(key[0], {})[key] = (reference, as_written)
        if language in _INFLECTED and name[0].isupper() and (stemmed := tuple(stems(name, language))):
            self._stemmed[language].setdefault(stemmed, reference)

    def _at(self, text: str, tokens: list[re.Match[str]], folded: list[str], place: int) -> tuple[int, str] | None:
        starting = self._whole.get(folded[place], {})
        for count in range(min(self._longest, len(tokens) - place), 0, -1) if starting else ():
            held = starting.get(tuple(folded[place : place + count]))
            written = text[tokens[place].start() : tokens[place + count - 1].end()]
            if held and (not held[1] or (written[0].isupper() and (len(written) > 4 or written.isupper()))):
                return count, held[0]
        return self._inflected(tokens, place)

    def _inflected(self, tokens: list[re.Match[str]], place: int) -> tuple[int, str] | None:
        """A capitalised name with an ending, such as "в Мексике" or "Mexikos"."""
        if not tokens[place].group()[0].isupper():
            return None
        for language, names in self._stemmed.items():
            for count in (3, 2, 1):
                words = [token.group() for token in tokens[place : place + count]]
                reference = names.get(tuple(stems(" ".join(words), language)))
                if reference and len(words[-1]) >= 4:
                    return len(words), reference
        return None

    def _within(self, token: re.Match[str]) -> list[tuple[int, int, str]]:
        """Names inside a word of a script that sets no blanks, or hangs particles on words."""
        word, result, place = token.group(), [], 0
        while place < len(word):
            match = next((p for p in self._inside.get(word[place], ()) if word.startswith(p[0], place)), None)
            if match:
                start = token.start() + place
                result.append((start, start + len(match[0]), match[1]))
            place += len(match[0]) if match else 1
        return result


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)) or word
