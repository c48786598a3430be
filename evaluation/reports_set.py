"""An evaluation set of questions over public reports that nothing here was chosen by: figures are reported on it.

The questions are the project's (``reports_asked_*.jsonl``, with page and words of the evidence); the reports belong to
their publishers and lie elsewhere.
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from evaluation.data_sets import new_set, read_rows, write_questions
from evaluation.errors import UsageError

_QUESTIONS = ("reports_asked_a.jsonl", "reports_asked_b.jsonl")


def write_reports_set(reports: Path, out: Path) -> int:
    """Write the set into ``out``, with those of the PDFs in ``reports`` that are asked about; return their number.

    Raises:
        UsageError: a report is missing, or ``out`` holds something already.
    """
    texts = (files("evaluation").joinpath(name).read_text(encoding="utf-8") for name in _QUESTIONS)
    rows = [row for text in texts for row in read_rows(text)]
    names = sorted({name for row in rows for name in row["docs"]})
    if missing := [name for name in names if not (reports / name).is_file()]:
        raise UsageError(f"{reports} lacks {', '.join(missing)}: fetch the reports that the questions are about.")
    docs = new_set(out)
    for name in names:
        shutil.copyfile(reports / name, docs / name)
    for row in rows:
        # Characters are looked up by their words when the set is read against the page.
        row["evidence"] = [{"start": 0, "end": len(piece["text"]), **piece} for piece in row["evidence"]]
    write_questions(out, rows)
    return len(names)
