"""Numbers, dates and legal articles of a text, as values that compare across wordings, scripts and languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import regex

from ingest.language.dates import Date, find_dates
from ingest.language.number_words import NumberWords, number_words
from ingest.language.words import fold, stemmer

_DIGITS = r"\p{Nd}"
_NUMBER = regex.compile(
    rf"(?<![\p{{L}}\p{{Nd}}/]|\p{{Lu}}-)(?:{_DIGITS}{{1,3}}(?:[,.’'\u00a0\u202f\u2009 ٬]{_DIGITS}{{3}})+(?!{_DIGITS})"
    rf"|{_DIGITS}{{1,3}}(?:,{_DIGITS}{{2}})+,{_DIGITS}{{3}}|{_DIGITS}+)(?:[.,٫]{_DIGITS}+)?"
)
_CODE = regex.compile(r"(?<![\w/])(?:[\p{Lu}]+/)?[\p{L}\p{Nd}]+(?:/[\p{L}\p{Nd}.]+)+")
"""A document's or resolution's symbol, a double year: "A/HRC/16/44", "53/144", "2017/18"."""
_SIGN = regex.compile(r"[\p{L}\p{Nd}]+(?:[-‑][\p{L}\p{Nd}]+)*")
_SUBDIVISION = (
    r"\s*(?:\(\s*(\w{1,4})\s*\)|,?\s*(?:para(?:graph|\.)?|paragraphe|alinéa|párrafo|пункт|часть|الفقرة)\s*(\w{1,4}))?"
)
_LINKS = ("and", "et", "y", "и", "و")
"""Stand within a number in words: "nine hundred and three"."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: its value, whether it is "year", "percent", "money" or "count", and where it stands in the text."""

    value: Decimal
    kind: str
    start: int
    end: int
    shown: str
    loose: bool = False
    """A word such as "one" that is often no number."""


@dataclass(frozen=True, slots=True)
class Article:
    """A legal provision: "a" article, "s" section …, its number and subdivision ("" where none is named)."""

    kind: str
    number: str
    part: str
    start: int
    end: int
    shown: str

    def within(self, other: Article) -> bool:
        """Return whether ``other`` names this provision, or a part of it."""
        return (self.kind, self.number) == (other.kind, other.number) and self.part in ("", other.part)


@dataclass(frozen=True, slots=True)
class Figures:
    """What ``find_figures`` found."""

    numbers: tuple[Figure, ...]
    dates: tuple[Date, ...]
    articles: tuple[Article, ...]
    codes: tuple[tuple[str, int], ...]
    signs: tuple[tuple[str, int], ...] = ()
    """Words of letters and digits that are neither: "CSW64", "COVID-19", "1325th"."""


def plain_digits(text: str) -> str:
    """Return ``text`` with the digits of every script as 0…9: २०२०, ٢٠٢٠ and ២០២០ are 2020. Offsets stay the same."""
    if text.isascii():
        return text
    return "".join(str(int(char)) if char.isdecimal() else char for char in text)


def find_figures(text: str, language: str) -> Figures:
    """Return the figures of ``text``, in ``language`` (ISO 639-1).

    Number words are known in the languages that have a list of them, months in all of CLDR.
    """
    known = number_words(language)
    plain = plain_digits(text)
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in taken)

    articles = _articles(text, plain, known)
    taken += [(item.start, item.end) for item in articles]
    dates = [date for date in find_dates(text, plain, language) if free(date.start, date.end)]
    taken += [(date.start, date.end) for date in dates]
    codes = []
    for match in _CODE.finditer(plain):
        if any(char.isdigit() for char in match.group()) and free(*match.span()):
            codes.append((match.group().casefold().rstrip("."), match.start()))
            taken.append(match.span())
    numbers = [number for number in _numbers(text, plain, known) if free(number.start, number.end)]
    taken += [(number.start, number.end) for number in numbers]
    signs = [
        (fold(match.group()), match.start())
        for match in _SIGN.finditer(plain)
        if any(char.isdigit() for char in match.group()) and free(*match.span())
    ]
    return Figures(tuple(numbers), tuple(dates), tuple(articles), tuple(codes), tuple(signs))


def _articles(text: str, plain: str, known: NumberWords) -> list[Article]:
    names = "|".join(sorted(map(regex.escape, known.articles), key=len, reverse=True))
    pattern = regex.compile(rf"(?<![\p{{L}}])({names})\.?\s*(\d+[a-z]?){_SUBDIVISION}", regex.IGNORECASE)
    return [
        Article(
            known.articles[match.group(1).casefold()],
            match.group(2).casefold(),
            (match.group(3) or match.group(4) or "").casefold(),
            match.start(),
            match.end(),
            " ".join(text[match.start() : match.end()].split()),
        )
        for match in pattern.finditer(plain)
    ]


