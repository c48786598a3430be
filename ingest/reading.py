"""Which reader reads a file: by its type, which is told by its content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.documents import FileType, Metadata, Page
from ingest.filetype import detect_file_type
from ingest.formats import reader_of
from ingest.limits import Limits
from ingest.messages import Message


def read_file(path: Path, limits: Limits, depth: int = 0) -> Iterable[Metadata | Page | Message]:
    """Yield what a file says of itself, its pages, and remarks on what was not read.

    Args:
        path: The file.
        limits: Caps on it.
        depth: How many mails it is attached to, one within the other.

    Raises:
        IngestError: one of its kinds.
    """
    return read_as(detect_file_type(path), path, limits, depth)


def read_as(file_type: FileType, path: Path, limits: Limits, depth: int = 0) -> Iterable[Metadata | Page | Message]:
    """As ``read_file``, for a file whose type is known."""
    if file_type is FileType.PDF:
        from ingest.pdf.reader import read_pages

        return read_pages(path, limits)
    if file_type is FileType.EMAIL:
        from ingest.formats.mail import read_mail

        return read_mail(path, limits, read_file, depth)
    return reader_of(file_type)(path, limits)
