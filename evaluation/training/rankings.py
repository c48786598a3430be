"""Rankings of sentences, made of questions whose answer has a place: what an answer's quotes are chosen among.

The sentence that holds the answer stands before some of its passage and before those of other passages that share
most words with the question (hard negatives: Karpukhin et al. 2020, https://arxiv.org/abs/2004.04906, section 3.2).
Each comes with the sentences before it: the one behind the answer has the answer before it, and is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from evaluation.training.examples import Data, Question, Ranking
from ingest.sentences import split_sentences
from reader.pairs import in_context

_BESIDE, _ELSEWHERE = 3, 4
"""Sentences of the passage, nearest to the one that answers, and of other passages, at most."""
_FEWEST = 3
"""Sentences of a ranking, the one that answers among them."""
_LOOKED_AT = 12
"""Sentences of other passages, the most alike first, until there are enough that do not hold the answer."""
_AT_ONCE = 500
"""Questions compared with all sentences at once: 500 by 80,000 figures are some 300 MB."""
_OFTEN = 0.05
"""A word in more than this share of the sentences tells nothing."""
_NEAR = ("+near", "+swap")
"""End the names of sources of questions that their passage does not answer."""
_TABLES = ("wtq", "fetaqa", "aitqa", "tatqa")
"""Sources whose passages are tables, not sentences."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, its passage's sentences, and which of these holds the answer."""

    question: Question
    sentences: tuple[str, ...]
    place: int

    def in_context(self, place: int) -> str:
        """Return a sentence as the reader reads it: with those before it."""
        return in_context(self.sentences[place], self.sentences[:place])

    @property
    def answer(self) -> str:
        return self.question.passage[self.question.start : self.question.end].casefold()


def with_sentences(data: Data) -> Data:
    """Return ``data`` with the rankings of sentences that its questions make."""
    return replace(data, rankings=[*data.rankings, *sentence_rankings(data.questions)])


def sentence_rankings(questions: Sequence[Question]) -> Iterator[Ranking]:
    """Yield a ranking of sentences for every question whose answer lies in one sentence."""
    asked = list(_asked(questions))
    for one, elsewhere in zip(asked, _alike(asked), strict=True):
        beside = sorted((n for n in range(len(one.sentences)) if n != one.place), key=lambda n: abs(n - one.place))
        texts = (one.in_context(one.place), *map(one.in_context, beside[:_BESIDE]), *elsewhere)
        if len(texts) >= _FEWEST:
            own = one.question
            yield Ranking(own.question, texts, f"{own.source} sentences", own.group, own.language)


def answering_sentences(questions: Sequence[Question]) -> Iterator[tuple[Question, str]]:
    """Yield every question whose answer lies in one sentence, and that sentence."""
    for one in _asked(questions):
        yield one.question, one.sentences[one.place]


def _asked(questions: Sequence[Question]) -> Iterator[_Asked]:
    split: dict[str, list[tuple[int, int]]] = {}
    for one in questions:
        if one.start < 0 or one.source.endswith(_NEAR) or one.source in _TABLES:
            continue
        if one.passage not in split:
            split[one.passage] = split_sentences(one.passage, language=one.language.split("-")[0])
        spans = split[one.passage]
        place = next((n for n, (start, end) in enumerate(spans) if start <= one.start and one.end <= end), None)
        if place is not None:
            yield _Asked(one, tuple(one.passage[start:end] for start, end in spans), place)


def _alike(asked: Sequence[_Asked]) -> Iterator[list[str]]:
    """Yield, for every question, sentences of other groups that share words with it and do not hold its answer."""
    found_in = {sentence: (one, n) for one in asked for n, sentence in enumerate(one.sentences)}
    sentences = list(found_in)
    if not sentences:
        return
    words = TfidfVectorizer(sublinear_tf=True, max_df=_OFTEN if len(sentences) > 1 / _OFTEN else 1.0)
    known = words.fit_transform(sentences).T.tocsr()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        likeness = (words.transform([one.question.question for one in some]) @ known).tocsr()
        likeness.sort_indices()  # so that equally alike ones come in the same order everywhere
        for row, one in enumerate(some):
            found = likeness[row]
            nearest = found.indices[np.argsort(-found.data, kind="stable")[:_LOOKED_AT]]
            others = (found_in[sentences[other]] for other in nearest)
            yield [
                other.in_context(place)
                for other, place in others
                if other.question.group != one.question.group and one.answer not in other.sentences[place].casefold()
            ][:_ELSEWHERE]
