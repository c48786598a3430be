"""Mails: their text once, the attached files that can be read, and the names of all others."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from format_blocks import blocks, failure, headers, remarks, texts
from offset_checks import check_offsets
from pdf_maker import TOP, Print, make_pdf

from ingest.documents import Document, FileType, PageUnit, Status
from ingest.limits import Limits
from ingest.load import load

FACT = "Guards at Brelka held forty-one women — on 3 May 2021, naïvely."
WEB = f"<html><body><p>{FACT}</p><p style='display:none'>hidden words here</p></body></html>"


def mail(subject: str = "Appeal: Brelka", text: str = FACT) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Mira Tol <mira@list.example>"
    message["To"] = "all@list.example"
    message["Date"] = "Mon, 03 May 2021 10:00:00 +0000"
    message["Subject"] = subject
    message["Message-ID"] = "<1@list.example>"
    if text:
        message.set_content(text)
    return message


def read(folder: Path, message: EmailMessage, name: str = "a.eml") -> Document:
    path = folder / name
    path.write_bytes(bytes(message))
    document = load(path)
    check_offsets(document)
    return document


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_text_is_decoded_and_sender_day_and_subject_are_its_data(tmp_path: Path, cte: str, charset: str) -> None:
    message = mail("Брелка: appeal", "")
    message.set_content(FACT, charset=charset, cte=cte)
    document = read(tmp_path, message)
    assert (document.file_type, document.unit) == (FileType.EMAIL, PageUnit.PART)
    assert (document.title, document.author, document.year) == ("Брелка: appeal", "Mira Tol", "2021")
    assert ("body", FACT) in blocks(document)
    assert ("furniture", "To: all@list.example") in blocks(document)
    assert document.pages[0].label == "message"


def test_of_two_forms_of_a_text_one_is_read(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative(WEB, subtype="html")
    assert read(tmp_path, message).pages[0].text.count("forty-one") == 1


def test_a_stub_beside_a_web_text_is_not_the_text(tmp_path: Path) -> None:
    message = mail(text="See the web text.")
    message.add_alternative(WEB.replace(FACT, f"{FACT} " * 6), subtype="html")
    document = read(tmp_path, message)
    assert document.pages[0].text.count("forty-one") == 6
    assert "hidden words" not in document.pages[0].text
    assert "hidden text" in remarks(document)


def test_quoted_lines_lose_their_marks_and_points_know_their_opening_line(tmp_path: Path) -> None:
    text = "The council should:\n- open the ford,\n  all year\n- pay\n\n"
    text += "> On Monday she wrote:\n>> The boats were\n>> burned.\n"
    document = read(tmp_path, mail(text=text))
    assert blocks(document)[4:] == [
        ("body", "The council should:"), ("item", "open the ford, all year"), ("item", "pay"),
        ("body", "On Monday she wrote: The boats were burned."),
    ]  # fmt: skip
    assert headers(document)["pay"] == "The council should:"


def test_attached_files_are_pages_of_their_own(tmp_path: Path) -> None:
    message = mail()
    pdf = make_pdf(
        tmp_path / "x.pdf",
        [[Print("The first page tells of the ford.", TOP)], [Print("Nobody came to the court.", TOP)]],
    )
    message.add_attachment(pdf.read_bytes(), maintype="application", subtype="octet-stream", filename="testimony.pdf")
    book = openpyxl.Workbook()
    book.active.title = "2020"
    book.active.append(["District", "Arrests"])
    book.active.append(["Brelka", 23])
    buffer = io.BytesIO()
    book.save(buffer)
    message.add_attachment(buffer.getvalue(), maintype="application", subtype="x", filename="../../counts.xlsx")
    message.add_attachment("The boats were burned in April.", filename="note.txt")
    document = read(tmp_path, message)
    assert [page.label for page in document.pages] == [
        "message", "testimony.pdf, p. 1", "testimony.pdf, p. 2", "counts.xlsx, 2020", "note.txt",
    ]  # fmt: skip
    assert texts(document, 3) == ["Nobody came to the court."]
    assert texts(document, 4) == ["District | Arrests", "Brelka | 23"]
    assert not any(page.runs for page in document.pages)


def test_what_is_attached_and_not_read_is_named(tmp_path: Path) -> None:
    message = mail()
    for name, data in (
        ("winmail.dat", b"\x78\x9f\x3e\x22\0\0"),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
        ("a\x07b\n.zip", b""),
    ):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("\n", ""))
    message.add_attachment(b"PK\x03\x04broken", maintype="application", subtype="zip", filename="broken.docx")
    said = remarks(read(tmp_path, message))
    assert "attached and not read: winmail.dat, logo.png" in said
    assert "broken.docx" in said
    assert "\x07" not in said


def test_a_mail_in_a_mail_is_read_to_a_depth(tmp_path: Path) -> None:
    inner = mail("Innermost", "Words of the innermost mail.")
    for level in range(4):
        outer = mail(f"Level {level}", f"Words of level {level}.")
        outer.add_attachment(inner)
        inner = outer
    document = read(tmp_path, inner)
    said = [page.text for page in document.pages]
    assert any("Words of level 3." in text for text in said)
    assert any("Words of level 2." in text for text in said)
    assert not any("innermost" in text for text in said)
    assert "attached and not read" in remarks(document)


def test_an_attached_bomb_is_named_and_the_mail_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml",
            '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
            'presentationml.presentation.main+xml"/></Types>',
        )
        with target.open("x", "w") as part:
            for _ in range(60):
                part.write(bytes(10_000_000))
    message = mail()
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="bomb.pptx")
    document = read(tmp_path, message)
    assert ("body", FACT) in blocks(document)
    assert "bomb.pptx unpacks to" in remarks(document)


def test_all_attached_files_together_are_capped(tmp_path: Path) -> None:
    message = mail()
    for number in range(20):
        message.add_attachment("The boats were burned in April. " * 100, filename=f"{number}.txt")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    with pytest.raises(Exception, match=r"a\.eml contains more than"):
        load(path, Limits(characters=20_000))


def test_an_encrypted_mail_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    head = "From: a@b.example\nMIME-Version: 1.0\nMessage-ID: <1@b>\n"
    path.write_text(
        f'{head}Content-Type: multipart/encrypted; boundary="x"\n\n--x\n\nVersion: 1\n--x--\n', encoding="utf-8"
    )
    assert failure(path).status is Status.LOCKED


def test_a_mailbox_of_several_mails_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    one = b"From a@b.example Mon May  3 10:00:00 2021\n" + bytes(mail()) + b"\n"
    path.write_bytes(one)
    assert ("body", FACT) in blocks(load(path))
    path.write_bytes(one + one)
    error = failure(path)
    assert error.status is Status.UNSUPPORTED
    assert "save each as EML" in str(error)


@pytest.mark.parametrize(
    "head", ["Subject: =?x?b?a?=", 'From: "', "Date: never", "Content-Type: multipart/mixed", "Content-Type: a"]
)
def test_broken_headers_do_not_stop_the_reader(tmp_path: Path, head: str) -> None:
    path = tmp_path / "a.eml"
    path.write_text(f"Received: x\nMessage-ID: <1@b>\n{head}\n\n{FACT}\n", encoding="utf-8")
    try:
        assert any(FACT in text for text in texts(load(path)))
    except Exception:
        assert failure(path).status in (Status.NO_TEXT, Status.DAMAGED)


# -- saved web pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", '; start="<page@x>"'])
def test_a_saved_web_page_is_read_once(tmp_path: Path, start: str) -> None:
    pages = [
        f"<html><body><article><h1>The ford</h1><p>{FACT}</p></article></body></html>",
        "<html><body>frame</body></html>",
    ]
    if start:
        pages.reverse()
    parts = "".join(
        f"--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        f"Content-ID: <{'page@x' if FACT in page else 'frame@x'}>\nContent-Location: https://a.example/\n\n{page}\n"
        for page in pages
    )
    path = tmp_path / "a.mht"
    path.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/related; type="text/html"{start}; boundary="b"\n\n{parts}'
        "--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n",
        encoding="utf-8",
    )
    document = load(path)
    check_offsets(document)
    assert document.file_type is FileType.MHTML
    assert texts(document) == ["The ford", FACT]
