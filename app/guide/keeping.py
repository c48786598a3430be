"""Guides beside the library, a file each: making one takes a while, and every reader of a report wants the same.

A file holds places on pages, and quotes are read from there again. It can be deleted at any time; it is made again when
what it was made of has changed.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.citations import CitationBook
from app.guide.records import Event, Guide, Named
from app.kept_files import write_kept
from app.kept_outcomes import read_sentence, read_text, read_texts
from ingest.documents import Span
from vectorstore.derived import GUIDES, derived_file
from vectorstore.errors import LibraryError
from vectorstore.library import Library
from vectorstore.records import DocumentRecord

_VERSION = 1
"""Of how guides are made: raised when the same report gives another."""
_LOG = logging.getLogger(__name__)


def kept_guide(library: Library, document: DocumentRecord) -> Guide | None:
    """Return the guide that was kept of a report; None when there is none, or it was made of something else."""
    file = derived_file(library.home, GUIDES, document.id)
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return _read(library, document, data) if data["made_of"] == _made_of(library, document) else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, LibraryError) as error:
        _LOG.info("the guide of %s is made again: %s", document.name, type(error).__name__)
        return None


def keep_guide(library: Library, document: DocumentRecord, guide: Guide) -> bool:
    """Keep a guide; return whether it was: a folder that cannot be written to costs time at every reading."""
    file: Path = derived_file(library.home, GUIDES, document.id)
    try:
        write_kept(file, {"made_of": _made_of(library, document)} | _data(guide))
        if library.catalogue.document(document.id) is None:
            file.unlink(missing_ok=True)  # it was removed meanwhile, and nothing of its text may be left
            return False
    except OSError as error:
        _LOG.info("the guide of %s cannot be kept: %s", document.name, error)
        return False
    return True


def _made_of(library: Library, document: DocumentRecord) -> str:
    reader = library.reader.name if library.reader is not None else "none"
    made_of = (_VERSION, document.reader, document.language, document.date, library.embedder.name, reader)
    return " ".join(map(str, made_of))


def _data(guide: Guide) -> dict[str, Any]:
    return {
        "about": [asdict(sentence) for sentence in guide.about],
        "figures": [asdict(sentence) for sentence in guide.figures],
        "events": [asdict(event) for event in guide.events],
        "names": [asdict(named) for named in guide.names],
        "questions": guide.questions,
        "places": [[c.page, c.start, c.end, c.paragraph, c.lead] for c in guide.citations],
    }


def _read(library: Library, document: DocumentRecord, data: dict[str, Any]) -> Guide:
    book = CitationBook(library)
    for page, start, end, paragraph, lead in data["places"]:
        book.cite(document.id, [Span(int(page), int(start), int(end))], read_text(paragraph), read_text(lead))
    if len(book.citations) != len(data["places"]):
        raise ValueError("a place is there twice: numbers would open others")
    return Guide(
        document.id,
        tuple(map(read_sentence, data["about"])),
        tuple(map(read_sentence, data["figures"])),
        tuple(
            Event(int(event["year"]), int(event["month"]), int(event["day"]), read_sentence(event["sentence"]))
            for event in data["events"]
        ),
        tuple(Named(read_text(n["name"]), int(n["mentions"]), int(n["citation"])) for n in data["names"]),
        tuple(book.citations),
        None if data["questions"] is None else read_texts(data["questions"]),
    )
