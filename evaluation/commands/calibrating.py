"""Choose how answers are refused, on open data."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from app.refusal.answerability import FILE
from evaluation.commands.output import DONE
from evaluation.commands.training import WRITTEN, written_files
from evaluation.errors import UsageError

_OPEN_SET = """DATA_FOLDER is that of `whrd-eval train`. FOLDER gets questions.jsonl and docs/, as every evaluation set
has them: thresholds are chosen on it, and reported on sets of reports.

examples:
  whrd-eval open-set data --out sets/open
  whrd-eval answers sets/open --every 5 --count 0
"""
_REPORTS_SET = """REPORTS_FOLDER holds the PDFs that the project's own questions are about, by the names that
evaluation/reports_asked_a.jsonl and reports_asked_b.jsonl give them. Nothing was chosen by these questions.

example:
  whrd-eval reports-set corpus/docs --out sets/reports
  whrd-eval answers sets/reports --count 0
"""
_CALIBRATE = """SET_FOLDER is one that `whrd-eval open-set` made. What is fitted is written to --file, which ships.

example:
  whrd-eval calibrate sets/open --falsely-refused 0.05
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the commands; ``command`` makes a parser of a name, a summary and notes."""
    make = command("open-set", "make an evaluation set of the open training data", _OPEN_SET)
    make.add_argument("data", type=Path, metavar="DATA_FOLDER")
    make.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder")
    asked = command("reports-set", "make a set of our own questions over public reports", _REPORTS_SET)
    asked.add_argument("reports", type=Path, metavar="REPORTS_FOLDER")
    asked.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder")
    fit = command("calibrate", "fit which questions are refused, on an open set", _CALIBRATE)
    fit.add_argument("folder", type=Path, metavar="SET_FOLDER")
    fit.add_argument("--falsely-refused", type=float, default=0.05, metavar="SHARE", help="of answerable ones (0.05)")
    fit.add_argument("--home", type=Path, metavar="FOLDER", help="keep the library there (default: a temporary folder)")
    fit.add_argument("--file", type=Path, default=FILE, metavar="FILE", help="default: the file that ships")


def open_set(options: argparse.Namespace, _work: Path) -> int:
    """Write the set."""
    from evaluation.open_set import write_open_set

    questions, passages = write_open_set(options.data, written_files(WRITTEN), options.out)
    print(f"{options.out}: {questions:,} questions, {passages:,} passages")
    return DONE


def reports_set(options: argparse.Namespace, _work: Path) -> int:
    """Write the set."""
    from evaluation.reports_set import write_reports_set

    print(f"{options.out}: questions over {write_reports_set(options.reports, options.out)} reports")
    return DONE


def calibrate(options: argparse.Namespace, work: Path) -> int:
    """Ask every question with every embedder, fit, and write what ships."""
    from evaluation.calibration import fit, measure_all
    from evaluation.product import open_product
    from vectorstore.embeddings import E5, MINILM

    if not (options.folder / "questions.jsonl").is_file():
        raise UsageError(f"{options.folder} is no set: make one with `whrd-eval open-set`.")
    fitted, most_read, reader = [], 0.0, ""
    for name in (E5, MINILM):
        product = open_product((options.home or work) / name, name)
        for line in product.ingest(options.folder / "docs").problems:
            print(line, file=sys.stderr)
        if product.library.reader is None:
            raise UsageError("There is no reader to calibrate: run `whrd setup` first.")
        reader = product.library.reader.name
        rows = measure_all(product.library, options.folder)
        most_read = max(most_read, *(row.signals["read"] for row in rows))
        for model in fit(rows, name, options.falsely_refused):
            print(json.dumps(model), flush=True)
            fitted.append(model)
        product.close()
    data = {"reader": reader, "most_read": round(most_read, 1), "models": fitted}
    options.file.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    print(f"{options.file}: fitted on {len(rows):,} questions for {len(fitted) // 2} sets of signals")
    return DONE
