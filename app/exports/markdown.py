"""A manuscript as Markdown with footnotes."""

from __future__ import annotations

from app.answers import AnswerSentence, differs_line
from app.cases import NOT_STATED
from app.exports.manuscript import Manuscript
from app.exports.references import HEADING, references
from app.exports.sources import full_source, quoted
from app.plain import escape_markdown


def to_markdown(manuscript: Manuscript) -> str:
    """Return the manuscript; a document's text is shown letter by letter, whatever Markdown would make of it."""
    lines = [f"# {escape_markdown(manuscript.title)}", ""]
    for section in manuscript.sections:
        if section.title:
            lines += [f"{'#' * (section.level + 1)} {escape_markdown(section.title)}", ""]
        if section.lead:
            lines += [escape_markdown(str(section.lead)), ""]
        if section.sentences:
            lines += [*(f"- {_footnoted(sentence)}" for sentence in section.sentences), ""]
    if manuscript.rows:
        lines += [f"| | {' | '.join(map(escape_markdown, manuscript.columns))} |"]
        lines += [f"| --- |{' --- |' * len(manuscript.columns)}"]
        for row in manuscript.rows:
            cells = (" ".join(map(_footnoted, cell.sentences)) or str(NOT_STATED) for cell in row.cells)
            lines += [f"| **{escape_markdown(row.question)}** | {' | '.join(cells)} |"]
        lines += [""]
    if listed := references(manuscript):
        lines += [f"## {HEADING}", "", *(f"- {escape_markdown(line)}" for line in listed), ""]
    for remark in (*manuscript.remarks, manuscript.authorship):
        lines += [escape_markdown(remark), ""]
    lines += [
        f"[^{citation.number}]: {escape_markdown(full_source(citation))}:"
        f" {escape_markdown(quoted(manuscript, citation))}"
        for citation in manuscript.citations
    ]
    return "\n".join(lines).rstrip() + "\n"


def _footnoted(sentence: AnswerSentence) -> str:
    marks = "".join(f"[^{number}]" for number in sentence.citations)
    warning = f" *({escape_markdown(sentence.warning)})*" if sentence.warning else ""
    differs = differs_line(sentence)
    note = f" *({escape_markdown(str(differs))})*" if differs is not None else ""
    return escape_markdown(sentence.text) + marks + note + warning
