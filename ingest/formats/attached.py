"""The files attached to a mail: read by the readers of their kinds, or named."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message as Mail
from pathlib import Path, PurePosixPath

from ingest.documents import Metadata, Page, PageState, PageUnit
from ingest.errors import IngestError, TooBig, UnsupportedFile, too_much_text
from ingest.limits import Limits
from ingest.messages import Message, message

ReadFile = Callable[[Path, Limits, int], Iterable[Metadata | Page | Message]]
"""Reads a file that is so deep within mails."""
_MOST_DEEP = 2
"""Mails within mails that are opened; what is deeper is named."""
_MOST_FILES = 500
_MAX_NAME = 80
_UNSAFE = re.compile(r"[^\w.()+ -]+")


def read_attached(
    parts: Sequence[Mail], limits: Limits, read_file: ReadFile, depth: int, characters: int, name: str
) -> Iterator[Page | Message]:
    """Yield the pages of the attached files, numbered from 2, and remarks that name those that are not read.

    Args:
        parts: Files, and whole mails.
        limits: Caps on the mail and all that is in it.
        read_file: Reads a file.
        depth: How many mails are around this one.
        characters: Of the message itself.
        name: The mail's.

    Raises:
        TooBig: the files together have more pages or text than the limits allow.
    """
    number, unread = 1, list[str]()
    with tempfile.TemporaryDirectory(prefix="whrd-") as folder:
        for index, part in enumerate(parts):
            attached = _file_name(part, index)
            if index >= _MOST_FILES or depth >= _MOST_DEEP:
                unread.append(attached)
                continue
            path = Path(folder, str(index), attached)
            path.parent.mkdir()
            path.write_bytes(_bytes(part))
            try:
                for item in _read_one(path, limits, read_file, depth + 1):
                    if isinstance(item, Page):
                        number += 1
                        characters += len(item.text)
                        _check(number, characters, limits, name)
                        yield replace(item, number=number)
                    else:
                        yield item
            except UnsupportedFile:
                unread.append(attached)
            finally:
                path.unlink()
    if unread:
        yield message("attached and not read: {files}", files=", ".join(unread))


def _read_one(path: Path, limits: Limits, read_file: ReadFile, depth: int) -> Iterator[Page | Message]:
    """Yield the pages of one file, labelled with its name, and what there is to say of it.

    Raises:
        UnsupportedFile: it cannot be read.
    """
    unit = PageUnit.NONE
    try:
        for item in read_file(path, limits, depth):
            if isinstance(item, Metadata):
                unit = item.unit
            elif isinstance(item, Message):
                yield message("{file}: {remark}", file=path.name, remark=item)
            elif item.state in (PageState.NO_TEXT, PageState.GARBLED):
                yield message("{file}: page {page} is not read", file=path.name, page=str(item.number))
            elif item.blocks:
                yield _labelled(item, path.name, unit)
    except UnsupportedFile:
        raise
    except IngestError as error:
        yield message("attached: {reason}", reason=error.message)
    except Exception as error:  # the parser's own, as in the reading process: the mail itself is well
        detail = f"{type(error).__name__}: {error}"
        yield message("attached: {file} is damaged ({detail})", file=path.name, detail=detail)


def _check(number: int, characters: int, limits: Limits, name: str) -> None:
    if characters > limits.characters:
        raise too_much_text(name, limits)
    if number > limits.pages:
        raise TooBig(message("{name} has more pages than the limit: split it.", name=name))


def _labelled(page: Page, attached: str, unit: PageUnit) -> Page:
    """Return a page of an attached file as one of the mail's; it has no picture, so the places of its letters go."""
    inner = {
        PageUnit.PAGE: f"p. {page.label or page.number}",
        PageUnit.SLIDE: f"slide {page.number}",
        PageUnit.NONE: "",
    }.get(unit, page.label)
    label = f"{attached}, {inner}" if inner else attached
    return replace(page, label=label, state=PageState.TEXT, runs=(), words=())


def _bytes(part: Mail) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], Mail) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: Mail, index: int) -> str:
    """Return the name of an attached file: its last part, in letters that are safe in a path and in a line."""
    if part.get_content_type() == "message/rfc822" and not part.get_filename():
        inner = part.get_payload()
        subject = (
            inner[0].get("Subject", "") if isinstance(inner, list) and inner and isinstance(inner[0], Mail) else ""
        )
        raw = f"{_decoded(str(subject))}.eml" if subject else ""
    else:
        raw = _decoded(part.get_filename() or "")
    last = PurePosixPath(raw.replace("\\", "/")).name if ".eml" not in raw else raw
    name = _UNSAFE.sub(" ", last).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return (f"{stem[:_MAX_NAME]}{dot}{ending[:8]}" if dot else name[:_MAX_NAME]) or f"file {index + 1}"


def _decoded(raw: str) -> str:
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        return raw
