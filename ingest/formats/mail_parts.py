"""What a mail is made of: its text, in one form of those it offers, and the files attached to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message as Mail

from ingest.formats.decoding import decode_bytes, decode_markup

_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_STUB = 0.25
"""Of the web text's length: a plain text so much shorter only says that there is a web text."""
_TAG = re.compile(r"<[^>]*>")
_TEXTS = {"text/plain", "text/html", "text/enriched"}


@dataclass(slots=True)
class MailParts:
    """The parts of one mail, in their order."""

    texts: list[Mail] = field(default_factory=list)
    """Plain and web text that is the message."""
    attached: list[Mail] = field(default_factory=list)
    """Files, and mails that were forwarded whole."""
    encrypted: bool = False


def mail_parts(mail: Mail) -> MailParts:
    """Return what a mail is made of; of a text in several forms one is chosen: plain text, unless it is a stub."""
    parts = MailParts()
    _collect(mail, parts)
    return parts


def part_text(part: Mail) -> str:
    """Return the text of a part, decoded.

    Raises:
        IngestError: it is in no known encoding.
    """
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):  # what it says of itself is wrong: guess
            pass
    return decode_markup(data, "") if is_web(part) else decode_bytes(data, "")


def is_web(part: Mail) -> bool:
    """Return whether a part is web text."""
    return part.get_content_type() == "text/html"


def root_part(mail: Mail) -> Mail | None:
    """Return the page of a saved web page: the part that the mail names as its start, else the first web text."""
    pages = [part for part in mail.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(mail.get_param("start") or "").strip("<> ")
    named = (page for page in pages if start and str(page.get("Content-ID", "")).strip("<> ") == start)
    return next(named, pages[0] if pages else None)


def _collect(part: Mail, parts: MailParts) -> None:
    kind = part.get_content_type()
    children: Sequence[Mail] = part.get_payload() if part.is_multipart() else ()  # type: ignore[assignment]
    if kind == "multipart/alternative":
        _collect_alternative(children, parts)
    elif kind == "multipart/related":
        root = root_part(part)
        _collect(children[0] if root is None else root, parts)
        parts.attached += [child for child in children if child.get_content_disposition() == "attachment"]
    elif kind == "multipart/encrypted" or (
        kind.endswith("pkcs7-mime") and "enveloped" in str(part.get_param("smime-type"))
    ):
        parts.encrypted = True
    elif kind == "message/rfc822":
        parts.attached.append(part)
    elif kind.startswith("multipart/"):
        for child in children:
            _collect(child, parts)
    elif kind in _TEXTS and part.get_content_disposition() != "attachment" and not part.get_filename():
        parts.texts.append(part)
    elif kind not in _SIGNATURES and not kind.startswith("message/"):
        parts.attached.append(part)


def _collect_alternative(forms: Sequence[Mail], parts: MailParts) -> None:
    found: list[MailParts] = []
    for form in forms:
        found.append(MailParts())
        _collect(form, found[-1])
    plain = next((each for each in found if each.texts and not is_web(each.texts[0])), None)
    web = next((each for each in found if each.texts and is_web(each.texts[0])), None)
    chosen = plain or web
    if plain and web:
        length = len(_TAG.sub("", part_text(web.texts[0])).split())
        words = len(part_text(plain.texts[0]).split())
        chosen = web if words < _STUB * length else plain
    if chosen:
        parts.texts += chosen.texts
    for each in found:
        parts.attached += each.attached
        parts.encrypted = parts.encrypted or each.encrypted
