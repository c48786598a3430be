"""A "not", a "said" or an "allegedly" that the quotes have and the sentence lost."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from app.messages import Message, message
from app.verification.wording import Quotes, Word, Wording, alike, analyse

_ENDS = regex.compile(r"(?<=[.;!?।؟])\s+")
_NEAR = 0.4
"""Share of a sentence's words that a part of a quote has, from which the sentence may rest on it."""


def lost_negation(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A "not" in all that the sentence may rest on, and none in the sentence."""
    if _negated(sentence, denials=True):
        return []
    return _lost(_negated(part) for part in _rests_on(sentence, quotes))


def lost_source(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A "said" or an "allegedly" in all that the sentence may rest on, and none in the sentence."""
    if _reported(sentence):
        return []
    return _lost(_reported(part) for part in _rests_on(sentence, quotes))


def _lost(words: Iterable[str]) -> list[Message]:
    """Return the reason where every part has its word; none where one part has none."""
    found = list(words)
    return [message("the quotes say “{words}”, the sentence does not", words=found[0])] if all(found) else []


def _rests_on(sentence: Wording, quotes: Quotes) -> list[Wording]:
    """Return the sentences of the quotes that share most words with a sentence; all where none does."""
    parts = [analyse(part, quote.language) for quote in quotes for part in _ENDS.split(quote.text) if part]
    wanted = _NEAR * len(sentence.content)
    return [part for part in parts if sum(_has(part, word) for word in sentence.content) >= wanted] or parts


def _has(part: Wording, word: Word) -> bool:
    return any(alike(word, other) for other in part.content)


def _negated(wording: Wording, denials: bool = False) -> str:
    """Return the word that negates something; "" where none does."""
    cues = wording.cues
    if cues is None:
        return ""
    ended = [word.text for word in wording.words if word.folded.endswith(cues.negative_endings or ("\0",))]
    return next(iter(wording.find(cues.negators, cues.denials if denials else ()) + ended), "")


def _reported(wording: Wording) -> str:
    """Return the word that says whose words these are, or how certain; "" where none does."""
    cues = wording.cues
    return next(iter(wording.find(cues.attribution, cues.hedges)), "") if cues is not None else ""
