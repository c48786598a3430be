"""Recommendations for the terminal and as Markdown, by whom they are made to, each with its source."""

from __future__ import annotations

from app.answers import Citation, numbered
from app.cases.recommendations import Recommendation, Recommendations

NONE_FOUND = "No recommendation was found."
_LISTED = "Listed under"


def recommendations_text(result: Recommendations) -> str:
    """Return recommendations for the terminal."""
    lines = [_title(result).upper(), ""]
    for addressee, items in result.by_addressee().items():
        lines += [f"To: {addressee} ({len(items)})"]
        lines += [f"  {numbered(item.sentence)}{_note(item)}" for item in items]
        lines += [""]
    if not result.found:
        lines += [NONE_FOUND, ""]
    return "\n".join([*lines, *(f"[{c.number}] {c.document}, {c.place}" for c in result.citations)]).rstrip()


def recommendations_markdown(result: Recommendations) -> str:
    """Return recommendations as Markdown with footnotes; the reports' words are data, never markup."""
    from app.export import AI_LINE, escape_markdown

    def footnote(citation: Citation) -> str:
        source, quote = escape_markdown(citation.source), escape_markdown(citation.quote)
        return f"[^{citation.number}]: {source}: “{quote}”"

    lines = [f"# {escape_markdown(_title(result))}", ""]
    for addressee, items in result.by_addressee().items():
        lines += [f"## To: {addressee}", ""]
        for item in items:
            marks = "".join(f"[^{number}]" for number in item.sentence.citations)
            lines += [f"- {escape_markdown(item.sentence.text)}{marks}{escape_markdown(_note(item))}"]
        lines += [""]
    if not result.found:
        lines += [NONE_FOUND, ""]
    return "\n".join([*lines, AI_LINE, "", *map(footnote, result.citations), ""])


def _title(result: Recommendations) -> str:
    return f"Recommendations: {', '.join(result.countries) or 'all reports'}"


def _note(item: Recommendation) -> str:
    """Return what the heading or line above an item says: an item alone names nobody."""
    return f" ({_LISTED}: {item.above})" if item.above else ""
