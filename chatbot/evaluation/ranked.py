"""Rankings and judgements -> recall, MAP, nDCG and MRR at a depth, each with its interval over the questions.

The measures are trec_eval's own (pytrec_eval calls its code): recall and MAP divide by all relevant passages, not by
those that fit into the depth; nDCG gains a grade and discounts it by log2(rank + 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.evaluation.judged import Judgements

_ROUNDS, _SEED = 2000, 0


@dataclass(frozen=True, slots=True)
class Measure:
    """The mean of a measure over n questions, and the interval that holds 95 % of its bootstrapped means."""

    name: str
    mean: float
    low: float
    high: float
    n: int


def measures(rankings: Mapping[str, Sequence[str]], judgements: Judgements, depth: int) -> tuple[Measure, ...]:
    """The four measures at a depth; rankings hold by question the passages found, best first."""
    names = {
        f"recall@{depth}": f"recall_{depth}",
        f"MAP@{depth}": f"map_cut_{depth}",
        f"nDCG@{depth}": f"ndcg_cut_{depth}",
        f"MRR@{depth}": "recip_rank",
    }
    values = _values(rankings, judgements, depth, set(names.values()))
    return tuple(_measure(name, np.asarray(values[key])) for name, key in names.items())


def _values(
    rankings: Mapping[str, Sequence[str]], judgements: Judgements, depth: int, names: set[str]
) -> dict[str, list[float]]:
    """By measure, the value of each question in the order of the rankings."""
    import pytrec_eval

    run = {  # scores that fall with the rank keep trec_eval from ordering equal ones by id
        question: {passage: float(depth - rank) for rank, passage in enumerate(found[:depth])}
        for question, found in rankings.items()
    }
    found = pytrec_eval.RelevanceEvaluator(judgements, names).evaluate(run)
    return {name: [found.get(question, {}).get(name, 0.0) for question in rankings] for name in names}


def _measure(name: str, values: NDArray[np.float64]) -> Measure:
    drawn = np.random.default_rng(_SEED).integers(0, len(values), size=(_ROUNDS, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975])
    return Measure(name, float(values.mean()), float(low), float(high), len(values))
