"""A question for what a provision says -> the sentences of its section, in the best edition held."""

from collections.abc import Iterator, Sequence

from chatbot.answering.composing import Piece
from chatbot.answering.patterns import any_of
from chatbot.model import BlockKind, Document, Edition, HeldSection, PassageKind
from chatbot.retrieval import record, references
from chatbot.retrieval.snapshot import Snapshot

_PROVISIONS = ("art:", "s:", "cl:", "rule:", "bare:", "recital:", "part:")
_WANTS_WORDS = any_of(
    "what (does|do|did) .*(say|says|provide\\w*|state\\w*|contain\\w*|require\\w*|cover\\w*|regulate\\w*|read)",
    "what('s| is| are) (in|the (text|wording|content|words) of)|(text|wording|content|words) of"
    "|quote|explain|summar\\w+",
    "(show|give|read)( me)?|how (does|is) .*(read|worded|phrased)",
)


def asked_for(question: str, documents: Sequence[Document], snapshot: Snapshot) -> list[Piece] | None:
    """What the provisions that a question names say; an empty list where nothing held speaks of them.

    None where the question names no provision, or not its document, or does not ask for its words.
    """
    wanted = [ref for ref in references.found_in(question) if ref.startswith(_PROVISIONS)]
    if not wanted or not documents or not _WANTS_WORDS.search(question):
        return None
    return [piece for document in documents for piece in _of(document, wanted, snapshot)]


def within(pieces: Sequence[Piece], budget_words: int) -> list[Piece]:
    """The first pieces, at most about so many words."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and sum(other.words for other in [*kept, piece]) > budget_words:
            break
        kept.append(piece)
    return kept


def _of(document: Document, wanted: Sequence[str], snapshot: Snapshot) -> list[Piece]:
    """The sections headed by a wanted provision, the official ones first; else the sentences that speak of it."""
    sections = [held for held in snapshot.sections_of(document.id) if held.section.anchor != record.ANCHOR]
    headed = [held for held in sections if _names(_heading(held), wanted)]
    official = [held for held in headed if held.edition is Edition.OFFICIAL]
    if headed:
        return [piece for held in official or headed for piece in _sentences(held, snapshot)]
    spoken = [piece for held in sections for piece in _sentences(held, snapshot) if _names(piece.text, wanted)]
    return [piece for piece in spoken if piece.passage.edition is spoken[0].passage.edition]


def _heading(held: HeldSection) -> str:
    """Where a section's own reference stands."""
    return held.section.label if held.edition is Edition.OFFICIAL else held.section.headings[-1].split(" — ")[0]


def _names(text: str, wanted: Sequence[str]) -> bool:
    """Does a text name a wanted provision, a part of it, or what it is a part of?"""
    own = {ref.removeprefix("bare:") for ref in references.found_in(text)}
    asked = {ref.removeprefix("bare:") for ref in wanted}
    return any(ref in references.widened(other) or other in references.widened(ref) for ref in own for other in asked)


def _sentences(held: HeldSection, snapshot: Snapshot) -> Iterator[Piece]:
    for passage in snapshot.passages_of(held):
        if passage.kind is not PassageKind.NOTE:
            for unit in passage.units:
                yield Piece(passage, unit.start, unit.end, 1.0, is_item=unit.kind is BlockKind.ITEM)
