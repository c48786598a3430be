"""Web pages as browsers save them in one file (MHT): the page and its picture as parts of a message."""

from __future__ import annotations

from email.message import EmailMessage

from makers.html import page_of
from makers.pictures import picture
from makers.source import Source


def make(source: Source) -> bytes:
    """Return the saved page."""
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://example.org/page"
    message["Subject"] = source.title
    message["Date"] = "Tue, 09 Jun 2021 10:15:00 +0000"
    message.set_content(page_of(source), subtype="html", charset="utf-8", cte="quoted-printable")
    message["Content-Location"] = "https://example.org/page"
    message.add_related(picture(), maintype="image", subtype="jpeg", cid="<picture@example.org>")
    message.set_boundary(f"related-{source.name}")
    return message.as_bytes()
