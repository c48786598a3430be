"""The default answerer: the best sentences of the reports, verbatim. No model, no key, no network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from app.answers import DISQUALIFYING_GAPS
from app.arrangement import Arrangement, Quote, arrange
from app.checking import Draft
from app.refusal.gaps import find_gaps
from app.refusal.quote_coverage import shown_sentences
from app.repeats import Key, dispute, group_repeats, is_alike, names_another, words_in_order
from app.table_rows import answers_as_row, with_heads
from ingest.documents import BlockKind, CaseSource, Span, Status
from ingest.language.countries import find_countries
from ingest.language.function_words import function_words
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.reading import SHARE_OF_BEST
from vectorstore.records import Scope, StoredSentence
from vectorstore.retrieval import Retrieval, ScoredSentence

MAX_SENTENCES = 12
_MAX_CHARACTERS = 2_000
_MOST_ALIKE = 24
"""Sentences made like one that is chosen; a log of incidents has hundreds."""
_FUNCTION_WORDS_OF_PROSE = 0.3
"""Least share of them in a note that tells something: of the notes in eleven reports, those above it are prose and
those below name a source or the head of a list."""
_WORD = re.compile(r"[^\W\d_]+")
_QUESTION_MARKS = ("?", "؟", "？")
"""A report that asks the same is near to the question and answers nothing."""


def arranged_quotes(library: Library, question: Question, scope: Scope, retrieval: Retrieval) -> Arrangement:
    """Return the quotes of the answer; none where they leave out something that the question names."""
    languages = {document.id: document.language for document in library.catalogue.documents(Status.READY)}
    quotes = choose_quotes(
        sentences_about(library, retrieval.sentences, scope),
        languages=languages,
        quotable=lambda sentence: (
            _is_quotable(sentence)
            or answers_as_row(question, sentence)
            or _is_telling_note(sentence, languages.get(sentence.document) or "en")
        ),
    )
    gaps = find_gaps(question, shown_sentences(library, [first for first, *_ in quotes]))
    if any(gap.kind in DISQUALIFYING_GAPS for gap in gaps):
        return Arrangement()
    return arrange(
        one_a_sentence(quotes, question.words),
        {item.sentence.id: item.score for item in retrieval.sentences},
        library.catalogue.sentences_of({first.passage for first, *_ in quotes}),
        lambda one, other: _contradicts(one, other, languages),
    )


def quote_drafts(library: Library, quotes: Iterable[Quote]) -> Iterator[Draft]:
    """Yield the quotes as they are; rows of tables with the heads of their columns."""
    for shown, *repeats in quotes:
        rows = [shown]
        if shown.kind is BlockKind.TABLE:
            rows = with_heads(shown, library.page(shown.document, shown.spans[0].page))
        yield Draft(" ".join(row.text for row in rows), (*rows, *repeats))


def one_a_sentence(quotes: Iterable[Quote], words: Iterable[str]) -> list[Quote]:
    """Return ``quotes`` (a sentence and its repeats), of every long sentence the piece with most of ``words`` alone.

    Its citation is the whole: that opens with one press, and nobody reads 3,000 characters in an answer.
    """
    pieces: dict[tuple[str, tuple[Span, ...]], list[Quote]] = {}
    for quote in quotes:
        pieces.setdefault((quote[0].document, quote[0].whole), []).append(quote)
    wanted = [word.casefold() for word in words]

    def held(quote: Quote) -> int:
        said = quote[0].text.casefold()
        return sum(word in said for word in wanted)

    return [max(found, key=held) for found in pieces.values()]


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
    scored: Iterable[ScoredSentence], count: int = MAX_SENTENCES, share_of_best: float = SHARE_OF_BEST
) -> list[StoredSentence]:
    """Return the sentences of ``choose_quotes``, each once."""
    return [sentence for sentence, *_ in choose_quotes(scored, count, share_of_best)]


def choose_quotes(
    scored: Iterable[ScoredSentence],
    count: int = MAX_SENTENCES,
    share_of_best: float = SHARE_OF_BEST,
    languages: Mapping[str, str] = MappingProxyType({}),
    quotable: Callable[[StoredSentence], bool] | None = None,
) -> list[Quote]:
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
        quotable: Whether a sentence may be shown; prose and items of lists where it is not given.
    """
    candidates = [item for item in scored if (quotable or _is_quotable)(item.sentence)]
    places = group_repeats((item.sentence, item.sentence.text) for item in candidates)
    heads: list[Key] = []
    size = 0
    for item in candidates:
        if len(heads) == count or item.score < share_of_best * candidates[0].score or size > _MAX_CHARACTERS:
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


def _is_telling_note(sentence: StoredSentence, language: str) -> bool:
    """Return whether a note says something itself: sources that a note names have few function words."""
    if sentence.kind is not BlockKind.FOOTNOTE or not is_prose(sentence.text, BlockKind.BODY):
        return False
    words = _WORD.findall(sentence.text.casefold())
    return sum(word in function_words(language) for word in words) > _FUNCTION_WORDS_OF_PROSE * len(words)
