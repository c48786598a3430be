"""Which quotes of an answer are shown at once, and in what order: one look, and the report's own order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.documents import BlockKind
from ingest.sentences import is_prose
from vectorstore.reading import SHARE_OF_BEST
from vectorstore.records import StoredSentence

SHOWN = 5
"""Quotes that are shown at once: who asks wants the answer, and what else is near when asking for it."""
SHOWN_CHARACTERS = 550
"""No further quote is shown at once that would make it more, some ninety words of English."""
_HOLE = 2
"""Sentences between two that are shown, at most, which are shown with them: a reader would miss them."""

Quote = tuple[StoredSentence, ...]
"""A sentence and those that repeat it elsewhere."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The quotes of an answer in the order of the screen."""

    quotes: tuple[Quote, ...] = ()
    folds: tuple[int, ...] = ()
    """The indexes of those that are shown when asked for."""
    best: int = 0
    """The index of the one that answers best."""


def arrange(
    quotes: Sequence[Quote],
    scores: Mapping[int, float],
    around: Iterable[StoredSentence],
    differ: Callable[[StoredSentence, StoredSentence], bool],
) -> Arrangement:
    """Return ``quotes`` as their reports tell them, the report with the best quote first.

    Shown at once are the best one with its neighbours, on which its "she" and its "later" rest; the next best ones;
    what little stands between two that are shown; and whatever contradicts one of these.

    Args:
        quotes: The best one first.
        scores: Of sentences (id).
        around: The sentences of their passages; what is too far below the best says nothing of the question.
        differ: Whether two sentences cannot both be right.
    """
    if not quotes:
        return Arrangement()
    best = quotes[0]
    by_score = [best, *sorted(quotes[1:], key=lambda quote: -scores.get(quote[0].id, 0.0))]
    least = SHARE_OF_BEST * scores.get(best[0].id, 0.0)
    page = _Page(by_score, [each for each in around if scores.get(each.id, 0.0) >= least])
    shown = page.with_neighbours(best)
    for quote in by_score:
        together = [quote, *page.between(quote, shown)]
        new = next((more for more in (together, [quote]) if _fits([*shown, *more])), [])
        shown += [each for each in dict.fromkeys(new) if each not in shown]
    shown += [quote for quote in by_score if quote not in shown and any(differ(one[0], quote[0]) for one in shown)]
    folded = [quote for quote in by_score if quote not in shown]
    if len(folded) == 1:  # no more to look at than the line that hides it
        shown, folded = [*shown, *folded], []
    reports = list(dict.fromkeys(quote[0].document for quote in by_score))
    told = sorted((*shown, *folded), key=lambda quote: (reports.index(quote[0].document), *_place(quote[0])))
    before = list(takewhile(lambda quote: quote in folded, told))
    told = told[len(before) :] + before  # an answer begins with what is shown
    return Arrangement(tuple(told), tuple(i for i, quote in enumerate(told) if quote in folded), told.index(best))


def _fits(shown: Sequence[Quote]) -> bool:
    different = set(shown)
    return len(different) <= SHOWN and sum(len(quote[0].text) for quote in different) <= SHOWN_CHARACTERS


def _place(sentence: StoredSentence) -> tuple[int, int]:
    return sentence.spans[0].page, sentence.spans[0].start


class _Page:
    """The quotes, and what stands beside them."""

    def __init__(self, quotes: Iterable[Quote], around: Iterable[StoredSentence]) -> None:
        self._quotes = {quote[0].id: quote for quote in quotes}
        self._sentences = {(sentence.document, sentence.ordinal): sentence for sentence in around}

    def with_neighbours(self, quote: Quote) -> list[Quote]:
        """Return a quote with the sentences of its paragraph before and behind it, as far as there is room."""
        shown = [quote]
        for step in (-1, 1):
            beside = self._beside(quote[0], step)
            if beside is not None and beside.passage == quote[0].passage and _fits([*shown, self._quote(beside)]):
                shown.append(self._quote(beside))
        return shown

    def between(self, quote: Quote, shown: Sequence[Quote]) -> list[Quote]:
        """Return what little stands between a quote and those of ``shown`` in its report; nothing of a longer way."""
        found: list[Quote] = []
        for other in (each[0] for each in shown if each[0].document == quote[0].document):
            first, last = sorted((quote[0], other), key=lambda sentence: sentence.ordinal)
            hole = [self._beside(first, step) for step in range(1, last.ordinal - first.ordinal)]
            if len(hole) <= _HOLE:
                found += [self._quote(sentence) for sentence in hole if sentence is not None]
        return found

    def _beside(self, sentence: StoredSentence, step: int) -> StoredSentence | None:
        """Return the sentence of running text ``step`` sentences further; None where there is none."""
        other = self._sentences.get((sentence.document, sentence.ordinal + step))
        if other is None or {sentence.kind, other.kind} != {BlockKind.BODY} or other.whole == sentence.whole:
            return None
        return other if is_prose(other.text, other.kind) else None

    def _quote(self, sentence: StoredSentence) -> Quote:
        return self._quotes.get(sentence.id, (sentence,))
