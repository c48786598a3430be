"""Which words are masked by what, how often, and the masking itself: the same words get the same mask everywhere."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import Any, TypeVar

import regex

from app.exports.masking import words
from app.exports.masking.caseless import find_caseless
from app.exports.masking.names import PERSON, PLACE, find_cased, name_parts
from app.exports.masking.patterns import find_by_form
from app.exports.masking.recognised import find_recognised
from app.messages import Message, message
from app.plain import one_line
from ingest.language.folding import plain

ADDED = "added"
MAY_MISS = message(
    "Names are found by rules, and some are missed: one in eight in our measurement, more in Khmer and Arabic."
    " Read what you hand on, and add the terms that are missing."
)
_LABELS = {PERSON: "Person", PLACE: "Place", "e-mail": "E-mail", "phone": "Phone", "number": "Number"} | {
    "address": "Address",
    ADDED: "Masked",
}
_SEARCHED = frozenset({"text", "quote", "lead", "question", "asked"})
_TITLES = frozenset({"title"})
_FILES = frozenset({"document", "label", "pages_read", "pages_cited"})
"""Fields that hold files' names, labels of attached files among them: there a name is written in any case."""
_LEFT = frozenset("document_id id created page unit version year date symbol kind scope country columns".split())
_ENDING = regex.compile(r"[аяйьеёиоуыю]{1,2}$")
_CASE = regex.compile(r"(?:ого|ому|ой|ую|ая|ым|ых|ом|ем|ей|ию|ии|ия|[аяйьеуюыи])$")
_BROKEN = "(?:[\u00ad\u200b\u2060]|[-\u2010]\\s*\n\\s*)?"
"""What may interrupt a word where a line or a syllable ends."""
_HIDDEN = regex.compile("[\u00ad\u034f\u061c\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_ANY = TypeVar("_ANY")


@dataclass(frozen=True, slots=True)
class Mask:
    """A term, what it is ("person", "place", …), what is put in its place, and how often."""

    term: str
    kind: str
    mask: str
    count: int = 0


@dataclass(frozen=True)
class MaskPlan:
    """All masks of one export."""

    masks: tuple[Mask, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The masks in the text, each once: "[Person 1]", "[Place 1]" …"""
        return tuple(dict.fromkeys(mask.mask for mask in self.masks if mask.count))

    def apply(self, text: str) -> str:
        """Return ``text`` with every term masked."""
        return _replace(self._in_text, _legible(text))

    def apply_to_name(self, name: str) -> str:
        """Return a file's name with every term masked, however it is written there."""
        return _replace(self._in_names, _legible(name))

    def apply_to(self, outcome: _ANY) -> _ANY:
        """Return an answer, a chat, a case or a comparison with every term masked in all its texts."""
        masked: _ANY = _mapped(outcome, self.apply, self.apply_to_name)
        return masked

    @cached_property
    def _in_text(self) -> tuple[regex.Pattern[str], dict[str, str]]:
        return _pattern(self.masks, in_names=False)

    @cached_property
    def _in_names(self) -> tuple[regex.Pattern[str], dict[str, str]]:
        return _pattern(self.masks, in_names=True)


def plan_masks(outcome: object, add: Sequence[str] = (), keep: Sequence[str] = ()) -> MaskPlan:
    """Return what is masked in ``outcome``.

    Args:
        outcome: An answer, a chat, a case's summary or a comparison.
        add: Terms to mask besides those that are found.
        keep: Terms not to mask; in a name of several words, each word by itself.
    """
    strings = list(_strings(outcome))
    texts = [text for name, text in strings if name in _SEARCHED]
    titles = [text for name, text in strings if name in _TITLES]
    return _plan(strings, texts, titles, add, keep)


def plan_texts(texts: Sequence[str]) -> MaskPlan:
    """Return what is masked in ``texts``."""
    return _plan([("text", text) for text in texts], texts)


def _plan(
    strings: Sequence[tuple[str, str]],
    texts: Sequence[str],
    titles: Sequence[str] = (),
    add: Sequence[str] = (),
    keep: Sequence[str] = (),
) -> MaskPlan:
    kept = {one_line(term).casefold() for term in keep}
    terms = _numbered(_found(texts, titles, kept), [t for term in add if (t := one_line(term))])
    counts = _counts(MaskPlan(tuple(terms)), strings)
    found = (dataclasses.replace(mask, count=counts.get(mask.term, 0)) for mask in terms)
    return MaskPlan(tuple(mask for mask in found if mask.count or mask.kind == ADDED))


def preview(plan: MaskPlan) -> str:
    """Return the plan for people to read: every term, its mask and how often it occurs; and a warning."""
    return "\n".join(map(str, preview_lines(plan)))


def preview_lines(plan: MaskPlan) -> list[Message]:
    """Return ``preview`` line by line."""
    width = max((len(mask.term) for mask in plan.masks), default=0)
    lines = [Message(f"{mask.term:<{width}}  →  {mask.mask}  ({mask.count}×)") for mask in plan.masks]
    missing = [mask.term for mask in plan.masks if not mask.count]
    if missing:
        lines.append(message("Not found, so nothing to mask: {words}.", words=", ".join(missing)))
    return [*(lines or [message("Nothing found to mask.")]), Message(""), MAY_MISS]


def find_terms(texts: Sequence[str], titles: Sequence[str] = ()) -> dict[str, str]:
    """Return every term that is found in ``texts`` and ``titles``, in order, with its kind."""
    found: dict[str, str] = {}
    for text in texts:
        for term, kind in find_by_form(text):
            found.setdefault(one_line(term), kind)
    for term, kind in find_cased(texts, titles):
        found.setdefault(term, kind)
    for name in find_recognised(texts):
        if not any(name.casefold() in term.casefold() or term.casefold() in name.casefold() for term in found):
            found[name] = PERSON
    for text in (*texts, *titles):
        for term, kind in find_caseless(text):
            found.setdefault(one_line(term), kind)
    return found


def _found(texts: Sequence[str], titles: Sequence[str], kept: set[str]) -> dict[str, str]:
    """Return the terms with their kinds; of a part of a person's name the kind says whose part it is."""
    whole = {term: kind for term, kind in find_terms(texts, titles).items() if term.casefold() not in kept}
    parts = name_parts(term for term, kind in whole.items() if kind == PERSON)
    return {part: f"{PERSON} {names[0]}" for part, names in parts.items() if part.casefold() not in kept} | whole


def _numbered(found: dict[str, str], added: Sequence[str]) -> list[Mask]:
    """Return a mask for each term; a part of a person's name gets the mask of the whole."""
    masks: dict[str, Mask] = {}
    numbers = dict.fromkeys(_LABELS, 0)
    by_words: dict[frozenset[str], str] = {}
    whole = {term: kind for term, kind in found.items() if kind in _LABELS}
    for term, kind in (*whole.items(), *((term, ADDED) for term in added)):
        key = frozenset(map(_stem, term.casefold().split()))
        known = next((mask for other, mask in by_words.items() if kind == PERSON and (key <= other or key > other)), "")
        if not known:
            numbers[kind] += 1
            known = f"[{_LABELS[kind]} {numbers[kind]}]"
        if kind == PERSON:
            by_words.setdefault(key, known)
        masks[term] = Mask(term, kind, known)
    for part, owner in found.items():
        if part not in masks:
            masks[part] = Mask(part, PERSON, masks[owner.removeprefix(f"{PERSON} ")].mask)
    return list(masks.values())


def _stem(word: str) -> str:
    """Return ``word`` without a Russian or Kyrgyz case ending: "Жаныбековой" is "Жаныбекова"."""
    return _CASE.sub("", word) if regex.match(r"\p{Cyrillic}{5,}", word) else word


def _pattern(masks: Iterable[Mask], *, in_names: bool) -> tuple[regex.Pattern[str], dict[str, str]]:
    ordered = sorted(masks, key=lambda mask: len(mask.term), reverse=True)
    groups = {f"m{number}": mask.mask for number, mask in enumerate(ordered)}
    parts = (f"(?P<m{number}>{_term_pattern(mask, in_names)})" for number, mask in enumerate(ordered))
    return regex.compile("|".join(parts) or r"(?!)", regex.IGNORECASE if in_names else 0), groups


def _term_pattern(mask: Mask, in_names: bool) -> str:
    pieces = mask.term.split()
    gap = r"[\s_.-]+" if mask.kind in (PERSON, PLACE, ADDED) else r"\s+"
    body = gap.join(_word_pattern(piece, mask.kind) for piece in pieces)
    loose = len(pieces) > 1 or mask.kind == ADDED
    if loose:
        body = f"(?i:{body})"
    elif mask.kind in (PERSON, PLACE):
        body = f"(?:{body}|{_word_pattern(mask.term.upper(), mask.kind)})"
    first, last = mask.term[0], mask.term[-1]
    letters = r"\p{L}\p{M}" if in_names else r"\p{L}\p{M}\p{N}"
    if regex.match(r"[\p{Khmer}\p{Thai}\p{Lao}\p{Myanmar}\p{Han}]", first):
        return body
    before = rf"(?<![{letters}])" if first.isalnum() else ""
    if regex.match(r"\p{Arabic}", first):
        before = rf"(?:(?<![{letters}])|(?<=(?<![{letters}])[وفبلك]))"
    after = rf"(?![{letters}])" if last.isalnum() or regex.match(r"\p{M}", last) else ""
    return before + body + after


def _word_pattern(word: str, kind: str) -> str:
    """Return a pattern of ``word``, with the endings that cases give it in Russian, Kyrgyz and Nepali."""
    ending = ""
    if kind in (PERSON, PLACE, ADDED):
        if regex.match(r"\p{Cyrillic}{4,}", word):
            word, ending = _ENDING.sub("", word), r"\p{Cyrillic}{0,4}"
        elif regex.match(r"\p{Cyrillic}", word):
            ending = "(?:а|е|у|ом|ой|ы|и|тун|то|тогу)?"
        elif regex.match(r"\p{Devanagari}", word):
            ending = f"(?:{'|'.join(words.NEPALI_ENDINGS)})?"
    letters = (_letter_pattern(letter, any_marks=kind == ADDED) for letter in _legible(word))
    return _BROKEN.join(letters) + ending


def _letter_pattern(letter: str, *, any_marks: bool) -> str:
    """Return a pattern of a letter with and without its marks: "ó" finds "o" too.

    With ``any_marks`` an "o" also finds "ó": a person who adds a term may type it plainly.
    """
    alike = {letter, plain(letter)} | (_marked(letter) if any_marks else frozenset())
    signs = sorted(sign for sign in alike if len(sign) == 1)
    return f"[{regex.escape(''.join(signs))}]" if len(signs) > 1 else regex.escape(letter)


@cache
def _marked(letter: str) -> frozenset[str]:
    """Return the Latin letters, apostrophes and hyphens that are ``letter`` with a mark or in another shape."""
    return frozenset(char for char in map(chr, (*range(0xA0, 0x250), *range(0x1E00, 0x2016))) if plain(char) == letter)


def _legible(text: str) -> str:
    """Return ``text`` as names are looked for in it: composed letters, without signs that hide inside words."""
    return text if text.isascii() else unicodedata.normalize("NFC", _HIDDEN.sub("", text))


def _replace(compiled: tuple[regex.Pattern[str], dict[str, str]], text: str) -> str:
    pattern, groups = compiled
    return pattern.sub(lambda found: groups[str(found.lastgroup)], text)


def _counts(plan: MaskPlan, strings: Iterable[tuple[str, str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    ordered = sorted(plan.masks, key=lambda mask: len(mask.term), reverse=True)
    for name, text in strings:
        pattern = (plan._in_names if name in _FILES else plan._in_text)[0]
        for found in pattern.finditer(text):
            term = ordered[int(str(found.lastgroup)[1:])].term
            counts[term] = counts.get(term, 0) + 1
    return counts


def _strings(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text below ``value`` that may be masked, with the name of its field."""
    if name in _LEFT or isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield name, _legible(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item, name)
    elif isinstance(value, Message):
        for _, item in value.values:
            yield from _strings(item, name)
    elif dataclasses.is_dataclass(value):
        for item in dataclasses.fields(value):
            yield from _strings(getattr(value, item.name), item.name)


def _mapped(value: Any, text: Callable[[str], str], file: Callable[[str], str], name: str = "") -> Any:
    """Return ``value`` with every text that ``_strings`` yields put through ``text``, or ``file`` for files' names."""
    if name in _LEFT or isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return file(value) if name in _FILES else text(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, text, file, name) for item in value)
    if isinstance(value, Message):
        return Message(value.form, tuple((key, _mapped(item, text, file, name)) for key, item in value.values))
    if dataclasses.is_dataclass(value):
        held = {f.name: _mapped(getattr(value, f.name), text, file, f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **held)  # type: ignore[type-var]  # no class, an instance
    return value
