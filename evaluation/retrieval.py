"""Page hits of retrieval over a set, with the tutorial pipeline beside it on the same work."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from evaluation.data_sets import Question
from evaluation.metrics import Place, hit_at
from vectorstore.library import Library
from vectorstore.retriever import retrieve

Retrieve = Callable[[str, int], list[list[Place]]]
"""From a question and a number to the places of each result, best first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went."""

    id: str
    language: str
    hit_at_1: bool
    hit_at_5: bool
    seconds: float
    found: tuple[Place, ...]
    """The first page of each result."""


def fill_library(library: Library, folder: Path) -> list[str]:
    """Ingest the set's documents; return a line for every one that is not ready."""
    added = library.add_all(sorted((folder / "docs").iterdir()))
    return [f"{item.document}: {item.status}: {item.message}" for item in added if item.status != "ready"]


def product_retrieve(library: Library) -> Retrieve:
    """Return the product's retrieval."""
    documents = {document.id: document for document in library.catalogue.documents()}

    def search(question: str, count: int) -> list[list[Place]]:
        found = []
        for item in retrieve(library, question).best(count):
            document = documents[item.passage.document]
            pages = item.passage.pages if document.paged else [None]
            found.append([(document.name, page) for page in pages])
        return found

    return search


def baseline_retrieve(script: Path, folder: Path, work: Path) -> Retrieve:
    """Return the retrieval of a pipeline in ``script`` with ``build(docs, work)`` and ``retrieve(question, k)``."""
    module = _load(script)
    module.build(str(folder / "docs"), str(work))

    def search(question: str, count: int) -> list[list[Place]]:
        return [[(document, page)] for document, page, _ in module.retrieve(question, count)]

    return search


def _load(script: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("baseline", script)
    if specification is None or specification.loader is None:
        raise FileNotFoundError(f"{script} is no Python file.")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def run(search: Retrieve, questions: Sequence[Question]) -> list[Outcome]:
    """Ask every answerable question that has evidence, over all documents of the set together."""
    outcomes = []
    for question in questions:
        if not question.answerable or not question.evidence:
            continue
        gold = {(evidence.document, evidence.page) for evidence in question.evidence}
        started = time.perf_counter()
        found = search(question.text, 5)
        seconds = time.perf_counter() - started
        first = tuple(places[0] for places in found)
        outcomes.append(
            Outcome(question.id, question.language, hit_at(found, gold, 1), hit_at(found, gold, 5), seconds, first)
        )
    return outcomes
