"""OpenDocument texts, opened by odfdo: their elements as those of HTML, which are read like a web page's."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import Metadata, Page
from ingest.errors import LockedFile
from ingest.formats.builder import TextBuilder
from ingest.formats.html_blocks import add_html
from ingest.formats.odt_html import OdtConverter
from ingest.formats.safety import capped, check_archive
from ingest.limits import Limits
from ingest.messages import Message, message

if TYPE_CHECKING:
    from odfdo import Document

_ENCRYPTION = b"encryption-data"


def read_odt(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read an OpenDocument text: insertions as accepted; deletions, comments and hidden text are told, not read.

    Raises:
        TooBig: it would unpack to more than the limits allow, or has more text.
        LockedFile: it needs a password.
    """
    import odfdo
    from odfdo.security import security

    check_archive(path, limits)
    with zipfile.ZipFile(path) as archive:
        if "META-INF/manifest.xml" in archive.namelist() and _ENCRYPTION in archive.read("META-INF/manifest.xml"):
            raise LockedFile(message("{name} needs a password: save a copy without one.", name=path.name))
    security.max_compression_ratio = limits.unpacked_bytes  # sizes are checked, and a text of blanks packs well
    document = odfdo.Document(path)
    converter = OdtConverter(document)
    builder = TextBuilder()
    add_html(builder, converter.html())
    text = capped(builder.text, path, limits)
    yield _metadata(document)
    yield Page(1, text, tuple(builder.blocks))
    yield from converter.remarks()
    yield from builder.remarks()


def _metadata(document: Document) -> Metadata:
    meta = document.meta
    return Metadata(meta.title or "", meta.initial_creator or meta.creator or "")
