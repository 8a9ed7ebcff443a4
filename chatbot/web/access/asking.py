"""Who asks: anyone, a person who is known, or a program with an API key."""

from dataclasses import dataclass
from typing import Literal

from flask import g


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks; the name is for limits and for showing to that person, and is stored nowhere."""

    kind: Literal["anyone", "person", "key"]
    name: str = ""
    shown: str = ""


ANYONE = Asker("anyone")


def current() -> Asker:
    """Who asks in this request."""
    found: Asker = g.get("asker", ANYONE)
    return found


def remember(asker: Asker) -> None:
    """Keep who asks for the rest of this request."""
    g.asker = asker
