"""Does a sentence keep how its quotes qualify an amount: "at least", "about", "all", "some", "only"?

Rules over cue words; docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.messages import Message, message
from app.verification.cues import Phrase
from app.verification.fact_checks import same_figure
from app.verification.wording import ARTICLES, Wording, matches
from ingest.language.figures import Figure

Quotes = Sequence[Wording]


def bounds(sentence: Wording, quotes: Quotes) -> list[Message]:
    """An "at least", "about" or "up to" before a number that was dropped, added or replaced."""
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
                return [message("the quotes do not say exactly {figure}, the sentence does", figure=figure.shown)]
            if other:
                return [message("the quotes qualify {figure} differently (“at least”, “about”)", figure=figure.shown)]
            return [message("the quotes say exactly {figure}", figure=figure.shown)]
    return []


_ENTAILED = {
    "": ("", "about", "least", "most"),
    "over": ("over", "least"),
    "under": ("under", "most"),
    "least": ("least",),
    "most": ("most",),
    "about": ("about",),
    "rounded_down": ("over", "least", "about", ""),
    "rounded_up": ("about", "under", "most", ""),
}


def _entails(theirs: str, mine: str) -> bool:
    return mine in _ENTAILED[theirs]


def _rounding(figure: Figure, other: Figure) -> str:
    """Return the bound that a rounded figure may have: the quote's is more ("over") or less."""
    mine, theirs = (float(f.value) / (100 if f.kind == "percent" else 1) for f in (figure, other))
    return "" if mine == theirs else "rounded_down" if mine < theirs else "rounded_up"


def _bound(wording: Wording, figure: Figure) -> str:
    cues = wording.cues
    assert cues is not None
    words = wording.words
    index = next((i for i, word in enumerate(words) if word.end > figure.start), len(words))
    after = next((i for i, word in enumerate(words) if word.start >= figure.end), len(words))
    while index and words[index - 1].folded in ARTICLES and words[index - 1].folded not in ("of", "de"):
        index -= 1
    found = [
        (end - start, name)
        for name, phrases in cues.bounds.items()
        for start, end in wording.find(phrases)
        if not (start and words[start - 1].stem in cues.phrasal)
        if index in (end, end + (words[index - 1 : index] != () and words[index - 1].folded in ARTICLES))
        or (start == after and (cues.language in ("ar", "ne") or words[start].folded == "or"))
    ]
    return max(found)[1] if found else ""


def quantifiers(sentence: Wording, quotes: Quotes) -> list[Message]:
    """ "All", "most", "some", "only": one that the quotes do not have, or one of theirs that was dropped."""
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
        after = sentence.text[sentence.words[end - 1].end :][:2].strip()
        if (name == "all" and before == "in" and not after[:1].isalpha()) or (
            name == "only" and any(number.start - 2 <= near < number.end for number in sentence.figures.numbers)
        ):
            continue  # "in all", "only 0.1 per cent"
        shown = sentence.shown(start, end)
        if name != "some" and name not in classes | shares:
            return [message("the quotes do not say “{words}”", words=shown)]
    own = {name for name, *_ in mine}
    for name, start, end, quote in theirs:
        if name in ("some", "few", "most", "almost", "only") and name not in own:
            following = [word for word in quote.words[end:] if word.content][:1]
            if following and matches(following[0], sentence.content) and not sentence.figures.numbers:
                shown = quote.shown(start, end)
                return [message("the quotes say “{words}”, the sentence leaves it out", words=shown)]
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
