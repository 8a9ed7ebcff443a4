"""The types that flow through everything. Frozen, compared by value, standard library only."""

from dataclasses import dataclass, field
from enum import StrEnum


class Coverage(StrEnum):
    """What is held of a document."""

    OFFICIAL = "official"  # the publisher's words
    DIGEST = "digest"  # our own summary
    LISTED = "listed"  # title and link only


class Edition(StrEnum):
    """Which text of a document: ours or the publisher's."""

    DIGEST = "digest"
    OFFICIAL = "official"


class DocumentKind(StrEnum):
    """What sort of text a document is."""

    ACT = "act"
    BILL = "bill"
    CODE = "code"
    CONVENTION = "convention"
    DECLARATION = "declaration"
    DIRECTIVE = "directive"
    GUIDANCE = "guidance"
    HEARING = "hearing"
    ISSUE_BRIEF = "issue-brief"
    LETTER = "letter"
    MOTION = "motion"
    PROTOCOL = "protocol"
    RECOMMENDATION = "recommendation"
    REGULATION = "regulation"
    REPORT = "report"
    RESOLUTION = "resolution"
    RULES = "rules"
    STUDY = "study"
    TREATY = "treaty"


class Element(StrEnum):
    """What laws are compared by, in the order of a table."""

    OFFENCE_NAME = "offence_name"
    COVERS_AUTHENTIC = "covers_authentic"
    COVERS_SYNTHETIC = "covers_synthetic"
    COVERS_CREATION = "covers_creation"
    COVERS_POSSESSION_OR_VIEWING = "covers_possession_or_viewing"
    COVERS_SHARING = "covers_sharing"
    COVERS_THREATS = "covers_threats"
    INTENT_REQUIRED = "intent_required"
    CONSENT_STANDARD = "consent_standard"
    MAX_PENALTY_BASIC = "max_penalty_basic"
    MAX_PENALTY_AGGRAVATED = "max_penalty_aggravated"
    AGGRAVATING_FACTORS = "aggravating_factors"
    MINORS_RULE = "minors_rule"
    PLATFORM_DUTY = "platform_duty"
    TAKEDOWN_DEADLINE = "takedown_deadline"
    REGULATOR = "regulator"
    CIVIL_REMEDY = "civil_remedy"
    VICTIM_SUPPORT = "victim_support"
    IN_FORCE_SINCE = "in_force_since"

    @property
    def label(self) -> str:
        """What a reader sees."""
        special = {
            Element.COVERS_AUTHENTIC: "Authentic images",
            Element.COVERS_SYNTHETIC: "Synthetic images",
            Element.COVERS_THREATS: "Threats to share",
            Element.MAX_PENALTY_BASIC: "Maximum penalty",
            Element.MAX_PENALTY_AGGRAVATED: "Maximum penalty when aggravated",
            Element.MINORS_RULE: "Minors",
            Element.CONSENT_STANDARD: "Consent",
        }
        return special.get(self) or self.removeprefix("covers_").replace("_", " ").capitalize()

    @property
    def is_answered(self) -> bool:
        """Is its value "yes", "no" or "partly", with an explanation?"""
        return self.startswith("covers_")


