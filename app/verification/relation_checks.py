"""Does a sentence link its words as its quotes do: who did what to whom, which one, where to? English only.

Every word of the sentence is paired with a word of the quotes so that as many links as possible are in the quotes too.
Then two kinds of links are reported: two words linked the other way round, and a slot that the quotes fill otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from app.messages import Message, message
from app.verification import lexicon
from app.verification.relations import DOER, DONE_TO, GIVEN_TO, IS, MOD, NUMBER, OWNER, Clauses, clauses_of
from app.verification.wording import Word, Wording, matches

Quotes = Sequence[Wording]
Place = tuple[int, int]
"""Quote and word."""
_TURNED = {
    DOER: {DONE_TO, "against"},
    DONE_TO: {DOER, "by"},
    "by": {DONE_TO, "against"},
    "against": {DOER, "by", "for"},
    "from": {"to", "into"},
    "to": {"from"},
    "before": {"after", "since"},
    "after": {"before", "until"},
    "with": {"without"},
    "without": {"with"},
    "for": {"against"},
    "until": {"since", "after"},
    "since": {"until", "before"},
    "above": {"below", "under"},
    "below": {"above"},
    "inside": {"outside"},
    "outside": {"inside", "in"},
}
_SAME = {
    DOER: {DOER, "by", OWNER, "from", MOD, IS, "of"},
    DONE_TO: {DONE_TO, "of", "against", "to", "on", "for", OWNER, MOD, GIVEN_TO, IS, "in", "from", "with"},
    GIVEN_TO: {GIVEN_TO, "to", "for", DONE_TO},
}
_LOOSE = frozenset({MOD, IS, OWNER, "of", NUMBER})
_FILLED = frozenset(
    {DOER, DONE_TO, GIVEN_TO, "by", "against", "from", "to", "for", "of", "before", "after", OWNER, MOD}
)
_ARGUMENTS = frozenset({DOER, DONE_TO, GIVEN_TO})
_PART = frozenset({MOD, OWNER, "of", "in", "at", IS})


class Fit(Enum):
    """How a link of the sentence compares with the quotes, and what it costs."""

    HELD = 0.0
    OTHER = 0.1
    APART = 0.3
    RIVAL = 1.0
    TURNED = 3.0


@dataclass(frozen=True)
class Finding:
    """A link that the quotes do not have, and what they have instead."""

    fit: Fit
    slot: str
    head: Word
    word: Word
    rival: Word | None = None


def links(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Words that the quotes link the other way round, or to something else."""
    mine = clauses_of(sentence)
    theirs = [tree for quote in quotes if (tree := clauses_of(quote))]
    if mine is None or len(theirs) < len(quotes):
        return []
    pairing = _Pairing(mine, theirs)
    return list(dict.fromkeys(_reason(finding) for finding in pairing.findings()))


def _reason(finding: Finding) -> Message:
    head, word = finding.head.text, finding.word.text
    if finding.fit is Fit.TURNED:
        return message("the quotes link “{head}” and “{word}” the other way round", head=head, word=word)
    assert finding.rival is not None
    rival = finding.rival.text
    return message("in the quotes “{head}” goes with “{rival}”, not with “{word}”", head=head, rival=rival, word=word)


