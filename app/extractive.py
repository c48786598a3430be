"""The default answerer: the best sentences of the reports, verbatim. No model, no key, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.answers import DISQUALIFYING_GAPS
from app.checking import Draft
from app.refusal.gaps import find_gaps
from app.refusal.quote_coverage import shown_sentences
from app.repeats import Key, group_repeats, is_alike, words_in_order
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
_MOST_ALIKE = 24
"""Sentences made like one that is chosen; a log of incidents has hundreds."""
_QUESTION_MARKS = ("?", "؟", "？")
"""A report that asks the same is near to the question and answers nothing."""


def quote_drafts(library: Library, question: Question, scope: Scope, retrieval: Retrieval) -> Iterator[Draft]:
    """Yield the best sentences as they are; none where they leave out something that the question names."""
    quotes = choose_quotes(sentences_about(library, retrieval.sentences, scope))
    gaps = find_gaps(question, shown_sentences(library, [first for first, *_ in quotes]))
    if not any(gap.kind in DISQUALIFYING_GAPS for gap in gaps):
        for pieces, repeats in _pieces_together(quotes):
            yield Draft(" ".join(piece.text for piece in pieces), (*pieces, *repeats))


def _pieces_together(
    quotes: Iterable[tuple[StoredSentence, ...]],
) -> list[tuple[tuple[StoredSentence, ...], tuple[StoredSentence, ...]]]:
    """Return each quoted sentence, or the pieces of a long one in reading order, and what repeats it elsewhere.

    ``quotes`` are sentences, each with those that repeat it.
    """
    together: dict[tuple[str, tuple[Span, ...]], list[tuple[StoredSentence, ...]]] = {}
    for quote in quotes:
        together.setdefault((quote[0].document, quote[0].whole), []).append(quote)
    return [
        (
            tuple(sorted((first for first, *_ in group), key=lambda piece: piece.ordinal)),
            tuple(repeat for _, *repeats in group for repeat in repeats) if len(group) == 1 else (),
        )
        for group in together.values()
    ]


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
    scored: Iterable[ScoredSentence], count: int = MAX_SENTENCES, share_of_best: float = _SHARE_OF_BEST
) -> list[StoredSentence]:
    """Return the sentences of ``choose_quotes``, each once."""
    return [sentence for sentence, *_ in choose_quotes(scored, count, share_of_best)]


def choose_quotes(
    scored: Iterable[ScoredSentence], count: int = MAX_SENTENCES, share_of_best: float = _SHARE_OF_BEST
) -> list[tuple[StoredSentence, ...]]:
    """Return the best sentences, each with those that repeat it elsewhere.

    The best one's document comes first, and in each document the best first: in reading order the sentence that answers
    would stand anywhere among its neighbours (docs/retrieval.md). Behind a sentence come those that are made like it,
    whatever they score and from whatever document: another victim, another number, a "not". Nobody is to see one of
    them alone.

    Args:
        scored: Candidates, best first.
        count: How many at the most; those made like a chosen one come on top.
        share_of_best: What scores below this share of the best is left out.
    """
    quotable = [item for item in scored if _is_quotable(item.sentence)]
    places = group_repeats((item.sentence, item.sentence.text) for item in quotable)
    groups: list[list[Key]] = []
    size = 0
    for item in quotable:
        words = words_in_order(item.sentence.text)
        if len(groups) == count or item.score < share_of_best * quotable[0].score or size > _MAX_CHARACTERS:
            break
        if any(words in group for group in groups):
            continue
        alike = [key for key, (first, *_) in places.items() if is_alike(item.sentence.text, first.text)]
        taken = {key for group in groups for key in group}
        groups.append([words, *[key for key in alike if key not in taken][:_MOST_ALIKE]])
        size += len(item.sentence.text)
    documents = list(dict.fromkeys(places[head][0].document for head, *_ in groups))
    groups.sort(key=lambda group: documents.index(places[group[0]][0].document))
    return [tuple(places[key]) for group in groups for key in group]


def _is_quotable(sentence: StoredSentence) -> bool:
    return is_prose(sentence.text, sentence.kind) and not sentence.text.rstrip().endswith(_QUESTION_MARKS)
