"""Text of reports, models and files as plain text, wherever something would read it as Markdown."""

from __future__ import annotations

import re

from ingest.language.folding import without_overrides

_JOINER = "\u2060"
"""Takes no room and is not seen. It parts what some readers of Markdown (GitHub, Streamlit) would still turn into
emoji, links or signs after the backslashes are gone: those plug-ins work on the finished text."""
_REWRITTEN = re.compile(
    r"(?<=:)(?=[\w+-]+:)"  # :emoji:
    r"|(?<=[A-Za-z]:)(?=//)|(?<=(?<!:)/)(?=/)"  # addresses
    r"|(?<=[Ww][Ww][Ww])(?=\.)"
    r"|(?<=@)(?=[\w-])"
    r"|(?<=[-<>~])(?=[-=>])"  # -- -> <- >= ~=
)
_MARKUP = re.compile(
    r"([\\`*_{}\[\]<>~$^|&#!=+]|:(?=\S)|^:)"
    r"|^(\d*)(?=[-.)])"  # what begins a list where it begins a line
)
_CITATION_MARK = re.compile(
    r"\s*(?:\[\^?\d{1,3}(?:[\s,;–-]+\d{1,3})*\]|[【〖［]\s*\d[^】〗］\n]{0,40}[】〗］]"
    r"|\((?:passages?|sources?)\s+\d{1,3}(?:[\s,;–-]+\d{1,3})*\))",
    re.IGNORECASE,
)
"""What models write behind sentences as if it were a citation: "[2]", "[^2]", "【2†source】", "(passage 2)"."""
_LEADERS = re.compile(r"(?: ?\.){4,} ?")


def escape_markdown(text: str) -> str:
    """Return ``text`` on one line, with every character that Markdown or Streamlit gives a meaning to made harmless."""
    return _MARKUP.sub(
        lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\", _REWRITTEN.sub(_JOINER, one_line(text))
    )


def counted(number: int, thing: str) -> str:
    """Return a number with its thing, in English: "1 report", "1,200 reports"."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def one_line(text: str) -> str:
    """Return ``text`` with every run of white space as one space: line breaks are the page's, not the text's.

    Signs that turn the direction of the letters behind them are left out: a reader would see other words.
    """
    return " ".join(without_overrides(text).split())


def without_marks(text: str) -> str:
    """Return ``text`` without numbers of citations in it: those of an answer are set behind its sentences."""
    return _CITATION_MARK.sub("", text).strip()


def has_marks(text: str) -> bool:
    """Return whether something in ``text`` looks like the number of a citation."""
    return _CITATION_MARK.search(text) is not None


def shorten(text: str, characters: int) -> str:
    """Return ``text`` on one line, cut at a word's end with "…" after ``characters``; leader dots go."""
    line = _LEADERS.sub(" … ", one_line(text))
    if len(line) <= characters:
        return line
    return line[:characters].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
