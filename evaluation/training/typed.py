"""Questions as people type them: in small letters, without a question mark, in key words, with a slip of the finger.

The data's questions were written by people who were paid to write them well; a box for questions gets "minimum wage
cambodia 2020". Which words are left out is learned from the questions themselves: those that many share.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import regex

from evaluation.training.examples import Data

_CHANGED = 0.5
"""Of the questions."""
_IN_KEY_WORDS, _SLIPS = 0.4, 0.15
"""Of those that are changed."""
_COMMON = 0.01
"""A word in more than this share of a language's questions is left out of key words."""
_FEWEST = 3
"""Words that key words are, at least."""
_LONG = 5
"""Letters of a word in which a slip may be."""
_TURNS_ON_A_WORD = ("squad2-half", "written")
"""Sources whose unanswerable questions differ from answerable ones by any word, such as "not"."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’.,-]*")
_END = regex.compile(r"[\s?¿？؟।។!.]+$")


@dataclass(frozen=True, slots=True)
class Typing:
    """How people type."""

    common: Mapping[str, frozenset[str]]
    """By language, the words that many questions have, folded."""

    def typed(self, question: str, language: str, rng: random.Random, whole: bool) -> str:
        """Return ``question`` as somebody may type it, or as it is; ``whole``: no word of it is left out."""
        if rng.random() >= _CHANGED:
            return question
        text = _END.sub("", question).lstrip("¿").casefold()
        if not whole and rng.random() < _IN_KEY_WORDS:
            text = self._key_words(text, language)
        return _slip(text, rng) if rng.random() < _SLIPS else text

    def _key_words(self, text: str, language: str) -> str:
        kept = [word for word in _WORD.findall(text) if word not in self.common.get(language, ())]
        return " ".join(kept) if len(kept) >= _FEWEST else text


def learn_typing(questions: Iterable[tuple[str, str]]) -> Typing:
    """Return how people type, by questions with their languages."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    asked: Counter[str] = Counter()
    for text, language in set(questions):
        first, *others = _WORD.findall(text) or [""]
        # In small letters where it is not the first: no name.
        seen[language].update({first.casefold(), *(word for word in others if word.isalpha() and word.islower())})
        asked[language] += 1
    return Typing(
        {
            language: frozenset(word for word, times in words.items() if times > _COMMON * asked[language])
            for language, words in seen.items()
        }
    )


def as_typed(data: Data, rng: random.Random) -> Data:
    """Return ``data`` with half of its questions as people may type them."""
    asked = [(one.question, one.language) for one in data.questions]
    typing = learn_typing([*asked, *((one.question, one.language) for one in data.rankings)])

    return replace(
        data,
        questions=[
            replace(one, question=typing.typed(one.question, one.language, rng, one.source in _TURNS_ON_A_WORD))
            for one in data.questions
        ],
        rankings=[
            replace(one, question=typing.typed(one.question, one.language, rng, whole=False)) for one in data.rankings
        ],
    )


def _slip(text: str, rng: random.Random) -> str:
    """Return ``text`` with two letters of one of its longer words exchanged, or one left out."""
    words = [found.span() for found in _WORD.finditer(text) if found.end() - found.start() >= _LONG]
    if not words:
        return text
    start, end = rng.choice(words)
    place = rng.randrange(start + 1, end - 1)
    rest = text[place + 1] + text[place] + text[place + 2 :] if rng.random() < 0.5 else text[place + 1 :]
    return text[:place] + rest
