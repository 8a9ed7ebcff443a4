"""What is particular to words: stems, pairs of stems, languages, and equal scores in the order of rows."""

import numpy as np
import pytest

from chatbot.ports import Indexable, Sought
from chatbot.retrieval.lexical import LexicalIndex, ranked
from tests.fakes import WordEmbedder


def build(*texts: tuple[str, str]) -> LexicalIndex:
    words, languages = [text for text, _ in texts], [language for _, language in texts]
    count = len(texts)
    nothing = np.empty((0, 1), np.float32)
    return LexicalIndex.build(Indexable(words, languages, [()] * count, nothing, np.empty(0, np.int64), {}))


def seek(text: str, language: str = "en", original: str = "") -> Sought:
    return Sought(text, WordEmbedder().question(text), language, original)


@pytest.mark.parametrize("question", ["lamp", "LAMPS", "Lamp's", "lamps?!"])
def test_endings_and_case_do_not_matter(question: str) -> None:
    """A word is found in another form of it."""
    index = build(("The lamps are broken", "en"), ("A dry cellar", "en"))
    assert index.search(seek(question), 5).rows.tolist() == [0]


def test_passage_is_stemmed_in_its_own_language() -> None:
    """A passage in another language is found by the original words of the question in that language."""
    index = build(("A dry cellar", "en"), ("Las lámparas rotas", "es"))
    assert index.search(seek("broken", "es", "lámpara rota"), 5).rows.tolist() == [1]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [("图书馆的灯坏了", "zh", "灯坏"), ("도서관의 램프", "ko", "도서관"), ("مكتبة المجلس", "ar", "مكتبة")],
)
def test_other_scripts(text: str, language: str, question: str) -> None:
    """A passage in another script is found by a word of it."""
    index = build(("A dry cellar", "en"), (text, language))
    assert index.search(seek("", language, question), 5).rows.tolist() == [1]


def test_neighbouring_words_count_more() -> None:
    """Of two passages with the same words the one that has them side by side is first."""
    index = build(("lamp of a keeper who is broken", "en"), ("keeper of a broken lamp", "en"))
    assert index.search(seek("broken lamp"), 5).rows.tolist() == [1, 0]


def test_no_shared_word_gives_no_row() -> None:
    """Passages that share no word are not ranked."""
    assert build(("dry cellar", "en"), ("lamp", "en")).search(seek("zebra"), 5).rows.shape == (0,)


def test_repeating_a_word_in_the_question_changes_nothing() -> None:
    """A question gains nothing by saying a word a hundred times."""
    index = build(("lamp", "en"), ("dry cellar lamp", "en"))
    assert index.scores(seek("lamp")).tolist() == index.scores(seek("lamp lamp " * 100)).tolist()


def test_scores_has_one_for_each_row() -> None:
    """There is a score for every row, 0 where no word is shared."""
    scores = build(("lamp", "en"), ("dry cellar", "en")).scores(seek("lamp"))
    assert scores.shape == (2,)
    assert scores[1] == 0 < scores[0]


def scores_of(*values: float) -> np.ndarray:
    return np.asarray(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("values", "limit", "rows"),
    [
        ((0.1, 0.9, 0.5), 5, [1, 2, 0]),
        ((0.1, 0.9, 0.5), 2, [1, 2]),
        ((0.5, 0.5, 0.9), 3, [2, 0, 1]),
        ((0.0, -1.0, 0.5), 3, [2]),
        ((0.0, 0.0), 2, []),
        ((), 2, []),
        ((0.5,), 0, []),
        ((0.5,), -1, []),
    ],
)
def test_ranked(values: tuple[float, ...], limit: int, rows: list[int]) -> None:
    """Rows above zero come best first, equal ones in their order, at most limit."""
    assert ranked(scores_of(*values), limit, None).rows.tolist() == rows


def test_ranked_within() -> None:
    """Rows that the mask leaves out do not come."""
    assert ranked(scores_of(0.9, 0.5), 2, np.array([False, True])).rows.tolist() == [1]


def test_ranked_leaves_the_scores() -> None:
    """Ranking does not change the scores it is given."""
    scores = scores_of(0.9, 0.5)
    ranked(scores, 2, np.array([False, True]))
    assert scores.tolist() == scores_of(0.9, 0.5).tolist()


def test_equal_scores_at_the_limit() -> None:
    """Of equal scores that do not all fit the first rows are taken."""
    scores = np.ones(100, dtype=np.float32)
    scores[50:] = 2
    assert ranked(scores, 60, None).rows.tolist() == [*range(50, 100), *range(10)]
