"""Do the quotes connect the facts of a sentence as it does, or does it recombine facts from several places?

Every check takes the sentence and its quotes and returns reasons for a reader, none where it finds nothing wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from app.messages import Message, message
from app.verification.anchors import Anchor, anchors_of
from app.verification.fact_checks import dated, held_by, names, same_name
from app.verification.wording import Word, Wording, country_of, matches, verb_places
from ingest.language.dates import Date
from ingest.language.figures import Figure

Quotes = Sequence[Wording]
_TAKEN_UP = frozenset("the this these that those such all".split())


def recombined(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Numbers, dates and names that the quotes connect with something else: a sentence recombined from two."""
    reasons: list[Message] = []
    anchors = anchors_of(sentence)
    for clause, own in _clauses(sentence):
        beside = [anchor for anchor in anchors if anchor.clause == clause]
        for anchor in beside:
            reasons += _recombined_anchor(anchor, own, beside, anchors, quotes)
        for date in sentence.figures.dates:
            if sentence.clause_of(date.start) == clause:
                reasons += _recombined_date(date, own, sentence, quotes)
        reasons += _recombined_name(own, clause, sentence, quotes)
    return list(dict.fromkeys([*reasons, *_recombined_ratio(sentence, quotes)]))


def _clauses(wording: Wording) -> Iterator[tuple[int, list[Word]]]:
    for number in sorted({word.clause for word in wording.words}):
        yield number, [word for word in wording.content if word.clause == number]


def _recombined_anchor(
    anchor: Anchor, own: Sequence[Word], beside: Sequence[Anchor], anchors: Sequence[Anchor], quotes: Quotes
) -> Iterator[Message]:
    """A word of the clause, or another figure, that the quotes have only beside another number or time."""
    for quote in quotes:
        theirs = anchors_of(quote)
        homes = {other.clause for other in theirs if other.same(anchor)}
        if not homes:
            continue
        rivals = {
            other.clause: other
            for other in theirs
            if other.kind == anchor.kind and not any(other.same(mine) for mine in beside)
        }
        for word in own:
            places = {other.clause for other in matches(word, quote.content)}
            apart = places & set(rivals)
            if places and not places & homes and apart == places and not _shared(word, places, homes, quote):
                yield message(
                    "the quotes connect “{word}” with {other}, not with {figure}",
                    word=word.text,
                    other=rivals[min(apart)].shown,
                    figure=anchor.shown,
                )
                return
        for other in (mine for mine in beside if mine.kind != anchor.kind):
            places = {found.clause for found in theirs if found.same(other)}
            same_kind = {
                found.clause
                for found in theirs
                if found.kind == other.kind and not any(found.same(mine) for mine in anchors)
            }
            if places and not places & homes and homes & same_kind:
                yield message("the quotes do not connect {figure} with {other}", figure=anchor.shown, other=other.shown)
                return


