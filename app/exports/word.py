"""A manuscript as DOCX: headings, numbered paragraphs, footnotes, a table for a comparison."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from app.answers import AnswerSentence, Citation, differs_line
from app.cases import NOT_STATED
from app.exports.footnotes import Footnotes
from app.exports.manuscript import Manuscript
from app.exports.references import HEADING, references
from app.exports.sources import full_source, quoted, short_source
from app.exports.writing import add_text, clean

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import _Row

_WIDE = 3
"""Columns beside the questions from which the page is turned."""
_HIGHEST_LEVEL = 9


def to_docx(manuscript: Manuscript) -> bytes:
    """Return the manuscript as DOCX; every citation is a footnote with its source and its quote."""
    document = docx.Document()
    document.core_properties.title = clean(manuscript.title)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _space(document.styles["List Number"])
    _set_page(document, wide=len(manuscript.columns) >= _WIDE)
    writer = _Writer(document, manuscript)
    add_text(document.add_heading(level=0), manuscript.title, direct=True)
    for section in manuscript.sections:
        if section.title:
            heading = document.add_heading(level=min(section.level, _HIGHEST_LEVEL))
            add_text(heading, section.title, direct=True)
        if section.lead:
            add_text(document.add_paragraph(), str(section.lead), direct=True)
        for sentence in section.sentences:
            writer.write(document.add_paragraph(style="List Number"), sentence)
    if manuscript.rows:
        writer.write_table()
    if lines := references(manuscript):
        add_text(document.add_heading(level=1), HEADING)
        for line in lines:
            add_text(document.add_paragraph(), line, direct=True)
    for remark in (*manuscript.remarks, manuscript.authorship):
        add_text(document.add_paragraph(), remark).italic = True
    writer.footnotes.save()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes sentences with their footnotes; a document's second footnote is shorter than its first."""

    def __init__(self, document: DocxDocument, manuscript: Manuscript) -> None:
        self.document = document
        self.manuscript = manuscript
        self.footnotes = Footnotes(document)
        self._by_number = {citation.number: citation for citation in manuscript.citations}
        self._cited: set[str] = set()

    def write(self, paragraph: Paragraph, sentence: AnswerSentence) -> None:
        """Write a sentence with the footnotes of its citations behind it."""
        add_text(paragraph, sentence.text, direct=True)
        for place, number in enumerate(sentence.citations):
            citation = self._by_number[number]
            pieces = (f"{self._source(citation)}:", quoted(self.manuscript, citation))
            self.footnotes.refer(paragraph, pieces, again=place > 0)
        if (differs := differs_line(sentence)) is not None:
            add_text(paragraph, f" ({differs})").italic = True
        if sentence.warning:
            add_text(paragraph, f" ({sentence.warning})").italic = True

    def write_table(self) -> None:
        """Write the comparison: one row a question, one column a country; the header row repeats on every page."""
        table = self.document.add_table(rows=1, cols=1 + len(self.manuscript.columns), style="Table Grid")
        _repeat(table.rows[0])
        style = self._add_cell_style()
        for cell, name in zip(table.rows[0].cells[1:], self.manuscript.columns, strict=True):
            add_text(cell.paragraphs[0], name).bold = True
            cell.paragraphs[0].style = style
        for row in self.manuscript.rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].style = style
            add_text(cells[0].paragraphs[0], row.question, direct=True).bold = True
            for target, cell in zip(cells[1:], row.cells, strict=True):
                paragraph = target.paragraphs[0]
                paragraph.style = style
                for number, sentence in enumerate(cell.sentences):
                    self.write(target.add_paragraph(style=style) if number else paragraph, sentence)
                if not cell.sentences:
                    add_text(paragraph, str(NOT_STATED)).italic = True
        self.document.add_paragraph()

    def _add_cell_style(self) -> ParagraphStyle:
        """Add a style of smaller letters: a question's row should fit on one page with its footnotes."""
        style: ParagraphStyle = self.document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(9)
        style.paragraph_format.space_after = Pt(4)
        return style

    def _source(self, citation: Citation) -> str:
        known = citation.document_id in self._cited
        self._cited.add(citation.document_id)
        return short_source(citation) if known else full_source(citation)


def _set_page(document: DocxDocument, *, wide: bool) -> None:
    """Set A4 with page numbers at its foot, and the language of the words that are ours."""
    (section,) = document.sections
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    if wide:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _space(style: ParagraphStyle) -> None:
    """Set numbered paragraphs apart: the template's are a list's lines."""
    style.paragraph_format.space_after = Pt(6)
    for together in style.element.findall(f".//{qn('w:contextualSpacing')}"):
        together.getparent().remove(together)


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    # Shown until the program that opens the file has counted its pages.
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)


def _repeat(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
