"""Where the outcome of a command goes: a table for people, a summary as JSON, outcomes as JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.progress import ProgressLine

DONE, FAILED = 0, 1


def questions_reporter(progress: ProgressLine, label: str) -> Callable[[int], None]:
    """Return what shows on the progress line how many questions were asked."""
    progress.start(1, label)
    return lambda done: progress.report("questions", done, 0)


def write_outcome(
    options: argparse.Namespace, table: str, summary: dict[str, Any], outcomes: Iterable[dict[str, Any]]
) -> None:
    """Print the table; with ``--json -`` on standard error, so that standard output is JSON alone."""
    as_json = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    print(table, file=sys.stderr if options.json == "-" else sys.stdout)
    if options.json == "-":
        sys.stdout.write(as_json)
    elif options.json:
        Path(options.json).write_text(as_json, encoding="utf-8")
    if options.out:
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in outcomes)
        options.out.write_text("".join(lines), encoding="utf-8")