def spread_over_quotes(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A clause whose words and figures no single quote contains."""
    anchors = anchors_of(sentence)
    for clause, own in _clauses(sentence):
        places = [{i for i, quote in enumerate(quotes) if matches(word, quote.content)} for word in own]
        places += [
            {i for i, quote in enumerate(quotes) if any(other.same(anchor) for other in anchors_of(quote))}
            for anchor in anchors
            if anchor.clause == clause
        ]
        places = [found for found in places if found]
        if places and not set.intersection(*places) and not _bridged(_subjects(sentence, own), places, quotes):
            words = [word for word in sentence.words if word.clause == clause]
            shown = sentence.text[words[0].start : words[-1].end]
            return [message("no single quote says “{words}”", words=shown)]
    return []


def _bridged(own: Sequence[Word], places: Sequence[set[int]], quotes: Quotes) -> bool:
    """Whether a quote takes up a word that another brings in ("a judge", "the judge"), and both hold the clause."""
    taken = [[word for word, before in _with_before(quote) if before in _TAKEN_UP] for quote in quotes]
    brought = [[word for word, before in _with_before(quote) if before not in _TAKEN_UP] for quote in quotes]
    return any(
        one != other
        and matches(word, own)
        and matches(word, brought[one])
        and all(found & {one, other} for found in places)
        and not (quotes[one].figures.dates and quotes[other].figures.dates and _apart(quotes[one], quotes[other]))
        for other in range(len(quotes))
        for word in taken[other]
        for one in range(len(quotes))
    )


def _apart(one: Wording, other: Wording) -> bool:
    """Whether two quotes are about different years."""
    years = [{date.year for date in quote.figures.dates if date.year} for quote in (one, other)]
    return all(years) and not years[0] & years[1]


def _subjects(sentence: Wording, own: Sequence[Word]) -> list[Word]:
    """Return the words of a clause that are a subject, by the tree."""
    labels = {word.start: node.label for word, node in zip(sentence.words, sentence.nodes, strict=False)}
    return [word for word in own if labels.get(word.start, "").startswith("nsubj") and not word.capital]


def _with_before(quote: Wording) -> list[tuple[Word, str]]:
    return [
        (word, quote.words[place - 1].folded if place else "") for place, word in enumerate(quote.words) if word.content
    ]


def _recombined_ratio(sentence: Wording, quotes: Quotes) -> Iterator[Message]:
    """ "7 in 10" is no count of seven."""
    held = [number.value for number in sentence.figures.numbers]
    for quote in quotes:
        between = quote.find(quote.cues.ratio) if quote.cues else []
        for start, end in between:
            first, last = quote.words[start].start, quote.words[end - 1].end
            above = next((n for n in quote.figures.numbers if 0 <= first - n.end <= 1), None)
            below = next((n for n in quote.figures.numbers if 0 <= n.start - last <= 1 and n.kind != "year"), None)
            if above and below and above.value < below.value and above.value in held and below.value not in held:
                yield message("the quotes say {part} out of every {whole}", part=above.shown, whole=below.shown)
    mine = _shares(sentence)
    theirs = [pair for quote in quotes for pair in _shares(quote)]
    for above, below in mine:
        known = [pair for pair in theirs if pair[1].value == below.value]
        if known and all(pair[0].value != above.value for pair in known):
            yield message("the quotes say {part} of {whole}", part=known[0][0].shown, whole=below.shown)


def _shares(wording: Wording) -> list[tuple[Figure, Figure]]:
    """Return the pairs of "14 of the 60"."""
    numbers = sorted(wording.figures.numbers, key=lambda number: number.start)
    return [
        (above, below)
        for above, below in pairwise(numbers)
        if regex.fullmatch(
            r"\s*(?:out of|of|sur|de|из)\s*(?:the|les|las|los)?\s*", wording.text[above.end : below.start]
        )
    ]


def _shared(word: Word, places: Iterable[int], homes: Iterable[int], quote: Wording) -> bool:
    """Whether a clause is about a word of an earlier one: it leaves out its subject, or has a pronoun for it."""
    home = min(homes)
    if min(places) >= home:
        return False
    clause = [other for other in quote.words if other.clause == home]
    content = [other for other in clause if other.content]
    cues = quote.cues
    if not content:
        return True
    verbs = {quote.words[i].start for i in verb_places(quote)}
    has_verb = any(other.start in verbs for other in content) or (
        cues is not None and any(other.folded in cues.passive | cues.causative for other in clause)
    )
    if verbs and not has_verb:
        return True  # "Sekaggya took up the mandate in 2008, Forst in 2014"
    if any(other.start in verbs for other in matches(word, quote.content)) or cues is None:
        return False
    pronoun = any(other.folded in cues.pronouns for other in clause)
    return pronoun or content[0].start in verbs


def _recombined_date(date: Date, own: Sequence[Word], sentence: Wording, quotes: Quotes) -> Iterator[Message]:
    homes = [quote for quote in quotes if dated(date, quote)]
    away = [quote for quote in quotes if not dated(date, quote) and quote.figures.dates]
    for quote in away:
        rivals = [d for d in quote.figures.dates if not any(d.agrees(m) or m.agrees(d) for m in sentence.figures.dates)]
        there = [word for word in own if matches(word, quote.content)]
        here = [word for word in own if any(matches(word, home.content) for home in homes)]
        only = [word for word in there if word not in here]
        if rivals and homes and len(only) > 0 and len(only) >= len(here):
            yield _said_of(rivals[0].shown, date.shown)
            return


def _recombined_name(own: Sequence[Word], clause: int, sentence: Wording, quotes: Quotes) -> Iterator[Message]:
    """The clause's words are in one quote, its name in another that is about somebody else."""
    if len(quotes) < 2:
        return
    known = [*names(sentence), *_initial_name(sentence, quotes)]
    named = [word for word in known if word.clause == clause]
    before = [word for word in known if word.clause < clause]
    starts = next((word for word in sentence.words if word.clause == clause), None)
    heads = named or (before[-1:] if starts is not None and not _has_subject(sentence, clause) else [])
    rest = [word for word in own if word not in named]
    for name in heads:
        if country_of(name.text):
            continue
        run = _run(name, sentence)
        homes = [quote for quote in quotes if any(same_name(part, word) for part in run for word in quote.words)]
        for quote in quotes:
            if quote in homes or not homes:
                continue
            there = [word for word in rest if matches(word, quote.content)]
            here = [word for word in rest if any(matches(word, home.content) for home in homes)]
            only = [word for word in there if word not in here]
            mine = names(sentence)
            rivals = [
                other.text
                for other in names(quote)
                if not country_of(other.text)
                and not any(same_name(other, word) for word in sentence.words)
                and not any(same_name(other, word) for home in homes for word in home.words)
            ]
            shared = any(same_name(a, b) for a in mine if a not in run for b in quote.words if not country_of(a.text))
            figures = [n for n in sentence.figures.numbers if sentence.clause_of(n.start) == clause and not n.loose]
            weight = len(only) + sum(held_by(n, [quote]) and not held_by(n, homes) for n in figures)
            if rivals and not shared and weight and weight >= len(here):
                yield _said_of(rivals[0], name.text)
                return


def _said_of(theirs: str, mine: str) -> Message:
    return message("the quotes say this about {other}, not about {words}", other=theirs, words=mine)


def _run(name: Word, wording: Wording) -> list[Word]:
    """Return the capitalised words around a name that make one name with it: "Supreme Court"."""
    words = list(wording.words)
    first = last = words.index(name)
    while first and words[first - 1].capital and words[first - 1].content:
        first -= 1
    while last + 1 < len(words) and words[last + 1].capital and words[last + 1].content:
        last += 1
    return words[first : last + 1]


def _initial_name(sentence: Wording, quotes: Quotes) -> list[Word]:
    """Return the first word where the quotes have it as a name, and never without its capital."""
    first = sentence.words[:1]
    if not first or not first[0].content:
        return []
    met = [word for quote in quotes for word in quote.words if word.folded == first[0].folded]
    inner = [word for quote in quotes for word in names(quote) if word.folded == first[0].folded]
    return list(first) if inner and all(word.capital for word in met) else []


def _has_subject(sentence: Wording, clause: int) -> bool:
    """Whether a clause begins with an article or a pronoun, and so with a subject of its own."""
    first = next((word for word in sentence.words if word.clause == clause and word.text not in ("and", "but")), None)
    return first is not None and not first.content and first.folded in ("the", "a", "an", "it", "they", "he", "she")
