"""Do the quotes contain the facts of a sentence: its numbers, dates, legal articles, names and countries?

Every check takes the sentence and its quotes and returns reasons for a reader, none where it finds nothing wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

import regex

from app.messages import Message, message
from app.verification.wording import Quotes, Word, Wording, alike, country_of
from ingest.language.countries import country_name
from ingest.language.dates import Date
from ingest.language.figures import Figure, plain_digits
from ingest.language.names import name_words

_ABOUT = Decimal("0.03")
"""A fraction in words may be as far from a percentage: "three quarters" of "77 per cent"."""
_SIGNED = regex.compile(r"(?<![\p{L}\p{N}.,/])(?P<sign>[-‑–−])?\p{Sc}?(?P<number>\d[\d.,]*)")
"""A number by itself, with the minus directly before it; "5–10" is a range."""
_INFLECTION = 3
"""Letters at the end of a name that may differ in languages that inflect names."""


def missing_numbers(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Numbers in digits and symbols of documents that no quote contains and that two of its numbers do not make.

    What a number in words stands for ("half", "one in three", "a dozen") is left to the reader.
    """
    worked_out = _worked_out(quotes)
    numbers = [
        figure.shown
        for figure in sentence.figures.numbers
        if not figure.loose
        and any(char.isdigit() for char in figure.shown)
        and not held_by(figure, quotes)
        and figure.value not in worked_out
    ]
    held = {code for quote in quotes for code, _ in quote.figures.codes}
    codes = [sentence.text[start : start + len(code)] for code, start in sentence.figures.codes if code not in held]
    signs = {sign for quote in quotes for sign, _ in quote.figures.signs}
    strange = [sentence.text[start : start + len(sign)] for sign, start in sentence.figures.signs if sign not in signs]
    missing = list(dict.fromkeys(numbers + codes + strange))
    return [message("the quotes do not contain {words}", words=_listed(missing))] if missing else []


def _worked_out(quotes: Quotes) -> set[Decimal]:
    """Return the sums and differences of any two numbers of the quotes, and what is left of a hundred per cent."""
    numbers = [figure for quote in quotes for figure in quote.figures.numbers if figure.kind != "year"]
    values = {figure.value for figure in numbers}
    left = {100 - figure.value for figure in numbers if figure.kind == "percent"}
    return {made for one in values for other in values for made in (one + other, abs(one - other))} | left


