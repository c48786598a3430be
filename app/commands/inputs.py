"""What commands read before they work: the library, the scope of a question, the lines of a batch."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.console import warn
from app.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from app.settings import Settings
    from reader.reader import Reader
    from vectorstore.embeddings import Embedder
    from vectorstore.library import Library
    from vectorstore.records import DocumentRecord, Scope


def open_library(settings: Settings) -> Library:
    """Return the library that the settings name; its embedding model is loaded when it is first needed."""
    from reader.opening import open_reader
    from vectorstore.embeddings import open_embedder
    from vectorstore.library import Library

    return Library(settings.home, open_embedder(settings.embedder), settings.chroma_url, open_reader(settings.reader))


def open_ready_library(settings: Settings) -> Library:
    """Return the library that the settings name, with its models set up."""
    library = open_library(settings)
    prepare_models(library.embedder, library.reader)
    return library


def say_step(step: str) -> None:
    """Print a step of the set-up."""
    warn(f"{step} …")


def prepare_models(embedder: Embedder, reader: Reader | None) -> None:
    """Set the models that embed and read up where that was not done yet, and say so: each takes a minute."""
    from reader.opening import is_ready, prepare
    from reader.reader import ModelReader
    from vectorstore.embeddings import OnnxEmbedder

    if isinstance(embedder, OnnxEmbedder) and not embedder.is_ready():
        embedder.prepare(say_step)
    if isinstance(reader, ModelReader) and not is_ready():
        prepare(say_step)


def read_scope(library: Library, options: argparse.Namespace, names: Sequence[str] = ()) -> Scope:
    """Return the documents and countries that ``options`` and a batch line's ``names`` limit a question to.

    Raises:
        UsageError: a country is not known.
        UnknownDocument: a document is not in the library.
    """
    from ingest.language.countries import parse_country
    from vectorstore.records import Scope

    documents = document_ids(library, [*options.document, *names])
    say_renamed(options.country)
    try:
        countries = tuple(parse_country(name) for name in options.country)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Scope(documents, countries)


def say_renamed(countries: Sequence[str]) -> None:
    """Print what a country that was asked for by a former name is called today."""
    from ingest.language.countries import renamed_message

    for note in filter(None, map(renamed_message, countries)):
        warn(note)


def document_ids(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the documents that ``names`` mean, each once.

    Raises:
        UnknownDocument: one is not in the library.
    """
    return tuple(dict.fromkeys(document.id for name in names for document in library.find_documents(name)))


def one_document(library: Library, name: str) -> DocumentRecord:
    """Return the document that ``name`` means.

    Raises:
        UnknownDocument: there is none.
        UsageError: there are several.
    """
    from vectorstore.same_names import told_apart

    found = library.find_documents(name)
    if len(found) > 1:
        ids = ", ".join(str(told_apart(document)) for document in found)
        raise UsageError(f"{len(found)} documents are called {name}: give one of the ids {ids}.")
    return found[0]


def read_batch(path: Path, *keys: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a batch file, one per line; each must have a text under one of ``keys``.

    Raises:
        UsageError: a line is not such an object.
    """
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except json.JSONDecodeError as error:
            raise UsageError(
                f"{path.name}, line {number} is not JSON ({error.msg}): give one object per line."
            ) from error
        if not isinstance(line, dict) or not any(isinstance(line.get(key), str) for key in keys):
            raise UsageError(f"{path.name}, line {number} has no {' or '.join(map(repr, keys))}.")
        yield line


def read_questions(value: str | None) -> list[str]:
    """Return the question that was given; "-": those of standard input, one a line.

    Raises:
        UsageError: there is none.
    """
    if value != "-":
        return [required(value, "QUESTION")]
    questions = [line.strip() for line in sys.stdin if line.strip()]
    if not questions:
        raise UsageError("No question came in: give one a line on standard input, or write it in place of “-”.")
    return questions


def required(value: str | None, name: str) -> str:
    """Return a positional argument that may be left out only with ``--batch``.

    Raises:
        UsageError: it is missing.
    """
    if not value or not value.strip():
        raise UsageError(f"Give {name}, or --batch FILE.jsonl.")
    return value
