"""Find names of people and places in scripts with capitals, by capitals, titles, cues around them and lists of places.

Where it is unsure it takes a word for a name: a mask too many is seen in the preview, one too few harms somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from app.exports.masking import words
from app.exports.masking.gazetteer import gazetteer
from ingest.language.countries import country_names
from ingest.language.dates import calendar_words
from ingest.language.names import opens_sentence

PERSON, PLACE = "person", "place"
_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}][\p{L}\p{M}’'ʼ-]*(?<![’'ʼ-])")
_POSSESSIVE = regex.compile(r"[’'](?:s|S)$")
_GAP = regex.compile(r"[ \t]*\n?[ \t]*")
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}-]+(?:s|[’']s)?")
_LONGEST_NAME = 6
_TREATIES = frozenset("beijing geneva istanbul paris rome vienna the hague maputo yogyakarta".split())
"""Towns in the names of laws and meetings."""
_SPEECH = frozenset(
    "said says told was were is had has described recalled explained reported stated added remembers lives lived works"
    " worked fled died disappeared dijo fue había contó a était dit сказала сказал рассказала рассказал был".split()
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    opens: bool
    """Whether it begins a sentence, where anything has a capital."""

    @property
    def key(self) -> str:
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class _Piece:
    tokens: tuple[_Token, ...]
    titled: bool
    """Whether a title comes before it: "Ms", "Dr"."""


def find_cased(texts: Sequence[str], titles: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield ``(name, kind)`` for every mention in ``texts``, and in ``titles``, where capitals alone show nothing."""
    lower = {token.key for text in texts for token in _tokens(text) if not token.capital}
    found: list[tuple[str, str]] = []
    doubtful: list[tuple[_Piece, str]] = []
    for text in texts:
        for piece, kind, sure in _classified(text, lower):
            if sure:
                found.append((_name(text, piece), kind))
            else:
                doubtful.append((piece, text))
    for title in titles:
        sure_in_title = (
            (p, k) for p, k, sure in _classified(title, lower) if sure and (k == PLACE or len(p.tokens) > 1)
        )
        found += [(_name(title, piece), kind) for piece, kind in sure_in_title]
    yield from found
    known = {part.casefold() for name, kind in found if kind == PERSON for part in name.split()}
    yield from ((_name(text, piece), PERSON) for piece, text in doubtful if piece.tokens[0].key in known)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        tokens.append(_Token(word, match.start(), match.start() + len(word), opens_sentence(text, match.start())))
    return tokens


def _classified(text: str, lower: set[str]) -> Iterator[tuple[_Piece, str, bool]]:
    """Yield pieces of capitalised words with their kind, and whether they are surely a name."""
    tokens = _tokens(text)
    index = {token.start: number for number, token in enumerate(tokens)}
    known = gazetteer().cased
    for run in _runs(text, tokens):
        for piece in _pieces(run, lower):
            first, last = index[piece.tokens[0].start], index[piece.tokens[-1].start]
            before = [
                token.key for token in tokens[max(0, first - 2) : first] if token.end > piece.tokens[0].start - 30
            ]
            after = tokens[last + 1].key if last + 1 < len(tokens) else ""
            if not (
                _ends_institution(tokens, first) and not piece.titled and _name(text, piece).casefold() not in known
            ):
                yield from _judge(piece, before, after, lower)


def _ends_institution(tokens: Sequence[_Token], first: int) -> bool:
    """Return whether the words before lead back to an institution: "Committee on the Elimination of …"."""
    for token in reversed(tokens[max(0, first - 8) : first]):
        if token.capital and token.key in words.BODIES:
            return True
        if not token.capital and token.key not in words.OF_INSTITUTIONS:
            return False
        if token.opens:
            return False
    return False


