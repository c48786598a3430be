"""What a ZIP archive is: an Office file, an OpenDocument, a book, or just an archive of files."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from ingest.documents import FileType
from ingest.errors import DamagedFile, IngestError, LockedFile, UnsupportedFile
from ingest.messages import Message, message

_MAX_DECLARATION = 1 << 20
"""Bytes read of the part that says what an archive is."""
_ENCRYPTED_FLAG = 1
_OFFICE_TYPES = (
    ("wordprocessingml", FileType.DOCX),
    ("ms-word", FileType.DOCX),
    ("spreadsheetml", FileType.XLSX),
    ("ms-excel", FileType.XLSX),
    ("presentationml", FileType.PPTX),
    ("ms-powerpoint", FileType.PPTX),
)
"""Beginnings of the content types of main parts; those of ``.docm``, ``.xlsm``, ``.pptm`` begin with ``ms-``."""
_MAIN_TYPE = re.compile(
    r"ContentType\s*=\s*[\"']application/vnd\.(?:openxmlformats-officedocument\.)?([\w-]+)\.[^\"']*\bmain(?:\+xml)?[\"']"
)
_BINARY_WORKBOOK = re.compile(r"application/vnd\.ms-excel\.sheet\.binary\.macroEnabled\.main")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_OPEN_TYPES = (
    ("text", FileType.ODT),
    ("spreadsheet", message("an OpenDocument spreadsheet: save it as XLSX and add that file")),
    ("presentation", message("an OpenDocument presentation: save it as PPTX or PDF and add that file")),
    ("graphics", message("an OpenDocument drawing: save it as PDF and add that file")),
)
_OTHERS = (
    (
        re.compile(r"Index(?:/Document\.iwa|\.zip)$"),
        message("an Apple Pages, Numbers or Keynote file: export it as PDF"),
    ),
    (re.compile(r"(?:.*/)?[^/]+\.fb2$"), message("a FictionBook: save it as EPUB and add that file")),
)


def detect_archive_type(path: Path) -> FileType:
    """Return the type of a ZIP archive by what it declares itself to be.

    Raises:
        UnsupportedFile: it is no document, or one that cannot be read.
        LockedFile: it needs a password.
        DamagedFile: it does not open.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _type_of(archive, path.name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, UnicodeDecodeError) as error:
        raise DamagedFile(
            message("{name} is a damaged archive ({detail}): fetch the file again.", name=path.name, detail=str(error))
        ) from error


def _type_of(archive: zipfile.ZipFile, name: str) -> FileType:
    names = archive.namelist()
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in archive.infolist()):
        raise LockedFile(message("{name} needs a password: unpack it, and add the files in it.", name=name))
    if "[Content_Types].xml" in names:
        declared = _text(archive, "[Content_Types].xml")
        if _BINARY_WORKBOOK.search(declared):
            raise _unsupported(name, message("a binary Excel file (.xlsb): save it as XLSX and add that file"))
        for family in _MAIN_TYPE.findall(declared):
            for beginning, file_type in _OFFICE_TYPES:
                if family == beginning:
                    return file_type
        raise _unsupported(name, message("an Office file of another kind: save it as PDF and add that file"))
    if "word/document.xml" in names:
        return FileType.DOCX  # without the list of its parts: damaged, or made by something that is no editor
    media_type = _media_type(archive, names)
    if media_type == "application/epub+zip" or (not media_type and "META-INF/container.xml" in names):
        return FileType.EPUB
    if media_type.startswith(_OPEN_DOCUMENT):
        return _open_document(media_type.removeprefix(_OPEN_DOCUMENT), name)
    for pattern, what in _OTHERS:
        if any(map(pattern.match, names)):
            raise _unsupported(name, what)
    raise _unsupported(name, message("an archive: unpack it and add the files in it"))


def _media_type(archive: zipfile.ZipFile, names: list[str]) -> str:
    """Return what OpenDocument files and books say they are: their entry "mimetype", else their manifest."""
    if "mimetype" in names:
        return _text(archive, "mimetype").strip()
    if "META-INF/manifest.xml" in names:
        found = re.search(rf"{re.escape(_OPEN_DOCUMENT)}[\w-]+", _text(archive, "META-INF/manifest.xml"))
        return found[0] if found else ""
    return ""


def _open_document(kind: str, name: str) -> FileType:
    for beginning, outcome in _OPEN_TYPES:
        if kind.startswith(beginning):
            if isinstance(outcome, FileType):
                return outcome
            raise _unsupported(name, outcome)
    raise _unsupported(name, message("an OpenDocument file of another kind: save it as PDF and add that file"))


def _text(archive: zipfile.ZipFile, entry: str) -> str:
    with archive.open(entry) as part:
        data = part.read(_MAX_DECLARATION)
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", errors="replace")


def _unsupported(name: str, what: Message) -> IngestError:
    return UnsupportedFile(message("{name} is {what}.", name=name, what=what))
