"""The lines "Questions: … | …" of a section -> its example questions, each with the part that it asks about.

Such a line under an item asks about the item; one after a paragraph or a list about all since the line before; one
that follows another line about the whole section.
"""

from collections.abc import Sequence

from chatbot.model import Block, BlockKind, ExampleQuestion

_OPENING = "Questions:"


def asks(block: Block) -> bool:
    """Is a block such a line?"""
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and block.text.startswith(_OPENING)


def example_questions(blocks: Sequence[Block]) -> tuple[ExampleQuestion, ...]:
    """The example questions of a section; their spans count characters of its text, without the lines themselves."""
    result: list[ExampleQuestion] = []
    ends = [0]  # where each block of the section's text ends, its line break included
    since = 0
    for block in blocks:
        if not asks(block):
            ends.append(ends[-1] + len(block.text) + 1)
        elif block.kind is BlockKind.ITEM:
            result += _examples(block, ends[-2] if len(ends) > 1 else 0, ends[-1] - 1)
        else:
            whole = since == len(ends) - 1
            result += _examples(block, 0 if whole else ends[since], -1 if whole else ends[-1] - 1)
            since = len(ends) - 1
    return tuple(q if q.end >= 0 else ExampleQuestion(q.text, 0, max(ends[-1] - 1, 0)) for q in result)


def _examples(block: Block, start: int, end: int) -> list[ExampleQuestion]:
    texts = (text.strip() for text in block.text.removeprefix(_OPENING).split("|"))
    return [ExampleQuestion(text, start, end) for text in texts if text]