class LegalState(StrEnum):
    """Whether a document is law, was law, may become law, or is something else."""

    IN_FORCE = "in force"
    PARTLY_IN_FORCE = "partly in force"
    NOT_YET_IN_FORCE = "not yet in force"
    ENACTED = "enacted"
    BILL = "bill"
    DRAFT = "draft"
    MOTION = "motion"
    LAPSED = "lapsed"
    REPEALED = "repealed"
    SOFT_LAW = "soft law"
    PUBLISHED = "published"
    HELD = "held"

    @property
    def is_law(self) -> bool:
        """Does what is in this state bind anyone today?"""
        return self in (LegalState.IN_FORCE, LegalState.PARTLY_IN_FORCE)


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """A document's legal state and the date at which that was checked (YYYY-MM-DD or YYYY-MM, "" if not known)."""

    state: LegalState
    detail: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Link:
    """An official address of a document; unverified when nobody has opened it yet."""

    url: str
    what: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A provision worth going to, as printed in the document; unverified when its number has not been checked."""

    ref: str
    heading: str = ""
    what: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """Where the brief lists a document: annex A to E, the headings it stands under there, its place (from 1).

    The parts "body" (named outside the annexes), "related" (not named) and "brief" (the brief itself) have neither.
    """

    part: str
    under: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One brief, law, treaty or report as its card describes it.

    jurisdiction is ISO 3166-1 alpha-2, or EU, COE, AFRICAN-UNION, INT. comparison gives for an element what the
    document says of it, with its reference in brackets.
    """

    id: str
    title: str
    short_title: str
    issuer: str
    jurisdiction: str
    kind: DocumentKind
    annex: tuple[AnnexEntry, ...]
    year: int
    status: LegalStatus
    languages: tuple[str, ...]
    title_en: str = ""
    aliases: tuple[str, ...] = ()
    official_urls: tuple[Link, ...] = ()
    pinpoints: tuple[Pinpoint, ...] = ()
    comparison: tuple[tuple[Element, str], ...] = ()
    confidence: str = ""
    contact: str = ""
    coverage: Coverage = Coverage.LISTED

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the document, the one to show first."""
        return tuple(dict.fromkeys(n for n in (self.short_title, self.title, self.title_en, *self.aliases) if n))


@dataclass(frozen=True, slots=True)
class Term:
    """A concept of the field: by language, the words people use for it, the preferred one first.

    discouraged words are understood in questions and never used by the helpdesk itself.
    """

    id: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    discouraged: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world: the jurisdictions in it, and by language its names."""

    id: str
    jurisdictions: tuple[str, ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]


class Intent(StrEnum):
    """What the asker of a question wants."""

    QUESTION = "question"
    GREETING = "greeting"
    ABOUT_SERVICE = "about the service"
    THANKS = "thanks"
    DISCLOSURE = "disclosure"
    ABUSE = "abuse"
    INSTRUCTION = "instruction"
    OFF_TOPIC = "off topic"


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A sentence that shows what somebody wants who writes it."""

    intent: Intent
    text: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """The concepts, the regions, and by jurisdiction and language its names besides those every atlas knows.

    words are everyday words of questions in other languages, each with one in English ("" where it only joins others).
    """

    terms: tuple[Term, ...] = ()
    words: tuple[Term, ...] = ()
    jurisdictions: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    regions: tuple[Region, ...] = ()


class BlockKind(StrEnum):
    """What a block of a section is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    GROUP = "group"  # an item that only names what hangs under it ("UN Women:")
    ENTRY = "entry"  # an item that names a document, in a list without lead-in
    POINTER = "pointer"  # "see Art. 5" below an entry
    QUOTATION = "quotation"
    SPEAKER = "speaker"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class NoteCall:
    """A note called at an offset of a block's text (the call itself is not part of the text)."""

    number: str
    offset: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, quotation, speaker line or note of a section, without its printed marks.

    depth counts from 0 in nested lists; parents are the items it hangs under, outermost first; number is
    the printed mark of a numbered item or note; lead counts the characters of an emphasized opening.
    """

    kind: BlockKind
    text: str
    depth: int = 0
    number: str = ""
    parents: tuple[str, ...] = ()
    calls: tuple[NoteCall, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """A question that an author says a part of a section answers; indexed as a question, never shown as evidence.

    start and end count characters in the section's text, half open.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of an edition; its text is its blocks, one a line.

    headings are outermost first and end with the section's own.
    """

    anchor: str
    label: str
    headings: tuple[str, ...]
    blocks: tuple[Block, ...]
    questions: tuple[ExampleQuestion, ...] = ()

    @property
    def text(self) -> str:
        """The section's text, in which the spans of its passages count characters."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class HeldSection:
    """A section and the edition of the document it belongs to."""

    document_id: str
    edition: Edition
    section: Section


