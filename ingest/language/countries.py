"""Countries in text, by the names that people write: ISO 3166 (pycountry), CLDR (Babel) and a list of our own."""

from __future__ import annotations

import difflib
import gettext
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pycountry
import regex

from ingest.language.detection import unspaced_runs
from ingest.language.former_countries import former_names, former_names_in, renamed_countries
from ingest.messages import Message, message

# People's names, plants and other words far more often than the places.
_AMBIGUOUS = frozenset({"Jersey", "Saint Martin", "Réunion", "Christmas Island"})
_LONG, _LONG_OF_SEVERAL = 7, 5
"""Letters of a name, and of a word of a name of several, from which the last two may change with the case."""
_FAMILIAR = {
    "CD": "DR Congo",
    "CG": "Congo-Brazzaville",
    "FM": "Micronesia",
    "KP": "North Korea",
    "KR": "South Korea",
    "LA": "Lao PDR",
    "PS": "Palestine",
    "RU": "Russia",
    "SY": "Syria",
    "TR": "Türkiye",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "XK": "Kosovo",
}
"""What readers call them, where ISO 3166 says it otherwise."""


@cache
def country_names() -> dict[str, str]:
    """Return every known name and demonym, case-folded, with its ISO 3166 alpha-2 code (XK for Kosovo)."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            name = getattr(country, attribute, "").split(",")[0]
            # "Korea, Republic of" and "Congo, The …" without their tails are two countries.
            if name and name not in _AMBIGUOUS and name not in ("Korea", "Congo", "Virgin Islands"):
                names.setdefault(name.casefold(), country.alpha_2)
    for line in files("ingest.language").joinpath("country_names.csv").read_text(encoding="utf-8").splitlines():
        code, *others = line.split("|")
        names.update((other.casefold(), code) for other in others)
    return renamed_countries() | names


@cache
def _pattern() -> re.Pattern[str]:
    ordered = sorted(country_names(), key=len, reverse=True)
    by_start: dict[str, list[str]] = {}
    for name in ordered:
        by_start.setdefault(name[:2], []).append(re.escape(name[2:]))
    # Grouped by their first two letters: hundreds of names one after another take five times as long.
    names = (f"{re.escape(start)}(?:{'|'.join(ends)})" for start, ends in by_start.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(names)})(?!\w)", re.IGNORECASE)


_ALSO = {
    "hi": {"किर्गिस्तान": "KG"},
    "ne": {"किर्गिजस्तान": "KG"},
    "ru": {"Кыргызстан": "KG"},
}
"""Names that people write, and neither ISO 3166 nor CLDR has."""
_OWN_NAMES = {("ru", "KG"): "Кыргызстан"}
"""Names for readers that the country and the United Nations use, where CLDR has another one."""


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Where a text names a country. Offsets in characters."""

    start: int
    end: int
    code: str


def find_countries(text: str, language: str = "en") -> list[str]:
    """Return the alpha-2 code of every mention, in order and with repetitions; see ``country_mentions``."""
    return [mention.code for mention in country_mentions(" ".join(text.replace("\u200b", "").split()), language)]


def country_mentions(text: str, language: str = "en") -> list[CountryMention]:
    """Return where a text without line breaks names countries, in order.

    Names are looked for in English, and in ``language`` (ISO 639-1) too. The longest name wins ("South Sudan" is no
    mention of Sudan); a name must begin with a capital, in scripts that have them.
    """
    names = country_names()
    matches = [(match, names[match.group().casefold()]) for match in _pattern().finditer(text)]
    found = [CountryMention(m.start(), m.end(), code) for m, code in matches if text[m.start()].isupper()]
    if language not in ("", "en"):
        taken = {mention.start for mention in found}
        own = _own_mentions(text, language)
        found += [m for m in own if not text[m.start].islower() and m.start not in taken]
    return sorted(found, key=lambda mention: (mention.start, mention.code))


def _own_mentions(text: str, language: str) -> list[CountryMention]:
    """Return where ``text`` names countries in ``language``; of names that overlap, the first and longest."""
    folded = text.casefold()
    matches = [
        (match.start(), order, match.end(), code)
        for order, (stem, name, code) in enumerate(_names_in(language))
        if stem in folded
        for match in _spellings(name).finditer(text)
    ]
    mentions: list[CountryMention] = []
    for start, _, end, code in sorted(matches):
        if not mentions or start >= mentions[-1].end:
            mentions.append(CountryMention(start, end, code))
    return mentions


@cache
def _names_in(language: str) -> tuple[tuple[str, str, str], ...]:
    """Return the countries' names in ``language``, the longest first: what any form of it holds, the name, its code.

    The names are ISO 3166's (pycountry) and CLDR's (Babel). A name that two countries share names neither.
    """
    named: dict[str, set[str]] = defaultdict(set)
    also = _ALSO.get(language, {}).items()
    for written, code in (*_iso_names(language), *_cldr_names(language), *former_names_in(language), *also):
        name = written.replace("\u200b", "").strip()
        if name and name not in _AMBIGUOUS:
            named[name].add(code)
    ordered = sorted((name for name, codes in named.items() if len(codes) == 1), key=len, reverse=True)
    return tuple((_stem(name).casefold(), name, next(iter(named[name]))) for name in ordered)


