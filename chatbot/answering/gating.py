"""Is what was found near enough to carry an answer?"""

import re

from chatbot.model import Retrieval

_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+[.,]\d+|\d+(?=\s?(?:%|per\s?cent))")
_SEEN = 5
OFF_TOPIC_RISE = 0.41
"""What evidence loses for a question that is off topic by the examples (README, decisions)."""


def weighed(evidence: float, off_topic: float) -> float:
    """Evidence as it is held against the threshold: it counts less as the question is likely off topic (0 to 1)."""
    return evidence - OFF_TOPIC_RISE * off_topic


def near_enough(retrieval: Retrieval, question: str, threshold: float, off_topic: float = 0.0) -> bool:
    """Is the weighed evidence at least the threshold? A figure of the question that was found is enough."""
    figures = _FIGURE.findall(question)
    stated = any(_states(hit.passage.text, figure) for figure in figures for hit in retrieval.hits[:_SEEN])
    return bool(retrieval.hits) and (weighed(retrieval.evidence, off_topic) >= threshold or stated)


def _states(text: str, figure: str) -> bool:
    """Does the figure stand in the text by itself, not as a part of a longer one?"""
    return re.search(rf"(?<![\d.,]){re.escape(figure)}(?!\d|[.,]\d)", text) is not None
