"""What is on a slide, in the order in which it is read: from the top down, from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ingest.documents import BlockKind
from ingest.formats.builder import TextBuilder
from ingest.formats.grid import Row, add_sheet
from ingest.formats.raised import raised_text

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.slide import Slide
    from pptx.text.text import TextFrame, _Paragraph

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOT_STRUCK = "noStrike"
_SAME_ROW = 360_000
"""English Metric Units, a centimetre: shapes whose tops differ by less stand side by side."""
_EDGE_KINDS = {"DATE", "FOOTER", "HEADER", "SLIDE_NUMBER"}
_TITLE_KINDS = {"TITLE", "CENTER_TITLE", "VERTICAL_TITLE"}
_LIST_KINDS = {"BODY", "OBJECT", "VERTICAL_BODY", "VERTICAL_OBJECT"}
"""Places for text whose paragraphs are points of a list unless the slide says otherwise."""
PICTURE, CHART, OBJECT = "pictures", "charts", "embedded objects"


class SlideReader:
    """Appends what is on a slide to ``builder``; ``unread`` is what kinds of things were not read."""

    def __init__(self, builder: TextBuilder) -> None:
        self.unread: set[str] = set()
        self._builder = builder
        self._lead = ""

    def read(self, slide: Slide) -> None:
        """Read the title, then all other shapes."""
        title = slide.shapes.title
        if title is not None and not _is_hidden(title):
            self._lead = frame_text(title.text_frame)
            self._builder.add(self._lead, BlockKind.HEADING, 2)
        self._read_all(shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id)

    def _read_all(self, shapes: Iterable[Any]) -> None:
        for shape in _in_order(shape for shape in shapes if not _is_hidden(shape)):
            if shape._element.tag.endswith("}grpSp"):
                self._read_all(shape.shapes)
            elif shape.has_text_frame:
                self._read_text(shape)
            elif getattr(shape, "has_table", False) and shape.has_table:
                rows = ([_cell(cell) for cell in row.cells] for row in shape.table.rows)
                add_sheet(self._builder, (Row(0, cells) for cells in rows))
            elif getattr(shape, "has_chart", False) and shape.has_chart:
                self._read_chart(shape.chart)
            elif shape._element.tag.endswith("}graphicFrame"):
                self._read_graphic(shape)
            elif shape._element.tag.endswith("}pic"):
                self.unread.add(PICTURE)

    def _read_text(self, shape: Any) -> None:
        kind = shape.placeholder_format.type.name if shape.is_placeholder and shape.placeholder_format.type else ""
        if kind in _EDGE_KINDS:
            self._builder.add(frame_text(shape.text_frame), BlockKind.FURNITURE)
        elif kind in _TITLE_KINDS:
            self._builder.add(frame_text(shape.text_frame), BlockKind.HEADING, 2)
        else:
            self._read_paragraphs(shape.text_frame, kind in _LIST_KINDS)

    def _read_paragraphs(self, frame: TextFrame, is_list: bool) -> None:
        lead = self._lead
        for paragraph in frame.paragraphs:
            text = paragraph_text(paragraph)
            if text.endswith(":"):
                lead = text
                self._builder.add(text)
            elif _is_point(paragraph, is_list):
                self._builder.add(text, BlockKind.ITEM, header=lead)
            else:
                self._builder.add(text)

    def _read_chart(self, chart: Any) -> None:
        self.unread.add(CHART)
        if chart.has_title and chart.chart_title.has_text_frame:
            self._builder.add(frame_text(chart.chart_title.text_frame))

    def _read_graphic(self, shape: Any) -> None:
        """Read a diagram ("SmartArt"), whose words are in a part of their own."""
        from lxml import etree

        relation = next(shape._element.iter(f"{_DIAGRAM}relIds"), None)
        if relation is None:
            self.unread.add(OBJECT)
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        data = etree.fromstring(shape.part.related_part(relation.get(f"{_RELATIONS}dm")).blob, parser)
        for point in data.iter(f"{_DIAGRAM}pt"):
            for paragraph in point.iter(f"{_DRAWING}p"):
                text = "".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t"))
                self._builder.add(text, BlockKind.ITEM, header=self._lead)


def _in_order(shapes: Iterable[Any]) -> Iterator[Any]:
    """Yield shapes row by row; those without a place of their own come first, as they are in the file."""
    ordered = sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))
    row: list[Any] = []
    for shape in ordered:
        if row and (shape.top or 0) - (row[0].top or 0) > _SAME_ROW:
            yield from sorted(row, key=lambda one: one.left or 0)
            row = []
        row.append(shape)
    yield from sorted(row, key=lambda one: one.left or 0)


def _is_hidden(shape: Any) -> bool:
    return any(properties.get("hidden") in ("1", "true") for properties in shape._element.xpath("./*/p:cNvPr"))


def _is_point(paragraph: _Paragraph, is_list: bool) -> bool:
    properties: _Element | None = paragraph._p.pPr
    if properties is not None:
        if properties.find(f"{_DRAWING}buNone") is not None:
            return False
        if any(properties.find(f"{_DRAWING}{mark}") is not None for mark in ("buChar", "buAutoNum", "buBlip")):
            return True
    return is_list


def _cell(cell: Any) -> str:
    """Return a cell's words; those of a merged cell once."""
    return "" if cell.is_spanned else frame_text(cell.text_frame)


def frame_text(frame: TextFrame) -> str:
    """Return the words of a frame in one line."""
    return " ".join(" ".join(map(paragraph_text, frame.paragraphs)).split())


def paragraph_text(paragraph: _Paragraph) -> str:
    """Return the words of a paragraph in one line: without the marks of notes, and without what is struck out."""
    text = ""
    for element in paragraph._p:
        if element.tag == f"{_DRAWING}br":
            text += " "
        elif element.tag in (f"{_DRAWING}r", f"{_DRAWING}fld"):
            words = "".join(part.text or "" for part in element.iter(f"{_DRAWING}t"))
            look = element.find(f"{_DRAWING}rPr")
            if look is not None and look.get("strike", _NOT_STRUCK) != _NOT_STRUCK:
                continue
            raised = look is not None and not look.get("baseline", "0").startswith(("-", "0"))
            text += raised_text(words, text) if raised else words
    return " ".join(text.split())
