"""What kind of answer a question asks for, read in English."""

import re
from enum import StrEnum

from chatbot.answering.patterns import any_of


class Kind(StrEnum):
    """The shape an answer should have."""

    FACT = "fact"
    LIST = "list"
    COMPARE = "compare"
    QUOTATION = "quotation"
    SOURCE = "source"
    DEFINITION = "definition"


_PUBLICATION = "(publication|article|study|survey|report|paper|research|data|newspaper|outlet|poll)"
_POLITICIAN = "(mps?|politicians?|lawmaker|ministers?|parliamentarian|member|deputy|senator)"

_SOURCE = any_of(
    "(foot)?notes? \\d+|footnotes?|^source|sourced?",
    "(what|which|whose|who) .*(sources?|references?|citation|footnote)",
    "(source|reference|citation|evidence) (for|of|behind)",
    "where (do|does|did) .*(come|comes|came) from|came up with",
    f"(which|what|whose) (\\w+ ){{0,3}}?{_PUBLICATION} (is|was|backs?|supports?|behind|gives|says|does)",
    "(is|are) (this|that|the) .*(taken|drawn|cited) from|cited (for|as)|backs? (up )?(this|that|the)",
    "who (reported|wrote|published|measured|counted|found)",
    "(whose|which) (survey|study|figure|number|research|estimate|claim)",
)
_SAYING = (
    "(said|says|claims?|claimed|made|denied|denies|called|calls|insists?|insisted|warns?|warned|argues?|argued|stated"
    "|thinks|thought|believes|wants|wanted|urged|urges|spoke|speaks|put|described|asked|remarked|complained|compared"
    "|demanded|told|didn't|does not|doesn't|is quoted|was quoted)"
)
_QUOTATION = any_of(
    f"who (\\w+ ){{0,2}}?{_SAYING}",
    f"(which|what) (\\w+ ){{0,3}}?{_POLITICIAN} .*(said|says|claim\\w*|insist\\w*|call\\w*|quoted|warn\\w*|stat\\w+"
    "|denied|argu\\w*|remark\\w*|speak\\w*|spoke)",
    "what (did|does|do|has) .{3,60} (say|said|think|call|tell)",
    "quot(e|es|ed|ation|ations)|statements? (by|of|from)|words of|(anyone|anybody|someone) from",
)
_COMPARE = any_of(
    "compare|compared|comparing|comparison|contrast|versus|vs\\.?|respectively|differ|differs|differences?",
    "tougher|stricter|harsher|same as|in common|both \\w+ and",
    "how do(es)? .{1,200} and .{1,200}(compare|differ)|(who|which) (is|was|of) .{1,200}, .{1,200} or",
)
_LISTED = (
    "(steps|measures|actions|moves|reasons|lessons|examples|priorities|recommendations|factors|ways|harms|channels"
    "|instruments|texts|documents|groups|roles|duties|obligations|elements|effects|points|items|options|tips|ideas"
    "|suggestions|asks|demands|aims|goals|kinds|types|forms|institutions|bodies|services|excuses|motives|countries"
    "|parliaments|committees|laws|treaties|reports|studies|hearings|resolutions|conventions|entries|sources|titles"
    "|publications|mps|members|people|players|actors)"
)
_LIST = any_of(
    "^(list|name|enumerate|give (me )?(all|the))",
    "(what|which) (\\w+ ){0,4}?(are|were)",
    "what (\\w+ ){0,3}?(can|could|should|may|might|must) (a )?(parliaments?|mps?|we|members|lawmakers|legislators"
    "|states?|governments?|platforms?|committees?)",
    "(all|every|each) (the |of )?\\w+s",
    _LISTED,
    "how (should|can|could|do) (parliaments?|mps?|we|the institution|a parliament)",
    "what('s| is) (listed|in annex|on the list)|through which|what makes",
)
_COUNT = any_of("^(and )?how many")
_DEFINITION = any_of(
    "what (does|do|did) .*(mean|stand for)|define|defined|definition|meaning of|also (known|called)",
    "(what|other) (\\w+ )?(labels|terms|names|words)",
)
_WHAT_IS = re.compile(r"^(what|who)('s|\s+is|\s+are)\s+(an?|the|meant\s+by)?\s?[\w\s“”\"'()-]{2,60}\?*$", re.IGNORECASE)
_ASKS = any_of(
    "which|what|what's|who|whose|whom|when|where|how|why",
    "^(is|are|was|were|do|does|did|can|could|should|has|have|must|may|will|would)",
)
_NEXT_PART = re.compile(
    r"(?:,|;|\?)\s+(?:and\s+)?(?=(?:which|what|who|whose|when|where|how|why|in which|under which|by whom|from when)\b)"
    r"|\s+and\s+(?=(?:which|what|who|whom|by whom|when|where|how many|how much|under which|in which)\b)",
    re.IGNORECASE,
)


def kind_of(text: str, terms: frozenset[str] = frozenset()) -> Kind:
    """The kind of a question, from its English words and the ids of the glossary's terms that stand in it."""
    rules = (
        (Kind.SOURCE, bool(_SOURCE.search(text)) or bool(terms & {"source", "footnote"})),
        (Kind.QUOTATION, bool(_QUOTATION.search(text))),
        (Kind.COMPARE, bool(_COMPARE.search(text)) or bool(terms & {"compare", "difference"})),
        (Kind.LIST, bool(_LIST.search(text) and not _COUNT.search(text)) or "list" in terms),
        (Kind.DEFINITION, bool(_DEFINITION.search(text) or _WHAT_IS.search(text)) or "definition" in terms),
    )
    return next((kind for kind, applies in rules if applies), Kind.FACT)


def parts(text: str) -> tuple[str, ...]:
    """The questions that one question asks: "…, and which article …?" asks two."""
    pieces: list[str] = []
    opening = ""
    for piece in _NEXT_PART.split(text):
        opening = f"{opening} {piece}".strip()
        if _ASKS.search(opening) and len(opening.split()) >= 2:
            pieces.append(opening.strip(" ,;?"))
            opening = ""
    return tuple(pieces) if len(pieces) > 1 and not opening else (text,)
