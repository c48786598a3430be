"""Does a sentence keep who says something, how certain they are, and whether it was done or only asked for?

Rules over cue words; docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Message, message
from app.verification.cues import Cues, Phrase
from app.verification.scopes import governed, root, speaker
from app.verification.wording import Word, Wording, matches
from app.verification.wording_checks import has_condition

Quotes = Sequence[Wording]
_NEAR = 4
"""Content words after a cue that it is about."""
_THAT = frozenset("that que qu что أن إن".split())
_BUT = frozenset("but while whereas although mais pero но لكن तर".split())


def attribution(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Who says it was dropped: what the quotes give as somebody's words became a fact."""
    cues = sentence.cues
    assert cues is not None
    if sentence.find(cues.attribution):
        return _other_source(sentence, quotes, cues)
    if sentence.find(cues.hedges):
        return []
    for quote in quotes:
        for start, end in quote.find(cues.attribution):
            said = _complement(quote, start, end)
            if sum(word.content for word in quote.words[end:]) < 2 or _frames(quote, start, end):
                said = [word for word in quote.words if word.content]
            mine = [word for word in sentence.content if matches(word, quote.content)]
            under = [word for word in mine if matches(word, said)]
            outside = [word for word in quote.content if word not in said]
            root = [word for word in _predicate(sentence) if matches(word, said) and not matches(word, outside)]
            if mine and (len(under) > 0.5 * len(mine) or (root and len(under) > 1)):
                return [
                    message(
                        "the quotes say whose statement this is (“{words}”), the sentence does not",
                        words=quote.shown(start, end),
                    )
                ]
    return []


def _other_source(sentence: Wording, quotes: Quotes, cues: Cues) -> list[Message]:
    """Whether the sentence attributes the words to somebody else than the quotes do."""
    spoken = [word for quote in quotes for place in quote.find(cues.attribution) for word in _source(quote, *place)]
    mine = [word for place in sentence.find(cues.attribution)[:1] for word in _source(sentence, *place)]
    if spoken and mine and not any(matches(word, spoken) for word in mine):
        return [message("in the quotes it is not “{words}” who says this", words=mine[-1].text)]
    return []


def _predicate(wording: Wording) -> list[Word]:
    """Return the verb of the main clause; none without a tree."""
    return [wording.words[root(wording.nodes, 0)]] if wording.nodes else []


def _source(wording: Wording, start: int, end: int) -> list[Word]:
    """Return the content words that name who speaks."""
    words = wording.words
    if wording.nodes:
        found = speaker(wording.nodes, start, end)
        pronoun = any(wording.nodes[place].tag in ("PRP", "WP", "WDT", "DT") for place in found)
        return [] if pronoun else [words[place] for place in found if words[place].content]
    around = [w for w in words[:start] if w.content and w.clause == words[start].clause]
    if _frames(wording, start, end) or not around:
        around = [w for w in words[end:] if w.content and w.clause == words[start].clause]
    return around


def _complement(quote: Wording, start: int, end: int) -> list[Word]:
    """Return what an attribution is about: the rest of its clause; with "that", all up to a "but"."""
    if quote.nodes:
        return [quote.words[place] for place in governed(quote.nodes, start, end) if quote.words[place].content]
    far = any(word.folded in _THAT for word in quote.words[start : end + 2])
    clause = quote.words[end - 1].clause
    said: list[Word] = []
    for word in quote.words[end:]:
        if far and word.folded in _BUT:
            break
        if not far and word.clause > clause and said:
            break
        if word.content:
            said.append(word)
    return said


def _frames(quote: Wording, start: int, end: int) -> bool:
    """Whether an attribution is about the whole sentence: "according to X, …"."""
    return (end - start > 1 and start == 0) or quote.words[start].folded in (
        "according",
        "selon",
        "según",
        "по",
        "بحسب",
        "وفقا",
        "अनुसार",
    )


