"""Replies to follow-ups on the quotes of an answer: shorter, more, one of them, who said it, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from app.answers import Answer, AnswerStatus, Citation
from app.checking import check_sentence
from app.citations import CitationBook
from app.messages import message
from ingest.documents import BlockKind
from ingest.language.figures import plain_digits
from ingest.language.names import name_words
from ingest.sentences import is_prose
from vectorstore.library import Library
from vectorstore.question import Question
from vectorstore.records import Scope, StoredPassage, StoredSentence
from vectorstore.retriever import retrieve

_MORE = 5
_SAID_BY = 3
"""Quotes that show who said what an answer holds."""
_AROUND = 5
"""Sentences around a quote that were not shown yet."""
_LOOKED_AT = 3
"""Quotes of the answer whose sources are looked for."""
_FIGURE = re.compile(r"\d+")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_ORDINALS = {
    1: "first premier première primero primera первый первая первое первом первую الأول الأولى "
    "पहिलो биринчи ទីមួយ one un une uno",
    2: "second deuxième segundo segunda второй вторая второе втором вторую الثاني الثانية दोस्रो "
    "экинчи ទីពីរ two deux dos",
    3: "third troisième tercero tercera третий третья третье третьем третью الثالث الثالثة तेस्रो "
    "үчүнчү ទីបី three trois tres",
    4: "fourth quatrième cuarto cuarta четвёртый четвертый четвёртую الرابع الرابعة चौथो төртүнчү "
    "ទីបួន four quatre cuatro",
    5: "fifth cinquième quinto quinta пятый пятую الخامس الخامسة पाँचौं бешинчи ទីប្រាំ five cinq cinco",
    -1: "last dernier dernière último última последний последняя последнее последнем последнюю "
    "الأخير الأخيرة अन्तिम акыркы ចុងក្រោយ",
}
"""What counts the quotes, in the eight languages; any other number is written in digits ("the 2nd", "цитата 4")."""


def shorter(answer: Answer) -> Answer:
    """Return the best quote alone, and whatever contradicts it."""
    best = answer.sentences[_best_first(answer)[0]]
    against = set(best.differs)
    kept = [i for i, sentence in enumerate(answer.sentences) if sentence is best or against & set(sentence.citations)]
    return _part(answer, kept)


def more(library: Library, asked: Question, answer: Answer, scope: Scope) -> Answer:
    """Return what the answer did not show: its folded sentences, then further sentences near to its question."""
    if answer.folds:
        return _part(answer, answer.folds)
    shown = {_place(citation) for citation in answer.citations}
    further = [
        item.sentence
        for item in retrieve(library, answer.question, scope).sentences
        if item.sentence.kind is not BlockKind.HEADING
        and not any((item.sentence.document, span.page, span.start) in shown for span in item.sentence.whole)
    ]
    if not further:
        return replace(_nothing(asked), says=(message("The reports hold nothing more that is near to this question."),))
    found = _quoting(library, asked, further[:_MORE])
    return replace(found, says=(message("Less near to the question:"),))


def nth(library: Library, asked: Question, answer: Answer) -> Answer | None:
    """Return the quote that is meant, with the paragraph around it; None where no such quote is there."""
    index = _meant(asked.clean, answer)
    if index is None:
        return None
    citation = _first_citation(answer, index)
    if citation is None:
        return None
    passage = _passage_of(library, citation)
    around = library.catalogue.sentences_of([passage.id]) if passage is not None else []
    return _quoting(library, asked, around) if around else _part(answer, [index])


def unless_known(library: Library, asked: Question, answer: Answer, before: Answer) -> Answer:
    """Return ``answer``; where it holds only what ``before`` held ("why?"), the best quote and what stands around it.

    Nobody wants to read the same quotes again: the reason, if the report gives one, stands beside them.
    """
    known = {_place(citation) for citation in before.citations}
    best = _first_citation(answer, _best_first(answer)[0]) if answer.sentences else None
    passage = _passage_of(library, best) if best is not None else None
    if best is None or passage is None or {_place(citation) for citation in answer.citations} - known:
        return answer
    lines = [
        sentence
        for sentence in library.catalogue.sentences_of(_with_neighbours(library, passage))
        if is_prose(sentence.text, sentence.kind)
    ]
    places = [(sentence.document, sentence.spans[0].page, sentence.spans[0].start) for sentence in lines]
    if _place(best) not in places:
        return answer
    own = places.index(_place(best))
    new = [index for index, place in enumerate(places) if place not in known]
    near = sorted(new, key=lambda index: abs(index - own))[:_AROUND]
    if not near:
        return replace(_nothing(asked), says=(message("The reports say no more on this than was shown."),))
    found = _quoting(library, asked, [lines[index] for index in sorted((own, *near))])
    return replace(found, says=(message("The reports say no more on this. Around the best quote stands:"),))


def _place(citation: Citation) -> tuple[str, int, int]:
    """Return document, page and first character of a quote."""
    return citation.document_id, citation.page, citation.start


def _with_neighbours(library: Library, passage: StoredPassage) -> list[int]:
    """Return a passage, with those before and behind it under the same heading."""
    own = library.catalogue.passages_of(passage.document)
    place = next(index for index, other in enumerate(own) if other.id == passage.id)
    near = own[max(place - 1, 0) : place + 2]
    return [other.id for other in near if other.section == passage.section]


def _meant(text: str, answer: Answer) -> int | None:
    """Return the index of the sentence that ``text`` counts to: by its number where that is shown, or by its place."""
    shown = [index for index in range(len(answer.sentences)) if index not in answer.folds]
    numbers = {str(number): index for index in shown for number in answer.sentences[index].citations}
    for digits in _FIGURE.findall(plain_digits(text))[:1]:
        if digits in numbers:
            return numbers[digits]
    place = place_of(text, len(shown))
    return None if place is None else shown[place]


def _best_first(answer: Answer) -> list[int]:
    """Return the indexes of the sentences that are shown, the best one first."""
    shown = [index for index in range(len(answer.sentences)) if index not in answer.folds]
    return sorted(shown, key=lambda index: answer.best not in answer.sentences[index].citations)


def place_of(text: str, count: int) -> int | None:
    """Return the index, from 0, of the quote that ``text`` counts to ("the second one", "quote 4"); None for none."""
    digits = _FIGURE.findall(plain_digits(text))
    words = set(_LETTERS.findall(text.casefold()))
    numbers = [number for number, names in _ORDINALS.items() if words & set(names.split())]
    # "The last one" counts from the end, whatever else it holds.
    number = int(digits[0]) if digits else -1 if -1 in numbers else max(numbers, default=0)
    if number == -1:
        return count - 1 if count else None
    return number - 1 if 1 <= number <= count else None


def who_said(library: Library, asked: Question, answer: Answer) -> Answer:
    """Return the sentences that name the most sources, among the best quotes and their neighbours; else the report."""
    around: dict[int, StoredSentence] = {}
    for citation in _first_citations(answer):
        passage = _passage_of(library, citation)
        for sentence in library.catalogue.sentences_of([passage.id]) if passage is not None else ():
            if sentence.kind is not BlockKind.HEADING:
                around[sentence.id] = sentence
    names = {number: len(name_words(sentence.text)) for number, sentence in around.items()}
    best = sorted((number for number in names if names[number]), key=lambda number: (-names[number], number))[:_SAID_BY]
    says = tuple(message("In the words of {source}.", source=source) for source in _sources(answer))
    found = _quoting(library, asked, [around[number] for number in sorted(best)])
    return replace(found, says=says, status=AnswerStatus.ANSWERED)


def sources(answer: Answer, asked: Question) -> Answer:
    """Return the quotes with their sources written out."""
    says = tuple(message("{source}.", source=source) for source in _sources(answer))
    return replace(answer, question=asked.text, says=says, headings=(), folds=(), best=0)


def translate(answer: Answer, asked: Question) -> Answer:
    """Say that quotes are not translated without a chat model; they stay as they are."""
    says = (
        message(
            "Quotes are shown in the language of the report: only a chat model can translate them."
            " Choose one on the page Settings, or with --model, and ask again."
        ),
    )
    return replace(_part(answer, range(len(answer.sentences))), question=asked.text, says=says)


def _sources(answer: Answer) -> list[str]:
    """Return author, title, year and page of the quotes, each once."""
    return list(dict.fromkeys(citation.source for citation in answer.citations if citation.number not in answer.folded))


def _part(answer: Answer, indexes: Iterable[int]) -> Answer:
    """Return an answer of some of the sentences of ``answer``."""
    kept = tuple(answer.sentences[index] for index in indexes)
    numbers = {number for sentence in kept for number in sentence.citations[:1]}
    kept = tuple(
        replace(s, citations=s.citations[:1], differs=tuple(n for n in s.differs if n in numbers)) for s in kept
    )
    citations = tuple(citation for citation in answer.citations if citation.number in numbers)
    return Answer(answer.question, answer.status, kept, citations)


def _nothing(asked: Question) -> Answer:
    return Answer(asked.text, AnswerStatus.NOT_FOUND)


def _quoting(library: Library, asked: Question, sentences: Sequence[StoredSentence]) -> Answer:
    book = CitationBook(library)
    quoted = tuple(check_sentence(book, sentence.text, [sentence]) for sentence in sentences)
    return Answer(asked.text, AnswerStatus.ANSWERED, quoted, tuple(book.citations))


def _first_citations(answer: Answer) -> Iterator[Citation]:
    for index in _best_first(answer)[:_LOOKED_AT]:
        citation = _first_citation(answer, index)
        if citation is not None:
            yield citation


def _first_citation(answer: Answer, index: int) -> Citation | None:
    numbers = answer.sentences[index].citations
    return next((citation for citation in answer.citations if citation.number in numbers[:1]), None)


def _passage_of(library: Library, citation: Citation) -> StoredPassage | None:
    """Return the passage that a citation is in; None where its report was removed."""
    for passage in library.catalogue.passages_of(citation.document_id):
        if any(span.page == citation.page and span.start <= citation.start < span.end for span in passage.spans):
            return passage
    return None
