"""Citation data of reports against marks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.progress import progress_bar
from evaluation.commands.output import DONE, write_outcome
from evaluation.errors import RunFailed, UsageError

_CITATIONS = """FILE holds a mark a line, as JSON: document (a file of FOLDER), part, title, publishers (any of them is
right), symbol ("": it has none), years (any of them; null: not scored), authors, and the case of a court's document.
The checkout's own are evaluation/citation_marks.jsonl: of its parts "a" to "d", the rules were written with "a" to "c".

examples:
  whrd-eval citations evaluation/citation_marks.jsonl --reports ../reports
  whrd-eval citations evaluation/citation_marks.jsonl --reports ../reports --part d --failures
"""
_READ = ("title", "author", "publisher", "symbol", "date", "year", "case")


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command; ``command`` makes a parser of a name, a summary and notes."""
    parser = command("citations", "title, publisher, symbol, year and authors of reports against marks", _CITATIONS)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--reports", type=Path, required=True, metavar="FOLDER", help="where the marked reports are")
    parser.add_argument("--part", default="", metavar="NAME", help="only the marks of this part")
    parser.add_argument("--failures", action="store_true", help="show what is read wrong")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what was read there, as JSON lines")
    parser.add_argument("--json", metavar="FILE", help="write a summary there, as JSON; - is standard output")


def citations(options: argparse.Namespace, _work: Path) -> int:
    """Read every marked report and compare what a citation would say of it."""
    from evaluation.citation_data import check, read_marks, summarise, table
    from ingest.errors import IngestError
    from ingest.load import load

    marks = [one for one in read_marks(options.file) if options.part in ("", one.part)]
    missing = [one.document for one in marks if not (options.reports / one.document).is_file()]
    if missing or not marks:
        raise UsageError(f"{options.reports} has no {', '.join(missing) or 'report that is marked'}.")
    checked, rows = [], list[dict[str, Any]]()
    with progress_bar(1) as progress:
        progress.start(1, "reading")
        for number, one in enumerate(marks, start=1):
            try:
                document = load(options.reports / one.document)
            except IngestError as error:
                raise RunFailed(str(error)) from error
            right = check(one, document)
            checked.append((one, right))
            read = {name: getattr(document, name) for name in _READ}
            rows.append({"document": one.document, "part": one.part, "right": right, "read": read})
            progress.report("reports", number, len(marks))
    summary = summarise(checked)
    lines = [table(summary), *(_failure(row) for row in rows if options.failures and not all(row["right"].values()))]
    write_outcome(options, "\n".join(lines), summary, rows)
    return DONE


def _failure(row: dict[str, Any]) -> str:
    wrong = ", ".join(field for field, right in row["right"].items() if not right)
    return f"{row['document']}: {wrong}; read: {row['read']}"
