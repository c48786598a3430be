"""Does a sentence keep the words that narrow others ("deputy minister", "half of 2021"), and what a number counts?"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Message, message
from app.verification.fact_checks import same_figure
from app.verification.relation_checks import kin
from app.verification.scopes import below
from app.verification.wording import ARTICLES, Word, Wording, matches
from ingest.language.figures import Figure

Quotes = Sequence[Wording]
_BEHIND = ("fr", "es", "ar")
"""Languages whose adjectives follow their noun."""


def restricted(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A word that changes what the next one means was dropped: a deputy minister is no minister, a draft no law."""
    cues = sentence.cues
    assert cues is not None
    mine = {word.stem for word in sentence.words}
    for quote in quotes:
        for start, end in quote.find(cues.restrictions):
            lost = quote.words[start:end]
            if any(word.stem in mine for word in lost):
                continue
            heads = [_beside(quote.words, end, 1)] + (
                [_beside(quote.words, start - 1, -1)] * (cues.language in _BEHIND)
            )
            for head in filter(None, heads):
                own = matches(head, sentence.content)
                bare = [
                    word
                    for word in quote.words
                    if word != head and matches(head, [word]) and not _bound(quote, word, cues.restrictions)
                ]
                if own and not bare:
                    return [
                        message(
                            "the quotes say “{lost}” before or after “{head}”, the sentence leaves it out",
                            lost=quote.shown(start, end),
                            head=head.text,
                        )
                    ]
    return [reason for quote in quotes for reason in _part_of(sentence, quote)]


def _beside(words: Sequence[Word], place: int, step: int) -> Word | None:
    """Return the content word next to a restriction, articles aside."""
    while 0 <= place < len(words) and words[place].folded in ARTICLES:
        place += step
    return words[place] if 0 <= place < len(words) and words[place].content else None


def _bound(quote: Wording, word: Word, restrictions: frozenset[tuple[tuple[str, bool], ...]]) -> bool:
    place = quote.words.index(word)
    return any(place in (end, start - 1) for start, end in quote.find(restrictions))


def _part_of(sentence: Wording, quote: Wording) -> list[Message]:
    """ "Half of 2021" is no 2021: a part of a year of the quote became the whole."""
    cues = quote.cues
    assert cues is not None
    for start, end in quote.find(cues.parts_of_time):
        after = quote.words[end - 1].end
        for number in quote.figures.numbers:
            near = number.kind == "year" and 0 <= number.start - after <= 8
            held = any(same_figure(number, own) for own in sentence.figures.numbers)
            if near and held and not sentence.find(cues.parts_of_time) and not _named(sentence):
                shown = quote.shown(start, end)
                return [message("the quotes say “{words}” {figure}", words=shown, figure=number.shown)]
    return []


def _named(sentence: Wording) -> bool:
    """Whether the sentence has a date or months in that year."""
    return bool(sentence.figures.dates) or any(word.folded in ("months", "half") for word in sentence.words)


def counted(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A number that counts something else in the quotes: 77 representatives became 77 parties. Needs a tree."""
    for figure in sentence.figures.numbers:
        mine = _counts(sentence, figure)
        if mine is None or figure.loose:
            continue
        theirs = [
            (quote, noun)
            for quote in quotes
            for other in quote.figures.numbers
            if same_figure(figure, other) and (noun := _counts(quote, other)) is not None
        ]
        if not theirs or any(_may_stand(mine, noun, quote) for quote, noun in theirs):
            continue
        if any(_counted_otherwise(mine, figure, quote) for quote, _ in theirs):
            return [
                message(
                    "in the quotes {figure} counts “{words}”, not “{other}”",
                    figure=figure.shown,
                    words=theirs[0][1].text,
                    other=mine.text,
                )
            ]
    return []


def _counted_otherwise(noun: Word, figure: Figure, quote: Wording) -> bool:
    """Whether a quote has a noun with another number, or as a name."""
    rivals = [other for other in quote.figures.numbers if not same_figure(figure, other)]
    if any((theirs := _counts(quote, other)) and matches(noun, [theirs]) for other in rivals):
        return True
    return noun.capital and bool(matches(noun, quote.content))


def _counts(wording: Wording, figure: Figure) -> Word | None:
    """Return the noun that a number counts."""
    if figure.kind not in ("count", "percent"):
        return None
    for place, word in enumerate(wording.words):
        if not figure.start <= word.start < figure.end or not wording.nodes:
            continue
        node = wording.nodes[place]
        while node.head >= 0 and node.label in ("compound", "quantmod", "nummod", "amod", "advmod"):
            head = wording.words[node.head]
            if head.content and wording.nodes[node.head].tag.startswith("N"):
                return head if node.label in ("nummod", "amod") else None
            node = wording.nodes[node.head]
    return None


def _may_stand(mine: Word, noun: Word, quote: Wording) -> bool:
    """Whether two nouns may be the same things: forms, synonyms, kinds, or one that describes the other."""
    if matches(mine, [noun]) or kin(mine, noun):
        return True
    place = quote.words.index(noun)
    numbered = [other for figure in quote.figures.numbers if (other := _counts(quote, figure))]
    around = [quote.words[under] for under in below(quote.nodes, place) if quote.words[under] not in numbered]
    return bool(matches(mine, around))
