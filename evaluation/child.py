"""Measure one pipeline in this process: ``python -m evaluation.child REQUEST_AS_JSON``, started by ``evaluation.runs``.

A process of its own, so that CPU seconds and memory are this pipeline's alone. The report goes as JSON into the file
that the request names: what the pipelines themselves print cannot get between.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from app.errors import AppError
from evaluation.data_sets import Question, read_questions, with_evidence
from evaluation.errors import EvaluationError
from evaluation.meter import cpu_seconds, peak_memory_mb
from evaluation.pipeline import BASELINE, PRODUCT, Pipeline
from evaluation.retrieval import measure
from evaluation.runs import IngestCost, RunReport, RunRequest
from vectorstore.errors import LibraryError


def run(request: RunRequest) -> RunReport:
    """Open the pipeline, ingest, ask.

    The clock of the ingest runs from the start of this process's work until the last file is searchable: loading
    libraries and the language model is part of it.
    """
    folder = Path(request.folder)
    started = time.perf_counter()
    pipeline = open_pipeline(request.name, folder / "docs", Path(request.work), request.embedder, request.reader)
    _say(f"{request.label}: reading and indexing")
    ingested = pipeline.ingest(folder / "docs")
    cost = IngestCost(time.perf_counter() - started, cpu_seconds())
    for line in ingested.problems:
        _say(f"{request.label}: {line}")
    questions = with_evidence(read_questions(folder))
    outcomes = measure(pipeline, _counted(request.label, questions))
    pipeline.close()
    return RunReport(request.label, outcomes, ingested, cost, peak_memory_mb())


def open_pipeline(name: str, documents: Path, work: Path, embedder: str = "", reader: str = "") -> Pipeline:
    """Return the pipeline of the run ``name``.

    Args:
        name: "product", "baseline", or the path of a script.
        documents: The folder of the original files.
        work: A folder for what it stores.
        embedder: The product's (see ``vectorstore.embeddings.open_embedder``).
        reader: The product's reader (see ``reader.opening.open_reader``).

    Raises:
        EvaluationError: the script, or a package that it needs, is missing.
    """
    if name == PRODUCT:
        from evaluation.product import open_product

        return open_product(work, embedder, reader)
    from evaluation.script import ScriptPipeline, load_script

    script = Path(__file__).with_name("tutorial.py") if name == BASELINE else Path(name)
    return ScriptPipeline(load_script(script), documents, work)


def _counted(label: str, questions: Sequence[Question]) -> Iterator[Question]:
    """Yield the questions; on a terminal, a line on standard error follows them."""
    from tqdm import tqdm

    _say(f"{label}: asking {len(questions)} questions")
    yield from tqdm(questions, desc=label, leave=False, disable=not sys.stderr.isatty())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Do what the request says."""
    request = RunRequest(**json.loads(sys.argv[1]))
    try:
        report = run(request)
    except (EvaluationError, AppError, LibraryError) as error:
        _say(f"{request.label}: {error}")
        return 1
    Path(request.report).write_text(json.dumps(asdict(report), ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
