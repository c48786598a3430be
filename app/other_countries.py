"""A country that a question names is binding: what is about another one answers another question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.documents import BlockKind
from ingest.language.countries import find_countries
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.reading import SHARE_OF_BEST
from vectorstore.records import Scope, StoredSentence
from vectorstore.retrieval import Retrieval, ScoredSentence

_SHOWN = 3
"""Other countries of which a quote is shown beside an answer, or in place of one."""
_FAR_BETTER = 0.8
"""The best sentence about the country asked for has less than this share of the best other one's score. Of questions
over four sets that name a country, so it was for seven that the reports do not answer, and for none that they do; at
0.9 also for "police abuse in Haiti", which they answer: of a subject in a few words other countries often say more."""
_SHARE = 1 / 3
"""A report whose title names no country is about those that at least this share of its passages that name any name, and
three of them: of twenty reports on one country all lie above nine tenths, and no other country above two tenths."""
_FEWEST = 3
OfOther = tuple[StoredSentence, str]
"""A sentence, and the country (ISO 3166 alpha-2) that it is about."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Candidates that the country of a question binds."""

    retrieval: Retrieval
    """Without what is about other countries."""
    others: tuple[OfOther, ...] = ()
    """The best of what was left out: near enough to be quoted, had the question named no country; one a country."""
    is_of_others: bool = False
    """Whether what was left out is so much nearer to the question that only another country's case answers it."""


def without_others(library: Library, question: Question, scope: Scope, retrieval: Retrieval) -> Bound:
    """Return the candidates without what is about other countries than ``question`` names.

    All of them where the question names no country, or where ``scope`` says already which are searched.
    """
    wanted = frozenset(question.countries)
    if not wanted or scope.countries:
        return Bound(retrieval)
    others = _others(library, retrieval.sentences, wanted)
    sentences = tuple(item for item in retrieval.sentences if item.sentence.id not in others)
    left = {item.sentence.passage for item in sentences}
    emptied = {item.sentence.passage for item in retrieval.sentences} - left
    passages = tuple(item for item in retrieval.passages if item.passage.id not in emptied)
    own = max((item.score for item in sentences), default=0.0)
    best = max((item.score for item in retrieval.sentences), default=0.0)
    return Bound(
        replace(retrieval, passages=passages, sentences=sentences),
        tuple(_best(retrieval.sentences, others)),
        own < _FAR_BETTER * best,
    )


def _others(library: Library, sentences: Sequence[ScoredSentence], wanted: frozenset[str]) -> dict[int, frozenset[str]]:
    """Return the sentences (id) about other countries than those ``wanted``, and which.

    A sentence is about the countries that it names; where it names none, about those of the section that it is in, or
    else of its report's title, or else of its report's text.
    """
    documents = library.catalogue.documents_by_id({item.sentence.document for item in sentences})
    languages = {number: document.language or "en" for number, document in documents.items()}
    titles = {number: frozenset(find_countries(one.title, languages[number])) for number, one in documents.items()}
    untitled = library.catalogue.countries_in(number for number, countries in titles.items() if not countries)
    titles |= {number: _countries_of(passages) for number, passages in untitled.items()}
    sections = library.catalogue.section_countries({item.sentence.passage for item in sentences})

    def about(sentence: StoredSentence) -> frozenset[str]:
        named = frozenset(find_countries(sentence.text, languages.get(sentence.document, "en")))
        return named or sections.get(sentence.passage) or titles.get(sentence.document, frozenset())

    found = {item.sentence.id: about(item.sentence) for item in sentences}
    return {number: named for number, named in found.items() if named and not named & wanted}


def _countries_of(passages: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return what a report is about, by the countries that its passages name."""
    counts = Counter(country for countries in passages for country in countries)
    return frozenset(country for country, count in counts.items() if count >= max(_FEWEST, _SHARE * len(passages)))


def _best(sentences: Sequence[ScoredSentence], others: dict[int, frozenset[str]]) -> list[OfOther]:
    prose = [item for item in sentences if item.sentence.kind is BlockKind.BODY]
    found: dict[str, StoredSentence] = {}
    for item in prose:
        if item.score < SHARE_OF_BEST * prose[0].score or len(found) >= _SHOWN:
            break
        if is_prose(item.sentence.text, item.sentence.kind):
            for country in sorted(others.get(item.sentence.id, ())):
                found.setdefault(country, item.sentence)
    return [(sentence, country) for country, sentence in found.items()][:_SHOWN]
