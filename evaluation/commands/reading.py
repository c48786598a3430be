"""Files that were made with their true texts, read by us and by others."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from app.progress import progress_bar
from evaluation.commands.output import DONE, write_outcome
from evaluation.errors import UsageError


def fidelity(options: argparse.Namespace, _work: Path) -> int:
    """Read every file of the set and compare what came of it with what is printed."""
    from evaluation.fidelity.measure import compare
    from evaluation.fidelity.readers import PEERS, read_product
    from evaluation.fidelity.report import file_row, summarise, table
    from evaluation.fidelity.truth import read_truth

    documents = [document for document in read_truth(options.folder) if _wanted(document, options.only)]
    if not documents:
        raise UsageError(f"No document of {options.folder} is named {', '.join(options.only)}.")
    has = _installed()
    measured = []
    with progress_bar(1) as progress:
        progress.start(1, "reading")
        for number, document in enumerate(documents, start=1):
            measured.append((document, compare(document, read_product(document.path), has)))
            progress.report("files", number, len(documents))
    peers = {
        name: [(one, compare(one, read(one.path))) for one in documents if one.kind in kinds]
        for name, (read, kinds) in (PEERS if options.peers else {}).items()
    }
    summary = summarise(measured, {name: rows for name, rows in peers.items() if rows})
    rows: Iterator[dict[str, Any]] = (
        {"file": document.path.name, "split": document.split, **file_row(document, outcome)}
        for document, outcome in measured
    )
    write_outcome(options, table(summary), summary, rows)
    return DONE


def _wanted(document: Any, only: list[str]) -> bool:
    groups = {document.path.stem, document.kind, document.script, document.maker, *document.features}
    return not only or any(name in groups or fnmatch(document.path.name, name) for name in only)


def _installed() -> frozenset[str]:
    from ingest.ocr import ocr_languages

    return frozenset(f"tesseract:{language}" for language in ocr_languages())
