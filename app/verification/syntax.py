"""Which word of a sentence belongs to which: the dependency tree that a small parser gives, English only.

The parser is spaCy's ``en_core_web_sm`` (labels: ClearNLP; see ``app.english_model``). It is loaded when the first
sentence is parsed (about two seconds, most of them for libraries that the embedder needs too), not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import RLock
from typing import TYPE_CHECKING

from app.english_model import PARSER, load_english_model

if TYPE_CHECKING:
    from spacy.language import Language

PARSED = ("en",)
"""Languages that have a parser."""
_KEPT = 512
"""Texts whose trees are kept."""


@dataclass(frozen=True, slots=True)
class Node:
    """A word's place in the tree: the place of its head among the words (-1: none), its label and its tag."""

    head: int
    label: str
    tag: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    head: int
    label: str
    tag: str


_trees: dict[str, tuple[_Token, ...]] = {}
_parsing = RLock()
"""Windows of the chat verify at the same time; the parser and its trees are for one at a time."""


@cache
def _parser() -> Language:
    return load_english_model(PARSER)


def read_ahead(texts: Iterable[str]) -> None:
    """Parse several texts at once: a third quicker than one by one."""
    with _parsing:
        fresh = [text for text in dict.fromkeys(texts) if text not in _trees]
        if len(_trees) + len(fresh) > _KEPT:
            _trees.clear()
        for text, doc in zip(fresh, _parser().pipe(fresh), strict=True):
            _trees[text] = tuple(
                _Token(token.idx, token.idx + len(token), token.head.i, token.dep_, token.tag_) for token in doc
            )


@lru_cache(maxsize=_KEPT)
def parse(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Node, ...]:
    """Return the node of every word of an English text; ``spans`` are the offsets of its words."""
    with _parsing:
        if text not in _trees:  # another window's sentences may have taken its place
            read_ahead([text])
        tokens = _trees[text]
    home: dict[int, int] = {}
    for number, (start, end) in enumerate(spans):
        for index, token in enumerate(tokens):
            if start <= token.start < end or token.start <= start < token.end:
                home.setdefault(index, number)
    return tuple(_node(number, tokens, home) for number in range(len(spans)))


def _node(number: int, tokens: Sequence[_Token], home: dict[int, int]) -> Node:
    own = [index for index, word in home.items() if word == number]
    for index in own:
        token = tokens[index]
        head = token.head
        # punctuation within a word is no word of its own: climb to the next that is one
        while head != tokens[head].head and head not in home:
            head = tokens[head].head
        if head not in own:
            return Node(home.get(head, -1), token.label, token.tag)
        if head == index:
            return Node(-1, token.label, token.tag)
    return Node(-1, "", "")
