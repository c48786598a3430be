"""What a text is: a web page, a mail, a table of values, Markdown, or plain text."""

from __future__ import annotations

import re

from ingest.csv_dialect import find_delimiter
from ingest.documents import FileType
from ingest.errors import UnsupportedFile
from ingest.messages import message

_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\[\^?[^\]]+\]:|```|\|.*\|\s*$|---\s*$)", re.M)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|base|link)\b", re.I)
"""What a page, or the head of one, begins with."""
_FRAGMENT = re.compile(
    r"<(?:a|abbr|address|article|aside|b|blockquote|br|center|dd|div|dl|dt|em|fieldset|figure|font|footer|form|frameset"
    r"|h[1-6]|header|hr|i|iframe|img|li|main|nav|noscript|ol|p|pre|script|section|small|span|strong|style|sub|sup|table"
    r"|tbody|td|th|thead|time|tr|tt|u|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_CLOSING = re.compile(r"</(?:p|div|li|ul|ol|td|tr|table|h[1-6]|span|body|html|blockquote)\s*>", re.I)
_LEAST_CLOSING = 3
"""Tags that end something: text that begins with a word, yet has so many of them, is a part of a web page."""
_HEADER = re.compile(r"([!-9;-~]+):(?:[ \t]|$)")
_ENVELOPE = re.compile(r"From \S+ .*\d{4}")
_MAIL_ONLY = {"message-id", "mime-version", "received", "return-path", "delivered-to", "content-transfer-encoding"}
_SENDER = {"from", "sender", "received", "return-path"}
_MAIL_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d\d")
_ADDRESSED = {"to", "cc", "bcc", "received", "delivered-to", "return-path", "message-id"}
"""Headers that a mail has and a saved web page has not."""


def detect_text_type(sample: str, name: str) -> FileType:
    """Return what a text is by its beginning.

    Args:
        sample: Its first characters; a byte-order mark may be among them.
        name: The file's, for error messages.

    Raises:
        UnsupportedFile: it is XML of another kind.
    """
    body = sample.removeprefix("\ufeff").lstrip()
    mail = _mail_type(body)
    if mail is not None:
        return mail
    start = _after_remarks(body)
    if _PAGE.match(start):
        return FileType.HTML
    markdown = len(_MARKDOWN.findall(sample)) >= 2
    if not markdown and (start != body or _FRAGMENT.match(start) or len(_CLOSING.findall(body)) >= _LEAST_CLOSING):
        return FileType.HTML
    if body.startswith("<?xml"):
        raise UnsupportedFile(message("{name} is an XML file: save it as PDF or DOCX and add that file.", name=name))
    if markdown:
        return FileType.MARKDOWN
    return FileType.CSV if find_delimiter(body) else FileType.TEXT


def _after_remarks(text: str) -> str:
    """Return ``text`` from the first thing that is no remark, no XML declaration and no blank; each is passed once."""
    position = 0
    while True:
        while position < len(text) and text[position].isspace():
            position += 1
        for opening, closing in (("<!--", "-->"), ("<?", ">")):
            if text.startswith(opening, position):
                end = text.find(closing, position + len(opening))
                if end < 0:
                    return ""
                position = end + len(closing)
                break
        else:
            return text[position:]


def _mail_type(text: str) -> FileType | None:
    """Return whether ``text`` begins with the headers of a mail or of a web page saved as one; None if it does not."""
    lines = text.splitlines()
    if lines and _ENVELOPE.match(lines[0]):
        del lines[0]
    headers: dict[str, str] = {}
    for line in lines:
        header = _HEADER.match(line)
        if header:
            headers.setdefault(header[1].lower(), line[header.end() :])
        elif not (headers and line.startswith((" ", "\t"))):
            break
    kind = headers.get("content-type", "").lower()
    if (
        not _ADDRESSED & headers.keys()
        and "mime-version" in headers
        and ("multipart/related" in kind or "content-location" in headers or "snapshot-content-location" in headers)
    ):
        return FileType.MHTML
    if _SENDER & headers.keys() and _MAIL_ONLY & headers.keys():
        return FileType.EMAIL
    typed = "@" in headers.get("from", "") and _MAIL_DATE.search(headers.get("date", ""))
    return FileType.EMAIL if typed or ("mime-version" in headers and "content-type" in headers) else None
