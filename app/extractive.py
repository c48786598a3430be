"""The default answerer: the best sentences of the reports, verbatim. No model, no key, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from app.answers import DISQUALIFYING_GAPS
from app.checking import Draft
from app.refusal.gaps import find_gaps
from app.refusal.quote_coverage import shown_sentences
from app.repeats import Key, dispute, group_repeats, is_alike, names_another, words_in_order
from ingest.documents import CaseSource, Span, Status
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
    languages = {document.id: document.language for document in library.catalogue.documents(Status.READY)}
    quotes = choose_quotes(sentences_about(library, retrieval.sentences, scope), languages=languages)
    gaps = find_gaps(question, shown_sentences(library, [first for first, *_ in quotes]))
    if not any(gap.kind in DISQUALIFYING_GAPS for gap in gaps):
        for pieces in pieces_together(quotes):
            shown = [first for first, *_ in pieces]
            repeats = [repeat for _, *others in pieces for repeat in others]
            yield Draft(" ".join(sentence.text for sentence in shown), (*shown, *repeats))


def pieces_together(quotes: Iterable[tuple[StoredSentence, ...]]) -> list[list[tuple[StoredSentence, ...]]]:
    """Return ``quotes`` (a sentence and its repeats), those whose sentences are pieces of the same one together."""
    together: dict[tuple[str, tuple[Span, ...]], list[tuple[StoredSentence, ...]]] = {}
    for quote in quotes:
        together.setdefault((quote[0].document, quote[0].whole), []).append(quote)
    return [sorted(pieces, key=lambda quote: quote[0].ordinal) for pieces in together.values()]


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
    scored: Iterable[ScoredSentence],
    count: int = MAX_SENTENCES,
    share_of_best: float = _SHARE_OF_BEST,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> list[tuple[StoredSentence, ...]]:
    """Return the best sentences, each with those that repeat it elsewhere.

    The best one's document comes first, and in each document the best first: in reading order the sentence that answers
    would stand anywhere among its neighbours (docs/retrieval.md). Directly behind a sentence come those that contradict
    it, and at the end of its document those that say the same of somebody else, whatever they score and wherever they
    are: nobody is to see one of them alone.

    Args:
        scored: Candidates, best first.
        count: How many at the most; those that belong to a chosen one come on top.
        share_of_best: What scores below this share of the best is left out.
        languages: Of each document (id), ISO 639-1; English where it is not given.
    """
    quotable = [item for item in scored if _is_quotable(item.sentence)]
    places = group_repeats((item.sentence, item.sentence.text) for item in quotable)
    heads: list[Key] = []
    size = 0
    for item in quotable:
        if len(heads) == count or item.score < share_of_best * quotable[0].score or size > _MAX_CHARACTERS:
            break
        words = words_in_order(item.sentence.text)
        if words not in heads:
            heads.append(words)
            size += len(item.sentence.text)
    shown: dict[str, list[Key]] = {}
    others: dict[str, list[Key]] = {}
    taken: set[Key] = set()
    for head in heads:
        first = places[head][0]
        alike = [key for key, (other, *_) in places.items() if is_alike(first.text, other.text)]
        against = [key for key in alike if _contradicts(first, places[key][0], languages)]
        more = [key for key in alike if key not in heads and names_another(first.text, places[key][0].text)]
        for target, found in ((shown, [head, *against]), (others, more)):
            new = [key for key in found if key not in taken][:_MOST_ALIKE]
            taken.update(new)
            target.setdefault(first.document, []).extend(new)
    return [tuple(places[key]) for document in shown for key in (*shown[document], *others[document])]


def _contradicts(one: StoredSentence, other: StoredSentence, languages: Mapping[str, str]) -> bool:
    language = languages.get(one.document) or "en"
    return dispute(one.text, other.text, language, same_report=one.document == other.document) is not None


def _is_quotable(sentence: StoredSentence) -> bool:
    return is_prose(sentence.text, sentence.kind) and not sentence.text.rstrip().endswith(_QUESTION_MARKS)
