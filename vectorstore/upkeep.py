"""Agreement of catalogue, index and files: found out, mended, and restored after a killed process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.documents import Status
from ingest.load import sha256_of
from ingest.messages import message

if TYPE_CHECKING:
    from vectorstore.adding import Progress
    from vectorstore.library import Library

REBUILD = "rebuild"
"""Stands for a document's id among the work under way."""
FULL_TEXT_ONLY = message(
    "found by its words only, not yet by meaning: the next `whrd ingest` or `whrd rebuild` completes it"
)
"""What is said of a document whose vectors are not in."""
_SAME = 1e-4
"""Largest difference of a stored and an indexed number that counts as none."""


def find_problems(library: Library) -> list[str]:
    """Return every disagreement of catalogue, index and files, a line each; none when all is well."""
    catalogue, index = library.catalogue, library.index
    problems = catalogue.check()
    problems += [f"work on document {name[:12]} was cut off" for name in catalogue.pending()]
    problems += [f"{document.name}: {FULL_TEXT_ONLY}" for document in catalogue.unembedded()]
    stored, indexed = catalogue.vectors.passage_ids(), index.ids()
    if stored - indexed:
        problems.append(f"{len(stored - indexed)} passages are missing in the vector index")
    if indexed - stored:
        problems.append(f"{len(indexed - stored)} vectors in the index belong to no document")
    for document in catalogue.documents(Status.READY):
        file = library.file_of(document.id)
        if not file.is_file():
            problems.append(f"the file of {document.name} is missing")
        elif sha256_of(file) != document.id:
            problems.append(f"the file of {document.name} was changed")
        wrong = _wrong_vectors(library, document.id)
        if wrong:
            problems.append(f"{wrong} vectors of {document.name} differ between catalogue and index")
    if library.has_other_embedder():
        problems.append(str(library.embedder_message()))
    return problems


def _wrong_vectors(library: Library, document_id: str) -> int:
    stored = library.catalogue.vectors.passages_of(document_id)
    indexed = library.index.vectors(list(stored))
    return sum(
        number in indexed and bool(abs(indexed[number] - vector).max() > _SAME) for number, vector in stored.items()
    )


def fill_index(library: Library, report: Progress) -> None:
    """Empty the index and fill it from the catalogue."""
    documents = library.catalogue.documents(Status.READY)
    library.index.clear()
    for done, document in enumerate(documents, start=1):
        library.index.add(library.catalogue.vectors.passages_of(document.id))
        report("rebuilding", done, len(documents))


def recover(library: Library) -> None:
    """Undo what a killed process left, or finish it: a rebuild begins again, a document is gone or whole.

    A document whose vectors are not in is whole for full text; it stays, and whoever adds next completes it.
    """
    catalogue, index = library.catalogue, library.index
    pending = catalogue.pending()
    if REBUILD in pending:
        fill_index(library, lambda stage, done, total: None)
    else:
        stored, indexed = catalogue.vectors.passage_ids(), index.ids()
        index.delete(sorted(indexed - stored))
        index.add(catalogue.vectors.passages(sorted(stored - indexed)))
    known = {document.id for document in catalogue.documents(Status.READY)}
    for file in (library.home / "files").glob("*"):
        if file.name.split(".")[0] not in known or file.suffix == ".partial":
            file.unlink()
    catalogue.note_index_change()
    for name in pending:
        catalogue.finish(name)
    catalogue.compact()
