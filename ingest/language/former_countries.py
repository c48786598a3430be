"""Countries that have another name today, or are several countries today.

ISO 3166-3 (pycountry) has those that changed since 1974, and CLDR (Babel) what each became; a list of our own has what
people write besides. In that list a name behind a question mark has other meanings, so it is known only when asked for.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pycountry

_TODAY = {"CSHH": ("CZ", "SK"), "GEHH": ("KI", "TV"), "YUCS": ("BA", "HR", "ME", "MK", "RS", "SI", "XK")}
"""What neither ISO 3166-3 nor CLDR says of these codes of ISO 3166-3."""
_ALSO = {"Soviet Union": "SUHH", "U.S.S.R.": "SUHH"}
_TRANSLATED = frozenset({"BUMM", "DYBJ", "HVBF", "NHVU", "RHZW", "TPTL", "ZRCD"})
"""Those whose translations are names; others are descriptions ("Democratic Republic"), or islands without people."""
_NO_NAMES = frozenset({"Neutral Zone", "France", "Yemen", "Viet-Nam", "Serbia and Montenegro"})
"""Names of ISO 3166-3 that, without what follows their comma, are those of other places, or of two countries."""


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Return former names, case-folded, with the alpha-2 codes of the countries of today."""
    return {name.casefold().lstrip("?"): codes for name, codes in _all_names()}


@cache
def renamed_countries() -> dict[str, str]:
    """Return former names that mean one country of today wherever they are written, case-folded, with its code."""
    return {name.casefold(): codes[0] for name, codes in _all_names() if len(codes) == 1 and not name.startswith("?")}


def former_names_in(language: str) -> Iterator[tuple[str, str]]:
    """Yield the former names of one country of today in ``language`` (ISO 639-1), with its code."""
    try:
        translate = gettext.translation("iso3166-3", pycountry.LOCALES_DIR, [language]).gettext
    except FileNotFoundError:
        return
    for country in pycountry.historic_countries:
        if country.alpha_4 in _TRANSLATED and translate(country.name) != country.name:
            yield translate(country.name).split(",")[0], country.alpha_4[2:]


def _all_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    by_code = {}
    for country in pycountry.historic_countries:
        codes = by_code[country.alpha_4] = _successors(country.alpha_2, country.alpha_4)
        name = country.name.split(",")[0]
        if codes and name not in _NO_NAMES:
            yield name, codes
    yield from ((name, by_code[code]) for name, code in _ALSO.items())
    for line in files("ingest.language").joinpath("former_names.csv").read_text(encoding="utf-8").splitlines():
        today, *names = line.split("|")
        yield from ((name, tuple(today.split())) for name in names)


def _successors(alpha_2: str, alpha_4: str) -> tuple[str, ...]:
    """Return what became of a country of ISO 3166-3; its four letters often end with the code of today."""
    if alpha_4 in _TODAY:
        return _TODAY[alpha_4]
    if pycountry.countries.get(alpha_2=alpha_4[2:]) is not None:
        return (alpha_4[2:],)
    from babel.core import get_global

    codes = get_global("territory_aliases").get(alpha_2, ())
    return tuple(sorted(code for code in codes if pycountry.countries.get(alpha_2=code) is not None))
