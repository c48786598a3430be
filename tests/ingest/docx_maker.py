"""Word files made of raw WordprocessingML, part by part: what no library for writing them can make."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/",
        "http://purl.oclc.org/ooxml/officeDocument/",
    ),
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text; ``properties`` is what stands in its ``w:rPr``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs; one that is no XML is text."""
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def styled(text: str, style: str) -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>')


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(*content: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else paragraph(each) for each in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or '<w:p/>'}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def inserted(inside: str) -> str:
    return f'<w:ins w:id="7" w:author="Second reader">{inside}</w:ins>'


def deleted(text: str) -> str:
    inside = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="8" w:author="Second reader">{inside}</w:del>'


def levels(*definitions: tuple[str, str], list_id: int = 1, links: Mapping[int, str] | None = None) -> str:
    """Return a list's definition: for each level its way of counting and its text, ("decimal", "%1.")."""
    inside = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        + (f'<w:pStyle w:val="{links[index]}"/>' if links and index in links else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (style, text) in enumerate(definitions)
    )
    return f'<w:abstractNum w:abstractNumId="{list_id}">{inside}</w:abstractNum>'


def numbering(*definitions: str, nums: str = "") -> str:
    """Return ``numbering.xml``: list 1 counts by definition 1, list 2 by 2, and what ``nums`` adds."""
    own = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(1, len(definitions) + 1)
    )
    return f"<w:numbering {NAMES}>{''.join(definitions)}{own}{nums}</w:numbering>"


def notes(kind: str, *texts: str) -> str:
    """Return ``footnotes.xml`` or ``endnotes.xml``: notes 1, 2, …"""
    inside = "".join(
        f'<w:{kind} w:id="{i}"><w:p><w:r><w:{kind}Ref/></w:r>{run(text)}</w:p></w:{kind}>'
        for i, text in enumerate(texts, start=1)
    )
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f"<w:{kind}s {NAMES}>{separator}{inside}</w:{kind}s>"


def make_word(
    path: Path,
    *body: str,
    parts: Mapping[str, str] | None = None,
    relations: str = "",
    main: str = "word/document.xml",
    main_type: str = _MAIN_TYPE,
    core: str = "",
    strict: bool = False,
    background: str = "",
) -> Path:
    """Write a Word file. ``parts`` are its other parts by kind, "footnotes", or by name, "word/chunk.html"."""
    named = dict(parts or {})
    files = {}
    for kind, text in named.items():
        if "/" in kind:
            files[kind] = text
        else:
            files[f"word/{kind}.xml"] = text
            relations += f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
    document = f"<w:document {NAMES}>{background}<w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    folder, name = main.rsplit("/", 1)
    package = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    if core:
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{core}</cp:coreProperties>'
        )
        package += (
            '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/'
            'core-properties" Target="docProps/core.xml"/>'
        )
    files[main] = document
    files[f"{folder}/_rels/{name}.rels"] = f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
    files["_rels/.rels"] = f'<Relationships xmlns="{_RELATIONS}">{package}</Relationships>'
    files["[Content_Types].xml"] = (
        f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{main_type}"/></Types>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for entry, text in files.items():
            data = text
            for common, uncommon in _STRICT if strict else ():
                data = data.replace(common, uncommon)
            archive.writestr(entry, data)
    return path
