"""The language of a browser window and its translations: gettext, with named placeholders.

Several people may use one server, each in a language of their own: the language belongs to the window's session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

import streamlit as st

from app.messages import Message, fill
from app.translations import ENGLISH, LANGUAGES, catalogue
from ingest.language.countries import country_name, parse_country

RIGHT_TO_LEFT = frozenset({"ar"})
COOKIE = "insights-language"
"""The browser's cookie for the language chosen in the settings; it contains nothing else."""
_CHOSEN = "language"
KEPT = "language-kept"
"""Key of the window's state: the language was chosen, and the browser is to remember it."""


def _(message: str, **values: object) -> str:
    """Return a sentence of the screen in the window's language, with its placeholders filled."""
    code = language()
    return catalogue(code).gettext(message).format(**_isolated(message, values, code))


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """Return a sentence about ``count`` things; the sentence has ``{number}`` for the count."""
    code = language()
    return catalogue(code).ngettext(one, many, count).format(number=number(count), **_isolated(one, values, code))


def _isolated(message: str, values: dict[str, object], code: str) -> dict[str, object]:
    """Return ``values`` so that a name in other letters keeps its own direction in a language from right to left.

    A value in backquotes is left as it is: readers copy it into commands.
    """
    if code not in RIGHT_TO_LEFT:
        return values
    return {name: value if f"`{{{name}}}`" in message else f"\u2068{value}\u2069" for name, value in values.items()}


def translate(text: Message) -> str:
    """Return a message in the window's language, the messages within it translated too.

    A value named ``country`` is a country's English name, and is translated; counts are written as the language does.
    """
    code = language()
    form = catalogue(code).gettext(text.form) if text.form else ""
    return fill(form, {name: _translated_value(text.form, name, value, code) for name, value in text.values})


def _translated_value(form: str, name: str, value: str | int | Message, code: str) -> str:
    if isinstance(value, Message):
        return translate(value)
    if isinstance(value, int):
        return number(value)
    return str(_isolated(form, {name: country(value) if name == "country" else value}, code)[name])


def language() -> str:
    """Return the window's language, ISO 639-1; English outside of any window."""
    return str(st.session_state.get(_CHOSEN, ENGLISH)) if st.runtime.exists() else ENGLISH


def set_window_language() -> None:
    """Set a new window's language: the one chosen in this browser, else what the browser asks for."""
    if _CHOSEN not in st.session_state:
        header = st.context.headers.get("Accept-Language", "")
        st.session_state[_CHOSEN] = preferred_language(st.context.cookies.get(COOKIE, ""), header)


def choose_language(code: str) -> None:
    """Switch this window, and later windows of this browser, to another language; see ``set_page_language``."""
    st.session_state[_CHOSEN] = first_supported([code])
    st.session_state[KEPT] = True


def direction(code: str) -> str:
    """Return which way a language is written: "rtl" or "ltr"."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def preferred_language(chosen: str, header: str) -> str:
    """Return the language to begin with: the ``COOKIE``'s, else the best of an ``Accept-Language`` header."""
    return first_supported([chosen, *accepted_languages(header)])


def accepted_languages(header: str) -> list[str]:
    """Return the languages of an ``Accept-Language`` header (RFC 9110), the most wanted first."""
    wanted = []
    for part in header.split(","):
        tag, _parted, parameters = part.strip().partition(";")
        found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters)
        weight = float(found[1]) if found else 1.0
        if tag and weight > 0:
            wanted.append((weight, tag.strip()))
    return [tag for _weight, tag in sorted(wanted, key=lambda one: -one[0])]


def first_supported(tags: Iterable[str]) -> str:
    """Return the first of ``tags``, such as "fr-CA", whose language the screen has; English where it has none."""
    codes = (re.split("[-_]", tag)[0].lower() for tag in tags)
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def number(count: int) -> str:
    """Return a whole number as the window's language writes it: "1,200"."""
    from babel.numbers import format_decimal

    return str(count) if abs(count) < 1000 else str(format_decimal(count, locale=language()))


def day(moment: str) -> str:
    """Return the day of an ISO 8601 time: "8 March 2020"."""
    from babel.dates import format_date

    return str(format_date(datetime.fromisoformat(moment), _DAY[language() == ENGLISH], locale=language()))


def month(year: int, number: int) -> str:
    """Return a month, 1 to 12, of a year as the window's language writes it: "March 2020"."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", date(year, number, 1), locale=language()))


def day_and_time(moment: str) -> str:
    """Return an ISO 8601 time to the minute, as it is stored, in UTC: "8 March 2020, 14:05 UTC"."""
    return _("{day}, {time} UTC", day=day(moment), time=f"{datetime.fromisoformat(moment):%H:%M}")


_DAY = ("long", "dd MMMM yyyy")
"""As languages write a day; English ones differ by country, so there the day comes first."""


def country(name: str, code: str = "") -> str:
    """Return a country in the language ``code``, the window's where none is given.

    ``name`` is its alpha-2 code or its English name. English names are the program's own; others are CLDR's.
    """
    code = code or language()
    if code == ENGLISH:
        return country_name(name) if len(name) == 2 else name
    try:
        alpha_2 = name if len(name) == 2 else parse_country(name)
    except ValueError:  # a name that an earlier version kept in a chat
        return name
    return country_name(alpha_2, code)
