"""Ranked passages -> the units that answer, in reading order. Pure: nothing is written here, only chosen."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from chatbot.answering import asks
from chatbot.answering.kinds import Kind
from chatbot.model import BlockKind, Edition, Hit, Passage, PassageKind, Unit

Neighbours = Callable[[Passage], list[Passage]]
"""Gives the passages of a passage's section, in reading order."""

MARGIN = 0.14
"""A unit this much farther from the question than the best one no longer helps to answer it."""
MOST_UNITS, DEEPEST = 6, 10
WHOLE_LIST = 1.6
"""A list this many times longer than an answer is still quoted in full."""
LIST_MARGIN = 0.03
OFFICIAL, WANTED, NOTE, LEADS_IN = 0.01, 0.06, 0.06, 0.07
"""Added for the publisher's own words and for words of the sort asked for; taken off for a bare note, and for what
only leads in to a list."""
HEARD = 0.08
"""How much farther the law of a country that is named may be, as the brief goes before it."""

_DANGLES = re.compile(
    r"(It|Its|This|That|These|Those|They|Their|Them|He|She|His|Her|Another|Such|Otherwise|In addition|Moreover|However|"
    r"The latter|The former|Second|Third|Fourth|Finally|Subsequent)\b"
)
_ORDINAL = re.compile(r"(First|Second|Third|Fourth|Fifth|Finally|Lastly)\b")
_ON_DIFFERENCES = re.compile(r"\bdiffers?\b", re.IGNORECASE)
_NO_END = "".join(rf"(?<!\b{word})" for word in ("Ms", "Mr", "Mrs", "Dr", "No", "Art", "Arts", "sec"))
_FIRST_SENTENCE = re.compile(rf".+?(?:{_NO_END}[.:](?=\s)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage that go into the answer; start and end count in the passage.

    is_item tells an item of a list from a sentence; list_size is how many items the whole list has that it is
    quoted with, 0 where it is not part of a whole list; is_opening says that only its opening words are quoted.
    """

    passage: Passage
    start: int
    end: int
    score: float
    is_item: bool = False
    list_size: int = 0
    is_opening: bool = False

    @property
    def text(self) -> str:
        """The words, character for character."""
        return self.passage.text[self.start : self.end]

    @property
    def words(self) -> int:
        """How many words they are."""
        return len(self.text.split())


def compose(
    question: str,
    kind: Kind,
    hits: Sequence[Hit],
    neighbours: Neighbours,
    budget_words: int,
    *,
    heard: Callable[[Passage], bool] = lambda passage: False,
) -> list[Piece]:
    """The pieces that answer one search, at most about budget_words, whole lists where a list is asked for.

    heard tells which passages must have a say if they are near enough, such as the law of the country named.
    """
    if not hits:
        return []
    wanted = asks.wanted(question)
    if kind is Kind.SOURCE:
        return _with_sources(hits, neighbours, wanted)
    if kind is Kind.QUOTATION and (statement := _statement(hits)):
        return [statement]
    if kind is Kind.LIST and (items := _whole_list(hits, neighbours, budget_words)):
        return items
    return _sentences(hits, budget_words, wanted, heard)


def holding(hits: Sequence[Hit], wanted: re.Pattern[str]) -> Piece | None:
    """The closest unit that holds the sort of words wanted, if one of the first passages has it."""
    scored = _scored(hits[:DEEPEST], wanted)
    return next((_piece(h.passage, u, score) for score, _, h, u in scored if wanted.search(h.passage.quote(u))), None)


def _scored(hits: Sequence[Hit], wanted: re.Pattern[str] | None) -> list[tuple[float, int, Hit, Unit]]:
    """Units with their score and the rank of their passage, best first."""
    scored = []
    for rank, hit in enumerate(hits):
        for unit, closeness in zip(hit.passage.units, hit.units, strict=True):
            words = hit.passage.quote(unit)
            score = closeness
            score += OFFICIAL if hit.passage.edition is Edition.OFFICIAL else 0.0
            score += WANTED if wanted and wanted.search(words) else 0.0
            score -= NOTE if hit.passage.kind is PassageKind.NOTE else 0.0
            score -= LEADS_IN if words.rstrip().endswith(":") else 0.0
            scored.append((score, rank, hit, unit))
    return sorted(scored, key=lambda s: (-s[0], s[1], s[3].start))


def _sentences(
    hits: Sequence[Hit], budget: int, wanted: re.Pattern[str] | None, heard: Callable[[Passage], bool]
) -> list[Piece]:
    """The closest units that fit, and before them the closest of a passage that must be heard."""
    scored = _scored(hits[:DEEPEST], wanted)
    best = scored[0][0]
    close = [entry for entry in scored if entry[0] >= best - MARGIN]
    must = [e for e in scored if heard(e[2].passage) and e[0] >= best - MARGIN - HEARD][:1]
    chosen: list[Piece] = []
    for score, _, hit, unit in [*close[:1], *must, *close[1:]]:
        raised = score + HEARD if heard(hit.passage) else score
        pieces = [p for p in _standing_alone(hit.passage, unit, raised) if not repeats(p, chosen)]
        words = sum(piece.words for piece in [*chosen, *pieces])
        if len(chosen) < MOST_UNITS and (not chosen or words <= budget):
            chosen += pieces
    return _in_order(chosen)


def _standing_alone(passage: Passage, unit: Unit, score: float) -> list[Piece]:
    """The unit, and what it needs to be understood: the sentence it leans on, or all that are counted with it."""
    place = passage.units.index(unit)
    run = _ordinal_run(passage, place)
    if run:
        return [_piece(passage, u, score) for u in run]
    if unit.kind is BlockKind.ENTRY or unit.kind is BlockKind.POINTER:
        return [Piece(passage, 0, len(passage.text), score)]
    if place and unit.kind is BlockKind.PARAGRAPH and _DANGLES.match(passage.quote(unit)):
        return [_piece(passage, passage.units[place - 1], score), _piece(passage, unit, score)]
    if unit.kind is BlockKind.ITEM and place and not re.search(r"[.!?”\"]$", passage.quote(unit)):
        return [_piece(passage, passage.units[0], score), _piece(passage, unit, score)]
    return [_piece(passage, unit, score)]


def _ordinal_run(passage: Passage, place: int) -> list[Unit]:
    """The sentences that are counted ("First … Second … Third …"), with the one that announces them."""
    counted = [i for i, unit in enumerate(passage.units) if _ORDINAL.match(passage.quote(unit))]
    if len(counted) < 2 or not counted[0] - 1 <= place <= counted[-1]:
        return []
    return list(passage.units[max(counted[0] - 1, 0) : counted[-1] + 1])


def _with_sources(hits: Sequence[Hit], neighbours: Neighbours, wanted: re.Pattern[str] | None) -> list[Piece]:
    """The sentence that a note supports, and the note."""
    scored = _scored(hits[:6], wanted)
    best = scored[0]
    for score, _, hit, unit in scored:
        if score < best[0] - MARGIN:
            break
        if hit.passage.kind is PassageKind.NOTE:
            caller = _caller(hit.passage, neighbours)
            note = Piece(hit.passage, 0, len(hit.passage.text), score)
            return [caller, note] if caller else [note]
        if unit.notes:
            notes = [p for p in neighbours(hit.passage) if p.kind is PassageKind.NOTE and p.number in unit.notes]
            pieces = [Piece(p, 0, len(p.text), score) for p in notes]
            return [*_standing_alone(hit.passage, unit, score), *pieces]
    return [_piece(best[2].passage, best[3], best[0])]


def _caller(note: Passage, neighbours: Neighbours) -> Piece | None:
    for passage in neighbours(note):
        for unit in passage.units:
            if note.number in unit.notes:
                return _piece(passage, unit, 0.0)
    return None


def _statement(hits: Sequence[Hit]) -> Piece | None:
    """The closest statement, if it is about as close as anything else."""
    statements = [hit for hit in hits[:8] if hit.passage.kind is PassageKind.QUOTATION]
    if not statements or statements[0].score < hits[0].score - MARGIN:
        return None
    passage = statements[0].passage
    return Piece(passage, 0, len(passage.text), statements[0].score)


def _whole_list(hits: Sequence[Hit], neighbours: Neighbours, budget: int) -> list[Piece]:
    """All items of the list that answers; where that is long, the closest in full and of the others their leads."""
    hit = next((h for h in hits[:4] if h.passage.kind in (PassageKind.LIST, PassageKind.ENTRY)), None)
    if hit is None or hit.score < hits[0].score - LIST_MARGIN:
        return []
    passages = _group(hit.passage, neighbours(hit.passage))
    if hit.passage.kind is PassageKind.ENTRY:
        entries = [Piece(p, 0, len(p.text), hit.score, is_item=True) for p in passages]
        return _counted(entries) if len(entries) > 1 else []
    closeness = {h.passage.id: h.units for h in hits}
    items = [
        (units[place] if (units := closeness.get(p.id)) else 0.0, _piece(p, unit, hit.score), unit.lead)
        for p in passages
        for place, unit in enumerate(p.units)
    ]
    if len(items) <= 2:
        return []
    whole = [piece for _, piece, _ in items]
    is_long = sum(piece.words for piece in whole) > WHOLE_LIST * budget
    return _counted(_shortened(items, budget) if is_long else whole)


def shortened(items: Sequence[tuple[Piece, int]], budget: int) -> list[Piece]:
    """Items of a list with the length of their leads: whole, or where that is too long all of them by their leads."""
    is_long = sum(piece.words for piece, _ in items) > WHOLE_LIST * budget
    return [_opening(piece, lead) if is_long else piece for piece, lead in items]


def _counted(pieces: list[Piece]) -> list[Piece]:
    size = sum(piece.is_item for piece in pieces)
    return [replace(piece, list_size=size) for piece in pieces]


def _shortened(items: list[tuple[float, Piece, int]], budget: int) -> list[Piece]:
    """Leads of all items, and as many of the closest in full as the budget allows (the closest always)."""
    short = [_opening(piece, lead) for _, piece, lead in items]
    room = budget - sum(piece.words for piece in short)
    for number, place in enumerate(sorted(range(len(items)), key=lambda i: -items[i][0])):
        more = items[place][1].words - short[place].words
        if number == 0 or more <= room:
            short[place] = items[place][1]
            room -= more
    return short


def _opening(piece: Piece, lead: int) -> Piece:
    """The item's lead, or its first sentence."""
    match = _FIRST_SENTENCE.match(piece.text)
    end = piece.start + (lead or (match.end() if match else len(piece.text)))
    return replace(piece, end=end, is_opening=end < piece.end)


def _group(passage: Passage, section: list[Passage]) -> list[Passage]:
    """The passages of the same list: cut from the same blocks, or entries under the same parent."""
    if passage.kind is PassageKind.ENTRY:
        return [p for p in section if p.kind is PassageKind.ENTRY and p.parents == passage.parents]
    return [p for p in section if p.group == passage.group]


def _piece(passage: Passage, unit: Unit, score: float) -> Piece:
    return Piece(passage, unit.start, unit.end, score, is_item=unit.kind is BlockKind.ITEM)


def repeats(piece: Piece, chosen: Iterable[Piece]) -> bool:
    """Does another piece already say this, word for word or nearly?"""
    words = set(re.findall(r"\w+", piece.text.casefold()))
    for other in chosen:
        if other.passage.id == piece.passage.id and other.start < piece.end and piece.start < other.end:
            return True
        if len(words & set(re.findall(r"\w+", other.text.casefold()))) > 0.8 * len(words):
            return True
    return False


def _in_order(chosen: list[Piece]) -> list[Piece]:
    """The passage of the closest piece first, notes last; pieces of one passage as they stand in it."""
    closest: dict[str, float] = {}
    for piece in chosen:
        closest[piece.passage.id] = max(piece.score, closest.get(piece.passage.id, 0.0))
    return sorted(
        chosen,
        key=lambda p: (
            p.passage.kind is PassageKind.NOTE,
            is_on_differences(p.passage),
            -closest[p.passage.id],
            p.passage.id,
            p.start,
        ),
    )


def is_on_differences(passage: Passage) -> bool:
    """Does a passage stand in a section that says how two sources differ?"""
    return passage.edition is Edition.DIGEST and bool(_ON_DIFFERENCES.search(passage.headings[-1]))
