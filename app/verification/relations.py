"""Who does what to whom in a sentence, as links between its words: "paid –doer→ company", "plant –mod→ southern".

Active and passive, relative clauses, participles and shared subjects come out as the same links. English only, from
the tree of ``syntax``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from app.verification.syntax import Node
from app.verification.wording import Word, Wording

DOER, DONE_TO, GIVEN_TO, IS, MOD, NUMBER, OWNER = "doer", "done to", "given to", "is", "mod", "number", "owner"
_MODIFIERS = frozenset("amod compound nmod advmod npadvmod appos quantmod nounmod".split())
_PASSIVE = frozenset("nsubjpass auxpass csubjpass agent".split())
_RECEIVING = frozenset("receive received receives get got gets suffer suffered face faced faces experienced".split())


@dataclass
class Clauses:
    """The tree of a sentence, read as links."""

    wording: Wording
    nodes: tuple[Node, ...]
    links: dict[int, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """Of every word the ``(slot, word)`` that belong to it."""

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The words right below every word."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, node in enumerate(self.nodes):
            if node.head >= 0:
                found[node.head].append(number)
        return found

    def words(self) -> tuple[Word, ...]:
        """The words of the sentence."""
        return self.wording.words

    def below(self, number: int, *labels: str) -> list[int]:
        """Return the children of a word with one of ``labels``."""
        return [child for child in self.children.get(number, ()) if self.nodes[child].label in labels]

    def is_verb(self, number: int) -> bool:
        """Whether a word is tagged as a verb."""
        return self.nodes[number].tag.startswith("V")

    def is_pronoun(self, number: int) -> bool:
        """Whether a word is a pronoun."""
        return self.nodes[number].tag in ("PRP", "PRP$", "WP", "WDT", "WP$", "DT", "EX")

    def is_passive(self, number: int) -> bool:
        """Whether a verb is passive, itself or by the verb that it is joined to."""
        if self.below(number, *_PASSIVE):
            return True
        node = self.nodes[number]
        if node.tag != "VBN" or self.below(number, "aux", "nsubj"):
            return False
        return node.label == "acl" or (node.label == "conj" and node.head >= 0 and self.is_passive(node.head))

    def subjects(self, number: int, seen: int = 0) -> list[int]:
        """Return the subjects of a verb, its own or shared."""
        own = [self._antecedent(child) for child in self.below(number, "nsubj", "nsubjpass", "csubj")]
        if own:
            return [word for first in own for word in self.with_joined(first)]
        node = self.nodes[number]
        if node.head < 0 or seen > 5:
            return []
        if node.label in ("acl", "relcl"):
            return [node.head]
        if node.label == "xcomp":
            objects = self.below(node.head, "dobj")
            for preposition in self.below(node.head, "prep"):
                objects = objects or self.below(preposition, "pobj")  # "calls on the State to act"
            return objects or self.subjects(node.head, seen + 1)
        if node.label in ("conj", "advcl"):
            return self.subjects(node.head, seen + 1)
        if node.label == "pcomp":  # "after refusing"
            over = self.nodes[node.head].head
            return self.subjects(over, seen + 1) if over >= 0 else []
        return []

    def with_joined(self, number: int) -> list[int]:
        """Return a word and those joined to it by "and"."""
        found = [number]
        for joined in self.below(number, "conj"):
            if not self.is_verb(joined):
                found += self.with_joined(joined)
        return found

    def _antecedent(self, number: int) -> int:
        """Return what a relative pronoun refers to."""
        node = self.nodes[number]
        if node.tag in ("WDT", "WP") or self.words()[number].folded == "that":
            clause = node.head
            if clause >= 0 and self.nodes[clause].label == "relcl":
                return self.nodes[clause].head
        return number


@lru_cache(maxsize=512)
def clauses_of(wording: Wording) -> Clauses | None:
    """Return the links of a text; None in a language that has no parser."""
    if not wording.nodes:
        return None
    found = Clauses(wording, wording.nodes)
    for number in range(len(wording.nodes)):
        _link(found, number)
    return found


def _link(tree: Clauses, number: int) -> None:
    node = tree.nodes[number]
    if tree.is_verb(number) and node.label not in ("aux", "auxpass", "amod"):
        slot = DONE_TO if tree.is_passive(number) else DOER
        copula = tree.below(number, "attr", "acomp", "oprd") if not tree.is_passive(number) else []
        raised = slot == DONE_TO and bool(tree.below(number, "xcomp"))  # "are projected to affect"
        for subject in tree.subjects(number):
            if subject == number or raised:
                continue
            tree.links[number].append((slot, subject))
            tree.links[subject] += [(IS, word) for word in copula]
        if node.label == "relcl" and not tree.subjects(number) and node.head >= 0:
            tree.links[number].append((DONE_TO, node.head))
    if node.head < 0:
        return
    heads = [node.head]
    if node.label in ("dobj", "obj"):
        _object(tree, node.head, number)
    elif node.label == "dative" and not tree.below(number, "pobj"):
        _add(tree, heads, GIVEN_TO, number)
    elif node.label in ("pobj", "pcomp"):
        _governed(tree, node.head, number)
    elif node.label in _MODIFIERS:
        _add(tree, tree.with_joined(node.head) if node.label == "amod" else heads, MOD, number)
    elif node.label == "nummod":
        _add(tree, heads, NUMBER, number)
    elif node.label == "poss":
        _add(tree, heads, OWNER, number)


def _add(tree: Clauses, heads: list[int], slot: str, number: int) -> None:
    for head in heads:
        for word in tree.with_joined(number):
            if word != head:
                tree.links[head].append((slot, word))


def _object(tree: Clauses, verb: int, number: int) -> None:
    _add(tree, [verb], DONE_TO, number)
    if tree.words()[verb].folded in _RECEIVING:  # "received threats": threatened
        for subject in tree.subjects(verb):
            tree.links[number].append((DONE_TO, subject))


def _governed(tree: Clauses, preposition: int, number: int) -> None:
    """A word after a preposition belongs to what the preposition belongs to."""
    name, over = tree.words()[preposition].folded, preposition
    label = tree.nodes[over].label
    while tree.nodes[over].label in ("prep", "pcomp", "agent", "dative") and tree.nodes[over].head >= 0:
        label = tree.nodes[over].label
        over = tree.nodes[over].head
        if tree.nodes[over].label not in ("prep", "pcomp"):
            break
    slot = DOER if label == "agent" else GIVEN_TO if label == "dative" else f"{name}"
    _add(tree, [over], slot, number)
