"""Does a sentence keep what bounds its quotes: conditions, causes, how many, and their words at all?

Rules over words: they see what a cue word shows and nothing else. docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.verification import lexicon
from app.verification.fact_checks import names
from app.verification.wording import Word, Wording, matches

Quotes = Sequence[Wording]
_CONDITIONAL = frozenset("if without si sans sin без".split())
_MIN_OVERLAP = 0.5


def condition(sentence: Wording, quotes: Quotes) -> list[str]:
    """An "unless" or "except" that was lost."""
    cues = sentence.cues
    assert cues is not None
    if has_condition(sentence):
        return []
    for quote in quotes:
        for start, end in quote.find(cues.conditions):
            ruled = [word for word in quote.words[:start] if word.content]
            mine = [word for word in sentence.content if matches(word, quote.content)]
            if mine and 2 * sum(bool(matches(word, ruled)) for word in mine) > len(mine):
                return [f"the condition “{' '.join(word.text for word in quote.words[start:end])} …” was lost"]
    return []


def has_condition(sentence: Wording) -> bool:
    """Whether a sentence says of what case it speaks."""
    cues = sentence.cues
    assert cues is not None
    return bool(sentence.find(cues.conditions)) or any(word.folded in _CONDITIONAL for word in sentence.words)


def cause(sentence: Wording, quotes: Quotes) -> list[str]:
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
    shown = " ".join(word.text for word in sentence.words[start:end])
    return [f"the quotes give no cause, the sentence says “{shown}”"]


def overlap(sentence: Wording, quotes: Quotes) -> list[str]:
    """Too few of the sentence's words, or none of a whole part of it, stand in the quotes."""
    words = [word for quote in quotes for word in quote.content]
    own = sentence.content
    held = {word.start for word in own if matches(word, words)}
    if own and len(held) < _MIN_OVERLAP * len(own):
        return ["sentence and quotes share too few words"]
    for run in zip(own, own[1:], own[2:], strict=False):
        if not any(word.start in held for word in run):
            return [f"nothing in the quotes speaks of “{sentence.text[run[0].start : run[-1].end]}”"]
    for clause in sorted({word.clause for word in own}):
        part = [word for word in own if word.clause == clause]
        if len(part) > 1 and not any(word.start in held for word in part):
            shown = sentence.text[part[0].start : part[-1].end]
            return [f"nothing in the quotes speaks of “{shown}”"]
    return []


def new_words(sentence: Wording, quotes: Quotes) -> list[str]:
    """Words that the quotes have in no form, no synonym and no near kind: an addition, as far as words can tell."""
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
    return [f"the quotes do not say “{'”, “'.join(word.text for word in new)}”"] if new else []


def _denied_elsewhere(word: Word, words: Sequence[Word]) -> bool:
    """Whether "unpaid" says what the quotes say with "not paid"."""
    return any(
        other.denied and word.folded == prefix + other.folded for other in words for prefix in ("un", "in", "non-")
    )


def _near(word: Word, others: Sequence[Word]) -> bool:
    """Whether one of the quotes' words, which nothing else in the sentence stands for, says nearly the same."""
    if word.capital:
        return False
    return any(not other.capital and lexicon.near(word.folded, other.folded) for other in others)
