"""Detect a file's type by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ingest.documents import FileType
from ingest.errors import DamagedFile, UnsupportedFile
from ingest.messages import message

_HEAD_BYTES = 4096
_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\[\^?[^\]]+\]:|```|\|.*\|\s*$|---\s*$)", re.M)
_PICTURE = message("a picture")
_KNOWN_OTHERS = (
    (b"\xd0\xcf\x11\xe0", message("an old Office file (.doc, .xls, .ppt)")),
    (b"{\\rtf", message("an RTF file")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
)


def detect_file_type(path: Path) -> FileType:
    """Return the type of ``path``.

    Raises:
        UnsupportedFile: it is none of PDF, DOCX, HTML, Markdown or plain text.
        DamagedFile: it is empty, or a ZIP archive that does not open.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise DamagedFile(message("{name} is empty: fetch the file again.", name=path.name))
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _detect_archive(path)
    for signature, what in _KNOWN_OTHERS:
        if head.startswith(signature):
            raise UnsupportedFile(
                message("{name} is {what}: save it as PDF or DOCX and add that file.", name=path.name, what=what)
            )
    body = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if _HTML.match(body):
        return FileType.HTML
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in head:
        raise UnsupportedFile(message("{name} cannot be read: add PDF, DOCX, HTML, Markdown or text.", name=path.name))
    sample = head.decode("utf-8", errors="replace")
    return FileType.MARKDOWN if len(_MARKDOWN.findall(sample)) >= 2 else FileType.TEXT


def _detect_archive(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise DamagedFile(
            message("{name} is a damaged archive ({detail}): fetch the file again.", name=path.name, detail=str(error))
        ) from error
    if "word/document.xml" in names:
        return FileType.DOCX
    raise UnsupportedFile(
        message("{name} is an archive, not a DOCX: save it as PDF or DOCX and add that file.", name=path.name)
    )
