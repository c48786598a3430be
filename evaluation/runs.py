"""Start each pipeline in a process of its own and take its report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evaluation.errors import RunFailed, UsageError
from evaluation.pipeline import BASELINE, PRODUCT, Ingested
from evaluation.retrieval import Outcome
from evaluation.spans import Place

_BASELINE_NEEDS = ("langchain_chroma", "langchain_huggingface", "langchain_text_splitters")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a child is to measure; paths as text, for it travels as JSON."""

    name: str
    """Of the pipeline, see ``evaluation.child.open_pipeline``."""
    label: str
    """Of the run."""
    folder: str
    """The evaluation set."""
    work: str
    """Where the pipeline keeps its index."""
    report: str
    """The file for the report."""
    embedder: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True)
class IngestCost:
    """What the ingest took, loading libraries and models included."""

    wall_seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a child measured."""

    label: str
    outcomes: list[Outcome]
    ingested: Ingested
    cost: IngestCost
    peak_memory_mb: float
    """10^6 bytes."""


def check_names(names: Sequence[str]) -> list[str]:
    """Return the labels of the runs, before anything is measured.

    Raises:
        UsageError: a script or a package is missing, or two runs would have one label, or this is Windows.
    """
    if sys.platform == "win32":
        raise UsageError("CPU seconds and memory can be measured on Linux and macOS only.")
    for name in names:
        if name == BASELINE and not all(map(find_spec, _BASELINE_NEEDS)):
            raise UsageError("The baseline needs more packages: pip install --require-hashes -r requirements/eval.txt")
        if name not in (PRODUCT, BASELINE) and not Path(name).is_file():
            raise UsageError(f"--compare {name}: give {BASELINE}, or the path of a Python file.")
    labels = [name if name in (PRODUCT, BASELINE) else Path(name).name for name in names]
    if len(set(labels)) < len(labels):
        raise UsageError("Two pipelines to compare have the same file name: rename one of them.")
    return labels


def run_in_child(request: RunRequest) -> RunReport:
    """Measure in a process of its own; what it prints goes to standard error.

    Raises:
        RunFailed: it broke.
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
    if not sys.stderr.isatty():
        environment["TQDM_DISABLE"] = "1"  # foreign progress bars
    command = [sys.executable, "-P", "-m", "evaluation.child", json.dumps(asdict(request))]
    status = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=2, env=environment).returncode
    if status:
        raise RunFailed(f"{request.label} ended with status {status} and was not measured: the reason is above.")
    return read_report(json.loads(Path(request.report).read_text(encoding="utf-8")))


def read_report(row: dict[str, Any]) -> RunReport:
    """Return a report from its JSON."""
    outcomes = [
        Outcome(**{**each, "gold": _places(each["gold"]), "pages": tuple(map(_places, each["pages"]))})
        for each in row["outcomes"]
    ]
    ingested = Ingested(**{**row["ingested"], "problems": tuple(row["ingested"]["problems"])})
    return RunReport(row["label"], outcomes, ingested, IngestCost(**row["cost"]), row["peak_memory_mb"])


def _places(rows: list[list[Any]]) -> tuple[Place, ...]:
    return tuple((document, page) for document, page in rows)
