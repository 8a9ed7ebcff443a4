"""The application with an assistant that says a sentence every tenth of a second for a minute, for gunicorn."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from chatbot import settings
from chatbot.answering.assistant import Assistant
from chatbot.model import Question, Sentence, SentenceKind
from chatbot.web.app import create_app
from chatbot.web.worker import ImpatientWorker
from chatbot.wiring import Services

SENTENCES = 600


class LingeringAssistant:
    """Speaks for a minute."""

    def stream(self, question: Question) -> Iterator[Sentence]:
        """Sentence after sentence, of a megabyte each where the question asks for long ones."""
        rest = "It goes on. " * (90_000 if "long" in question.text else 40)
        for number in range(SENTENCES):
            yield Sentence(f"This is sentence {number}. {rest}", SentenceKind.DIGEST, ())
            time.sleep(0.1)


@dataclass(frozen=True)
class LingeringServices(Services):
    """Services whose assistant takes its time."""

    @cached_property
    def assistant(self) -> Assistant:
        """What takes its time."""
        return cast(Assistant, LingeringAssistant())


def made() -> object:
    """The application."""
    return create_app(LingeringServices(settings.load()))


class HastyWorker(ImpatientWorker):
    """The service's worker, with less patience."""

    patience_seconds = 1


WORKER = f"{__name__}.{HastyWorker.__name__}"
COMMAND = ("-m", "gunicorn", f"{__name__}:made()", "--workers", "1", "--worker-class", WORKER)
