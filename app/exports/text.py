"""A manuscript for the terminal: numbered sentences, then their sources."""

from __future__ import annotations

from dataclasses import replace

from app.answers import AnswerSentence, Citation, differs_line, numbered
from app.cases import NOT_STATED
from app.exports.manuscript import Kind, Manuscript, Section
from app.exports.sources import under
from app.messages import Message
from app.plain import shorten

_PASSAGE_CHARACTERS = 360


def to_text(manuscript: Manuscript) -> str:
    """Return the manuscript as plain text; an answer comes without its question, which the reader has just typed."""
    lines: list[str] = []
    if manuscript.kind is not Kind.ANSWER:
        lines += [manuscript.title.upper() if manuscript.kind is Kind.CASE else manuscript.title, ""]
    for section in manuscript.sections:
        lines += [*_section(section), ""]
    for row in manuscript.rows:
        lines += [row.question, ""]
        for cell in row.cells:
            lines += [f"  {cell.country}"]
            lines += [f"    {_marked(sentence)}" for sentence in cell.sentences] or [f"    {NOT_STATED}"]
        lines += [""]
    lines += [_source(c) for c in manuscript.citations]
    return "\n".join([*lines, "", *manuscript.remarks]).rstrip()


def _source(citation: Citation) -> str:
    versioned = (citation.document, citation.version, citation.place)
    return f"[{citation.number}] {', '.join(part for part in versioned if part)}{under(citation)}"


def _section(section: Section) -> list[str]:
    lines = [section.title] if section.title else []
    indent = "  " if section.title else ""
    lines += [f"{indent}{section.lead}"] if section.lead else []
    shown = [_marked(s) for s in section.sentences]
    if isinstance(section.lead, Message) and not section.title:  # near, no answer: a glance is enough
        shown = [numbered(replace(s, text=shorten(s.text, _PASSAGE_CHARACTERS))) for s in section.sentences]
    return lines + [f"{indent}{line}" for line in shown]


def _marked(sentence: AnswerSentence) -> str:
    warning = f" ({sentence.warning})" if sentence.warning else ""
    differs = differs_line(sentence)
    return numbered(sentence) + (f" ({differs})" if differs is not None else "") + warning
