"""Phrases -> one pattern that finds any of them."""

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """A pattern for any of the phrases (regular expressions; a blank stands for any white space), in any case."""
    joined = "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
