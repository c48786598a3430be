"""A pipeline in a Python file, as it is measured.

The file has two functions::

    build(docs_dir: str, persist_dir: str, stats: dict) -> anything   # index the folder; stats["pages"]: pages read
    retrieve_full(question: str, k: int) -> list[(document, page, text, start, end, score)]   # best first

``document`` is the file's name, ``page`` 1-based, or None for a text file; ``start`` and ``end`` are the offsets of
``text`` in that file, or None where they are not known. Offsets in PDFs are not used: the text is looked for on the
page.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from evaluation.coordinates import Coordinates
from evaluation.data_sets import Evidence
from evaluation.errors import UsageError
from evaluation.originals import original_text
from evaluation.pipeline import Ingested, Result
from evaluation.spans import CharacterSpan


def load_script(path: Path) -> ModuleType:
    """Return the module that the file makes.

    Raises:
        UsageError: it is no Python file, lacks one of the functions, or a package that it needs is not installed.
    """
    specification = importlib.util.spec_from_file_location(path.stem, path)
    if specification is None or specification.loader is None or not path.is_file():
        raise UsageError(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(specification)
    try:
        specification.loader.exec_module(module)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{path.name} needs the package {error.name}: pip install --require-hashes -r requirements/eval.txt brings"
            " those of the baseline."
        ) from error
    for name in ("build", "retrieve_full"):
        if not callable(getattr(module, name, None)):
            raise UsageError(f"{path.name} has no function {name}: see `whrd-eval retrieval --help`.")
    return module


class ScriptPipeline:
    """See ``evaluation.pipeline.Pipeline``."""

    def __init__(self, module: ModuleType, documents: Path, work: Path) -> None:
        self._module = module
        self._documents = documents
        self._work = work
        self._coordinates = Coordinates(self._original)

    def ingest(self, documents: Path) -> Ingested:
        """Let the script index the folder."""
        stats: dict[str, Any] = {}
        self._module.build(str(documents), str(self._work), stats=stats)
        return Ingested(len(list(documents.iterdir())), stats.get("pages"))

    def search(self, question: str, count: int) -> list[Result]:
        """Return what the script finds."""
        return [
            Result((CharacterSpan(document, page, start or 0, end or 0),), text)
            for document, page, text, start, end, _ in self._module.retrieve_full(question, count)
        ]

    def quotes(self, question: str) -> None:
        """A script gives no answers."""
        return None

    def measure(self, result: Result) -> list[CharacterSpan]:
        """Return where the text of a result is in the original; nowhere where it cannot be found."""
        (span,) = result.spans
        if span.page is not None:
            found = self._coordinates.find(span.document, span.page, result.text)
            return [found] if found else []
        whole = self._original(span.document, None)
        start = span.start if whole[span.start : span.end] == result.text else whole.find(result.text)
        return [CharacterSpan(*span.place, start, start + len(result.text))] if start >= 0 else []

    def locate(self, evidence: Evidence) -> CharacterSpan | None:
        """See ``Pipeline``."""
        return self._coordinates.locate(evidence)

    def close(self) -> None:
        """Nothing is held open."""

    def _original(self, document: str, page: int | None) -> str:
        return original_text(self._documents / document, page)
