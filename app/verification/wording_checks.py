"""Does a sentence keep what bounds its quotes: conditions, causes, how many, and their words at all?

Rules over words: they see what a cue word shows and nothing else. docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.verification import lexicon
from app.verification.cues import Phrase
from app.verification.fact_checks import names, same_figure
from app.verification.figures import Figure
from app.verification.wording import ARTICLES, Word, Wording, matches

Quotes = Sequence[Wording]
_CONDITIONAL = frozenset("if without si sans sin без".split())
_MIN_OVERLAP = 0.5
_NEAR = 1
_SPARE = 0.2


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


def bounds(sentence: Wording, quotes: Quotes) -> list[str]:
    """An "at least", "about" or "up to" before a number that was lost, added or exchanged."""
    for figure in sentence.figures.numbers:
        theirs = [
            (_rounding(figure, other) or _bound(quote, other), quote)
            for quote in quotes
            for other in quote.figures.numbers
            if same_figure(figure, other)
        ]
        mine = _bound(sentence, figure)
        if (figure.loose and not any(other for other, _ in theirs)) or (figure.kind == "year" and mine != "about"):
            continue
        if theirs and not any(_entails(other, mine) for other, _ in theirs):
            other = theirs[0][0]
            if not mine:
                return [f"the quotes do not say {figure.shown} exactly, the sentence does"]
            return [
                f"the quotes bound {figure.shown} in another way than the sentence"
                if other
                else f"the quotes say {figure.shown} exactly"
            ]
    return []


_ENTAILED = {
    "": ("", "about", "least", "most"),
    "over": ("over", "least"),
    "under": ("under", "most"),
    "least": ("least",),
    "most": ("most",),
    "about": ("about",),
    "rounded down": ("over", "least", "about", ""),
    "rounded up": ("about", "under", "most", ""),
}


def _entails(theirs: str, mine: str) -> bool:
    return mine in _ENTAILED[theirs]


def _rounding(figure: Figure, other: Figure) -> str:
    """Return the bound that a rounded figure may have: the quote's is more ("over") or less."""
    mine, theirs = (float(f.value) / (100 if f.kind == "percent" else 1) for f in (figure, other))
    return "" if mine == theirs else "rounded down" if mine < theirs else "rounded up"


def _bound(wording: Wording, figure: Figure) -> str:
    cues = wording.cues
    assert cues is not None
    words = wording.words
    index = next((i for i, word in enumerate(words) if word.end > figure.start), len(words))
    behind = next((i for i, word in enumerate(words) if word.start >= figure.end), len(words))
    while index and words[index - 1].folded in ARTICLES and words[index - 1].folded not in ("of", "de"):
        index -= 1
    found = [
        (end - start, name)
        for name, phrases in cues.bounds.items()
        for start, end in wording.find(phrases)
        if not (start and words[start - 1].stem in cues.phrasal)
        if index in (end, end + (words[index - 1 : index] != () and words[index - 1].folded in ARTICLES))
        or (start == behind and (cues.language in ("ar", "ne") or words[start].folded == "or"))
    ]
    return max(found)[1] if found else ""


def quantifiers(sentence: Wording, quotes: Quotes) -> list[str]:
    """ "All", "most", "some", "only": one that the quotes do not have, or one of theirs that was lost."""
    cues = sentence.cues
    assert cues is not None
    mine = _quantified(sentence, cues.quantifiers)
    theirs = [
        (name, start, end, quote) for quote in quotes for name, start, end in _quantified(quote, cues.quantifiers)
    ]
    classes = {name for name, *_ in theirs}
    shares = {
        "most" if _share(n) > 0.5 else "few"
        for quote in quotes
        for n in quote.figures.numbers
        if n.kind in ("percent", "fraction")
    }
    for name, start, end in mine:
        before = sentence.words[start - 1].folded if start else ""
        near = sentence.words[end].start if end < len(sentence.words) else -1
        if (name == "all" and before in ("in", "at", "after", "above")) or (
            name == "only" and any(number.start - 2 <= near < number.end for number in sentence.figures.numbers)
        ):
            continue  # "in all", "only 0.1 per cent"
        shown = " ".join(word.text for word in sentence.words[start:end])
        if name != "some" and name not in classes | shares:
            return [f"the quotes do not say “{shown}”"]
    own = {name for name, *_ in mine}
    for name, start, end, quote in theirs:
        if name in ("some", "few", "most", "almost", "only") and name not in own:
            behind = [word for word in quote.words[end:] if word.content][:1]
            if behind and matches(behind[0], sentence.content) and not sentence.figures.numbers:
                shown = " ".join(word.text for word in quote.words[start:end])
                return [f"“{shown}” of the quotes was lost"]
    return []


def _share(figure: Figure) -> float:
    return float(figure.value) / (100 if figure.kind == "percent" else 1)


def _quantified(wording: Wording, groups: Mapping[str, frozenset[Phrase]]) -> list[tuple[str, int, int]]:
    found = [(name, start, end) for name, phrases in groups.items() for start, end in wording.find(phrases)]
    return [
        (name, start, end)
        for name, start, end in found
        if not any(a <= start and end <= b and b - a > end - start for _, a, b in found)
    ]


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
    spare = 0 if cues.language == "en" else _SPARE * len(sentence.content)
    if len(new) <= spare and not any(word.capital for word in new):
        return []
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
    return any(not other.capital and lexicon.distance(word.folded, other.folded) <= _NEAR for other in others)
