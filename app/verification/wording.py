"""A text as words that can be compared: stems, clauses, what is denied, where its cues are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from app.verification.cues import Cues, Phrase, find_phrases, load_cues
from app.verification.scopes import governed
from app.verification.syntax import PARSED, Node, parse
from ingest.language.countries import find_countries
from ingest.language.detection import language_of
from ingest.language.figures import Figures, find_figures
from ingest.language.function_words import function_words
from ingest.language.words import WORD, fold, stemmer

_BREAK = regex.compile(r"[,;:()–—؛،।]|\.(?=\s)")
_ACRONYM = regex.compile(r"\([\p{Lu}\d-]+\)")
"""Its brackets part no clauses: "the Associated Press (AP) reported"."""
_PREFIX = 5
ARTICLES = frozenset("a an the of le la les l un une des de el los las unos".split())
"""Come between a cue and its word."""
_STEM = 4
_SCOPE = 8
"""Content words after a negator that it may deny."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. ``clause`` counts the clauses from 0."""

    text: str
    folded: str
    stem: str
    start: int
    end: int
    clause: int
    content: bool
    """Carries meaning of its own: no function word, no figure."""
    denied: bool = False
    """Stands in the scope of a "not"."""
    denied_first: bool = False
    """Is the word that the "not" applies to."""

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, eq=False)
class Wording:
    """What ``analyse`` makes of a text."""

    text: str
    language: str
    cues: Cues | None
    words: tuple[Word, ...]
    figures: Figures
    nodes: tuple[Node, ...] = ()
    """The tree of the words, in a language that has a parser."""

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that carry meaning."""
        return tuple(word for word in self.words if word.content)

    def shown(self, start: int, end: int) -> str:
        """Return the words from ``start`` to ``end`` (places of words) as a reader sees them."""
        return " ".join(word.text for word in self.words[start:end])

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the countries named, as countries or as peoples."""
        return frozenset(find_countries(self.text, self.language))

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return [(word.folded, word.stem) for word in self.words]

    @cached_property
    def _dated(self) -> frozenset[int]:
        spans = [(date.start, date.end) for date in self.figures.dates]
        return frozenset(
            place for place, word in enumerate(self.words) if any(start <= word.start < end for start, end in spans)
        )

    def find(self, phrases: Iterable[Phrase]) -> list[tuple[int, int]]:
        """Return the ``(start, end)``, counted in words, of every phrase; the "May" of a date is none."""
        dated = self._dated
        return [place for place in find_phrases(self._pairs, phrases) if place[0] not in dated]

    def clause_of(self, position: int) -> int:
        """Return the number of a character's clause."""
        clause = 0
        for word in self.words:
            if word.start > position:
                break
            clause = word.clause
        return clause


@lru_cache(maxsize=512)
def analyse(text: str, language: str = "", parsed: bool = True) -> Wording:
    """Return the wording of ``text``; ``language`` is detected where it is not given.

    Facts alone can be checked without a tree: with ``parsed`` off the parser is not loaded.
    """
    language = language or detect_language(text)
    cues = load_cues(language)
    figures = find_figures(text, language)
    stem = stemmer(language)
    inside = [(number.start, number.end) for number in figures.numbers]
    inside += [(date.start, date.end) for date in figures.dates]
    inside += [(article.start, article.end) for article in figures.articles]
    words: list[Word] = []
    bare = _ACRONYM.sub(lambda found: " " + found.group()[1:-1] + " ", text)
    clause, position = 0, 0
    for match in WORD.finditer(text):
        folded = fold(match.group())
        joint = cues is not None and folded in cues.joints
        fresh = words and words[-1].clause == clause
        if fresh and (joint or _BREAK.search(bare, position, match.start())):
            clause += 1
        position = match.end()
        figure = any(start < match.end() and match.start() < end for start, end in inside)
        function = folded in function_words(language) or len(folded) == 1
        own = stem(folded)
        words.append(
            Word(match.group(), folded, own, *match.span(), clause, not (figure or function or folded.isdecimal()))
        )
    nodes = (
        parse(text, tuple((word.start, word.end) for word in words)) if words and parsed and language in PARSED else ()
    )
    denied = _deny(words, cues, nodes) if cues else words
    return Wording(text, language, cues, tuple(denied), figures, nodes)


