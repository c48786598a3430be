"""The library that a crowd asks: real reports, and as many passages grown from their sentences as are wanted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from evaluation.errors import UsageError
from evaluation.grown import NoisyEmbedder, grow, real_sentences
from ingest.documents import Status
from ingest.finding import find_files
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.library import Library


def make_library(home: Path, reports: Sequence[Path], passages: int, embedder: str = "") -> None:
    """Add ``reports`` (files and folders) to the library in ``home``, and grow it until it holds ``passages``.

    Raises:
        UsageError: none of the reports can be read.
    """
    files = [found.path for found in find_files(reports) if found.problem is None]
    model = open_embedder(embedder)
    with closing(Library(home, model)) as library:
        ready = [
            file for file, added in zip(files, library.add_all(files), strict=True) if added.status is Status.READY
        ]
        held = library.catalogue.passage_count()
    if not ready:
        raise UsageError("None of the reports can be read: give others with --from.")
    print(f"{len(ready)} reports, {held:,} passages; growing to {passages:,} …", file=sys.stderr, flush=True)
    if held < passages:
        _grow(home, ready, passages, model)


def _grow(home: Path, files: Sequence[Path], passages: int, embedder: Embedder) -> None:
    sentences = real_sentences(files)
    with closing(Library(home, NoisyEmbedder(embedder, sentences))) as library:
        grow(library, sentences, passages, lambda held: None)


def passages_in(home: Path) -> int:
    """Return how many passages the library in ``home`` holds; 0 where there is none."""
    if not home.is_dir() or not any(home.iterdir()):
        return 0
    with closing(Library(home)) as library:
        return library.catalogue.passage_count()


def read_questions(files: Sequence[Path]) -> tuple[str, ...]:
    """Return the different questions of files of JSON lines, each with a field "question", in order.

    Raises:
        UsageError: a file cannot be read, or has none.
    """
    found: dict[str, None] = {}
    for file in files:
        try:
            rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
            found |= dict.fromkeys(row["question"].strip() for row in rows)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(
                f"{file} holds no questions ({type(error).__name__}): give JSON lines with a field “question”."
            ) from error
    if not found:
        raise UsageError("The files hold no question: give others with --questions.")
    return tuple(found)
