"""Find names in scripts without capitals: after titles and words for places, by surnames, and in lists of places."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from app.exports.masking import words
from app.exports.masking.gazetteer import gazetteer
from app.exports.masking.names import PERSON, PLACE

_ARABIC = regex.compile(r"[\p{Arabic}\u200c]+")
_DEVANAGARI = regex.compile(r"[\p{Devanagari}\u200c\u200d.]+(?<![।॥.])|[\p{Devanagari}\u200c\u200d]+")
_UNSPACED = regex.compile(r"[\p{Khmer}\p{Thai}\p{Lao}\p{Myanmar}\p{Han}\u200b]+")
_LONGEST = 16
_KHMER_NAME_LETTERS = 14
_PREFIXES = "وفبلك"


def find_caseless(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(name, kind)`` for every mention in Arabic, Devanagari, Khmer and, of places, in other such scripts."""
    yield from _arabic(text)
    yield from _devanagari(text)
    yield from _khmer(text)
    yield from _unspaced_places(text)


def _sequences(pattern: regex.Pattern[str], text: str) -> Iterator[list[str]]:
    """Yield words that only blanks part: a comma or a stop ends a name."""
    run: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        if run and text[end : match.start()].strip():
            yield run
            run = []
        run.append(match[0])
        end = match.end()
    if run:
        yield run


def _arabic(text: str) -> Iterator[tuple[str, str]]:
    known = gazetteer().caseless
    for run in _sequences(_ARABIC, text):
        for number, word in enumerate(run):
            bare = _without_prefix(word)
            rest = run[number + 1 :]
            if bare in words.ARABIC_TITLES and rest:
                name = _until(rest, words.ARABIC_NO_NAME | set(words.ARABIC_TITLES), 3)
                if len(name) == 3 and not name[2].startswith("ال"):
                    name = name[:2]
                if name:
                    yield " ".join(name), PERSON
            elif bare in words.ARABIC_PLACES and rest and rest[0] not in words.ARABIC_NO_NAME:
                yield rest[0], PLACE
            yield from _known(run[number : number + 3], known, _without_prefix)


def _without_prefix(word: str) -> str:
    for cut in (word.lstrip("وف"), word[1:] if word[:1] in _PREFIXES else word):
        if cut.startswith("ال"):
            return cut
    return word


def _devanagari(text: str) -> Iterator[tuple[str, str]]:
    known = gazetteer().caseless
    for run in _sequences(_DEVANAGARI, text):
        stems = [_without_ending(word) for word in run]
        for number, stem in enumerate(stems):
            rest = run[number + 1 : number + 3]
            if stem in words.NEPALI_TITLES and rest:
                name = rest[:1] if _without_ending(rest[0]) != rest[0] or len(rest) < 2 else rest
                yield " ".join([*name[:-1], _without_ending(name[-1])]), PERSON
            elif stem in words.NEPALI_SURNAMES and number:
                yield f"{run[number - 1]} {stem}", PERSON
            elif any(stem.startswith(place) for place in words.NEPALI_PLACES) and number:
                yield _without_ending(run[number - 1]), PLACE
            yield from _known(run[number : number + 2], known, _without_ending)


def _without_ending(word: str) -> str:
    for ending in words.NEPALI_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _khmer(text: str) -> Iterator[tuple[str, str]]:
    # Khmer sets blanks between phrases, and mostly around the parts of a name.
    titles = "|".join(sorted(words.KHMER_TITLES, key=len, reverse=True))
    places = "|".join(sorted(words.KHMER_PLACES, key=len, reverse=True))
    part = rf"(?!(?:{'|'.join(words.KHMER_NO_NAME)}))[\p{{Khmer}}--[។៕៖]]{{1,{_KHMER_NAME_LETTERS}}}"
    person = regex.compile(rf"(?V1)(?:{titles})[ \u200b]*({part}(?: {part}(?=[ ។៕,]|$))?)(?=[ ។៕,]|$|ត្រូវ|បាន|និង|ដែល)")
    place = regex.compile(rf"(?V1)(?:{places})[ \u200b]*({part}?)(?=[ ។៕,]|$|ត្រូវ|បាន|និង|ដែល)")
    yield from ((found[1].strip(), PERSON) for found in person.finditer(text) if found[1].strip())
    yield from ((found[1].strip(), PLACE) for found in place.finditer(text) if found[1].strip())


def _unspaced_places(text: str) -> Iterator[tuple[str, str]]:
    known = gazetteer().caseless
    for run in _UNSPACED.finditer(text):
        letters = run[0].replace("\u200b", "")
        for start in range(len(letters)):
            longest = (letters[start:end] for end in range(min(len(letters), start + _LONGEST), start + 3, -1))
            yield from ((name, PLACE) for name in list(filter(known.__contains__, longest))[:1])


def _until(sequence: list[str], stops: set[str] | frozenset[str], most: int) -> list[str]:
    taken: list[str] = []
    for word in sequence[:most]:
        if word in stops:
            break
        taken.append(word)
    return taken


def _known(run: list[str], known: frozenset[str], bare) -> Iterator[tuple[str, str]]:  # type: ignore[no-untyped-def]
    for end in range(len(run), 0, -1):
        for name in (" ".join(run[:end]), " ".join([*run[: end - 1], bare(run[end - 1])])):
            if name in known:
                yield name, PLACE
                return
