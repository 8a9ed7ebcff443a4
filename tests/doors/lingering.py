"""The application with an assistant that says a sentence every tenth of a second for a minute, for gunicorn."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from chatbot import settings
from chatbot.answering.assistant import Assistant
from chatbot.model import Sentence, SentenceKind
from chatbot.web.app import create_app
from chatbot.wiring import Services

SENTENCES = 600


class LingeringAssistant:
    """Speaks for a minute."""

    def stream(self, question: object) -> Iterator[Sentence]:
        """Sentence after sentence."""
        for number in range(SENTENCES):
            yield Sentence(f"This is sentence {number}. " + "It goes on. " * 40, SentenceKind.DIGEST, ())
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


COMMAND = ("-m", "gunicorn", "tests.doors.lingering:made()", "--workers", "1", "--worker-class", "gthread")
