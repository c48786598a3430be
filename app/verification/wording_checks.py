"""Does a sentence keep the conditions, the causes and the words of its quotes?

Rules over words; docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Message, message
from app.verification import lexicon
from app.verification.fact_checks import names
from app.verification.wording import Word, Wording, matches

Quotes = Sequence[Wording]
_CONDITIONAL = frozenset("if without si sans sin без".split())
_MIN_OVERLAP = 0.5


def condition(sentence: Wording, quotes: Quotes) -> list[Message]:
    """An "unless" or "except" that was dropped."""
    cues = sentence.cues
    assert cues is not None
    if has_condition(sentence):
        return []
    for quote in quotes:
        for start, end in quote.find(cues.conditions):
            ruled = [word for word in quote.words[:start] if word.content]
            mine = [word for word in sentence.content if matches(word, quote.content)]
            if mine and 2 * sum(bool(matches(word, ruled)) for word in mine) > len(mine):
                return [message("the condition “{words} …” is missing", words=quote.shown(start, end))]
    return []


def has_condition(sentence: Wording) -> bool:
    """Whether a sentence has a condition."""
    cues = sentence.cues
    assert cues is not None
    return bool(sentence.find(cues.conditions)) or any(word.folded in _CONDITIONAL for word in sentence.words)


def cause(sentence: Wording, quotes: Quotes) -> list[Message]:
    """The sentence gives a cause that no quote gives."""
    cues = sentence.cues
    assert cues is not None
    claimed = sentence.find(cues.cause)
    if not claimed:
        return []
    start, end = claimed[0]
    given = [quote for quote in quotes if quote.find(cues.cause_loosely | cues.cause)]
    reason = [word for word in sentence.words[end:] if word.content][:1]
    if any(matches(word, quote.content) for word in reason for quote in given) or (given and not reason):
        return []
    return [message("the quotes give no cause, the sentence says “{words}”", words=sentence.shown(start, end))]


def overlap(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Too few of the sentence's words, or none of a whole part of it, are in the quotes."""
    words = [word for quote in quotes for word in quote.content]
    own = sentence.content
    held = {word.start for word in own if matches(word, words)}
    if own and len(held) < _MIN_OVERLAP * len(own):
        return [message("the sentence and the quotes have too few words in common")]
    for run in zip(own, own[1:], own[2:], strict=False):
        if not any(word.start in held for word in run):
            return [_nothing_says(sentence.text[run[0].start : run[-1].end])]
    for clause in sorted({word.clause for word in own}):
        part = [word for word in own if word.clause == clause]
        if len(part) > 1 and not any(word.start in held for word in part):
            return [_nothing_says(sentence.text[part[0].start : part[-1].end])]
    return []


def _nothing_says(words: str) -> Message:
    return message("nothing in the quotes says “{words}”", words=words)


def new_words(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Words that the quotes have in no form and no synonym: an addition, as far as words can show."""
    cues = sentence.cues
    assert cues is not None
    words = [word for quote in quotes for word in quote.content]
    stems = {word.stem for quote in quotes for word in quote.words}
    known = {phrase[0][0] for phrase in cues.attribution | cues.hedges | cues.irrealis | cues.denials}
    named = {word.start for word in names(sentence)}
    bounding = {word for phrases in cues.bounds.values() for phrase in phrases for word, _ in phrase}
    used = {other for word in sentence.content for other in matches(word, words)}
    new = [
        word
        for word in sentence.content
        if word.folded not in cues.light | cues.shells
        and not known & {word.stem, word.folded}
        and word.start not in named
        and not bounding & {word.stem, word.folded}
        and not any(word.stem in group and group & stems for group in cues.synonyms)
        and not matches(word, words)
        and not _denied_elsewhere(word, words)
        and not (cues.language == "en" and _near(word, [other for other in words if other not in used]))
    ]
    return [message("the quotes do not say “{words}”", words="”, “".join(word.text for word in new))] if new else []


def _denied_elsewhere(word: Word, words: Sequence[Word]) -> bool:
    """Whether "unpaid" says what the quotes say with "not paid"."""
    return any(
        other.denied and word.folded == prefix + other.folded for other in words for prefix in ("un", "in", "non-")
    )


def _near(word: Word, others: Sequence[Word]) -> bool:
    """Whether one of the quotes' words that match nothing else in the sentence says nearly the same."""
    if word.capital:
        return False
    return any(not other.capital and lexicon.near(word.folded, other.folded) for other in others)
