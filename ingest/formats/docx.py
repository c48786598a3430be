"""Word files."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import BlockKind, Metadata, Page
from ingest.errors import DamagedFile
from ingest.formats.builder import TextBuilder
from ingest.formats.safety import capped, check_archive
from ingest.limits import Limits
from ingest.messages import message

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument


def read_docx(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read a DOCX with python-docx: paragraphs and tables in order, then the footnotes.

    Raises:
        TooBig: it would unpack to more than the limits allow.
        DamagedFile: it is no DOCX inside.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    check_archive(path, limits)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DamagedFile(
            message(
                "{name} is not a readable DOCX ({detail}): save it again from its editor.",
                name=path.name,
                detail=str(error),
            )
        ) from error
    builder = TextBuilder()
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            builder.add_table([cell.text for cell in row.cells] for row in item.rows)
            continue
        style = item.style.name if item.style is not None and item.style.name else ""
        level = re.fullmatch(r"Heading (\d)", style)
        if style == "Title" or level:
            builder.add(item.text, BlockKind.HEADING, int(level.group(1)) if level else 1)
        else:
            builder.add(item.text)
    for note in _footnotes(document):
        builder.add(note, BlockKind.FOOTNOTE)
    core = document.core_properties
    year = str(core.created.year) if core.created else ""
    text = capped(builder.text, path, limits)
    return Metadata(core.title or "", core.author or "", year), Page(1, text, tuple(builder.blocks))


def _footnotes(document: DocxDocument) -> list[str]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/footnotes.xml":
            root = etree.fromstring(part.blob, parser)
            return ["".join(t.text or "" for t in note.iter(f"{word}t")) for note in root.iter(f"{word}footnote")]
    return []
