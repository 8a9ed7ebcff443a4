"""Vectors of sentences whose intent is known -> how likely each intent is for another vector. A linear model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.model import Intent
from chatbot.ports import Vector

INVERSE_REGULARISATION, MOST_STEPS = 30, 3000
QUESTION_WEIGHT = 0.05
"""What a card's question counts beside an exemplar, which was written next to its twins."""


@dataclass(frozen=True, slots=True)
class Intents:
    """Softmax of weights (intents, dimension) and biases (intents,); without intents it knows nothing."""

    names: tuple[Intent, ...]
    weights: NDArray[np.float32]
    biases: NDArray[np.float32]

    @classmethod
    def fitted(cls, vectors: NDArray[np.float32], questions: int, intents: Sequence[Intent]) -> "Intents":
        """Learn from vectors: first those of so many plain questions, then one for each intent given."""
        labels = [str(Intent.QUESTION)] * questions + [str(intent) for intent in intents]
        if len(set(labels)) < 2:
            return cls((), np.empty((0, vectors.shape[1]), np.float32), np.empty(0, np.float32))
        from sklearn.linear_model import LogisticRegression

        counts = [QUESTION_WEIGHT] * questions + [1.0] * len(intents)
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=MOST_STEPS)
        model.fit(np.asarray(vectors, np.float32), labels, sample_weight=counts)
        weights, biases = model.coef_, model.intercept_
        if len(model.classes_) == 2:  # scikit-learn keeps one row for two classes
            weights, biases = np.vstack([-weights, weights]) / 2, np.concatenate([-biases, biases]) / 2
        names = tuple(Intent(name) for name in model.classes_)
        return cls(names, weights.astype(np.float32), biases.astype(np.float32))

    def likelihoods(self, vector: Vector) -> dict[Intent, float]:
        """The probability of each intent; empty where there was nothing to learn from."""
        scores = self.weights @ vector + self.biases
        shares = np.exp(scores - scores.max(initial=0.0))
        return dict(zip(self.names, (shares / max(float(shares.sum()), 1e-9)).tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write everything to a file."""
        np.savez(path, names=np.asarray([str(n) for n in self.names], "U"), weights=self.weights, biases=self.biases)

    @classmethod
    def load(cls, path: Path) -> "Intents":
        """Read what save wrote."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(tuple(Intent(str(name)) for name in kept["names"]), kept["weights"], kept["biases"])
