"""Text -> the places where its sentences begin and end, in the rules of its language."""

import re

from sentencex import segment

# The library splits after these in some contexts; a name, number or word belongs to what follows them.
_GOES_ON = re.compile(
    r"(?:^|[\s(“\"'’])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Hon|Sen|Rep|St|No|Nos|Nr|Art|Arts|art|arts|Abs|Ziff|Sec|sec|Secs|s|ss|Rec|Recs"
    r"|cl|para|paras|Reg|Ch|Vol|pp|p|vs|cf|Cf|e\.g|i\.e|z\.B|S|U\.S|U\.S\.C|Pub|L|Stat|Sr|Sra|Dra|Mme|M|Núm|núm|Ст|ст|г|п)\.\s*$"
)
_QUOTED_WHOLE = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]$")


def spans(text: str, language: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the blanks around it; a text in quotation marks is one sentence."""
    if not text.strip():
        return []
    if _QUOTED_WHOLE.match(text.strip()):
        return [_trimmed(text, 0, len(text))]
    result: list[tuple[int, int]] = []
    start = end = 0
    for piece in segment(language, text):
        place = text.find(piece, end)
        end = (place if place >= 0 else end) + len(piece)
        if not _GOES_ON.search(text[start:end]) and _is_sentence(text[start:end]):
            result.append(_trimmed(text, start, end))
            start = end
    if text[start:].strip():
        result.append(_trimmed(text, start, len(text)))
    return result


def _is_sentence(text: str) -> bool:
    return len(re.findall(r"\w", text)) >= 2


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
