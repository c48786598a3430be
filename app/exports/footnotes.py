"""Real footnotes in a DOCX: the part that contains them, its styles, and the references in the text.

python-docx (1.2) has no footnotes. The part is written here by the rules of Office Open XML (ECMA-376, 17.11).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from app.exports.writing import add_text, is_right_to_left

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_TEXT, _REFERENCE = "footnote text", "footnote reference"
_POINTS = 9
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their references."""

    def __init__(self, document: DocxDocument) -> None:
        """Make the styles and an empty list of footnotes for ``document``."""
        self._document = document
        self._root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        self._count = 0
        self._add_styles()
        for number, kind in _SEPARATORS:
            self._add_separator(number, kind)

    def refer(self, paragraph: Paragraph, pieces: Iterable[str], *, again: bool = False) -> None:
        """Append a reference to ``paragraph`` and make its footnote of ``pieces``, each with its script's settings.

        ``again`` parts its mark from the one before it.
        """
        if again:
            paragraph.add_run(", ").style = self._document.styles[_REFERENCE]
        self._count += 1
        run = paragraph.add_run()
        run.style = self._document.styles[_REFERENCE]
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._count))
        run._r.append(reference)
        note = etree.SubElement(self._root, qn("w:footnote"), {qn("w:id"): str(self._count)})
        text = self._add_paragraph(note)
        mark = text.add_run()
        mark.style = self._document.styles[_REFERENCE]
        mark._r.append(OxmlElement("w:footnoteRef"))
        for piece in pieces:
            if is_right_to_left(piece):  # or its quotation marks would be at the wrong ends
                add_text(self._add_paragraph(note), piece, direct=True)
            else:
                add_text(text, f" {piece}")

    def save(self) -> None:
        """Put the footnotes into the document's package."""
        xml = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _add_paragraph(self, note: etree._Element) -> Paragraph:
        element = OxmlElement("w:p")
        note.append(element)
        paragraph = Paragraph(element, self._document._body)
        paragraph.style = self._document.styles[_TEXT]
        return paragraph

    def _add_styles(self) -> None:
        styles = self._document.styles
        text = styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(_POINTS)
        size = OxmlElement("w:szCs")  # the same for complex scripts, in half points
        size.set(qn("w:val"), str(2 * _POINTS))
        text.element.rPr.append(size)
        text.paragraph_format.space_after = Pt(2)
        text.paragraph_format.left_indent, text.paragraph_format.first_line_indent = Cm(0.4), Cm(-0.4)
        reference = styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True

    def _add_separator(self, number: int, kind: str) -> None:
        """Add the separator of text and footnotes: readers of DOCX expect it in the part and in the settings."""
        note = etree.SubElement(self._root, qn("w:footnote"), {qn("w:type"): kind, qn("w:id"): str(number)})
        run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
        etree.SubElement(run, qn(f"w:{kind}"))
        settings = self._document.settings.element
        held = settings.find(qn("w:footnotePr"))
        if held is None:
            held = OxmlElement("w:footnotePr")
            # The schema sets the order of settings: before what a new document's have from "compat" on.
            settings.insert_element_before(held, *_AFTER_FOOTNOTES)
        name = OxmlElement("w:footnote")
        name.set(qn("w:id"), str(number))
        held.append(name)


_AFTER_FOOTNOTES = tuple(
    f"w:{name}"
    for name in (
        "endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats"
        " shapeDefaults decimalSymbol listSeparator"
    ).split()
)
