"""What a cue is about: "not" about its verb, "allegedly" about its clause, "said" about what follows. English only.

Read from the tree of ``syntax``; the first word of a scope is the one that the cue belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.verification.syntax import Node

_SUBJECTS = frozenset("nsubj nsubjpass csubj csubjpass expl".split())
_COMPLEMENTS = frozenset("ccomp xcomp dobj obj acomp oprd csubj nsubjpass pobj attr".split())
_OF = frozenset("prep acl ccomp xcomp relcl compound".split())
_CLAUSES = frozenset("relcl acl advcl appos parataxis".split())
"""Do not belong to what is denied: "did not punish officials who had taken part"."""
_DETERMINERS = frozenset("det amod predet preconj nummod poss".split())


def governed(nodes: Sequence[Node], start: int, end: int) -> list[int]:
    """Return the places of the words that the cue at words ``start`` to ``end`` is about, the nearest first."""
    inside = range(start, end)
    top = next((place for place in inside if nodes[place].head not in inside), start)
    node = nodes[top]
    head = node.head
    if node.label == "prep" and end - start > 1:  # "according to": of the whole sentence
        main = root(nodes, top)
        own = set(below(nodes, top))
        return [place for place in below(nodes, main) if place not in own]
    if node.label == "mark" and head >= 0:  # "unless a judge has signed"
        return [place for place in below(nodes, head) if place != top]
    if node.label in ("prep", "pcomp", "agent"):
        found = [place for place in below(nodes, top) if place != top]
        return found or ([head] if head >= 0 else [])
    if head >= 0 and node.label == "preconj" and nodes[head].tag.startswith("N"):
        return _determined(nodes, head, node.label)
    if head >= 0 and (node.label in ("aux", "neg", "auxpass", "preconj") or node.tag == "MD"):
        return _denied(nodes, top, head)
    alone = not any(other.head == top for other in nodes)
    if head >= 0 and node.label in _SUBJECTS and node.tag in ("NN", "DT", "PRP") and alone:  # "nobody was charged"
        return predicate(nodes, head)
    if head >= 0 and (
        node.label == "cc" or (node.tag == "CC" and node.label != "preconj")
    ):  # "nor punished": of what follows
        return next(
            (predicate(nodes, p) for p, n in enumerate(nodes) if p > top and (n.head, n.label) == (head, "conj")), []
        )
    if head >= 0 and node.label in _DETERMINERS:
        return _determined(nodes, head, node.label)
    if head >= 0 and node.label in ("advmod", "npadvmod"):
        while nodes[head].label in ("mark", "prep", "advmod", "pcomp") and nodes[head].head >= 0:
            head = nodes[head].head
        return predicate(nodes, head)
    wanted = _COMPLEMENTS if node.tag.startswith(("V", "J", "AUX")) or node.label == "ROOT" else _OF
    children = [place for place, other in enumerate(nodes) if other.head == top and other.label in wanted]
    if not children:
        children = [p for p, other in enumerate(nodes) if other.head == top and other.label in ("prep", "dative")]
    children += [
        place
        for place, other in enumerate(nodes)
        if other.head == top and other.label == "prep" and any(n.head == place and n.label == "pcomp" for n in nodes)
    ]  # "accused of setting fire"
    found = [place for child in sorted(set(children), reverse=True) for place in below(nodes, child)]
    return [place for place in found if place not in inside]


def _denied(nodes: Sequence[Node], top: int, head: int) -> list[int]:
    """Return what a "not" or a modal applies to: its verb; of "no longer" the adverb's; of "not X" the next word."""
    while nodes[head].tag.startswith("RB") and nodes[head].head >= 0:
        head = nodes[head].head
    if nodes[head].tag.startswith("N") and head < top:  # "the union, not the employer"
        following = next((p for p in range(top + 1, len(nodes)) if nodes[p].tag.startswith("N")), head)
        return [following]
    return predicate(nodes, head)


def _determined(nodes: Sequence[Node], noun: int, label: str) -> list[int]:
    """ "No worker was dismissed": of the noun, and of what it does or what is done to it."""
    own = below(nodes, noun, _CLAUSES)
    verb = nodes[noun].head
    if label in ("det", "preconj") and verb >= 0 and nodes[noun].label in _SUBJECTS:
        over = predicate(nodes, verb)
        return [*over, *(place for place in own if place not in over)]
    if label in ("det", "preconj") and verb >= 0 and nodes[noun].label in ("dobj", "attr"):
        return [*own, *(place for place in predicate(nodes, verb) if place not in own)]
    return own


def predicate(nodes: Sequence[Node], head: int) -> list[int]:
    """Return a verb and what is below it, without its subject and without clauses that have their own."""
    found = [head]
    for place, node in enumerate(nodes):
        if node.head != head or node.label in _SUBJECTS | _CLAUSES | {"mark"}:
            continue
        if node.label == "ccomp" and place < head:  # a clause before it, joined by a semicolon
            continue
        if node.label == "conj" and any(
            n.head == place and n.label in _SUBJECTS | {"neg", "aux", "auxpass"} for n in nodes
        ):
            continue
        found += below(nodes, place, _CLAUSES)
    return found


def below(nodes: Sequence[Node], top: int, without: frozenset[str] = frozenset()) -> list[int]:
    """Return a word and all below it in the tree, except branches that are labelled ``without``."""
    found, rest = [], [top]
    while rest:
        place = rest.pop(0)
        found.append(place)
        rest += [
            child
            for child, node in enumerate(nodes)
            if node.head == place and node.label not in without and child not in found
        ]
    return found


def speaker(nodes: Sequence[Node], start: int, end: int) -> list[int]:
    """Return the places of who says what an attribution at words ``start`` to ``end`` introduces."""
    inside = range(start, end)
    top = next((place for place in inside if nodes[place].head not in inside), start)
    if nodes[top].label == "prep":  # "according to the mayor"
        return [place for place in below(nodes, top, _CLAUSES) if place not in inside]
    wanted = {"nsubj", "poss"} if not any(n.head == top and n.label == "auxpass" for n in nodes) else {"agent"}
    found = [child for child, node in enumerate(nodes) if node.head == top and node.label in wanted]
    if not found and nodes[top].label in ("conj", "xcomp") and nodes[top].head >= 0:
        return speaker(nodes, nodes[top].head, nodes[top].head + 1)
    if not found and nodes[top].label in ("acl", "relcl") and nodes[top].head >= 0:
        found = [nodes[top].head]
    return [place for child in found for place in below(nodes, child, _CLAUSES) if place not in inside]


def root(nodes: Sequence[Node], place: int) -> int:
    """Return the main word of a word's sentence."""
    seen = {place}
    while nodes[place].head >= 0 and nodes[place].head not in seen:
        place = nodes[place].head
        seen.add(place)
    return place
