"""Mail as programs for mail save it, with the text twice (plain and as a web page) and attached files."""

from __future__ import annotations

import csv
import io
from email.message import EmailMessage

from makers.html import body_of
from makers.source import Source, SourcePage, true_text


def make(source: Source) -> bytes:
    """Return the message; pages of the source behind the first are attached files, named by their labels."""
    first, *attached = source.pages
    message = EmailMessage()
    message["From"] = source.options["sender"]
    message["To"] = "list@example.org"
    message["Subject"] = source.title
    message["Date"] = "Tue, 09 Jun 2021 10:15:00 +0000"
    message["Message-ID"] = f"<{source.name}@example.org>"
    coding = source.options.get("coding", "base64")
    message.set_content(plain(first), charset="utf-8", cte=coding)
    message.add_alternative(f"<html><body>{body_of(first)}</body></html>", subtype="html", charset="utf-8", cte=coding)
    message.set_boundary(f"alternative-{source.name}")
    for page in attached:
        name = page.labels[0]
        data = _table(page) if name.endswith(".csv") else plain(page)
        kind = "csv" if name.endswith(".csv") else "plain"
        message.add_attachment(data.encode(), maintype="text", subtype=kind, filename=name)
    if attached:
        message.set_boundary(f"mixed-{source.name}")
    return message.as_bytes()


def plain(page: SourcePage) -> str:
    """Return a page as plain text: a blank line between paragraphs, items with their marks."""
    lines = [f"{block.mark} {true_text(block.text)}".strip() for block in page.blocks if block.sentences]
    return "\n\n".join(lines) + "\n"


def _table(page: SourcePage) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([words for words, _ in block.cells] for block in page.blocks)
    return stream.getvalue()