def hedge(sentence: Wording, quotes: Quotes) -> list[Message]:
    """How certain they are was dropped: "allegedly", "may", "suspected"."""
    cues = sentence.cues
    assert cues is not None
    if sentence.find(cues.attribution) or (sentence.find(cues.hedges) and not sentence.nodes):
        return []
    lost = _lost_cue(sentence, quotes, cues.hedges, 2)
    return [message("the quotes are less certain: they say “{words}”", words=lost)] if lost else []


def modality(sentence: Wording, quotes: Quotes) -> list[Message]:
    """What was asked for, promised or planned is given as done; or what is allowed as a duty."""
    cues = sentence.cues
    assert cues is not None
    for mine, theirs in ((cues.duty, cues.permission), (cues.permission, cues.duty)):
        found = sentence.find(mine)
        if found and not any(quote.find(mine) for quote in quotes) and any(quote.find(theirs) for quote in quotes):
            return [
                message(
                    "the quotes do not say “{word}”: a duty is not a permission", word=sentence.words[found[0][0]].text
                )
            ]
    if sentence.nodes and not has_condition(sentence):
        lost = _lost_cue(sentence, quotes, cues.conditions, _NEAR)
        if lost:
            return [message("the quotes say this only under a condition: “{words} …”", words=lost)]
    kept = [sentence.words[start].clause for start, _ in sentence.find(cues.irrealis)]
    lost = _lost_cue(sentence, quotes, cues.irrealis, _NEAR, kept)
    return [message("the quotes say “{words}”: asked for or planned, not done", words=lost)] if lost else []


def _lost_cue(
    sentence: Wording, quotes: Quotes, phrases: frozenset[Phrase], near: int, kept_in: Sequence[int] = ()
) -> str:
    """Return the quotes' cue whose words the sentence has without such a cue; "" where there is none.

    In the clauses ``kept_in`` the sentence keeps a cue, for them and for all before them.
    """
    for quote in quotes:
        for start, end in quote.find(phrases):
            lost = (
                _lost_in_tree(sentence, quote, start, end, phrases, kept_in)
                if quote.nodes
                else _lost_after(sentence, quote, end, near, kept_in)
            )
            if lost:
                return quote.shown(start, end)
    return ""


def _lost_in_tree(
    sentence: Wording, quote: Wording, start: int, end: int, phrases: frozenset[Phrase], kept_in: Sequence[int]
) -> bool:
    """Whether the word that a cue applies to is in the sentence, and under no such cue there."""
    spoken = [
        quote.words[place]
        for place in governed(quote.nodes, start, end)
        if quote.words[place].content and place not in range(start, end)
    ]
    if not spoken:
        return False
    under = {
        sentence.words[place].start
        for cue in sentence.find(phrases)
        for place in governed(sentence.nodes, *cue)
        if sentence.words[place].content
    }
    outside = [word for word in quote.content if word not in spoken]
    met = [word for word in sentence.content if matches(word, spoken) and not matches(word, outside)]
    bare = [word for word in met if word.start not in under and not any(kept <= word.clause for kept in kept_in)]
    near = [word for word in spoken[:_NEAR] if matches(word, bare)]
    main = [word for word in _predicate(sentence) if word in bare and matches(word, spoken[:1])]
    most = bool(near) and 2 * len(near) >= len(spoken[:_NEAR]) and (near[0] == spoken[0] or len(near) > 1)
    return most or bool(main)


def _lost_after(sentence: Wording, quote: Wording, end: int, near: int, kept_in: Sequence[int]) -> bool:
    """Whether half of the words after a cue are in the sentence, before any clause that keeps such a cue."""
    spoken = [word for word in quote.words[end:] if word.content][:near]
    clause = quote.words[end - 1].clause
    same = [word for word in spoken if word.clause == clause]
    spoken = same or [word for word in spoken if word.clause == clause + 1]
    kept = [word for word in spoken if matches(word, sentence.content)]
    mine = [word.clause for word in sentence.content if matches(word, kept)]
    if any(clause <= max(mine, default=0) for clause in kept_in):
        return False
    return bool(spoken) and 2 * len(kept) >= len(spoken)