class PassageKind(StrEnum):
    """What a passage is made of."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTATION = "quotation"
    NOTE = "note"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest part of a passage that is quoted whole: a sentence, an item, a statement, an entry, a note.

    start and end count characters in the passage, half open; notes are the numbers it calls; lead counts the
    characters of its emphasized opening, which says in short what it is about.
    """

    start: int
    end: int
    kind: BlockKind
    notes: tuple[str, ...] = ()
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval and citation; never crosses a section.

    start and end count characters in the section's text, half open; context is what is embedded before
    the text (headings, parents); group is the id of the first passage cut from the same list or paragraph;
    digest is the SHA-256 of the text as embedded and of the recipe.
    """

    id: str
    document_id: str
    edition: Edition
    anchor: str
    label: str
    headings: tuple[str, ...]
    text: str
    kind: PassageKind
    start: int
    end: int
    units: tuple[Unit, ...]
    language: str
    group: str = ""
    digest: str = ""
    context: str = ""
    speaker: str = ""
    number: str = ""
    parents: tuple[str, ...] = ()

    def quote(self, unit: Unit) -> str:
        """The unit's words, character for character."""
        return self.text[unit.start : unit.end]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look; an empty part means everywhere."""

    jurisdictions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the text as asked, earlier turns oldest first, and a scope the asker chose."""

    text: str
    turns: tuple[str, ...] = ()
    scope: Scope = EVERYWHERE
    language: str = ""


class Status(StrEnum):
    """What a reader can be told."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_SOURCES = "not_in_sources"
    NOT_HELD = "not_held"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    SUPPORT = "support"
    GREETING = "greeting"
    CLARIFY = "clarify"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, its score and those of its units (0 to 1), and its place in each ranking (from 1)."""

    passage: Passage
    score: float
    units: tuple[float, ...] = ()
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A hit that is not evidence, and why."""

    hit: Hit
    reason: str


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question in one snapshot; hits best first, milliseconds per step.

    evidence says how close the best of it is (0 to 1): the mean of the best score, the best cosine and the closest
    indexed question.
    """

    hits: tuple[Hit, ...]
    rejected: tuple[Rejection, ...]
    snapshot_id: str
    evidence: float = 0.0
    milliseconds: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Where quoted words stand: number is the mark shown; spans count characters in the passage, half open."""

    number: int
    passage: Passage
    document: Document
    spans: tuple[tuple[int, int], ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        """The quoted words, character for character."""
        return tuple(self.passage.text[start:end] for start, end in self.spans)


class SentenceKind(StrEnum):
    """Whose words a sentence of an answer is."""

    QUOTED = "quoted"  # the publisher's
    DIGEST = "digest"  # ours


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, item or statement of an answer and the numbers of its citations."""

    text: str
    kind: SentenceKind
    citations: tuple[int, ...]
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class CellLine:
    """What one document says of an element: its words and the number of their citation."""

    document: Document
    text: str
    citation: int


@dataclass(frozen=True, slots=True)
class Table:
    """Jurisdictions compared by elements: columns are codes, cells[row][column] hold a line a document, or none.

    An empty cell means that the sources held state nothing, never "no".
    """

    columns: tuple[str, ...]
    rows: tuple[Element, ...]
    cells: tuple[tuple[tuple[CellLine, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets.

    message and closing are our own frame before and after the sentences (a greeting, a count, why there is no
    answer, how old a status is) and never state what a source says; nearest are citations offered when the sources
    do not answer; table is there where jurisdictions are compared.
    """

    status: Status
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    message: str = ""
    closing: str = ""
    nearest: tuple[Citation, ...] = ()
    table: Table | None = None
    read_as: str = ""
    language: str = "en"
    snapshot_id: str = ""
    trace: tuple[tuple[str, str], ...] = field(default=())
