"""Detect a file's type by its content, never by its name."""

from __future__ import annotations

import codecs
import mmap
from pathlib import Path

from ingest.archive_type import detect_archive_type
from ingest.documents import FileType
from ingest.errors import DamagedFile, LockedFile, UnsupportedFile
from ingest.messages import Message, message
from ingest.text_type import detect_text_type

_HEAD_BYTES = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = message("a picture: add it as a PDF, and its text is read if Tesseract is installed")
_PACKED = message("an archive: unpack it and add the files in it")
_SOUND = message("a recording: add its transcript")
_PRINTED = message("a print file: save it as PDF and add that file")
_KNOWN_OTHERS = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf\x27\x1c", _PACKED),
    (b"Rar!\x1a\x07", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ\x00", _PACKED),
    (b"ID3", _SOUND),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"RIFF", _SOUND),
    (b"%!PS", _PRINTED),
    (b"AT&TFORM", message("a DjVu file: save it as PDF and add that file")),
    (b"\xffWPC", message("a WordPerfect file: save it as PDF or DOCX and add that file")),
)
_INSIDE_OLE = (
    ("WordDocument", message("an old Word file (.doc): save it as DOCX or PDF and add that file")),
    ("Workbook", message("an old Excel file (.xls): save it as XLSX and add that file")),
    ("Book", message("an old Excel file (.xls): save it as XLSX and add that file")),
    ("PowerPoint Document", message("an old PowerPoint file (.ppt): save it as PPTX or PDF and add that file")),
    ("__properties_version1.0", message("an Outlook message (.msg): save it as EML or PDF and add that file")),
)
_ENCRYPTED = "EncryptedPackage"
"""The stream in which Office keeps a file that needs a password."""
_DIRECTORY_ENTRY = 128
"""Bytes; an OLE directory is a list of entries of this size, each beginning with its name in UTF-16."""


def detect_file_type(path: Path) -> FileType:
    """Return the type of ``path``.

    Raises:
        UnsupportedFile: it is none of the types that can be read; the message says what it is and what to do.
        LockedFile: it is an Office file that needs a password.
        DamagedFile: it is empty, or a ZIP archive that does not open.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip():
        raise DamagedFile(message("{name} is empty: fetch the file again.", name=path.name))
    if b"%PDF-" in head[:1024]:
        return FileType.PDF
    if head.startswith(_ZIP):
        return detect_archive_type(path)
    if head.startswith(_OLE):
        raise _ole_error(path)
    for signature, what in _KNOWN_OTHERS:
        if head.startswith(signature):
            raise _unsupported(path, what)
    if head.startswith(b"{\\rtf"):
        return FileType.RTF
    encoding = _encoding_of_mark(head) or (_encoding_without_mark(path) if b"\x00" in head else "")
    if not encoding and _contains_nul(path):
        raise UnsupportedFile(
            message(
                "{name} is not a text file, and of no type that can be read: save it as PDF or DOCX and add that file.",
                name=path.name,
            )
        )
    sample = codecs.getincrementaldecoder(encoding or "utf-8")(errors="replace").decode(head)
    return detect_text_type(sample, path.name)


def _encoding_of_mark(head: bytes) -> str:
    """Return the encoding that a byte-order mark names; "" without one."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
        (codecs.BOM_UTF8, "utf-8-sig"),
    ):
        if head.startswith(mark):
            return encoding
    return ""


def _encoding_without_mark(path: Path) -> str:
    from ingest.formats.decoding import wide_encoding

    return wide_encoding(path.read_bytes())


def _contains_nul(path: Path) -> bool:
    """Return whether there is a NUL anywhere: text without a byte-order mark has none."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return data.find(b"\x00") >= 0


def _ole_error(path: Path) -> UnsupportedFile | LockedFile:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if _names_stream(data, _ENCRYPTED):
            return LockedFile(
                message("{name} needs a password: save a copy without one and add that file.", name=path.name)
            )
        for stream, what in _INSIDE_OLE:
            if _names_stream(data, stream):
                return _unsupported(path, what)
    return _unsupported(path, message("an old Office file: save it as PDF or DOCX and add that file"))


def _names_stream(data: mmap.mmap, name: str) -> bool:
    """Return whether an OLE file's directory has a stream of this name."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    place = data.find(wanted)
    while place >= 0:
        if place % _DIRECTORY_ENTRY == 0:  # sectors are multiples of an entry's size, so entries never straddle
            return True
        place = data.find(wanted, place + 1)
    return False


def _unsupported(path: Path, what: Message) -> UnsupportedFile:
    return UnsupportedFile(message("{name} is {what}.", name=path.name, what=what))
