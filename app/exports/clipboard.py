"""A text for the clipboard, as HTML and as plain text: numbers behind its sentences, the numbered sources below it.

Programs into which text is pasted have no common way to take over footnotes, so these are numbered notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from html import escape

from app.answers import AnswerSentence, Citation, Verdict, differs_line
from app.cases import NOT_STATED
from app.exports.manuscript import Manuscript
from app.exports.sources import full_source, short_source
from app.plain import one_line


@dataclass(frozen=True, slots=True)
class Clip:
    """What a program gets when the text is pasted: the HTML if it can show it, else the plain text."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    marks: tuple[int, ...] = ()
    bold: bool = False

    def as_html(self) -> str:
        text = f"<strong>{escape(self.text)}</strong>" if self.bold else escape(self.text)
        marks = "".join(f"[{number}]" for number in self.marks)
        # The direction is that of each line: quotes are in other languages than the text around them.
        return f'<p dir="auto">{text}{f"<sup>{marks}</sup>" if marks else ""}</p>'

    def as_text(self) -> str:
        return " ".join([self.text, "".join(f"[{number}]" for number in self.marks)]).strip()


def clip_quotes(citations: Sequence[Citation], sentence: AnswerSentence | None = None) -> Clip:
    """Return one sentence with its sources, numbered from 1; without a ``sentence`` the first citation's quote."""
    if sentence is None:
        quote = one_line(citations[0].quote)
        sentence = AnswerSentence(quote, Verdict.QUOTED, ())
    text = f"“{sentence.text}”" if sentence.verdict is Verdict.QUOTED else one_line(sentence.text)
    text += f" ({sentence.warning})" if sentence.warning else ""
    notes = [_note(number, citation, {sentence.text}) for number, citation in enumerate(citations, start=1)]
    return _clip([_Line(text, tuple(range(1, len(notes) + 1)))], notes)


def clip_manuscript(manuscript: Manuscript) -> Clip:
    """Return an answer, a case or the like with all its sources, and who wrote its sentences."""
    lines = [_Line(manuscript.title, bold=True)]
    for section in manuscript.sections:
        lines += [_Line(section.title, bold=True)] if section.title else []
        lines += [_Line(one_line(str(section.lead)))] if section.lead else []
        lines += map(_sentence_line, section.sentences)
    for row in manuscript.rows:
        lines.append(_Line(row.question, bold=True))
        for cell in row.cells:
            lines.append(_Line(cell.country))
            lines += list(map(_sentence_line, cell.sentences)) or [_Line(str(NOT_STATED))]
    said = {one_line(sentence.text) for sentence in manuscript.sentences()}
    seen: set[str] = set()
    notes = []
    for citation in manuscript.citations:
        notes.append(_note(citation.number, citation, said, short=citation.document_id in seen))
        seen.add(citation.document_id)
    return _clip([*lines, *map(_Line, (*manuscript.remarks, manuscript.authorship))], notes)


def _sentence_line(sentence: AnswerSentence) -> _Line:
    added = [str(line) for line in (differs_line(sentence), sentence.warning) if line]
    return _Line(" ".join([one_line(sentence.text), *(f"({line})" for line in added)]), sentence.citations)


def _note(number: int, citation: Citation, said: Set[str], *, short: bool = False) -> str:
    """Return a numbered source; with its quote, unless the text above says the very words."""
    quote = one_line(citation.quote)
    source = f"[{number}] {short_source(citation) if short else full_source(citation)}"
    return source if {quote, f"“{quote}”"} & said else f"{source}: “{quote}”"


def _clip(lines: Iterable[_Line], notes: Sequence[str]) -> Clip:
    lines = list(lines)
    html = [*(line.as_html() for line in lines), *(_Line(note).as_html() for note in notes)]
    text = "\n\n".join([*(line.as_text() for line in lines), "\n".join(notes)])
    return Clip("".join(html), text.strip())
