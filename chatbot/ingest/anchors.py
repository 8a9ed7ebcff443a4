"""Printed numbers and headings -> stable anchors and the labels that lawyers cite."""

import re
import unicodedata
from dataclasses import dataclass

MAX_ANCHOR = 60


@dataclass(frozen=True, slots=True)
class Provision:
    """A heading that names a provision: its anchor, its label as cited, and its own title."""

    anchor: str
    label: str
    title: str


_NUMBER = r"(?P<number>\d+(?:\.\d+)*[a-zA-Z]{0,3}(?:-\d+)?)"
_REST = r"(?P<rest>(?:\s*[-–]?\(\w{1,4}\))*)(?:\s*[.:—–-])?(?:\s+[—–-])?\s*(?P<title>\S.*)?"
# Each pattern reads the whole line of a heading; the label keeps the law's own word.
_PATTERNS = (
    (re.compile(rf"(?:Article|Art\.?|art\.?|Artikel|Artículo|Artigo|Статья)\s+{_NUMBER}{_REST}"), "art", "Art. {}"),
    (re.compile(r"제(?P<number>\d+)조(?:의(?P<branch>\d+))?(?P<rest>)\s*\(?(?P<title>[^()]*)\)?"), "art", "Art. {}"),
    (re.compile(rf"(?P<code>\d+ U\.S\.C\.) (?:§ ?)?{_NUMBER}{_REST}"), "s", "{}"),
    (re.compile(rf"§§?\s*{_NUMBER}{_REST}"), "s", "§ {}"),
    (re.compile(rf"[Ss]ec\.\s+{_NUMBER}{_REST}"), "s", "sec. {}"),
    (re.compile(rf"(?:Section|section|[Ss]s?\.?)\s+{_NUMBER}{_REST}"), "s", "s {}"),
    (re.compile(rf"[Rr]ule\s+{_NUMBER}{_REST}"), "rule", "rule {}"),
    (re.compile(rf"(?:cl\.?|clause|Clause)\s+{_NUMBER}{_REST}"), "cl", "cl {}"),
    (re.compile(rf"Recital\s+\(?{_NUMBER}\)?{_REST}"), "recital", "Recital {}"),
    (re.compile(rf"Part\s+(?P<number>\d+[A-Z]?|[IVX]+){_REST}"), "part", "Part {}"),
    (re.compile(rf"Division\s+(?P<number>\d+[A-Z]{{0,2}}){_REST}"), "division", "Division {}"),
    (
        re.compile(r"(?!(?:19|20)\d\d\s)(?P<number>\d{1,4}[A-Z]{0,2})(?P<rest>)(?:\.\s+|\s+)(?P<title>[A-Z][a-z].*)"),
        "s",
        "s {}",
    ),
    (re.compile(r"(?P<number>\d{1,4}[A-Z]{1,2})(?P<rest>)(?P<title>)"), "s", "s {}"),
)


def provision(heading: str) -> Provision | None:
    """The provision a heading names ("Article 5", "§ 184k …", "66B", "제14조의2 (…)"), or None."""
    for pattern, prefix, label in _PATTERNS:
        match = pattern.fullmatch(heading.strip())
        if match:
            groups = match.groupdict()
            number = groups["number"] + (f"-{groups['branch']}" if groups.get("branch") else "")
            printed = number + "".join(groups["rest"].split())
            cited = label.format(" ".join(filter(None, (groups.get("code"), printed))))
            return Provision(slug(f"{prefix}-{printed}"), cited, (groups["title"] or "").strip())
    return None


def slug(text: str) -> str:
    """Lower-case words of any script joined by hyphens, cut at a word near 60 characters; "" if there are none."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"\w+", unicodedata.normalize("NFC", plain).casefold())
    kept: list[str] = []
    for word in words:
        if kept and sum(map(len, kept)) + len(kept) + len(word) > MAX_ANCHOR:
            break
        kept.append(word[:MAX_ANCHOR])
    return "-".join(kept)


def unique(anchor: str, taken: set[str]) -> str:
    """The anchor, or with "-2", "-3" … where it is taken; marks it as taken."""
    if anchor not in taken:
        taken.add(anchor)
        return anchor
    last, free = 1, 2  # doubling, then halving between one that is taken and one that is free
    while f"{anchor}-{free}" in taken:
        last, free = free, free * 2
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if f"{anchor}-{middle}" in taken else (last, middle)
    taken.add(f"{anchor}-{free}")
    return f"{anchor}-{free}"
