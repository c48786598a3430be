"""The interface of what is measured: the product, the tutorial pipeline, or a script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evaluation.data_sets import Evidence
from evaluation.spans import CharacterSpan, Place

PRODUCT, BASELINE = "product", "baseline"
"""The names of the runs of the product and of the tutorial pipeline; a script's run bears its file name."""


@dataclass(frozen=True, slots=True)
class Result:
    """A passage that was found; two spans where it runs over a page break. Offsets are into the pipeline's own text."""

    spans: tuple[CharacterSpan, ...]
    text: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages that it is on."""
        return tuple(span.place for span in self.spans)


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was made searchable."""

    documents: int
    pages: int | None
    """Pages that were read now; a file without pages counts as one. None where the pipeline does not say."""
    problems: tuple[str, ...] = ()
    """A line for every file that is not searchable."""


class Pipeline(Protocol):
    """Something that finds passages in documents."""

    def ingest(self, documents: Path) -> Ingested:
        """Make every file of the folder searchable."""

    def search(self, question: str, count: int) -> list[Result]:
        """Return the best passages of all documents, best first."""

    def quotes(self, question: str) -> list[CharacterSpan] | None:
        """Return what an answer to the question quotes, in shared coordinates; None where it gives no answers."""

    def measure(self, result: Result) -> list[CharacterSpan]:
        """Return the characters of a result in shared coordinates (see ``evaluation.coordinates``)."""

    def locate(self, evidence: Evidence) -> CharacterSpan | None:
        """Return where evidence is in shared coordinates; None where the pipeline's text does not hold it."""

    def close(self) -> None:
        """Let go of files."""
