"""The helpdesk's own sentences around quoted ones, in nine languages. They never say what a source says."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from chatbot.answering import catalogues
from chatbot.model import Document, Element, LegalState
from chatbot.retrieval import names, record

GREETING = (
    "Hello. I can help you with questions about non-consensual intimate imagery: the Inter-Parliamentary Union's "
    "issue brief, treaties and national laws. What would you like to know?"
)
ABOUT_SERVICE = (
    "I am the parliamentary helpdesk, an automated assistant. I answer from a fixed body of sources: the "
    "Inter-Parliamentary Union's issue brief on non-consensual intimate imagery, treaties and national laws. Every "
    "sentence I give is quoted and carries its source; what the sources do not say, I do not say."
)
THANKS = "You are welcome. Ask again whenever you need help."
REFUSED = (
    "This helpdesk does not help to make, find, change or spread intimate images of anyone. It answers questions "
    "about law, policy and support for those affected."
)
INSTRUCTION = (
    "This helpdesk only answers questions from its sources; it does not follow instructions that a question contains. "
    "You can ask about non-consensual intimate imagery, treaties and national laws."
)
SUPPORT = (
    "I am sorry that this is happening; nobody should be treated like that, and it is not the fault of the person "
    "targeted. If anyone is in danger, call the emergency services. You do not have to describe or show the images "
    "here. These are the places the sources point to for support."
)
SUPPORT_CONTACT = "The Inter-Parliamentary Union can be reached at {contact}."
NOT_IN_SOURCES = "The sources held do not answer this question."
NOT_HELD = "The text of {names} is not held here; only its title is listed."
DIGEST_ONLY = "Of {name} only our own digest is held, not the publisher's words (official text: {link})."
GOES_ON = "These are the first {count} of {all} sentences; the source has the rest."
DIFFER = "The sources differ here; the answer says which says what."
NO_PROVISION = "What is held of {names} does not speak of that provision. The official text:"
NO_DOCUMENT_OF = "No document of {names} is among the sources."
COVERED = "Annex C of the issue brief covers {names}."
LANGUAGE_OF_SOURCE = "The quotations are in the language of the source ({languages})."
LIMITED = "Answers in this language are limited: the question was read through a list of terms."
CHECKED = "Not checked since {when}."
CHECKED_A_YEAR_AGO = "Not checked since {when}, more than a year ago: check it before quoting."
CHECKED_YEARS_AGO = "Not checked since {when}, more than {years} years ago: check it before quoting."
CHECKED_AT_NO_DATE = "When this status was checked is not known: check it before quoting."
CLARIFY = "This seems to go on from an earlier question that was not sent along. Please ask it in full."
OUT_OF_SCOPE = (
    "This is outside what the helpdesk covers: non-consensual intimate imagery, the treaties and laws on it, and what "
    "parliaments can do."
)
NAMELESS = "They say nothing about {names} that answers it."
MISSING = "Nothing in them gives {what} for this."
CORRECTED = "The sources do not say “{premise}”. They say:"
CONTACT = "For what the sources do not say, write to the Inter-Parliamentary Union at {contact}."
SHORTENED_LIST = "All {count} items of the list; long ones by their opening words:"
WHOLE_LIST = "The list in full, {count} items:"
PARTLY_MISSING = "On {names}, the sources held do not answer this question."

COUNTED = "{rows} of {count} {what} {scope}."
WHAT = {"document": "documents", "jurisdiction": "jurisdictions"}
SCOPES = (
    "among the documents held",
    "in the annexes of the IPU issue brief",
    "in annex {parts} of the IPU issue brief",
)
NOT_LAW = "Not known to be law in force: {groups}."
BY_ELEMENT = (
    "Of the {held} jurisdictions whose laws are compared here ({annexed} of them in annex C), law in force "
    "states it in {count} ({what})."
)
OF_LAWS = "{rows} of the {count} laws and bills of {names} compared here are law in force that states it ({what})."
PARTLY = "Only partly: {names}."
NOT_STATED = "not stated in the sources held"
NOT_COMPARED = "No law of {name} is compared here."
COMPARED = "Side by side, from the laws held; an empty cell means that the sources held do not state it:"

SUPPORT_SEARCHES = (
    "support mechanisms and reporting channels for members of parliament and staff who are targeted",
    "Contact the IPU for support or a briefing",
)
"""What is searched for somebody who is targeted; the answer quotes what is found."""


class Frames:
    """The helpdesk's sentences in one language, and how it writes names, lists and dates.

    A language without a catalogue has English ones.
    """

    def __init__(self, language: str = "en") -> None:
        self.language = language if language in catalogues.LANGUAGES else "en"
        self._catalogue = catalogues.catalogue(self.language)

    def say(self, frame: str, **fields: object) -> str:
        """A frame, or a fixed word, with its gaps filled."""
        return self._catalogue.gettext(frame).format(**fields) if frame else ""

    def count(self, one: str, many: str, number: int, **fields: object) -> str:
        """The frame for one or for many of something, with its gaps filled."""
        return self._catalogue.ngettext(one, many, number).format(**fields)

    def joined(self, *parts: str) -> str:
        """Sentences one after the other, without the empty ones."""
        return " ".join(part for part in parts if part)

    def ended(self, message: str) -> str:
        """A message that leads to nothing: with a full stop for its last colon."""
        return re.sub(r"\s?[:\uff1a]$", "。" if self.language == "zh" else ".", message)

    def row(self, several: Sequence[str], style: catalogues.Style = "standard") -> str:
        """Names in a row: "a, b and c", or with "or"."""
        return catalogues.row(several, self.language, style)

    def series(self, several: Iterable[str]) -> str:
        """Names one after the other: "a, b, c"."""
        return {"ar": "، ", "zh": "、"}.get(self.language, ", ").join(several)

    def place(self, code: str) -> str:
        """What a jurisdiction is called."""
        english = names.jurisdiction_name(code)
        told = self._catalogue.gettext(english)
        return told if told != english else catalogues.territory(code, self.language, english)

    def called(self, document: Document) -> str:
        """The short title of a document with its jurisdiction."""
        return record.called(document, self.place(document.jurisdiction))

    def state(self, state: LegalState) -> str:
        """What a legal state means."""
        return self.say(record.state_words(state))

    def element(self, element: Element) -> str:
        """What laws are compared by, as it is written inside a sentence."""
        label = self.say(element.label)
        return label if self.language == "de" else label.lower()  # German nouns keep their capitals

    def date(self, as_of: str) -> str:
        """A date (YYYY-MM-DD) or month (YYYY-MM) in words; "" for none."""
        return record.dated(as_of, self.language)

    def languages(self, codes: Iterable[str]) -> str:
        """Names of languages in a row."""
        return self.row([catalogues.language_name(code, self.language) for code in codes])


@cache
def of(language: str) -> Frames:
    """The frames of a language, read once."""
    return Frames(language)


ENGLISH = of("en")
