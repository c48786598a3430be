"""Take it away: summaries, comparisons and answers as text, Markdown or DOCX, every line with its source."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from app.answers import Answer, AnswerSentence, AnswerStatus, Citation, Verdict, numbered
from app.cases import NO_EVIDENCE, CaseSummary, Comparison

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

AI_LINE = "Sentences are verbatim quotes, chosen by software; check each against its page before you publish it."
_NOTHING = "not stated in the reports"
_REFUSALS = {
    AnswerStatus.RELATED: "No clear answer in these reports. The nearest passages:",
    AnswerStatus.NOT_FOUND: "Not in these reports. The nearest passages:",
}


def refusal(status: AnswerStatus) -> str:
    """Return what is said when there is no answer."""
    return _REFUSALS[status]


def answer_text(answer: Answer) -> str:
    """Return an answer for the terminal: numbered sentences, then their sources."""
    if answer.status is not AnswerStatus.ANSWERED:
        lines = [answer.note, ""] if answer.note else []
        lines += [refusal(answer.status) if answer.related else "Not in these reports.", ""]
        for passage in answer.related:
            lines += [f"  {passage.document}, {passage.place}: {_shortened(passage.quote)}", ""]
        return "\n".join(lines).rstrip()
    sentences = [_marked(sentence) for sentence in answer.sentences]
    return "\n".join([*sentences, "", *_sources(answer.citations)])


def summary_text(summary: CaseSummary) -> str:
    """Return a summary for the terminal."""
    lines = [summary.country.upper(), ""]
    for heading in summary.headings:
        lines += [heading.title, *(f"  {_marked(s)}" for s in heading.sentences)]
        lines += ["", ""][: 1 if heading.sentences else 0] or [f"  {NO_EVIDENCE}", ""]
    return "\n".join([*lines, *_sources(summary.citations), "", _coverage(summary)])


def summary_markdown(summary: CaseSummary) -> str:
    """Return a summary as Markdown with footnotes."""
    lines = [f"# {summary.country}", ""]
    for heading in summary.headings:
        lines += [f"## {heading.title}", ""]
        for sentence in heading.sentences:
            lines += [f"- {_footnoted(sentence)}"]
        lines += [""] if heading.sentences else [NO_EVIDENCE, ""]
    return "\n".join([*lines, _coverage(summary), "", AI_LINE, "", *_footnotes(summary.citations), ""])


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison for the terminal."""
    lines = []
    for row in comparison.rows:
        lines += [row.question, ""]
        for cell in row.cells:
            lines += [f"  {cell.country}"]
            lines += [f"    {_marked(sentence)}" for sentence in cell.sentences] or [f"    {_NOTHING}"]
        lines += [""]
    return "\n".join([*lines, *_sources(comparison.citations)])


def comparison_markdown(comparison: Comparison) -> str:
    """Return a comparison as a Markdown table with footnotes."""
    lines = [f"# {' · '.join(comparison.countries)}", "", f"| | {' | '.join(comparison.countries)} |"]
    lines += [f"| --- |{' --- |' * len(comparison.countries)}"]
    for row in comparison.rows:
        cells = (" ".join(map(_footnoted, cell.sentences)) or _NOTHING for cell in row.cells)
        lines += [f"| **{escape_markdown(row.question)}** | {' | '.join(cells)} |"]
    return "\n".join([*lines, "", AI_LINE, "", *_footnotes(comparison.citations), ""])


def summary_docx(summary: CaseSummary) -> bytes:
    """Return a summary as DOCX: headings, numbered quotes, and the list of sources they point to."""
    document = _new_docx(summary.country)
    for heading in summary.headings:
        document.add_heading(heading.title, level=1)
        for sentence in heading.sentences:
            document.add_paragraph(_marked(sentence), style="List Bullet")
        if not heading.sentences:
            document.add_paragraph(NO_EVIDENCE)
    document.add_paragraph(_coverage(summary))
    return _finish_docx(document, summary.citations)


def comparison_docx(comparison: Comparison) -> bytes:
    """Return a comparison as DOCX: a table, and the list of sources."""
    document = _new_docx(" · ".join(comparison.countries))
    table = document.add_table(rows=1, cols=1 + len(comparison.countries), style="Table Grid")
    for cell, name in zip(table.rows[0].cells[1:], comparison.countries, strict=True):
        cell.text = name
    for row in comparison.rows:
        cells = table.add_row().cells
        cells[0].text = row.question
        for target, cell in zip(cells[1:], row.cells, strict=True):
            target.text = "\n".join(map(_marked, cell.sentences)) or _NOTHING
    return _finish_docx(document, comparison.citations)


def escape_markdown(text: str) -> str:
    """Return ``text`` so that Markdown shows it letter by letter: report text is data, not markup."""
    text = " ".join(text.split())
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+-.!|<>~$^" else char for char in text)


def _marked(sentence: AnswerSentence) -> str:
    warning = f" (unverified: {sentence.reason})" if sentence.verdict is Verdict.UNVERIFIED else ""
    return numbered(sentence) + warning


def _footnoted(sentence: AnswerSentence) -> str:
    marks = "".join(f"[^{number}]" for number in sentence.citations)
    return escape_markdown(sentence.text) + marks


def _footnotes(citations: Iterable[Citation]) -> list[str]:
    return [f"[^{c.number}]: {escape_markdown(c.source)}: “{escape_markdown(c.quote)}”" for c in citations]


def _sources(citations: Iterable[Citation]) -> list[str]:
    return [f"[{citation.number}] {citation.document}, {citation.place}" for citation in citations]


def _coverage(summary: CaseSummary) -> str:
    return f"Pages read: {len(summary.pages_read)}. Pages cited: {len(summary.pages_cited)}."


def _shortened(text: str, length: int = 240) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def _new_docx(title: str) -> DocxDocument:
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.add_heading(title, level=0)
    return document


def _finish_docx(document: DocxDocument, citations: Sequence[Citation]) -> bytes:
    document.add_paragraph(AI_LINE)
    document.add_heading("Sources", level=1)
    for citation in citations:
        quote = " ".join(citation.quote.split())
        document.add_paragraph(f"[{citation.number}] {citation.source}: “{quote}”")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
