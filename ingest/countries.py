"""Countries in text: pycountry's names and the names that people write."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.resources import files

import pycountry

# People's names, plants and other words far more often than the places.
_AMBIGUOUS = frozenset({"Jersey", "Saint Martin", "Réunion", "Christmas Island"})
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
    for line in files("ingest").joinpath("country_names.csv").read_text(encoding="utf-8").splitlines():
        code, *others = line.split("|")
        names.update((other.casefold(), code) for other in others)
    return names


@cache
def _pattern() -> re.Pattern[str]:
    ordered = sorted(country_names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE)


def find_countries(text: str) -> list[str]:
    """Return the alpha-2 code of every mention, in order and with repetitions.

    The longest name wins ("South Sudan" is no mention of Sudan); a name must begin with a capital.
    """
    names = country_names()
    found = (match.group() for match in _pattern().finditer(" ".join(text.split())))
    return [names[name.casefold()] for name in found if name[0].isupper()]


@cache
def country_name(code: str) -> str:
    """Return the name readers know: "Kyrgyzstan", "Lao PDR"."""
    country = pycountry.countries.get(alpha_2=code)
    return _FAMILIAR.get(code) or str(getattr(country, "common_name", None) or getattr(country, "name", code))


def parse_country(text: str) -> str:
    """Return the code of a country as a person writes it: name, demonym, alpha-2 or alpha-3 code.

    Raises:
        ValueError: it is no country; the message names the nearest ones.
    """
    wanted = " ".join(text.split()).casefold()
    names = country_names()
    if wanted in names:
        return names[wanted]
    by_familiar_name = {country_name(code).casefold(): code for code in set(names.values())}
    if wanted in by_familiar_name:
        return by_familiar_name[wanted]
    country = pycountry.countries.get(alpha_2=wanted.upper()) or pycountry.countries.get(alpha_3=wanted.upper())
    if country is not None:
        return str(country.alpha_2)
    near = list(dict.fromkeys(country_name(names[n]) for n in difflib.get_close_matches(wanted, names, 3, 0.7)))
    hint = f": did you mean {' or '.join(near)}?" if near else ": give its English name or ISO code."
    raise ValueError(f"{text!r} is no country I know{hint}")
