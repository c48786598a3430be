"""Errors of reading files, split by what the caller does next."""

from __future__ import annotations

from ingest.documents import Status
from ingest.limits import Limits
from ingest.messages import Message, message


class IngestError(Exception):
    """A file cannot be ingested; ``status`` says how it ended, the message names the remedy."""

    status = Status.DAMAGED

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class LockedFile(IngestError):
    """A password is needed."""

    status = Status.LOCKED


class DamagedFile(IngestError):
    """The file does not hold what it promises."""

    status = Status.DAMAGED


class TooBig(IngestError):
    """A cap was reached: bytes, pages, characters, sentences, seconds or memory."""

    status = Status.TOO_BIG


class UnsupportedFile(IngestError):
    """Not one of the file types that can be read."""

    status = Status.UNSUPPORTED


class NoText(IngestError):
    """The file opens, but no page of it gives text."""

    status = Status.NO_TEXT


def too_much_text(name: str, limits: Limits) -> TooBig:
    """Return the error for a file whose text is longer than the limit."""
    text = message(
        "{name} contains more than {limit} characters of text: split it.", name=name, limit=limits.characters
    )
    return TooBig(text)


def too_many_sentences(name: str, limits: Limits) -> TooBig:
    """Return the error for a file that has more sentences and rows than the limit."""
    return TooBig(
        message("{name} has more than {limit} sentences and table rows: split it.", name=name, limit=limits.sentences)
    )
