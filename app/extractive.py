"""The default answerer: the best sentences of the reports, verbatim. No model, no key, no network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.answers import DISQUALIFYING_GAPS
from app.checking import Draft
from app.refusal.gaps import find_gaps
from app.refusal.quote_coverage import shown_sentences
from ingest.documents import CaseSource, Span
from ingest.language.countries import find_countries
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope, StoredSentence
from vectorstore.retriever import Retrieval, ScoredSentence

MAX_SENTENCES = 12
_MAX_CHARACTERS = 2_000
_SHARE_OF_BEST = 0.7
"""Sentences that score below this share of the best are left out; the curve is in docs/retrieval.md."""
_SAME_SHARE = 0.75
_WORD = re.compile(r"\w+")
_QUESTION_MARKS = ("?", "؟", "？")
"""A report that asks the same is near to the question and answers nothing."""


def quote_drafts(library: Library, question: Question, scope: Scope, retrieval: Retrieval) -> Iterator[Draft]:
    """Yield the best sentences as they are; none where they leave out something that the question names."""
    chosen = choose_sentences(sentences_about(library, retrieval.sentences, scope))
    gaps = find_gaps(question, shown_sentences(library, chosen))
    if not any(gap.kind in DISQUALIFYING_GAPS for gap in gaps):
        for pieces in pieces_together(chosen):
            yield Draft(" ".join(" ".join(piece.text for piece in pieces).split()), pieces)


def pieces_together(sentences: Iterable[StoredSentence]) -> list[tuple[StoredSentence, ...]]:
    """Return ``sentences``, those that are pieces of the same one together, in its order."""
    together: dict[tuple[str, tuple[Span, ...]], list[StoredSentence]] = {}
    for sentence in sentences:
        together.setdefault((sentence.document, sentence.whole), []).append(sentence)
    return [tuple(sorted(pieces, key=lambda piece: piece.ordinal)) for pieces in together.values()]


def sentences_about(library: Library, sentences: Iterable[ScoredSentence], scope: Scope) -> Iterator[ScoredSentence]:
    """Yield the sentences that are about the countries of ``scope``; all of them when it names none.

    A passage may mention several countries. A sentence that names any must name one of these; a sentence that names
    none must be in a section of theirs.
    """
    if not scope.countries:
        yield from sentences
        return
    sections = library.catalogue.case_passages(scope.countries, CaseSource.SECTION)
    for item in sentences:
        named = find_countries(item.sentence.text)
        if set(named) & set(scope.countries) or (not named and item.sentence.passage in sections):
            yield item


def choose_sentences(
    scored: Iterable[ScoredSentence],
    count: int = MAX_SENTENCES,
    exclude: Sequence[StoredSentence] = (),
    share_of_best: float = _SHARE_OF_BEST,
) -> list[StoredSentence]:
    """Return the best sentences without repetition, the best one's document first, and in each document the best first.

    In reading order the sentence that answers would stand anywhere among its neighbours (docs/retrieval.md).

    Args:
        scored: Candidates, best first.
        count: How many at the most.
        exclude: Sentences that were shown already.
        share_of_best: Of the best score; what scores below is left out.
    """
    chosen: list[StoredSentence] = []
    best, size = 0.0, 0
    for item in scored:
        sentence = item.sentence
        if len(chosen) == count or item.score < share_of_best * best or size > _MAX_CHARACTERS:
            break
        if not is_prose(sentence.text, sentence.kind) or sentence.text.rstrip().endswith(_QUESTION_MARKS):
            continue
        best = best or item.score
        if not any(_says_the_same(sentence.text, other.text) for other in [*exclude, *chosen]):
            chosen.append(sentence)
            size += len(sentence.text)
    documents = list(dict.fromkeys(sentence.document for sentence in chosen))
    return sorted(chosen, key=lambda sentence: documents.index(sentence.document))


def _says_the_same(one: str, other: str) -> bool:
    """Return whether one sentence repeats the other; sentences with different figures never do."""
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    figures_a, figures_b = {w for w in a if w.isdigit()}, {w for w in b if w.isdigit()}
    if not (figures_a <= figures_b or figures_b <= figures_a):
        return False
    return bool(a and b) and len(a & b) > _SAME_SHARE * min(len(a), len(b))
