"""Settings -> services. The only place that chooses implementations, and that imports heavy libraries, late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.answering.assistant import Assistant
from chatbot.errors import SnapshotError
from chatbot.evaluation import baselines, outside
from chatbot.evaluation.judged import Entry
from chatbot.evaluation.outside import Collection, Started
from chatbot.evaluation.running import Answerer, Searcher
from chatbot.ingest import plain
from chatbot.ingest.passages import Cutter, windows
from chatbot.ingest.refresh import Refresher
from chatbot.ingest.sources import Sources
from chatbot.ports import Embedder, Index, KeyRing
from chatbot.retrieval import fusion
from chatbot.retrieval.building import RECIPE
from chatbot.retrieval.retriever import Retriever
from chatbot.retrieval.snapshot import Snapshot, recipe_of
from chatbot.retrieval.snapshots import LiveSnapshot, Snapshots
from chatbot.settings import Settings

if TYPE_CHECKING:
    from chatbot.storage.database import Database
    from chatbot.storage.feedback import FeedbackStore
    from chatbot.storage.keys import Keys

WHOLE = "the helpdesk"
ABLATED = ("whole", "unit", "digest", "questions", "nearest_vector", "references", "precedence")
Trial = tuple[Answerer, Searcher]
"""What answers a question, and what finds the passages for it."""


def engines() -> tuple[type[Index], ...]:
    """The indexes that a snapshot has; another engine is one more class here."""
    from chatbot.retrieval.references import ReferenceIndex

    return (*plain_engines(), ReferenceIndex)


def plain_engines() -> tuple[type[Index], ...]:
    """The indexes that serve any collection of texts."""
    from chatbot.retrieval.faiss_index import FaissIndex
    from chatbot.retrieval.lexical import LexicalIndex

    return (FaissIndex, LexicalIndex)


@dataclass(frozen=True)
class Services:
    """Everything a door needs, made when it is first asked for."""

    settings: Settings

    @cached_property
    def snapshots(self) -> Snapshots:
        """The folder of the snapshots."""
        return Snapshots(self.settings.index_dir)

    @cached_property
    def sources(self) -> Sources:
        """The official texts of the instance."""
        return Sources(self.settings.data_dir)

    @cached_property
    def live(self) -> LiveSnapshot:
        """The published snapshot."""
        return LiveSnapshot(self.snapshots, self._open, self.settings.poll_seconds)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model, for questions."""
        return self._embedder(self.settings.threads)

    @cached_property
    def database(self) -> "Database":
        """What keeps keys and feedback; nothing is opened yet."""
        from chatbot.storage.database import Database

        address = self.settings.database_url
        return Database(self.settings.data_dir, address.get_secret_value() if address else None)

    @cached_property
    def feedback(self) -> "FeedbackStore":
        """The feedback on answers."""
        from chatbot.storage.feedback import FeedbackStore

        return FeedbackStore(self.database, self.settings.feedback_days)

    @cached_property
    def keys(self) -> "Keys":
        """The API keys: given out, listed, revoked."""
        from chatbot.storage.keys import Keys

        return Keys(self.database, self.settings.poll_seconds)

    @property
    def key_ring(self) -> KeyRing:
        """What knows the API keys that were given out."""
        return self.keys

    @cached_property
    def assistant(self) -> Assistant:
        """What answers questions."""
        return Assistant(
            self.live.current,
            Retriever(self.embedder),
            evidence_threshold=self.settings.evidence_threshold,
            answer_words=self.settings.answer_words,
        )

    def variants(self) -> dict[str, Callable[[], Trial]]:
        """By name, what `chatbot evaluate` may ask: the whole, simpler helpdesks, and the whole without a part."""
        return {
            WHOLE: lambda: (self.assistant.answer, self.assistant.found),
            "words only": lambda: self._baseline("words"),
            "vectors only": lambda: self._baseline("vectors"),
            "plain splitter, top 4": self._plain_splitter,
            "without the gate": lambda: self._ablated(fusion.HELPDESK, threshold=0.0),
            **{
                f"without {view.replace('_', ' ')}": partial(self._ablated, fusion.without(fusion.HELPDESK, view))
                for view in ABLATED
            },
        }

    def _ablated(self, weights: fusion.Weights, threshold: float | None = None) -> Trial:
        assistant = Assistant(
            self.live.current,
            Retriever(self.embedder, weights=weights),
            evidence_threshold=self.settings.evidence_threshold if threshold is None else threshold,
            answer_words=self.settings.answer_words,
        )
        return assistant.answer, assistant.found

    def _baseline(self, engine: str) -> Trial:
        snapshot = self.live.current()
        find = baselines.of_engine(engine, snapshot, self.embedder)
        return baselines.answerer(find, snapshot, words=self.settings.answer_words), find

    def _plain_splitter(self) -> Trial:
        snapshot = self.live.current()
        texts = [
            (document.id, window)
            for document in snapshot.documents.values()
            for window in windows("\n\n".join(h.section.text for h in snapshot.sections_of(document.id)), 1000)
        ]
        find = baselines.of_windows(texts, self._embedder(self.settings.build_threads))
        return baselines.answerer(find, snapshot), find

    def refresher(self) -> Refresher:
        """What rebuilds the index."""
        embedder = self._embedder(self.settings.build_threads)
        return Refresher(self.settings.corpus_dir, self.sources, self.snapshots, embedder, engines())

    def collection(self, passages: Sequence[Entry], folder: Path, started: Started) -> Collection:
        """A collection that is not ours, built in a folder or kept there."""
        embedder = self._embedder(self.settings.build_threads)
        cutter = Cutter(embedder.count, embedder.budget)
        snapshot = outside.build(
            passages,
            folder,
            embedder,
            plain_engines(),
            cut=lambda text: plain.parts(text, "en", cutter),
            started=started,
        )
        return Collection(snapshot, [passage.id for passage in passages], self.embedder)

    def _embedder(self, threads: int) -> Embedder:
        from chatbot.retrieval.embedding import SentenceTransformerEmbedder, packaged_model

        folder = self.settings.model_dir or packaged_model()
        return SentenceTransformerEmbedder(folder, self.settings.model_sha256, threads=threads)

    def _open(self, folder: Path) -> Snapshot:
        """A snapshot that this program and this model can search. Raises SnapshotError."""
        snapshot = Snapshot(folder, engines()) if recipe_of(folder) == RECIPE else None
        if snapshot is None or snapshot.manifest["model"] != self.embedder.fingerprint:
            raise SnapshotError(
                f"Snapshot {folder.name} was built by another program or for another embedding model. "
                "Run 'chatbot corpus refresh' to build it again."
            )
        return snapshot
