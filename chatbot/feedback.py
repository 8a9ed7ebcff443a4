"""What a reader thought of an answer, and the rules of what is kept of it: nothing of the person."""

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chatbot.errors import FeedbackError
from chatbot.model import Status

MAX_COMMENT, MAX_QUESTION, MAX_PASSAGES, MAX_PASSAGE_ID = 2000, 2000, 500, 300
_SNAPSHOT_ID = re.compile(r"[0-9A-Za-z]{0,64}")
_PASSAGE_ID = re.compile(r"[^\s\x00-\x1f\x7f:]+(:[^\s\x00-\x1f\x7f:]+){3}")
_KEPT_CONTROLS = "\n\t"
_MOST_PASSAGES = 10


class Opinion(StrEnum):
    """What somebody says of an answer."""

    USEFUL = "useful"
    NOT_USEFUL = "not_useful"
    WRONG_CITATION = "wrong_citation"
    MISSING_SOURCE = "missing_source"

    @property
    def label(self) -> str:
        """In words."""
        return _LABELS[self]


_LABELS = {
    Opinion.USEFUL: "Useful",
    Opinion.NOT_USEFUL: "Not useful",
    Opinion.WRONG_CITATION: "A citation is wrong",
    Opinion.MISSING_SOURCE: "A source is missing",
}


@dataclass(frozen=True, slots=True)
class Feedback:
    """An opinion of an answer: which snapshot it came from, its status and the ids of the passages it cited.

    question is empty unless the reader agreed that it is kept.
    """

    opinion: Opinion
    snapshot_id: str
    status: Status
    passages: tuple[str, ...] = ()
    comment: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """Feedback and the day on which it was given; no time of day, which could point at a person."""

    given_on: datetime.date
    feedback: Feedback


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of feedback: by opinion, by status and by opinion of that status, by passage told wrong (ten at most)."""

    count: int
    first_on: datetime.date | None
    last_on: datetime.date | None
    opinions: dict[Opinion, int]
    by_status: dict[Status, dict[Opinion, int]]
    wrong_passages: dict[str, int]


def summarized(kept: Iterable[KeptFeedback]) -> Summary:
    """What feedback says as a whole; a citation told wrong counts for every passage that its answer cited."""
    opinions: Counter[Opinion] = Counter()
    by_status: dict[Status, Counter[Opinion]] = {}
    wrong: Counter[str] = Counter()
    days: list[datetime.date] = []
    for found in kept:
        given = found.feedback
        opinions[given.opinion] += 1
        by_status.setdefault(given.status, Counter())[given.opinion] += 1
        wrong.update(given.passages if given.opinion is Opinion.WRONG_CITATION else ())
        days = [min([*days, found.given_on]), max([*days, found.given_on])]
    return Summary(
        opinions.total(),
        days[0] if days else None,
        days[1] if days else None,
        {opinion: opinions[opinion] for opinion in Opinion},
        {status: dict(by_status[status]) for status in Status if status in by_status},
        dict(wrong.most_common(_MOST_PASSAGES)),
    )


def checked(
    *,
    opinion: str,
    snapshot_id: str,
    status: str,
    passages: tuple[str, ...] = (),
    comment: str = "",
    question: str = "",
) -> Feedback:
    """Feedback from outside, as it may be kept. Raises FeedbackError saying what is wrong."""
    if opinion not in [*Opinion]:
        raise FeedbackError(f"Say what you think of the answer: {', '.join(Opinion)}.")
    if status not in [*Status]:
        raise FeedbackError("The feedback names no status that an answer can have; ask again, then send it anew.")
    if not _SNAPSHOT_ID.fullmatch(snapshot_id):
        raise FeedbackError("The feedback names no snapshot; ask again, then send it anew.")
    return Feedback(
        Opinion(opinion),
        snapshot_id,
        Status(status),
        _checked_passages(passages),
        _checked_text("comment", comment, MAX_COMMENT),
        _checked_text("question", question, MAX_QUESTION),
    )


def _checked_passages(passages: tuple[str, ...]) -> tuple[str, ...]:
    if len(passages) > MAX_PASSAGES:
        raise FeedbackError(f"The feedback names {len(passages)} passages; at most {MAX_PASSAGES} are kept.")
    if not all(len(found) <= MAX_PASSAGE_ID and _PASSAGE_ID.fullmatch(found) for found in passages):
        raise FeedbackError("The feedback names what is no passage; send the passage ids of the answer's citations.")
    return tuple(dict.fromkeys(passages))


def _checked_text(name: str, text: str, limit: int) -> str:
    """The text as it was typed, without what cannot be seen and could steer a terminal."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise FeedbackError(f"The {name} holds characters that are no text; write it anew.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = "".join(c for c in lines if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc").strip()
    if len(cleaned) > limit:
        raise FeedbackError(f"The {name} has {len(cleaned)} characters; at most {limit} are kept. Shorten it.")
    return cleaned