def _runs(text: str, tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Yield the longest runs of capitalised words; particles ("de", "bin", "кызы") may come between them."""
    run: list[_Token] = []
    for number, token in enumerate(tokens):
        joined = bool(run) and _joins(text, run[-1], token)
        if run and not joined:
            yield _without_particles(run)
            run = []
        if token.capital or (run and token.key in words.PARTICLES):
            run.append(token)
        elif run:
            yield _without_particles(run)
            run = []
        if run and number == len(tokens) - 1:
            yield _without_particles(run)


def _joins(text: str, one: _Token, other: _Token) -> bool:
    gap = text[one.end : other.start]
    if gap.startswith(".") and (len(one.text) == 1 or one.key in words.HONORIFICS):
        gap = gap[1:]
    return bool(_GAP.fullmatch(gap)) and not (other.opens and "\n\n" in gap)


def _without_particles(run: list[_Token]) -> list[_Token]:
    while run and not run[-1].capital and not _is_suffix(run[-1].key):
        run = run[:-1]
    return run


def _is_suffix(word: str) -> bool:
    return word in ("кызы", "уулу", "оглы", "kyzy", "uulu")


def _pieces(run: Sequence[_Token], lower: set[str]) -> Iterator[_Piece]:
    """Yield what remains of a run when countries, days, titles and words that begin sentences are taken out."""
    kept = _kept(run)
    piece: list[_Token] = []
    titled = next_titled = False
    for number, token in enumerate(run):
        common = token.key in words.COMMON_WORDS or (token.opens and token.key in lower and not titled)
        title = token.key in words.HONORIFICS and (len(token.text) > 1 or token.key == "m")
        role = token.key in words.ROLES and not piece  # after a name it belongs to it: "Front Line Defenders"
        if number in kept or title or role or (common and not piece and token.key not in words.PARTICLES):
            if piece:
                yield _Piece(tuple(piece), titled)
            piece, next_titled = [], title or role
            titled = next_titled
            continue
        piece.append(token)
    if piece:
        yield _Piece(tuple(piece), titled)


def _kept(run: Sequence[_Token]) -> set[int]:
    """Return the places in ``run`` of countries, peoples, United Nations bodies, days and months."""
    names, kept = country_names(), set[int]()
    for start in range(len(run)):
        for end in range(min(len(run), start + _LONGEST_NAME), start, -1):
            phrase = " ".join(token.key for token in run[start:end])
            if (
                phrase in names
                or phrase.partition("-")[0] in names
                or phrase in calendar_words("en") | words.PEOPLES_AND_FAITHS
                or phrase in words.UN_BODIES
            ):
                kept.update(range(start, end))
                break
    return kept


def _judge(piece: _Piece, before: Sequence[str], after: str, lower: set[str]) -> Iterator[tuple[_Piece, str, bool]]:
    keys = [token.key for token in piece.tokens]
    previous = before[-1] if before else ""
    titled = piece.titled or previous in words.ROLES or previous in words.HONORIFICS
    if not titled and any(key in words.BODIES for key in keys):
        yield from ((inner, PLACE, True) for inner in _places_within(piece) if inner.tokens[0].key not in _TREATIES)
        return
    if all(_ACRONYM.fullmatch(token.text) for token in piece.tokens) or all(len(key) < 2 for key in keys):
        return  # acronyms, headings in capitals, lone initials
    if any(token.key in words.COMMON_WORDS - words.PARTICLES for token in piece.tokens[1:]):
        return  # a heading Set Like This
    if titled:
        yield piece, PERSON, True
        return
    if all(key in lower for key in keys):
        return
    name = " ".join(keys)
    cue = previous in words.PLACE_WORDS_BEFORE or (
        previous in words.OF and len(before) > 1 and before[0] in words.PLACE_WORDS_BEFORE
    )
    if cue or after in words.PLACE_WORDS_AFTER or name in gazetteer().cased or previous in words.PLACE_PREPOSITIONS:
        yield piece, PLACE, True
    elif len(keys) > 1:
        yield piece, PERSON, True
    else:
        yield piece, PERSON, not piece.tokens[0].opens or after in _SPEECH


def _places_within(piece: _Piece) -> Iterator[_Piece]:
    known = gazetteer().cased
    start = 0
    while start < len(piece.tokens):
        for end in range(len(piece.tokens), start, -1):
            part = piece.tokens[start:end]
            if " ".join(token.key for token in part) in known and not any(t.key in words.BODIES for t in part):
                yield _Piece(part, False)
                start = end - 1
                break
        start += 1


def _name(text: str, piece: _Piece) -> str:
    return " ".join(text[piece.tokens[0].start : piece.tokens[-1].end].split())


def name_parts(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the words of people's names by which the whole name may be meant: "Tamang" → ["Sita Tamang"]."""
    parts: dict[str, list[str]] = {}
    for name in names:
        pieces = name.split()
        for part in pieces if len(pieces) > 1 else ():
            usual = (
                part.casefold()
                in words.PARTICLES | words.COMMON_WORDS | words.BODIES | words.PEOPLES_AND_FAITHS | calendar_words("en")
            )
            if len(part) > 2 and not usual:
                parts.setdefault(part, []).append(name)
    return parts
