"""A file is what its content says; a file that cannot be read is named, with what to do."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from format_blocks import failure, texts

from ingest.documents import FileType, Status
from ingest.errors import IngestError
from ingest.filetype import detect_file_type
from ingest.load import load

LINE = "The council of Brelka closed the ford in April 2020."


def detected(folder: Path, data: bytes) -> FileType:
    path = folder / "file.bin"
    path.write_bytes(data)
    return detect_file_type(path)


def archive(path: Path, entries: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, text in entries.items():
            target.writestr(name, text)
    return path


# -- text, tables, mail, web pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("District,2019,2020\nBrelka,12,23\nOstra,4,5\n", FileType.CSV),
        ("Arrests by district\n\nDistrict;2019\nBrelka;12\nOstra;4\n", FileType.CSV),
        ("sep=;\nname;age\nAna;31\n", FileType.CSV),
        ("name\tage\nAna\t31\nBea\t44\n", FileType.CSV),
        ("name, age, town\nAna, 31, Ostra\nBea, 44, Brelka\n", FileType.CSV),
        ('"day","what"\n"2021-05-03","Guards came, he said, and beat them."\n', FileType.CSV),
        ("The council, which met in May, heard forty people.\nIn June, it heard two, and closed.\n", FileType.TEXT),
        ("Smith, John\nDoe, Jane\nRoe, Ann\n", FileType.TEXT),
        ("1,500 people\n2,300 people\n4,100 people\n", FileType.TEXT),
        ("\tThe first line is set in.\n\tThe second one is, too.\n", FileType.TEXT),
        ("In May, they came;\nin June, they went;\nin July, they wept.\n", FileType.TEXT),
        ("Dear Sir,\nYours,\n", FileType.TEXT),
        ("To: all\nFrom: the office\nDate: 3 May 2021\n\nNobody came to the meeting.", FileType.TEXT),
        ("From: Ana <a@b.example>\nDate: Mon, 03 May 2021 10:00:00 +0000\nSubject: x\n\ntext", FileType.EMAIL),
        ("Received: from a\n\tby b\nMIME-Version: 1.0\nFrom: a@b.example\n\ntext", FileType.EMAIL),
        ("From a@b.example Mon May  3 10:00:00 2021\nReturn-Path: <a@b.example>\nFrom: a@b.example\n"
         "Message-ID: <1@b>\n\ntext", FileType.EMAIL),
        ("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n"
         "Content-Type: multipart/related; boundary=x\n\n--x\n", FileType.MHTML),
        ("<div><p>text</p></div>", FileType.HTML),
        ('<meta charset="utf-8">\n<p>text', FileType.HTML),
        ("Statement of the board<br>\n<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>", FileType.HTML),
        ('<?xml version="1.0"?>\n<?xml-stylesheet href="a.css"?>\n<!-- a --><!DOCTYPE html><html/>', FileType.HTML),
        ("<a@b.example> wrote this text and sent it to all.\n", FileType.TEXT),
        ("<div align=center>\n\n# Title\n\n</div>\n\n## Findings\n\ntext\n", FileType.MARKDOWN),
        ("{\\rtf1 text}", FileType.RTF),
    ],
)  # fmt: skip
def test_text_is_told_by_its_content(tmp_path: Path, text: str, expected: FileType) -> None:
    assert detected(tmp_path, text.encode()) is expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_web_page_is_told_in_every_encoding_that_has_a_mark(tmp_path: Path, encoding: str) -> None:
    assert detected(tmp_path, f"<p>{LINE}</p>".encode(encoding)) is FileType.HTML


@pytest.mark.parametrize(
    "opening", ["<!-- -->" * 2000, "<!--" * 20_000, "<?x " * 20_000, "<!-- -->\n " * 3000, "<" * 60_000]
)
def test_remarks_before_a_text_take_no_time(tmp_path: Path, opening: str) -> None:
    began = time.process_time()
    detected(tmp_path, f"{opening}{LINE}".encode())
    assert time.process_time() - began < 1


def test_text_in_wide_letters_is_decoded_and_binary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wide.txt").write_bytes(f"{LINE} ".encode("utf-32") * 1)
    assert texts(load(tmp_path / "wide.txt")) == [LINE]
    (tmp_path / "binary.txt").write_bytes(LINE.encode() * 200 + bytes(range(256)) * 40)
    error = failure(tmp_path / "binary.txt")
    assert error.status is Status.UNSUPPORTED
    assert "binary.txt" in str(error)


# -- archives ---------------------------------------------------------------------------------------------------------

TYPES = '<Types><Override PartName="/{part}" ContentType="application/vnd.{kind}"/></Types>'
OFFICE = "openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (f"{OFFICE}wordprocessingml.document.main+xml", FileType.DOCX),
        (f"{OFFICE}wordprocessingml.template.main+xml", FileType.DOCX),
        ("ms-word.document.macroEnabled.main+xml", FileType.DOCX),
        ("ms-word.template.macroEnabledTemplate.main+xml", FileType.DOCX),
        (f"{OFFICE}spreadsheetml.sheet.main+xml", FileType.XLSX),
        ("ms-excel.sheet.macroEnabled.main+xml", FileType.XLSX),
        (f"{OFFICE}presentationml.presentation.main+xml", FileType.PPTX),
        (f"{OFFICE}presentationml.slideshow.main+xml", FileType.PPTX),
        ("ms-powerpoint.presentation.macroEnabled.main+xml", FileType.PPTX),
    ],
)
def test_an_office_file_is_what_its_main_part_is(tmp_path: Path, kind: str, expected: FileType) -> None:
    part = "any/name2.xml"
    path = archive(tmp_path / "f.zip", {"[Content_Types].xml": TYPES.format(part=part, kind=kind), part: "<x/>"})
    assert detect_file_type(path) is expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/vnd.oasis.opendocument.text", FileType.ODT),
        ("application/vnd.oasis.opendocument.text-template", FileType.ODT),
        ("application/epub+zip", FileType.EPUB),
        ("application/epub+zip\r\n", FileType.EPUB),
    ],
)
def test_open_documents_and_books_say_what_they_are(tmp_path: Path, media_type: str, expected: FileType) -> None:
    assert detect_file_type(archive(tmp_path / "f.docx", {"mimetype": media_type})) is expected


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"a.pdf": "x", "b.pdf": "y"}, "archive: unpack it"),
        ({"[Content_Types].xml": TYPES.format(part="w", kind="ms-excel.sheet.binary.macroEnabled.main")}, "xlsb"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "spreadsheet: save it as XLSX"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, "presentation: save it as PPTX"),
        ({"Index/Document.iwa": "x"}, "Pages"),
    ],
)
def test_other_archives_are_named_with_what_to_do(tmp_path: Path, entries: dict[str, str], says: str) -> None:
    with pytest.raises(IngestError, match=says) as caught:
        detect_file_type(archive(tmp_path / "f.docx", entries))
    assert caught.value.status is Status.UNSUPPORTED
    assert str(tmp_path) not in str(caught.value)


def test_an_archive_with_a_password_is_locked(tmp_path: Path) -> None:
    path = archive(tmp_path / "f.zip", {"a.txt": LINE})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    path.write_bytes(data)
    assert failure(path).status is Status.LOCKED


# -- old Office files -------------------------------------------------------------------------------------------------


def compound(*streams: str) -> bytes:
    """Return the beginning of an OLE file whose directory has these streams."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)) + directory


@pytest.mark.parametrize(
    ("streams", "status", "says"),
    [
        (("EncryptedPackage", "EncryptionInfo"), Status.LOCKED, "password"),
        (("WordDocument",), Status.UNSUPPORTED, r"\.doc\): save it as DOCX"),
        (("Workbook",), Status.UNSUPPORTED, r"\.xls\): save it as XLSX"),
        (("PowerPoint Document",), Status.UNSUPPORTED, r"\.ppt\): save it as PPTX"),
        (("__properties_version1.0",), Status.UNSUPPORTED, "Outlook"),
        ((), Status.UNSUPPORTED, "save it as PDF or DOCX"),
    ],
)
def test_old_office_files_are_named(tmp_path: Path, streams: tuple[str, ...], status: Status, says: str) -> None:
    path = tmp_path / "list.docx"
    path.write_bytes(compound(*streams))
    with pytest.raises(IngestError, match=says) as caught:
        detect_file_type(path)
    assert caught.value.status is status


def test_the_words_of_an_encrypted_file_in_another_file_lock_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(compound("WordDocument") + b"x" * 7 + "EncryptedPackage".encode("utf-16-le") + b"\0\0")
    with pytest.raises(IngestError, match="old Word file"):
        detect_file_type(path)
