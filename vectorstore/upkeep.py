"""Agreement of catalogue, index and files: checked, rebuilt, and recovered after a killed process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.documents import Status
from ingest.load import sha256_of
from ingest.messages import message
from vectorstore.derived import drop_derived
from vectorstore.errors import IndexDamaged
from vectorstore.filling import fill_index
from vectorstore.nearest import nearest_of
from vectorstore.records import Scope
from vectorstore.restoring import unknown_message, unknown_originals
from vectorstore.stores import REBUILD, REMOVAL, Stores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FULL_TEXT_ONLY = message(
    "found by its words only, not yet by meaning: the next `whrd ingest` or `whrd rebuild` completes it"
)
"""What is said of a document whose vectors are missing."""
_SAME = 1e-4
"""Largest difference of a stored and an indexed number that counts as none."""
_PROBES = 20
"""Sentences whose nearest passages are compared with the index's."""
NEAREST = 200
"""Nearest passages of each: as many as a question asks the index for."""
_ENOUGH = 0.9
"""Share of the exact nearest that the index must find."""


@dataclass(frozen=True, slots=True)
class Recall:
    """How many of the exact nearest passages the index finds."""

    found: float
    """Of ``nearest``, on average over the probes."""
    nearest: int
    """200, or as many as there are."""
    probes: int


def find_problems(stores: Stores) -> list[str]:
    """Return every disagreement of catalogue, index and files, a line each; none when all is well."""
    catalogue = stores.catalogue
    problems = catalogue.check()
    problems += [
        f"work on document {name.removeprefix(REMOVAL)[:12]} was interrupted: the next `whrd ingest` mends it"
        for name in catalogue.pending()
    ]
    problems += incomplete(stores)
    for document in catalogue.documents(Status.READY):
        file = stores.file_of(document.id)
        if not file.is_file():
            problems.append(f"the file of {document.name} is missing")
        elif sha256_of(file) != document.id:
            problems.append(f"the file of {document.name} was changed")
    unknown = unknown_originals(stores)
    if unknown:
        problems.append(str(unknown_message(len(unknown))))
    try:
        # Chroma cannot open a folder that it cannot write to; questions do without it.
        problems += [] if stores.read_only else _index_problems(stores)
    except IndexDamaged as error:
        problems.append(str(error))
    return problems


def incomplete(stores: Stores) -> list[str]:
    """Return a line for each document that full text alone finds so far; nothing is wrong with it."""
    return [f"{document.name}: {FULL_TEXT_ONLY}" for document in stores.catalogue.unembedded()]


def _index_problems(stores: Stores) -> list[str]:
    if stores.has_old_index():
        return ["the search index was written by an earlier version: run `whrd rebuild`"]
    problems, index = [], stores.index
    stored, indexed = stores.catalogue.vectors.passage_ids(), index.ids()
    if stored - indexed:
        problems.append(f"{len(stored - indexed)} passages are missing in the vector index")
    if indexed - stored:
        problems.append(f"{len(indexed - stored)} vectors in the index belong to no document")
    for document in stores.catalogue.documents(Status.READY):
        wrong = _wrong_entries(stores, document.id)
        if wrong:
            problems.append(f"{wrong} passages of {document.name} differ between catalogue and index")
    recall = index_recall(stores)
    if not problems and recall is not None and recall.found < _ENOUGH * recall.nearest:
        problems.append(f"the index finds only {recall.found:.0f} of the exact nearest {recall.nearest} passages")
    return problems


def _wrong_entries(stores: Stores, document_id: str) -> int:
    stored = stores.entries_of(document_id)
    indexed = stores.index.entries([entry.passage for entry in stored])
    return sum(
        entry.passage in indexed
        and (
            bool(abs(indexed[entry.passage].vector - entry.vector).max() > _SAME)
            or indexed[entry.passage].text != entry.text
            or indexed[entry.passage].metadata != entry.metadata
        )
        for entry in stored
    )


def index_recall(stores: Stores) -> Recall | None:
    """Return how many of the exact nearest passages the index finds; None where there are none, or it cannot be opened.

    Raises:
        IndexDamaged: the index cannot be read.
    """
    if stores.read_only:
        return None
    probes = _probes(stores)
    if not len(probes):
        return None
    vectors = stores.catalogue.scope_vectors(Scope())  # read once for all probes
    nearest, index = min(NEAREST, len(vectors[0])), stores.index
    found = [len(set(index.nearest(probe, nearest)) & set(nearest_of(*vectors, probe, nearest))) for probe in probes]
    return Recall(sum(found) / len(found), nearest, len(found))


def _probes(stores: Stores) -> NDArray[np.float32]:
    """Return the vectors of some sentences, from all over the library."""
    passages = sorted(stores.catalogue.vectors.passage_ids())
    vectors = stores.catalogue.sentence_vectors(passages[:: max(1, len(passages) // _PROBES)])[1]
    return vectors[:: max(1, len(vectors) // _PROBES)][:_PROBES]


def recover(stores: Stores) -> None:
    """Undo what a killed process left, or finish it: a rebuild begins again, a document is gone or whole.

    A document without vectors is complete for full text; it stays, and the next ingest completes it. No original is
    deleted here because the catalogue does not know it: the catalogue may be a new one, or an older copy of it.
    """
    catalogue = stores.catalogue
    pending = catalogue.pending()
    for name in pending:
        if name.startswith(REMOVAL) and catalogue.document(name.removeprefix(REMOVAL)) is None:
            stores.originals.remove(name.removeprefix(REMOVAL))  # somebody has said so
            drop_derived(stores.home, name.removeprefix(REMOVAL))
    if REBUILD in pending or _needs_filling(stores):
        fill_index(stores, lambda stage, done, total: None)
    else:
        index, stored = stores.index, catalogue.vectors.passage_ids()
        index.erase(sorted(index.ids() - stored))
        for name in pending:
            index.add(stores.entries_of(name))
    stores.note_index_change()
    for name in pending:
        catalogue.finish(name)
    catalogue.compact()


def settle_files(stores: Stores) -> None:
    """Clear up among the files what a killed process left, and note names that an earlier version did not note."""
    ready = {document.id: document for document in stores.catalogue.documents(Status.READY)}
    stores.originals.settle({number: document.file_type for number, document in ready.items()})
    for number in stores.originals.unnamed() & ready.keys():
        stores.note_name(number)


def _needs_filling(stores: Stores) -> bool:
    """Return whether the index is damaged, incomplete or an earlier version's."""
    try:
        missing = stores.catalogue.vectors.passage_ids() - stores.index.ids()
    except IndexDamaged:
        return True
    pending = {passage for name in stores.catalogue.pending() for passage in stores.catalogue.vectors.passages_of(name)}
    return stores.has_old_index() or bool(missing - pending)
