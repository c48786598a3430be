"""DOCX as Word writes it: XML by hand, with what libraries for writing leave out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import escape

from makers.source import Block, Source, SourcePage, grouped, in_text, runs

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' mc:Ignorable=""'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BY = 'w:author="An editor" w:date="2024-02-01T09:00:00Z"'
_PARTS = {
    "document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "styles": "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    "numbering": "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
    "footnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
    "endnotes": "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml",
    "header1": "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
    "footer1": "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
}
_LISTS = {"•": 1, "1.": 2, "(a)": 3, "¶": 4}
"""Of marks: the number of the list that Word counts them by."""


def make(source: Source) -> bytes:
    """Return the DOCX; all pages of the source follow each other, since Word itself decides where pages end."""
    kind = "endnote" if source.options.get("endnotes") else "footnote"
    writer = _Writer(source, kind)
    body = "".join(writer.page(page) for page in source.pages)
    first = source.pages[0]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    notes = "".join(
        f'<w:{kind} w:id="{n}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
        f"{writer.content(' ' + block.text)}</w:p></w:{kind}>"
        for n, block in enumerate(writer.notes, start=1)
    )
    other = "endnotes" if kind == "footnote" else "footnotes"
    parts = {
        "document": f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        "styles": _styles(),
        "numbering": _numbering(),
        f"{kind}s": f"<w:{kind}s {_NAMES}>{notes}</w:{kind}s>",
        other: f"<w:{other} {_NAMES}></w:{other}>",
        "header1": f"<w:hdr {_NAMES}><w:p><w:r><w:t>{escape(first.head)}</w:t></w:r></w:p></w:hdr>",
        "footer1": f'<w:ftr {_NAMES}><w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>',
    }
    return _zip(parts, source.title)


class _Writer:
    """Writes paragraphs and remembers the notes on the way."""

    def __init__(self, source: Source, kind: str) -> None:
        self._options, self._kind = source.options, kind
        self._right = "<w:bidi/>" if source.script in {"Arabic", "Hebrew"} else ""
        self.notes: list[Block] = []
        self._all = [block for page in source.pages for block in page.blocks if block.kind == "note"]

    def page(self, page: SourcePage) -> str:
        return "".join(self._group(kind, blocks) for kind, blocks in grouped(in_text(page)))

    def _group(self, kind: str, blocks: list[Block]) -> str:
        if kind == "box":
            inner = "".join(
                self._group(one, members) for one, members in grouped([replace(b, group="") for b in blocks])
            )
            return _text_box(inner)
        if kind == "row":
            return self._table(blocks)
        return "".join(self._paragraph(block) for block in blocks if block.kind != "picture")

    def _paragraph(self, block: Block) -> str:
        style = f'<w:pStyle w:val="Heading{block.level}"/>' if block.kind == "heading" else ""
        if block.kind == "caption":
            style = '<w:pStyle w:val="Caption"/>'
        number = ""
        if block.mark in _LISTS or block.kind == "item":
            which = _LISTS.get(block.mark, 1 if not block.mark[:1].isdigit() else 2)
            number = f'<w:numPr><w:ilvl w:val="{block.depth}"/><w:numId w:val="{which}"/></w:numPr>'
        words = self.content(block.text)
        if self._options.get("content_controls") and block.kind == "body":
            words = f"<w:sdt><w:sdtPr/><w:sdtContent>{words}</w:sdtContent></w:sdt>"
        return f"<w:p><w:pPr>{style}{number}{self._right}</w:pPr>{words}</w:p>"

    def _table(self, blocks: list[Block]) -> str:
        rows = []
        for block in blocks:
            head = "<w:trPr><w:tblHeader/></w:trPr>" if block.head else ""
            cells = "".join(
                f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:pPr>{self._right}</w:pPr>'
                f"{self.content(text)}</w:p></w:tc>"
                for text, span in block.cells
            )
            rows.append(f"<w:tr>{head}{cells}</w:tr>")
        columns = "<w:gridCol/>" * sum(span for _, span in blocks[0].cells)
        return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"

    def content(self, text: str) -> str:
        """Return the runs of a text with its markup."""
        return "".join(self._runs(text))

    def _runs(self, text: str) -> Iterator[str]:
        for number, run in enumerate(runs(text)):
            words = f'<w:t xml:space="preserve">{escape(run.text)}</w:t>'
            if run.style == "note":
                self.notes.append(next(block for block in self._all if block.note == run.text))
                mark = f'<w:{self._kind}Reference w:id="{len(self.notes)}"/>'
                yield f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>{mark}</w:r>'
            elif run.style == "inserted":
                yield f'<w:ins w:id="{number + 1}" {_BY}><w:r>{words}</w:r></w:ins>'
            elif run.style == "deleted":
                gone = words.replace("w:t", "w:delText")
                yield f'<w:del w:id="{number + 1}" {_BY}><w:r>{gone}</w:r></w:del>'
            elif run.style == "hidden":
                yield f"<w:r><w:rPr><w:vanish/></w:rPr>{words}</w:r>"
            elif self._options.get("split_runs"):  # as Word leaves them behind after every correction
                middle = len(run.text) // 2
                for part in (run.text[:middle], run.text[middle:]):
                    yield f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
            else:
                yield f"<w:r>{words}</w:r>"


def _text_box(inner: str) -> str:
    """Return a text box as Word writes it: once for new readers, once more for old ones."""
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData'
        ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx><w:txbxContent>'
        f"{inner}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _styles() -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2, 3)
    )
    caption = '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
    return f"<w:styles {_NAMES}>{headings}{caption}</w:styles>"


def _numbering() -> str:
    kinds = {1: ("bullet", "•"), 2: ("decimal", "%1."), 3: ("lowerLetter", "(%1)"), 4: ("decimal", "%1.")}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{mark}"/></w:lvl>'
            for level in (0, 1)
        )
        + "</w:abstractNum>"
        for n, (form, mark) in kinds.items()
    )
    numbers = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in kinds)
    return f"<w:numbering {_NAMES}>{abstract}{numbers}</w:numbering>"


def _zip(parts: dict[str, str], title: str) -> bytes:
    types = "".join(f'<Override PartName="/word/{part}.xml" ContentType="{_PARTS[part]}"/>' for part in parts)
    office = "http://schemas.openxmlformats.org/package/2006"
    relations = "".join(
        f'<Relationship Id="rId{part}" Type="{_R}/{part.rstrip("1")}" Target="{part}.xml"/>'
        for part in parts
        if part != "document"
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{office}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
        f' ContentType="application/xml"/>{types}<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/relationships"><Relationship Id="rId1"'
        f' Type="{_R}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{office}/relationships'
        '/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{office}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}/relationships">{relations}</Relationships>',
        **{f"word/{part}.xml": content for part, content in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 0, 0, 0)), _HEAD + content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
