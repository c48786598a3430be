"""The reader's interface: judgements of two texts, pure and cached by content. It knows no screen and no store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from reader.kept import Kept
from reader.pairs import as_premise, fits, in_context

if TYPE_CHECKING:
    from reader.onnx_reader import OnnxReader, Read

_MOST_KEPT = 20_000
"""Judgements in memory: some 4 MB."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """How likely quotes bear a sentence out, say the opposite, or neither: together 1."""

    entailed: float
    contradicted: float
    neutral: float
    whole: bool = True
    """Whether both texts were read to their ends: what stands behind may turn the sense."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How likely a passage answers a question, and which of its characters do; none of an empty passage."""

    probability: float
    span: tuple[int, int] | None


class Reader(Protocol):
    """Anything that reads two texts side by side."""

    @property
    def name(self) -> str:
        """Which model it is: what was calibrated to one holds of no other."""

    def entails(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Entailment]:
        """Return, for every sentence with its quotes, whether these bear it out; their order changes nothing."""

    def answers(self, question: str, passages: Sequence[str], before: Sequence[Sequence[str]] = ()) -> list[Answering]:
        """Return, for every passage, whether it answers the question.

        ``before`` gives the sentences that stand before each (the nearest last): it is read with them where the model
        was taught that, and judged alone.
        """

    def sorts(self, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
        """Return, for every line, how likely each statement holds of it."""


def sort_by(reader: Reader, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
    """Return what ``Reader.sorts`` does, by asking whether each line bears each statement out."""
    found = reader.entails([(statement, [line]) for line in lines for statement in statements])
    width = len(statements)
    return [[one.entailed for one in found[row * width : (row + 1) * width]] for row in range(len(lines))]


class ModelReader:
    """The reader that ships with Insights, or another of the same form."""

    def __init__(self, open_model: Callable[[], OnnxReader], name: str = "") -> None:
        """``open_model`` loads the model called ``name``, at first use."""
        self.name = name
        self._open = open_model
        self._model: OnnxReader | None = None
        self._loading = Lock()
        self._judged: Kept[tuple[str, str], Entailment] = Kept(_MOST_KEPT)
        self._answered: Kept[tuple[str, str], Answering] = Kept(_MOST_KEPT)

    def entails(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Entailment]:
        """See ``Reader``."""
        keys = [(sentence, as_premise(quotes)) for sentence, quotes in pairs]
        return self._judged.all(keys, self._entail)

    def answers(self, question: str, passages: Sequence[str], before: Sequence[Sequence[str]] = ()) -> list[Answering]:
        """See ``Reader``."""
        texts = [in_context(*both) for both in zip(passages, before, strict=True)] if before else passages
        return self._answered.all([(question, text) for text in texts], self._answer)

    def sorts(self, lines: Sequence[str], statements: Sequence[str]) -> list[list[float]]:
        """See ``Reader``."""
        return sort_by(self, lines, statements)

    def _entail(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        model = self._load()
        sentences = model.texts.cut([sentence for sentence, _ in pairs])
        premises = model.texts.cut([premise for _, premise in pairs])
        return [
            _entailment(read, fits(sentence, premise))
            for sentence, premise, read in zip(sentences, premises, model.read(sentences, premises), strict=True)
        ]

    def _answer(self, pairs: Sequence[tuple[str, str]]) -> list[Answering]:
        from reader.onnx_reader import best_span

        model = self._load()
        questions = model.texts.cut([question for question, _ in pairs])
        passages = [model.texts.cut_words(passage) for _, passage in pairs]
        found = model.read(questions, [passage.ids for passage in passages])
        return [
            Answering(_logistic(float(read.scores[3])), best_span(read.spans, passage))
            for read, passage in zip(found, passages, strict=True)
        ]

    def _load(self) -> OnnxReader:
        with self._loading:
            if self._model is None:
                self._model = self._open()
            return self._model


def _entailment(read: Read, whole: bool) -> Entailment:
    import numpy as np

    odds = np.exp(read.scores[:3] - read.scores[:3].max())
    entailed, contradicted, neutral = (odds / odds.sum()).tolist()
    return Entailment(entailed, contradicted, neutral, whole)


def _logistic(value: float) -> float:
    import math

    return 1 / (1 + math.exp(-value))