def _numbers(text: str, plain: str, known: NumberWords) -> list[Figure]:
    found = []
    for match in _NUMBER.finditer(plain):
        value = _value(match.group())
        if value is None:
            continue
        start, end = match.span()
        scale, end = _scale(plain, end, known)
        found.append(_figure(text, value * scale, start, end, known, plain))
    return found + _spelled(text, known)


def _value(written: str) -> Decimal | None:
    digits = regex.sub(r"[’'\u00a0\u202f\u2009 ٬]", "", written).replace("٫", ".")
    if regex.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits) and "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    elif regex.fullmatch(r"\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif regex.fullmatch(r"\d{1,3}(\.\d{3}){2,}", digits):
        digits = digits.replace(".", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _scale(plain: str, end: int, known: NumberWords) -> tuple[int, int]:
    match = regex.compile(r"[\s-]+([\p{L}\p{M}]+)").match(plain, end)
    if match and fold(match.group(1)) in known.scales:
        return known.scales[fold(match.group(1))], match.end()
    return 1, end


def _figure(text: str, value: Decimal, start: int, end: int, known: NumberWords, plain: str) -> Figure:
    after = plain[end : end + 16]
    before = plain[max(0, start - 4) : start]
    kind = "count"
    stem = stemmer(known.language)
    stems = tuple(stem(fold(word)) for word in regex.findall(r"[\p{L}\p{M}]+", after)[:3])
    if regex.match(r"\s*[%٪]", after) or any(stems[: len(phrase)] == phrase for phrase in known.percent):
        kind = "percent"
    elif regex.search(r"[$€£¥₹₨]\s*$", before) or regex.match(
        r"\s*(?:[$€£¥₹]|dollars?|euros?|rupees?|dólares|доллар|евро|دولار|डलर|रुपैयाँ)", after, regex.IGNORECASE
    ):
        kind = "money"
    elif value == value.to_integral_value() and int(value) in range(1800, 2101) and "," not in text[start:end]:
        kind = "year"
    return Figure(value, kind, start, end, " ".join(text[start:end].split()))


@dataclass(frozen=True, slots=True)
class _Piece:
    word: str
    start: int
    end: int


def _spelled(text: str, known: NumberWords) -> list[Figure]:
    """Return the numbers that are written as words; "twenty-three thousand" is one."""
    pieces = [piece for piece in _pieces(text, known) if piece.word not in _LINKS]
    found: list[Figure] = []
    index = 0
    while index < len(pieces):
        value, last = _read_number(text, pieces, index, known)
        piece = pieces[index]
        if last == index:
            index += 1
            if piece.word in known.fractions:
                shown = text[piece.start : piece.end]
                found.append(Figure(known.fractions[piece.word], "fraction", piece.start, piece.end, shown))
            continue
        start, end = piece.start, pieces[last - 1].end
        loose = last - index == 1 and piece.word in known.loose
        below = pieces[last] if last < len(pieces) else None
        if below is not None and below.word in known.fractions and _close(text, end, below.start):
            share = known.fractions[below.word] * value
            found.append(Figure(share, "fraction", start, below.end, text[start : below.end]))
            last += 1
        else:
            kind = _figure(text, Decimal(value), start, end, known, text).kind
            found.append(Figure(Decimal(value), kind, start, end, text[start:end], loose))
        index = last
    return found


def _pieces(text: str, known: NumberWords) -> Iterator[_Piece]:
    """Yield the words; the parts of one with hyphens, unless the whole is a number of its own."""
    for match in regex.finditer(r"[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*", text):
        word, start = fold(match.group()), match.start()
        if word in known.units:
            yield _Piece(word, start, match.end())
            continue
        for part in word.split("-"):
            yield _Piece(part, start, start + len(part))
            start += len(part) + 1


def _read_number(text: str, pieces: Sequence[_Piece], begin: int, known: NumberWords) -> tuple[int, int]:
    """Return the number that begins at a piece, and the first piece behind it: ``begin`` where there is none."""
    total, current, last = 0, 0, begin
    while last < len(pieces) and (last == begin or _close(text, pieces[last - 1].end, pieces[last].start)):
        word = pieces[last].word
        if word in known.units:
            unit = known.units[word]
            if current % 100 and (current % 10 or unit >= 10):
                break
            current += unit
        elif word in known.scales and (last > begin or known.language != "en"):
            scale = known.scales[word]
            if scale >= 1000:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
        else:
            break
        last += 1
    return total + current, last


def _close(text: str, end: int, start: int) -> bool:
    return text[end:start].strip(" -\n") in ("", *_LINKS)
