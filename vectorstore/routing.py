"""Which documents a question is about: a soft hint, never a filter.

Documents that look alike (the same report year after year, filings of one company) differ in their names and first
lines more than in their passages. Source: the retrieval study; what it gains is in docs/retrieval.md.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.language.function_words import function_words
from vectorstore.question import words_of

_NAME_WEIGHT = 3.0
"""Of a word in the file's name, against one in its first lines."""
_LEAST_PREFIX = 3
"""Letters of a question's word that may begin a word of a name: "MGM" of "mgmresorts"."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a document at a glance."""

    name: frozenset[str]
    """Words of its file's name."""
    head: frozenset[str]
    """Words of its title and first lines."""


class Cards:
    """The cards of many documents (id), found by their words."""

    def __init__(self, cards: Mapping[str, Card]) -> None:
        """Take the cards in."""
        self._cards = dict(cards)
        self.documents = frozenset(cards)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._heads: dict[str, set[str]] = defaultdict(set)
        for document, card in cards.items():
            for word in card.name:
                self._names[word].add(document)
            for word in card.head:
                self._heads[word].add(document)
        self._sorted_names = sorted(self._names)

    def words(self, document: str) -> frozenset[str]:
        """Return the words of a document's name, title and first lines."""
        return self._cards[document].name | self._cards[document].head

    def named(self, word: str) -> set[str]:
        """Return the documents whose file's name holds ``word``, or a word that begins with it."""
        found = set(self._names.get(word, ()))
        if len(word) >= _LEAST_PREFIX and not word.isdigit():
            place = bisect_left(self._sorted_names, word)
            while place < len(self._sorted_names) and self._sorted_names[place].startswith(word):
                found |= self._names[self._sorted_names[place]]
                place += 1
        return found

    def headed(self, word: str) -> set[str]:
        """Return the documents whose title or first lines hold ``word``."""
        return self._heads.get(word, set())


@dataclass(frozen=True, slots=True)
class Route:
    """How well the question's words name each document (id), 0…1, and the words that name the best one."""

    shares: Mapping[str, float]
    names: frozenset[str]


def make_card(name: str, head: str) -> Card:
    """Return the card of a file called ``name`` whose title and first lines are ``head``."""
    parted = re.sub(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", re.sub(r"[_\-.]+", " ", name))
    return Card(frozenset(words_of(name.replace("_", " ")) + words_of(parted)), frozenset(words_of(head)))


def route(words: Sequence[str], cards: Cards, documents: Collection[str] = ()) -> Route:
    """Return how well ``words``, in the question's order, name each document; of ``documents`` alone, when given.

    Every word that is on a card counts with its rarity among the cards (inverse document frequency). A name is
    also found by its first letters, and written in one word: "Best Buy" names BESTBUY_2023.
    """
    among = cards.documents & frozenset(documents) if documents else cards.documents
    common = function_words("en")
    known = [word for word in words if word not in common]
    together = ["".join(pair) for pair in pairwise(words) if not set(pair) & common]
    scores = dict.fromkeys(sorted(among), 0.0)
    named: dict[str, set[str]] = defaultdict(set)
    for word in dict.fromkeys([*known, *together]):
        in_name = cards.named(word) & among
        for weight, found in ((_NAME_WEIGHT, in_name), (1.0, cards.headed(word) & among)):
            for document in found:
                scores[document] += weight * _rarity(len(found), len(among))
        for document in in_name:
            named[document].add(word)
    best = max(scores, key=lambda document: scores[document], default="")
    if not best or not scores[best]:
        return Route(scores, frozenset())
    names = {part for part in words if part in named[best] and not part.isdigit() and len(part) >= _LEAST_PREFIX}
    names |= {part for pair in pairwise(words) if "".join(pair) in named[best] for part in pair}
    return Route({document: score / scores[best] for document, score in scores.items()}, frozenset(names))


def _rarity(documents: int, total: int) -> float:
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))
