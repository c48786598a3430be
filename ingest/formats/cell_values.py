"""A spreadsheet's values as its reader sees them: numbers in their format, dates that cannot be misread."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+|(?<=;)(?=;|$)|^(?=;)')
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*")|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|_.|\*."""
    r"""|(?P<number>(?:General|[#0?][#0?.,]*|\.[#0?]+)(?:E[+-]?[0#]+)?)|(?P<other>.)""",
    re.I | re.S,
)
_DATE_TOKEN = re.compile(r"\[\$[^\]]*\]|\[[hms]+\]|\[[^\]]*\]|\"[^\"]*\"|\\.|y+|m+|d+|h+|s+|AM/PM|A/P|.", re.I | re.S)
_LANGUAGE = re.compile(r"\[\$[^\]-]*-([0-9A-F]+)", re.I)
_ENGLISH = 0x09
"""Primary language of English in the codes that formats name languages by: their lowest ten bits."""
_PLAIN_DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""


def shown(value: object, number_format: str = "General") -> str:
    """Return a cell's value as text.

    Numbers are written in the cell's format ("45,000", "12.5%"). Dates whose format names the month are written in it
    ("3 May 2021"), all others as 2021-05-03: the order of day and month depends on the reader's computer.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
        case datetime.datetime() | datetime.date() | datetime.time():
            return _date(value, number_format)
        case int() | float():
            return _number(value, number_format)
        case _:
            return str(value)


def _number(value: float, number_format: str) -> str:
    sections = _SECTION.findall(number_format) or ["General"]
    if any(re.search(r"\[[<>=]", section) for section in sections):
        return _general(value)
    section = sections[0]
    if len(sections) > 1 and value < 0:
        section, value = sections[1], -value
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    pieces: list[str] = []
    places: list[tuple[int, str]] = []
    percents = 0
    for token in _TOKEN.finditer(section):
        kind, text = token.lastgroup, token[0]
        if kind == "number":
            places.append((len(pieces), text))
        elif kind == "other" and text == "%":
            percents += 1
        elif kind == "other" and text in "/@":
            return _general(value)
        pieces.append({"quoted": text[1:-1], "escaped": text[1:], "currency": token["currency"] or "",
                       "other": text}.get(kind or "", ""))  # fmt: skip
    if len(places) > 1:  # the digits are parted by something else, as in a telephone number
        return _general(value)
    for index, pattern in places:
        pieces[index] = _digits(value * 100**percents, pattern)
    return " ".join("".join(pieces).split())


def _digits(value: float, pattern: str) -> str:
    if pattern.lower() == "general":
        return _general(value)
    mantissa, _, exponent = pattern.upper().partition("E")
    whole, _, fraction = mantissa.partition(".")
    if exponent:
        return f"{value:.{len(fraction)}E}"
    scaled = mantissa.rstrip(",")
    number = Decimal(repr(value)) / 1000 ** (len(mantissa) - len(scaled))
    fraction = fraction.rstrip(",")
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    integer, _, decimals = f"{rounded:f}".partition(".")
    least = len(fraction.rstrip("#?"))
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole.rstrip(","):
        integer = f"{int(integer or 0):,}".rjust(whole.count("0"), "0") if integer else ""
    sign = "-" if number < 0 and rounded else ""
    return f"{sign}{integer}.{decimals}" if decimals else f"{sign}{integer or '0'}"


def _general(value: float) -> str:
    if float(value).is_integer() and abs(value) < 10**_PLAIN_DIGITS:
        return str(int(value))
    return f"{value:.10g}"


def _date(value: datetime.datetime | datetime.date | datetime.time, number_format: str) -> str:
    tokens = _DATE_TOKEN.findall(number_format.split(";", maxsplit=1)[0])
    codes = [token.lower() for token in tokens if token[:1].lower() in "ymdhs" or token.upper() in ("AM/PM", "A/P")]
    timed = any(code[0] in "hs" for code in codes)
    clock = _clock(value) if (timed and not isinstance(value, datetime.date)) or (_has_time(value) and timed) else ""
    if isinstance(value, datetime.time):
        return _clock(value)
    named = any(len(code) >= 3 and code[0] == "m" for code in codes) and _in_english(number_format)
    years = any(code[0] == "y" for code in codes)
    if codes and all(code[0] == "y" for code in codes):
        return f"{value:%Y}"
    if named and (not years or any(len(code) > 2 for code in codes if code[0] == "y")) and not timed:
        return " ".join("".join(_date_piece(token, value) for token in tokens).split())
    if named and not any(code[0] == "d" for code in codes):
        return f"{value:%B %Y}"
    return f"{value:%Y-%m-%d} {clock}".strip()


def _date_piece(token: str, value: datetime.date) -> str:
    if token.startswith("["):
        return ""
    if token[:1] in '"\\':
        return token.strip('"') if token[0] == '"' else token[1:]
    match token[0].lower(), len(token):
        case "y", _:
            return f"{value:%Y}"
        case "m", 1 | 2:
            return str(value.month) if len(token) == 1 else f"{value:%m}"
        case "m", length:
            return f"{value:%b}" if length == 3 else f"{value:%B}"
        case "d", 1 | 2:
            return str(value.day) if len(token) == 1 else f"{value:%d}"
        case "d", length:
            return f"{value:%a}" if length == 3 else f"{value:%A}"
        case _:
            return token


def _has_time(value: object) -> bool:
    return isinstance(value, datetime.datetime) and value.time() != datetime.time()


def _clock(value: datetime.datetime | datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return ""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def _in_english(number_format: str) -> bool:
    language = _LANGUAGE.search(number_format)
    return language is None or int(language[1], 16) & 0x3FF in (0, _ENGLISH)
