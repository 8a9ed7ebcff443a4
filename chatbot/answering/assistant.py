"""The story of a question, from the words as asked to the sentences that answer them."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace

from chatbot.answering import (
    abstaining,
    asks,
    citing,
    closing,
    comparing,
    composing,
    concluding,
    frames,
    gating,
    guarding,
    inquiries,
    kinds,
    limits,
    listing,
    premises,
    provisions,
    standing,
)
from chatbot.answering.composing import Piece
from chatbot.answering.frames import Frames
from chatbot.answering.kinds import Kind
from chatbot.answering.lexicon import Lexicon, words_of
from chatbot.answering.understanding import Understood, understand
from chatbot.model import EVERYWHERE, Answer, Hit, Intent, Passage, Question, Retrieval, Scope, Sentence, Status
from chatbot.retrieval.names import DOCUMENT_NAME
from chatbot.retrieval.retriever import Clock, Retriever
from chatbot.retrieval.snapshot import Snapshot

_PLAIN_REPLIES = {
    Intent.GREETING: (Status.GREETING, frames.GREETING),
    Intent.THANKS: (Status.GREETING, frames.THANKS),
    Intent.ABOUT_SERVICE: (Status.GREETING, frames.ABOUT_SERVICE),
    Intent.ABUSE: (Status.REFUSED, frames.REFUSED),
    Intent.INSTRUCTION: (Status.REFUSED, frames.INSTRUCTION),
}


class Assistant:
    """Answers questions from the published snapshot."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot],
        retriever: Retriever,
        *,
        evidence_threshold: float,
        answer_words: int,
        today: Callable[[], datetime.date] = datetime.date.today,
    ) -> None:
        self._snapshot, self._retriever, self._today = snapshot, retriever, today
        self._threshold, self._budget = evidence_threshold, answer_words
        self._lexicon: tuple[str, Lexicon] | None = None

    def answer(self, question: Question) -> Answer:
        """The whole answer. Raises QuestionError for a question that cannot be read, SnapshotError without an index."""
        *_, last = self.stream(question)
        assert isinstance(last, Answer)
        return last

    def found(self, question: Question) -> tuple[Hit, ...]:
        """The passages found for a question before any is quoted, best first."""
        snapshot, clock = self._snapshot(), Clock()
        understood = understand(question, self._lexicon_of(snapshot))
        hits = [hit for text in understood.searches for hit in self._retrieve(text, understood, snapshot, clock).hits]
        best = {hit.passage.id: hit for hit in sorted(hits, key=lambda hit: hit.score)}
        return tuple(sorted(best.values(), key=lambda hit: -hit.score))

    def stream(self, question: Question) -> Iterator[Sentence | Answer]:
        """The sentences of the answer as they are ready, then the answer itself."""
        limits.check(question)
        snapshot, clock = self._snapshot(), Clock()
        understood, intent = self._read(question, snapshot, clock)
        if intent is Intent.INSTRUCTION and (asked := guarding.question_beside(question.text)):
            understood, intent = self._read(replace(question, text=asked), snapshot, clock)
            understood = replace(understood, read_as=asked)
        said = frames.of(understood.language)
        if intent in _PLAIN_REPLIES:
            status, message = _PLAIN_REPLIES[intent]
            answer = Answer(status, message=said.say(message))
        elif intent is Intent.DISCLOSURE:
            answer = self._support(snapshot, clock, said)
        else:
            answer = self._listed(understood, snapshot, clock) or self._answer(understood, snapshot, clock)
        answer = replace(
            answer,
            closing=said.joined(answer.closing, closing.about_language(answer, said)),
            read_as=understood.read_as,
            language=understood.language,
            snapshot_id=snapshot.id,
            trace=(*concluding.trace(understood, intent, clock), *answer.trace),
        )
        yield from answer.sentences
        yield answer

    def _read(self, question: Question, snapshot: Snapshot, clock: Clock) -> tuple[Understood, Intent]:
        """The question as it is understood, and what its asker wants by rule and by the examples of the corpus."""
        with clock.step("understand"):
            understood = understand(question, self._lexicon_of(snapshot))
            by_rule = guarding.intent_of(understood.english, understood.context)
            if by_rule is Intent.QUESTION:  # greetings, and orders in English among other words
                by_rule = guarding.intent_of(understood.text)
        with clock.step("embed"):
            sought = self._retriever.embed(understood.searches[0] if understood.context else understood.english, "en")
        likelihoods = snapshot.intents.likelihoods(sought.embedding.vector)
        understood = replace(understood, off_topic=likelihoods.get(Intent.OFF_TOPIC, 0.0))
        return understood, guarding.judged(by_rule, likelihoods, understood.english)

    def _listed(self, understood: Understood, snapshot: Snapshot, clock: Clock) -> Answer | None:
        """What the catalogue answers completely: lists, counts, statuses, comparisons."""
        if understood.context or understood.question.scope != EVERYWHERE or not understood.is_read_wholly:
            return None
        with clock.step("list"):
            if provision := self._provision(understood, snapshot):
                return provision
            lexicon, said = self._lexicon_of(snapshot), frames.of(understood.language)
            inquiry = inquiries.read(understood.english, lexicon)
            found = listing.listed(inquiry, snapshot, lexicon, self._budget, said) if inquiry else None
        if inquiry and found is None and listing.is_of_unknown_places(inquiry, snapshot):
            return abstaining.unknown_jurisdictions(inquiry.jurisdictions, snapshot, said)
        if found is None:
            return None
        if found.columns:
            return self._compared(found, understood, snapshot, clock)
        sentences, citations = citing.cited(found.pieces, snapshot.documents)
        answer = Answer(Status.ANSWERED, sentences, citations, message=found.message)
        if found.tells_status:
            documents = {citation.document.id: citation.document for citation in citations}.values()
            answer = replace(answer, closing=closing.ages(documents, self._today(), said))
        return answer

    def _provision(self, understood: Understood, snapshot: Snapshot) -> Answer | None:
        """What a provision says that the question names with its document."""
        documents = [snapshot.documents[id_] for id_ in understood.documents if id_ in snapshot.documents]
        told = provisions.asked_for(understood.english, documents, snapshot)
        if told is None:
            return None
        said = frames.of(understood.language)
        if not told:
            return abstaining.no_such_provision(documents, snapshot, said)
        pieces = provisions.within(told, self._budget)
        first = self._said_first(pieces, understood, snapshot)
        sentences, citations = citing.cited([*first, *pieces], snapshot.documents)
        after = [closing.closing(understood.english, pieces, first, snapshot, self._today(), said=said)]
        if len(pieces) < len(told):
            after.append(said.say(frames.GOES_ON, count=len(pieces), all=len(told)))
        return Answer(Status.ANSWERED, sentences, citations, closing=said.joined(*after))

    def _compared(
        self, found: listing.Listed, understood: Understood, snapshot: Snapshot, clock: Clock
    ) -> Answer | None:
        """A table, and below it passages that hold the sort of words asked for; None where all cells are empty."""
        wanted = asks.wanted(understood.english) if found.is_on_penalties else None
        told: list[Piece] = []
        for text in understood.searches if wanted else ():
            retrieval = self._retrieve(text, understood, snapshot, clock)
            if wanted and gating.near_enough(retrieval, understood.english, self._threshold, understood.off_topic):
                piece = composing.holding(retrieval.hits, wanted)
                told += [piece] if piece and not composing.repeats(piece, told) else []
        sentences, citations = citing.cited(told, snapshot.documents)
        table, more = comparing.table(snapshot, found.columns, found.elements, first_number=len(citations) + 1)
        if not more:
            return None
        return Answer(Status.ANSWERED, sentences, (*citations, *more), message=found.message, table=table)

    def _answer(self, understood: Understood, snapshot: Snapshot, clock: Clock) -> Answer:
        retrievals = [self._retrieve(text, understood, snapshot, clock) for text in understood.searches]
        with clock.step("compose"):
            answer = self._composed(understood, retrievals, snapshot)
        evidence = max((retrieval.evidence for retrieval in retrievals), default=0.0)
        weighed = gating.weighed(evidence, understood.off_topic)
        return replace(answer, trace=(*answer.trace, ("evidence", f"{weighed:.3f}")))

    def _composed(self, understood: Understood, retrievals: list[Retrieval], snapshot: Snapshot) -> Answer:
        """The answer that was found, or why there is none."""
        said = frames.of(understood.language)
        found = zip(understood.searches, retrievals if understood.is_read else (), strict=False)
        near = [
            (text, r)
            for text, r in found
            if gating.near_enough(r, understood.english, self._threshold, understood.off_topic)
        ]
        pieces = self._pieces(understood, near, snapshot) if near else []
        if abstaining.not_held(understood, snapshot):
            pieces = [piece for piece in pieces if self._names(piece.passage, understood.documents, snapshot)]
        if missing := concluding.missing_jurisdictions(understood, pieces, snapshot):
            of_places = concluding.of_places(missing, understood, [r for _, r in near], snapshot, self._budget)
            pieces = [*of_places, *pieces]
            missing = concluding.missing_jurisdictions(understood, pieces, snapshot)
        what = asks.unmet(understood.english, [piece.text for piece in pieces])
        if not pieces or what or (missing and len(missing) == len(understood.countries)):
            hits = [hit for retrieval in retrievals for hit in retrieval.hits[: abstaining.NEAREST]]
            answer = abstaining.abstained(understood, hits, missing, what, snapshot, said=said)
            return self._with_status(answer, self._said_first([], understood, snapshot), snapshot)
        first = self._said_first(pieces, understood, snapshot)
        seen = concluding.seen([retrieval for _, retrieval in near], pieces, snapshot)
        wrong, pieces = premises.corrected(understood.english, pieces, seen)
        answer = concluding.answered([*first, *pieces], missing, snapshot, said, wrong=wrong)
        if wrong:
            answer = replace(answer, trace=(("premise", "corrected"),))
        after = closing.closing(understood.english, pieces, first, snapshot, self._today(), said=said)
        if first:  # a status is the first thing said
            return replace(answer, message="", closing=said.joined(said.ended(answer.message), after))
        return replace(answer, closing=after)

    def _said_first(self, pieces: list[Piece], understood: Understood, snapshot: Snapshot) -> list[Piece]:
        return standing.said_first(
            pieces,
            understood.english,
            snapshot,
            named=[id_ for id_ in understood.documents if id_ in snapshot.documents],
            jurisdictions=understood.jurisdictions,
        )

    def _with_status(self, answer: Answer, first: list[Piece], snapshot: Snapshot) -> Answer:
        """An abstention that still says first what is no law."""
        if not first or answer.status is not Status.NOT_IN_SOURCES:
            return answer
        sentences, citations = citing.cited(first, snapshot.documents)
        return replace(answer, sentences=sentences, citations=citations, message="", closing=answer.message)

    def _retrieve(self, text: str, understood: Understood, snapshot: Snapshot, clock: Clock) -> Retrieval:
        with clock.step("embed"):
            sought = self._retriever.embed(text, understood.language, original=understood.text)
        scope, named = understood.question.scope, understood.documents
        likely = () if named else standing.laws_meant(understood.english, understood.jurisdictions, snapshot)
        found = self._retriever.search(snapshot, sought, scope=scope, named=named, likely=likely)
        for name, milliseconds in found.milliseconds:
            clock.add(name, milliseconds)
        return found

    def _pieces(self, understood: Understood, near: list[tuple[str, Retrieval]], snapshot: Snapshot) -> list[Piece]:
        """The pieces that answer each text searched for, without what an earlier one already says."""

        def heard(passage: Passage) -> bool:
            """Is it the law itself of a country, or the very document, that the question names?"""
            document = snapshot.documents[passage.document_id]
            of_law = presumes_law and document.jurisdiction in understood.jurisdictions
            return (document.id in understood.documents or of_law) and document.kind != "issue-brief"

        presumes_law = standing.presumes_law(understood.english)
        single = len(understood.searches) == 1
        kind = Kind.FACT if understood.kind is Kind.COMPARE or not single else understood.kind
        with_context = f"{understood.english} {understood.context}".strip()
        asked = understood.english if asks.wanted(understood.english) else with_context
        result: list[Piece] = []
        for text, retrieval in near:
            budget = self._budget // len(near)
            of_part = Kind.SOURCE if kinds.kind_of(text) is Kind.SOURCE else kind
            found = composing.compose(asked, of_part, retrieval.hits, snapshot.neighbours, budget, heard=heard)
            result += [piece for piece in found if not composing.repeats(piece, result)]
        return result

    def _names(self, passage: Passage, document_ids: tuple[str, ...], snapshot: Snapshot) -> bool:
        named = self._lexicon_of(snapshot).gazetteer.found_in(passage.text)
        return any(DOCUMENT_NAME + id_ in named for id_ in document_ids)

    def _support(self, snapshot: Snapshot, clock: Clock, said: Frames) -> Answer:
        """Care first, then what the brief points to, and the contact."""
        scope = Scope(documents=tuple(d.id for d in snapshot.documents.values() if d.kind == "issue-brief"))
        pieces: list[Piece] = []
        for text in frames.SUPPORT_SEARCHES:
            with clock.step("embed"):
                sought = self._retriever.embed(text, "en")
            hits = self._retriever.search(snapshot, sought, scope=scope, limit=6).hits
            found = composing.compose(text, Kind.FACT, hits, snapshot.neighbours, self._budget // 3)
            pieces += [piece for piece in found[:2] if not composing.repeats(piece, pieces)]
        contact = abstaining.contact_of(snapshot)
        whom = said.say(frames.SUPPORT_CONTACT, contact=contact) if contact else ""
        message = said.joined(said.say(frames.SUPPORT), whom)
        sentences, citations = citing.cited(pieces, snapshot.documents)
        return Answer(Status.SUPPORT, sentences, citations, message=message)

    def _lexicon_of(self, snapshot: Snapshot) -> Lexicon:
        """The words of the snapshot, read once."""
        if self._lexicon is None or self._lexicon[0] != snapshot.id:
            questions = (question.text for held in snapshot.sections for question in held.section.questions)
            words = words_of(snapshot.passages, questions, snapshot.glossary)
            lexicon = Lexicon(snapshot.documents, snapshot.glossary, snapshot.names, words)
            self._lexicon = (snapshot.id, lexicon)
        return self._lexicon[1]
