"""Lines of example questions become questions, each with the part of the section that it asks about."""

from chatbot.ingest.examples import asks, example_questions
from chatbot.model import Block, BlockKind


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def item(text: str) -> Block:
    return Block(BlockKind.ITEM, text)


def parts(*blocks: Block) -> dict[str, str]:
    """By question, the words of the section that it asks about."""
    text = "\n".join(block.text for block in blocks if not asks(block))
    return {question.text: text[question.start : question.end] for question in example_questions(blocks)}


def test_a_line_asks_about_what_stands_since_the_line_before() -> None:
    """Each paragraph has its own questions."""
    found = parts(
        paragraph("Lamps are lit."),
        paragraph("Questions: Lit?"),
        paragraph("Books are lent."),
        paragraph("Questions: Lent? | Sold?"),
    )
    assert found == {"Lit?": "Lamps are lit.", "Lent?": "Books are lent.", "Sold?": "Books are lent."}


def test_a_line_under_an_item_asks_about_the_item() -> None:
    """Other items of the list are not meant."""
    found = parts(paragraph("Duties:"), item("Light lamps."), item("Lend books."), item("Questions: Which books?"))
    assert found == {"Which books?": "Lend books."}


def test_a_line_after_a_line_asks_about_the_whole_section() -> None:
    """So does the only line at a section's end."""
    blocks = [
        paragraph("Lamps are lit."),
        paragraph("Books are lent."),
        paragraph("Questions: Lit?"),
        paragraph("Questions: All?"),
    ]
    assert parts(*blocks)["All?"] == "Lamps are lit.\nBooks are lent."


def test_a_section_without_lines_has_no_questions() -> None:
    """Nothing is invented."""
    assert example_questions([paragraph("Lamps are lit.")]) == ()