def missing_minus(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A minus sign that only the sentence or only the quotes have before the same number."""
    own, theirs = _signed(sentence.text), _signed("\n".join(quote.text for quote in quotes))
    for number, signs in own.items():
        if number in theirs and not signs & theirs[number]:
            shown = number if "" in signs else f"-{number}"
            return [message("the quotes do not contain {words}", words=f"“{shown}”")]
    return []


def _signed(text: str) -> dict[str, set[str]]:
    """Return the numbers of a text, each with the signs before it: "-", or none."""
    found: dict[str, set[str]] = {}
    for match in _SIGNED.finditer(plain_digits(text)):
        found.setdefault(match["number"].strip(".,"), set()).add("-" if match["sign"] else "")
    return found


def missing_dates(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Dates that no quote gives, in whatever order of writing."""
    missing = [date.shown for date in sentence.figures.dates if not any(dated(date, quote) for quote in quotes)]
    return [message("the quotes do not give the date {words}", words=_listed(missing))] if missing else []


def missing_articles(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Articles and sections of laws that no quote mentions."""
    known = [article for quote in quotes for article in quote.figures.articles]
    missing = [item.shown for item in sentence.figures.articles if not any(item.within(other) for other in known)]
    return [_unmentioned(missing)] if missing else []


def missing_names(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Names that no quote contains: capitalised words within the sentence, and acronyms."""
    words = [word for quote in quotes for word in quote.words]
    missing = [
        word.text
        for word in names(sentence)
        if not country_of(word.text) and not any(same_name(word, other) for other in words)
    ]
    missing = [name for name in missing if not _abbreviated(name, sentence, quotes)]
    return [_unmentioned(dict.fromkeys(missing))] if missing else []


def missing_countries(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Countries that no quote mentions, neither the country nor its people."""
    missing = sentence.countries - {code for quote in quotes for code in quote.countries}
    names = sorted(map(country_name, missing))
    return [message("the quotes do not mention {country}", country=name) for name in names]


@lru_cache(maxsize=512)
def names(wording: Wording) -> tuple[Word, ...]:
    """Return the words that are names by their capitals; figures, dates and legal provisions are none."""
    starts = {name.start for name in name_words(wording.text, wording.language)}
    return tuple(word for word in wording.words if word.content and word.start in starts)


def same_name(one: Word, other: Word) -> bool:
    """Return whether two words may be one name, in whatever case of its language."""
    if one.folded == other.folded or alike(one, other):
        return True
    if one.text.isascii():
        return one.folded in other.folded.split("-") or other.folded in one.folded.split("-")
    length = max(4, len(one.folded) - _INFLECTION)
    return len(other.folded) >= length and one.folded[:length] == other.folded[:length]


def _abbreviated(name: str, sentence: Wording, quotes: Quotes) -> bool:
    """Whether a name is an acronym of the quotes' words, or a word of a name whose acronym the quotes contain."""
    capitals = "".join(char for char in name if char.isupper())
    if len(capitals) > 1 and any(capitals in _initials(quote) for quote in quotes):
        return True
    acronyms = {w.text for quote in quotes for w in quote.words if len(w.text) > 1 and w.text.isupper()}
    initials = _initials(sentence)
    return any(acronym in initials and name[:1] in acronym for acronym in acronyms)


def _initials(wording: Wording) -> str:
    return "".join(word.text[0] if word.capital else "" if not word.content else " " for word in wording.words)


def held_by(figure: Figure, quotes: Quotes) -> bool:
    """Return whether some quote has a number, as such or as the year of a date."""
    for quote in quotes:
        if any(same_figure(figure, other) for other in quote.figures.numbers):
            return True
        years = {date.year for date in quote.figures.dates}
        if figure.kind == "year" and (
            int(figure.value) in years or any(code.startswith(str(figure.value)) for code, _ in quote.figures.codes)
        ):
            return True
    return False


def same_figure(one: Figure, other: Figure) -> bool:
    """Return whether two figures are one number; a half is 50 per cent, and no other per cent is a count."""
    if "percent" in (one.kind, other.kind) and one.kind != other.kind:
        return "fraction" in (one.kind, other.kind) and abs(_share(one) - _share(other)) <= _ABOUT
    return one.value == other.value or _rounded(one, other)


def _rounded(one: Figure, other: Figure) -> bool:
    """Whether "3.9 million" is another figure cut or rounded to as many digits."""
    if one.kind != other.kind or one.value < 1_000_000 or not any(char.isalpha() for char in one.shown):
        return False
    mine, theirs = (len(figure.value.normalize().as_tuple().digits) for figure in (one, other))
    unit = Decimal(10) ** (one.value.adjusted() - mine + 1)
    return mine >= 2 and theirs >= mine + 2 and abs(one.value - other.value) < unit


def _share(figure: Figure) -> Decimal:
    return figure.value / 100 if figure.kind == "percent" else figure.value


def dated(date: Date, quote: Wording) -> bool:
    """Return whether a quote gives a date, its year perhaps elsewhere."""
    years = {int(number.value) for number in quote.figures.numbers if number.kind == "year"}
    years |= {other.year for other in quote.figures.dates}
    for other in quote.figures.dates:
        if date.agrees(other):
            return True
        bare = Date(date.day, date.month, 0, 0, 0, "")
        if not other.year and date.year in years and bare.agrees(other):
            return True
    return False


def _unmentioned(words: Iterable[str]) -> Message:
    return message("the quotes do not mention {words}", words=_listed(words))


def _listed(items: Iterable[str]) -> str:
    return ", ".join(items)
