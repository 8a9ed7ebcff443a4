"""How much a question may hold, and what is said where it holds more."""

from chatbot.errors import QuestionError
from chatbot.model import Question

MAX_CHARACTERS, MAX_TURNS = 2000, 20


def check(question: Question) -> None:
    """Raises QuestionError for a question that is no text, empty, or longer than is read."""
    length = len(question.text)
    if any("\ud800" <= character <= "\udfff" for text in (question.text, *question.turns) for character in text):
        raise QuestionError("The question holds characters that are no text; write it anew.")
    if not question.text.strip():
        raise QuestionError("The question is empty; write what you would like to know.")
    if length > MAX_CHARACTERS:
        raise QuestionError(f"The question has {length} characters; at most {MAX_CHARACTERS} are read. Shorten it.")
    if len(question.turns) > MAX_TURNS:
        raise QuestionError(f"{len(question.turns)} earlier turns were sent; at most {MAX_TURNS} are read.")
    if any(len(turn) > MAX_CHARACTERS for turn in question.turns):
        raise QuestionError(f"An earlier turn has more than {MAX_CHARACTERS} characters.")