def detect_language(text: str) -> str:
    """Return the language of a sentence: of those with cues, the one whose function words it uses; else a guess."""
    detected = language_of(text)
    if detected != "en":
        return detected
    words = [fold(word) for word in WORD.findall(text)]

    def known(code: str) -> int:
        return sum(word in function_words(code) for word in words)

    best = max(("en", "fr", "es"), key=known)
    return best if known(best) > known("en") + 1 else "en"


def alike(one: Word, other: Word) -> bool:
    """Return whether two words are forms of the same: one stem, or one long beginning."""
    if one.stem == other.stem:
        return True
    if ("-" in one.folded) != ("-" in other.folded):
        compound, single = (one, other) if "-" in one.folded else (other, one)
        length = max(_PREFIX, len(single.stem))
        return any(part[:length] == single.folded[:length] for part in compound.folded.split("-"))
    short, long = sorted((one.stem, other.stem), key=len)
    if len(short) >= _STEM and long.startswith(short):
        return True
    shared = 0
    for a, b in zip(one.folded, other.folded, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= _PREFIX and shared >= 0.7 * min(len(one.folded), len(other.folded))


def matches(word: Word, words: Iterable[Word]) -> list[Word]:
    """Return the ``words`` that are forms of ``word``, or name the country that it names."""
    country = country_of(word.text)
    return [other for other in words if alike(word, other) or (country and country == country_of(other.text))]


def verb_places(wording: Wording) -> list[int]:
    """Return the places of the words that look like verbs with a doer, by their endings; none in other languages."""
    cues = wording.cues
    if cues is None or not (cues.verb_suffixes or cues.irregular_verbs):
        return []
    return [
        index
        for index, word in enumerate(wording.words)
        if index
        and word.content
        and not word.capital
        and (word.folded in cues.irregular_verbs or word.folded.endswith(cues.verb_suffixes))
        and wording.words[index - 1].folded not in ARTICLES | cues.prepositions  # "the masked men"
    ]


@lru_cache(maxsize=4096)
def country_of(word: str) -> str:
    """Return the code of the country that one word names; "" for other words."""
    found = find_countries(word) if word[:1].isupper() else []
    return found[0] if found else ""


def _deny(words: Sequence[Word], cues: Cues, nodes: Sequence[Node]) -> list[Word]:
    """Mark what is in the scope of a negator or a denial: the rest of its clause, or the clause before it."""
    pairs = [(word.folded, word.stem) for word in words]
    denying = find_phrases(pairs, cues.negators) + find_phrases(pairs, cues.denials)
    if cues.negative_endings:
        denying += [(i, i + 1) for i, word in enumerate(words) if word.folded.endswith(cues.negative_endings)]
    denied: set[int] = set()
    first: set[int] = set()
    for start, end in denying:
        if nodes:
            under = [place for place in governed(nodes, start, end) if words[place].content]
            denied |= set(under)
            first |= set(under[:1])
            continue
        clause = words[start].clause
        after = [i for i in range(end, len(words)) if words[i].content][:_SCOPE]
        scope = [i for i in after if words[i].clause == clause]
        if not scope and after and words[after[0]].clause == clause + 1 and words[end : end + 1]:
            joined = words[end].folded in cues.joints and words[end - 1].folded != words[end].folded
            scope = [i for i in after if joined and words[i].clause == clause + 1]
        if scope:
            first.add(scope[0])
        else:  # "shelters in the south do not": what is denied comes first
            scope = [i for i in range(start) if words[i].content and words[i].clause == clause]
            first |= set(scope)
        denied |= set(scope)
    return [
        Word(w.text, w.folded, w.stem, w.start, w.end, w.clause, w.content, i in denied, i in first)
        for i, w in enumerate(words)
    ]