def _stem(name: str) -> str:
    """Return the beginning of a name that no ending changes; see ``_inflected``."""
    first, *others = name.split()
    return first[:-2] if len(first) >= (_LONG_OF_SEVERAL if others else _LONG) else first


@lru_cache(maxsize=2048)
def _spellings(name: str) -> regex.Pattern[str]:
    """Return a pattern of a name as it is, or in capitals or with one to each word, as titles are often set.

    Latin-script names are looked for as they are; in other scripts a name may change its end ("Непала", "नेपालको"), hold
    a blank that nobody sets, or be part of a run without blanks.
    """
    return regex.compile("|".join(map(_inflected, dict.fromkeys((name, name.upper(), name.title())))))


def _iso_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield the translations of ISO 3166 and their codes."""
    try:
        translate = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language]).gettext
    except FileNotFoundError:
        return
    for country in pycountry.countries:
        for attribute in ("name", "common_name"):
            english = getattr(country, attribute, "")
            if english and translate(english) != english:
                yield translate(english).split(",")[0], country.alpha_2


def _cldr_names(language: str) -> Iterator[tuple[str, str]]:
    """Yield CLDR's names of the countries of ISO 3166 and of Kosovo: those of everyday use."""
    for code, name in _territories(language).items():
        if code == "XK" or pycountry.countries.get(alpha_2=code):
            yield name.split(" (")[0], code


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(language).territories)
    except (ValueError, UnknownLocaleError):
        return {}


def _inflected(name: str) -> str:
    if name.isascii() or regex.fullmatch(r"[\p{Latin}\p{M}\P{L}]+", name):
        return rf"(?<![\p{{L}}\p{{M}}-]){regex.escape(name)}(?![\p{{L}}\p{{M}}])"
    if unspaced_runs(name):
        return regex.escape(name)
    parts = name.split()
    long = _LONG if len(parts) == 1 else _LONG_OF_SEVERAL
    words = (regex.escape(part[:-2] if len(part) >= long else part) + r"[\p{L}\p{M}]{0,4}" for part in parts)
    # Arabic and Hebrew set short words (and, in, the) before a name without a blank.
    return r"(?<![\p{L}\p{M}])[\p{Arabic}\p{Hebrew}]{0,3}" + r"\s+".join(words)


@cache
def country_name(code: str, language: str = "en") -> str:
    """Return the name readers know, in ``language`` (ISO 639-1): "Kyrgyzstan", "Lao PDR", "Кыргызстан"."""
    own = "" if language == "en" else _OWN_NAMES.get((language, code)) or _territories(language).get(code)
    if own:
        return own
    country = pycountry.countries.get(alpha_2=code)
    return _FAMILIAR.get(code) or str(getattr(country, "common_name", None) or getattr(country, "name", code))


def parse_country(text: str) -> str:
    """Return the code of a country as a person writes it: name, former name, demonym, alpha-2 or alpha-3 code.

    Raises:
        ValueError: it is not a known country, or is several today; raised with a message that names them, or the
            nearest ones.
    """
    wanted = _asked_name(text)
    names = country_names()
    if wanted in names:
        return names[wanted]
    by_familiar_name = {country_name(code).casefold(): code for code in set(names.values())}
    if wanted in by_familiar_name:
        return by_familiar_name[wanted]
    country = pycountry.countries.get(alpha_2=wanted.upper()) or pycountry.countries.get(alpha_3=wanted.upper())
    if country is not None:
        return str(country.alpha_2)
    today = former_names().get(wanted, ())
    if len(today) == 1:
        return today[0]
    if today:
        names_today = ", ".join(map(country_name, today))
        raise ValueError(
            message(
                "“{name}” is several countries today: {countries}. Name one of them.", name=text, countries=names_today
            )
        )
    near = list(dict.fromkeys(country_name(names[n]) for n in difflib.get_close_matches(wanted, names, 3, 0.7)))
    if near:
        found = " / ".join(near)
        raise ValueError(
            message("“{name}” is not a known country. Did you mean {countries}?", name=text, countries=found)
        )
    raise ValueError(message("“{name}” is not a known country: give its English name or ISO code.", name=text))


def renamed_message(text: str) -> Message | None:
    """Return what to say of a country called by a former name, "Zaire is now DR Congo."; None of others."""
    today = former_names().get(_asked_name(text), ())
    if len(today) != 1:
        return None
    return message("{name} is now {country}.", name=" ".join(text.split()), country=country_name(today[0]))


def _asked_name(text: str) -> str:
    name = " ".join(text.split()).casefold()
    return name.removeprefix("the ") if name.removeprefix("the ") in former_names() else name
