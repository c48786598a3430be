"""Electronic books (EPUB): one page a chapter, as the book's table of contents names them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.documents import BlockKind, Metadata, Page, PageState, PageUnit
from ingest.errors import DamagedFile, LockedFile, too_much_text
from ingest.formats.builder import TextBuilder
from ingest.formats.decoding import decode_markup
from ingest.formats.epub_contents import chapter_titles
from ingest.formats.html_blocks import add_html
from ingest.formats.html_tree import drop_unseen, parse_html
from ingest.formats.safety import check_archive
from ingest.formats.xml_trees import parse_xml
from ingest.limits import Limits
from ingest.messages import Message, message

if TYPE_CHECKING:
    from lxml.etree import _Element

_FONT_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXTS = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


@dataclass(slots=True)
class Book:
    """What the package file of a book says: its texts in the order of reading."""

    metadata: Metadata
    texts: list[str] = field(default_factory=list)
    """Names in the archive."""
    contents: list[str] = field(default_factory=list)
    """Names of the files that hold the table of contents, the newer kind first."""


def read_epub(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read a book chapter by chapter; files that the table of contents does not name belong to the chapter before.

    Raises:
        TooBig: it would unpack to more than the limits allow, or has more text.
        LockedFile: its text is encrypted.
        DamagedFile: it does not say where its text is.
    """
    check_archive(path, limits)
    with zipfile.ZipFile(path) as archive:
        book = _book(archive, path.name)
        titles = chapter_titles(archive, book.contents)
        yield book.metadata
        characters = 0
        known: list[Message] = []
        for number, (label, names) in enumerate(_chapters(book.texts, titles), start=1):
            builder = TextBuilder()
            for name in names:
                root = parse_html(decode_markup(archive.read(name), path.name))
                if root is not None:
                    known += drop_unseen(root).remarks()
                    add_html(builder, root.find("body") if root.find("body") is not None else root)
            text = builder.text
            characters += len(text)
            if characters > limits.characters:
                raise too_much_text(path.name, limits)
            known += builder.remarks()
            yield Page(
                number,
                text,
                tuple(builder.blocks),
                label or _first_heading(builder),
                PageState.TEXT if builder.blocks else PageState.EMPTY,
            )
    yield from dict.fromkeys(known)


def _book(archive: zipfile.ZipFile, name: str) -> Book:
    names = set(archive.namelist())
    if "META-INF/encryption.xml" in names and _encrypts_text(parse_xml(archive.read("META-INF/encryption.xml"))):
        raise LockedFile(message("{name} is encrypted (DRM): add an edition that is not.", name=name))
    container = parse_xml(archive.read("META-INF/container.xml")) if "META-INF/container.xml" in names else None
    package_name = (
        next((e.get("full-path", "") for e in container.iter("{*}rootfile")), "") if container is not None else ""
    )
    if package_name not in names:
        raise DamagedFile(message("{name} does not say where its text is: fetch the file again.", name=name))
    package = parse_xml(archive.read(package_name))
    folder = posixpath.dirname(package_name)
    items = {item.get("id"): item for item in package.iter("{*}item")}

    def file_of(item: _Element) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").split("#")[0])))

    book = Book(_metadata(package))
    spine = next(package.iter("{*}spine"), None)
    for reference in spine.iter("{*}itemref") if spine is not None else ():
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _TEXTS or "nav" in (item.get("properties") or "").split():
            continue
        if file_of(item) in names:
            book.texts.append(file_of(item))
    book.texts = list(dict.fromkeys(book.texts))
    navigation = [item for item in items.values() if "nav" in (item.get("properties") or "").split()]
    older = items.get(spine.get("toc")) if spine is not None else None
    older = (
        older
        if older is not None
        else next((i for i in items.values() if "dtbncx" in (i.get("media-type") or "")), None)
    )
    book.contents = [file_of(item) for item in [*navigation, older] if item is not None and file_of(item) in names]
    if not book.texts:
        raise DamagedFile(message("{name} does not say where its text is: fetch the file again.", name=name))
    return book


def _metadata(package: _Element) -> Metadata:
    dublin_core = "{http://purl.org/dc/elements/1.1/}"

    def values(name: str) -> list[str]:
        return [
            text
            for element in package.iter(dublin_core + name)
            if (text := " ".join("".join(element.itertext()).split()))
        ]

    dates = [
        element
        for element in package.iter(f"{dublin_core}date")
        if element.get("{http://www.idpf.org/2007/opf}event") in (None, "publication")
    ]
    year = next((text[:4] for element in dates if (text := (element.text or "").strip())[:4].isdigit()), "")
    return Metadata(next(iter(values("title")), ""), ", ".join(values("creator")), year, PageUnit.CHAPTER)


def _chapters(texts: list[str], titles: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield chapters: title and files."""
    label, names = "", list[str]()
    for name in texts:
        if not titles or name in titles:
            if names:
                yield label, names
            label, names = titles.get(name, ""), []
        names.append(name)
    if names:
        yield label, names


def _first_heading(builder: TextBuilder) -> str:
    text = builder.text
    return next((text[b.start : b.end] for b in builder.blocks if b.kind is BlockKind.HEADING), "")


def _encrypts_text(encryption: _Element) -> bool:
    methods = [method.get("Algorithm", "") for method in encryption.iter("{*}EncryptionMethod")]
    return any(method not in _FONT_OBFUSCATION for method in methods)
