"""How long ago a document's status was checked -> the words of it, and how loud to show them."""

import datetime
from typing import Literal

from chatbot.answering import standing
from chatbot.model import LegalStatus

Age = Literal["", "aging", "old"]
_CALL = "check it before quoting"


def checked(status: LegalStatus) -> str:
    """What standing says of the status today; "" while it is fresh."""
    return standing.checked(status, datetime.date.today())


def age(told: str) -> Age:
    """How loud to show what was told: "" for nothing, "old" where it calls for a check, else "aging"."""
    if not told:
        return ""
    return "old" if _CALL in told else "aging"
