"""Mails, and web pages saved as mails (MHT): one page for the message, then those of each attached file."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from ingest.documents import BlockKind, Metadata, Page, PageUnit
from ingest.errors import LockedFile, NoText, UnsupportedFile
from ingest.formats.attached import ReadFile, read_attached
from ingest.formats.builder import TextBuilder
from ingest.formats.html import read_page
from ingest.formats.html_blocks import add_html
from ingest.formats.html_tree import drop_unseen, parse_html
from ingest.formats.lists import opening_line
from ingest.formats.mail_parts import is_web, mail_parts, part_text, root_part
from ingest.formats.safety import capped
from ingest.limits import Limits
from ingest.messages import Message, message

_MESSAGE = "message"
"""What the page of the message is called beside those of the attached files."""
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.M)
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom \S+ [^\n]*\d{4}[^\n]*\n[!-9;-~]+:")
"""Where the next mail of a mailbox begins."""
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_POINT = re.compile(r"\n(?=[ \t]*(?:[-*•▪–]|\(?(?:\d{1,3}|[a-z])[.)])[ \t]+\S)")
_BULLET = re.compile(r"[ \t]*[-*•▪–][ \t]+|[ \t]*\(?(?:\d{1,3}|[a-z])[.)][ \t]+")


def read_mail(path: Path, limits: Limits, read_file: ReadFile, depth: int = 0) -> Iterator[Metadata | Page | Message]:
    """Read a mail: its text once, then the attached files that can be read; all others are named.

    Args:
        path: The mail.
        limits: Caps on the mail and all that is in it.
        read_file: Reads an attached file.
        depth: How many mails are around this one.

    Raises:
        TooBig: it has more pages or text than the limits allow.
        LockedFile: it is encrypted.
        UnsupportedFile: it is a mailbox of several mails.
    """
    mail = _parse(path)
    parts = mail_parts(mail)
    if parts.encrypted and not parts.texts:
        raise LockedFile(message("{name} is encrypted: save its text from the mail program.", name=path.name))
    subject = _header(mail, "Subject")
    yield Metadata(subject, _sender(mail), _year(mail), PageUnit.PART)
    builder = TextBuilder()
    builder.add(subject, BlockKind.HEADING, 1)
    for name in ("From", "To", "Cc", "Date"):
        value = _header(mail, name)
        builder.add(f"{name}: {value}" if value else "", BlockKind.FURNITURE)
    known: list[Message] = []
    for part in parts.texts:
        text = capped(part_text(part), path, limits)
        if is_web(part):
            known += _add_web(builder, text)
        else:
            _add_plain(builder, text)
    text = capped(builder.text, path, limits)
    yield Page(1, text, tuple(builder.blocks), _MESSAGE)
    yield from dict.fromkeys([*known, *builder.remarks()])
    yield from read_attached(parts.attached, limits, read_file, depth, len(text), path.name)


def read_mhtml(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read a web page that a browser saved in one file; its pictures are not read.

    Raises:
        NoText: the page has no text.
    """
    mail = _parse(path)
    page = root_part(mail)
    if page is None:
        raise NoText(message("{name} contains no web page: save the page again as PDF or HTML.", name=path.name))
    yield from read_page(capped(part_text(page), path, limits), path.name)


def _parse(path: Path) -> Mail:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if data.startswith(b"From ") and _NEXT_MAIL.search(data):
        raise UnsupportedFile(
            message("{name} is a mailbox of several mails: save each as EML and add those files.", name=path.name)
        )
    return email.message_from_bytes(data.lstrip())


def _header(mail: Mail, name: str) -> str:
    """Return a header's words; as it stands where its encoding cannot be read."""
    raw = str(mail.get(name, ""))
    try:
        text = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        text = raw
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _sender(mail: Mail) -> str:
    name, address = parseaddr(_header(mail, "From") or _header(mail, "Sender"))
    return name or address


def _year(mail: Mail) -> str:
    try:
        return str(parsedate_to_datetime(_header(mail, "Date")).year)
    except (ValueError, TypeError, OverflowError):
        return ""


def _add_web(builder: TextBuilder, text: str) -> list[Message]:
    """Append web text; return what of it was left out."""
    root = parse_html(text)
    if root is None:
        return []
    unseen = drop_unseen(root)
    add_html(builder, root.find("body") if root.find("body") is not None else root)
    return list(unseen.remarks())


def _add_plain(builder: TextBuilder, text: str) -> None:
    """Append plain text by its paragraphs and points; quoted mails lose their marks."""
    text = _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for paragraph in _EMPTY_LINE.split(text):
        opening = ""
        for index, line in enumerate(_POINT.split(f"\n{paragraph}")):
            point = _BULLET.match(line)
            if point is None:
                builder.add(line)
                continue
            if index <= 1 or not opening:
                opening = opening or opening_line(builder.last)
            builder.add(line[point.end() :], BlockKind.ITEM, header=opening)