class _Pairing:
    """The words of a sentence, each with its counterpart."""

    def __init__(self, mine: Clauses, theirs: list[Clauses]) -> None:
        self.mine, self.theirs = mine, theirs
        self.candidates = {
            number: found
            for number, word in enumerate(mine.words())
            if word.content and (found := self._counterparts(word))
        }
        self.edges = [
            (head, slot, word)
            for head, found in mine.links.items()
            for slot, word in found
            if head in self.candidates and word in self.candidates and slot != NUMBER
        ]
        self.chosen = {number: places[0] for number, places in self.candidates.items()}
        self._settle()

    def _counterparts(self, word: Word) -> list[Place]:
        """Return the places of the quotes' words of the same stem; else of other forms; else of synonyms."""
        for near in (lambda other: word.stem == other.stem, lambda other: matches(word, [other]), partial(kin, word)):
            found = [
                (quote, number)
                for quote, tree in enumerate(self.theirs)
                for number, other in enumerate(tree.words())
                if other.content and near(other)
            ]
            if found:
                return found
        return []

    def _settle(self) -> None:
        """Choose for each word in turn the counterpart that costs least, until nothing changes."""
        around: dict[int, list[tuple[int, str, int]]] = {number: [] for number in self.candidates}
        for edge in self.edges:
            around[edge[0]].append(edge)
            around[edge[2]].append(edge)

        def cost(number: int, place: Place) -> float:
            self.chosen[number] = place
            return sum(self._fit(*edge)[0].value for edge in around[number])

        for _ in range(4):
            before = dict(self.chosen)
            for number, places in self.candidates.items():
                if len(places) > 1:
                    self.chosen[number] = min(places, key=lambda place: cost(number, place))
            if before == self.chosen:
                return

    def findings(self) -> Iterator[Finding]:
        """Yield the links that the quotes have the other way round or with another word."""
        words = self.mine.words()
        for head, slot, word in self.edges:
            fit, rival = self._fit(head, slot, word)
            if fit in (Fit.TURNED, Fit.RIVAL):
                yield Finding(fit, slot, words[head], words[word], rival)

    def _fit(self, head: int, slot: str, word: int) -> tuple[Fit, Word | None]:
        (quote, there), (other_quote, other) = self.chosen[head], self.chosen[word]
        tree = self.theirs[quote]
        down = {name for name, child in tree.links[there] if (quote, child) == (other_quote, other)}
        up = {name for name, child in tree.links[other] if child == there} if quote == other_quote else set()
        if down | up:
            accepted = _SAME.get(slot, {slot}) | {slot}
            if accepted & down or (slot in _LOOSE and (up | down)):
                return Fit.HELD, None
            return (Fit.TURNED, None) if _TURNED.get(slot, set()) & down else (Fit.OTHER, None)
        if quote == other_quote and (double := self._double(tree, there, slot, other)):
            return Fit.RIVAL, double
        if slot == IS and quote == other_quote:
            named = [who for who, found in tree.links.items() for name, what in found if (name, what) == (IS, other)]
            if named and not any(alike(self.mine.words()[head], tree.words()[who]) for who in named):
                return Fit.RIVAL, tree.words()[named[0]]
        if slot not in _FILLED or quote != other_quote:
            return Fit.APART, None
        rival = self._rival(tree, there, slot, self.mine.words()[word], other)
        return (Fit.RIVAL, rival) if rival else (Fit.APART, None)

    def _rival(self, tree: Clauses, there: int, slot: str, word: Word, other: int) -> Word | None:
        """Return what fills a slot of a quote's word instead of ``word``, which is somewhere else in that quote."""
        fillers = [child for name, child in tree.links[there] if name == slot and tree.words()[child].content]
        if (
            not fillers
            or not self._linked_elsewhere(tree, other, there, slot)
            or any(tree.is_pronoun(child) for name, child in tree.links[there] if name == slot)
        ):
            return None
        for child in fillers:
            if alike(word, tree.words()[child]) or self._part(tree, child, other) or self._part(tree, other, child):
                return None
            if slot == MOD and tree.nodes[child].tag[:2] != tree.nodes[other].tag[:2]:
                return None
            if any(alike(mine, tree.words()[child]) for mine in self.mine.words() if mine.content) and slot == MOD:
                return None
        return tree.words()[fillers[0]]

    def _double(self, tree: Clauses, there: int, slot: str, other: int) -> Word | None:
        """Return what describes another mention of the word: of "the northern plant, the southern plant"."""
        for name, child in tree.links[there]:
            same = child != other and tree.words()[child].stem == tree.words()[other].stem
            if name == slot and same and self._described(tree, child) and self._described(tree, other):
                return self._described(tree, child)
        return None

    def _described(self, tree: Clauses, place: int) -> Word | None:
        return next((tree.words()[child] for name, child in tree.links[place] if name == MOD), None)

    def _linked_elsewhere(self, tree: Clauses, other: int, there: int, slot: str) -> bool:
        names = {MOD} if slot == MOD else _ARGUMENTS
        return any(
            child == other and head != there and (name in names or name == slot)
            for head, found in tree.links.items()
            for name, child in found
        )

    def _part(self, tree: Clauses, over: int, under: int) -> bool:
        return any(child == under and name in _PART for name, child in tree.links[over])


def alike(word: Word, other: Word) -> bool:
    """Return whether a word of the sentence may mean one of a quote: a form, a synonym, a wider word."""
    return bool(matches(word, [other])) or kin(word, other)


def kin(word: Word, other: Word) -> bool:
    """Return whether a word of the sentence is a synonym of one of a quote, or a wider word."""
    if word.capital or other.capital:
        return False
    return lexicon.same(word.folded, other.folded) or bool(lexicon.wider(other.folded) & lexicon.lemmas(word.folded))
