"""Files without pages of their own: plain text, Markdown, HTML, DOCX. One page holds all of the text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Block, BlockKind, FileType, Metadata, Page
from ingest.errors import DamagedFile, NoText, TooBig, too_much_text
from ingest.limits import Limits
from ingest.messages import message
from ingest.tables import CAPTION

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from lxml.etree import _Element

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_MAX_ARCHIVE_ENTRIES = 10_000
_MAX_CAPTION = 200
_MARKDOWN_KINDS = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.BODY,
    "tr_open": BlockKind.TABLE,
    "fence": BlockKind.BODY,
    "code_block": BlockKind.BODY,
    "html_block": BlockKind.FURNITURE,
}


class TextBuilder:
    """Collects blocks of text, one a line, and keeps their offsets."""

    def __init__(self) -> None:
        self.text = ""
        self.blocks: list[Block] = []

    def add(self, text: str, kind: BlockKind = BlockKind.BODY, level: int = 0, header: str = "") -> None:
        """Append ``text`` as a block of its own; white space is squeezed, empty text is left out."""
        text = " ".join(text.split())
        if not text:
            return
        self.text += "\n" if self.text else ""
        self.blocks.append(Block(kind, len(self.text), len(self.text) + len(text), level, header))
        self.text += text

    def add_table(self, rows: Iterable[Sequence[str]]) -> None:
        """Append the rows of a table, cell by cell; its caption and its first row head them all."""
        squeezed = ([" ".join(cell.split()) for cell in row] for row in rows)
        texts = [" | ".join(row) for row in squeezed if any(row)]
        caption = self.text[self.blocks[-1].start : self.blocks[-1].end] if self.blocks else ""
        header = table_header(caption, texts[0]) if texts else ""
        for text in texts:
            self.add(text, BlockKind.TABLE, header=header)


def table_header(above: str, first_row: str) -> str:
    """Return what heads the rows of a table: the caption, if the text above it is one, and the first row."""
    return f"{above} {first_row}" if CAPTION.match(above) and len(above) <= _MAX_CAPTION else first_row


def decode(path: Path) -> str:
    """Return the file's text: UTF-8, a byte-order mark's encoding, else the likeliest one.

    Raises:
        DamagedFile: no encoding fits.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "utf-16"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise DamagedFile(message("{name} is in no known text encoding: save it as UTF-8.", name=path.name))
    return str(guess)


def read_text(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read plain text; paragraphs end at blank lines. Offsets are into the decoded file."""
    text = _capped(decode(path), path, limits)
    blocks = [Block(BlockKind.BODY, m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    return Metadata(), Page(1, text, tuple(blocks))


def read_markdown(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read Markdown with markdown-it; the text keeps its marks, so offsets are into the decoded file."""
    from markdown_it import MarkdownIt

    text = _capped(decode(path), path, limits)
    starts = [0, *(m.end() for m in re.finditer(r"\n", text)), len(text)]
    front = re.match(r"---\n(.*?)\n---\n", text, re.S)
    metadata = _front_matter(front.group(1)) if front else Metadata()
    blocks: list[Block] = []
    header = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        kind = _MARKDOWN_KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        start, end = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        start = max(start, blocks[-1].end if blocks else 0, front.end() if front else 0)
        raw = text[start:end]
        lead = re.match(r"[\s#>|]*(?:[-*+]\s+)?", raw)
        start += lead.end() if lead else 0
        end = start + len(text[start:end].rstrip(" \t\r\n#|"))
        if start < end:
            if kind is not BlockKind.TABLE:
                header = ""
            elif not header:
                above = " ".join(text[blocks[-1].start : blocks[-1].end].split()) if blocks else ""
                header = table_header(above.strip("*_"), text[start:end])
            level = int(token.tag[1:]) if kind is BlockKind.HEADING else 0
            blocks.append(Block(kind, start, end, level, header))
    return metadata, Page(1, text, tuple(blocks))


def _front_matter(text: str) -> Metadata:
    fields = dict(re.findall(r"^(\w+):\s*[\"']?(.*?)[\"']?\s*$", text, re.M))
    year = re.search(r"(19|20)\d\d", fields.get("date", ""))
    return Metadata(fields.get("title", ""), fields.get("author", ""), year.group() if year else "")


def read_html(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read the main text of an HTML page with trafilatura: navigation and advertising are left out.

    Raises:
        NoText: the page has no main text.
    """
    import trafilatura
    from lxml import etree

    # XML is read back by a parser that resolves no entity and opens no address.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    source = _capped(decode(path), path, limits)
    extracted = trafilatura.extract(source, output_format="xml", include_comments=False, with_metadata=True)
    if not extracted:
        raise NoText(
            message(
                "{name} contains no article text: save the report itself, not the page that links to it.",
                name=path.name,
            )
        )
    root = etree.fromstring(extracted.encode(), parser)
    builder = TextBuilder()
    title = root.get("title") or ""
    for element in root.iter("head", "p", "item", "table", "quote", "code"):
        if any(True for _ in element.iterancestors("p", "item", "table")):
            continue
        _add_element(builder, element)
    if title and title not in builder.text[:500]:
        shifted = TextBuilder()
        shifted.add(title, BlockKind.HEADING, 1)
        for block in builder.blocks:
            shifted.add(builder.text[block.start : block.end], block.kind, block.level, block.header)
        builder = shifted
    year = re.search(r"(19|20)\d\d", root.get("date") or "")
    metadata = Metadata(title, root.get("author") or root.get("sitename") or "", year.group() if year else "")
    return metadata, Page(1, builder.text, tuple(builder.blocks))


def _add_element(builder: TextBuilder, element: _Element) -> None:
    match element.tag:
        case "head":
            builder.add("".join(element.itertext()), BlockKind.HEADING, int((element.get("rend") or "h2")[-1]))
        case "table":
            rows = (row for row in element.iter("row") if next(row.iterancestors("row"), None) is None)
            builder.add_table(["".join(cell.itertext()) for cell in row.iter("cell")] for row in rows)
        case _:
            builder.add("".join(element.itertext()))


def read_docx(path: Path, limits: Limits) -> tuple[Metadata, Page]:
    """Read a DOCX with python-docx: paragraphs and tables in order, then the footnotes.

    Raises:
        TooBig: it would unpack to more than the limits allow.
        DamagedFile: it is no DOCX inside.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    _check_archive(path, limits)
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
    text = _capped(builder.text, path, limits)
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


def _check_archive(path: Path, limits: Limits) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes or len(entries) > _MAX_ARCHIVE_ENTRIES:
        raise TooBig(
            message(
                "{name} unpacks to {size} MB in {count} parts, more than is safe: save it as PDF and add that.",
                name=path.name,
                size=round(unpacked / 1e6),
                count=len(entries),
            )
        )


def _capped(text: str, path: Path, limits: Limits) -> str:
    if len(text) > limits.characters:
        raise too_much_text(path.name, limits)
    return text


READERS = {
    FileType.TEXT: read_text,
    FileType.MARKDOWN: read_markdown,
    FileType.HTML: read_html,
    FileType.DOCX: read_docx,
}
