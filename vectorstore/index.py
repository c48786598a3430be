"""The vector index in Chroma: passages with vector, text and metadata. It can be rebuilt from the catalogue.

Any Chroma or LangChain program can open the folder and search it with the embeddings of ``vectorstore.langchain``.
"""

from __future__ import annotations

import ctypes
import logging
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.messages import message
from vectorstore.chroma_scrub import scrub
from vectorstore.connection import disk_full, is_full
from vectorstore.errors import IndexDamaged, LibraryError
from vectorstore.private import private_files
from vectorstore.records import IndexEntry, Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLLECTION = "passages"
"""The collection's name, for programs that open the folder themselves."""
_HNSW = {"space": "cosine", "ef_construction": 150, "ef_search": 300}
"""``ef_search`` must be larger than the 200 passages that a question asks for."""
_M_PERTURB = -6
"""mallopt(3): fill memory when it is allocated and freed."""
_WRITTEN_AFTER, _WRITTEN_AT_ONCE = 1_000, 2
"""Changes after which Chroma writes its graph to the disk: its own number, and the smallest."""
_MAX_BATCH = 5_000
"""Chroma 1.5 refuses more than 5,461 at once."""


class VectorIndex:
    """A Chroma collection with cosine distance, in a folder or on a server."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Open the collection; it is created where there is none.

        Raises:
            LibraryError: the server at ``url`` does not answer.
            IndexDamaged: the folder cannot be read.
        """
        self._folder, self._url = folder, url
        self._client = self._connect()
        self._collection = self._open()

    def _connect(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        logging.getLogger("chromadb").setLevel(logging.ERROR)
        settings = Settings(anonymized_telemetry=False)
        if self._url:
            address = urlsplit(self._url if "//" in self._url else f"http://{self._url}")
            host, port = address.hostname or "127.0.0.1", address.port or 8000
            try:
                return chromadb.HttpClient(host, port, address.scheme == "https", settings=settings)
            except ValueError as error:
                raise LibraryError(
                    f"No Chroma server answers at {self._url}: start it, or unset WHRD_CHROMA_URL."
                ) from error
        with _damage_reported(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                return chromadb.PersistentClient(str(self._folder), settings=settings)
            except Exception:
                close_clients()  # Chroma keeps the half-opened folder, and stumbles over it at the next try
                raise

    def _open(self) -> Any:
        with _damage_reported(self._folder):
            collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}
            )
            if not self._url and _written_after(collection) == _WRITTEN_AT_ONCE:  # a process was killed in ``erase``
                _write_after(collection, _WRITTEN_AFTER)
            return collection

    def close(self) -> None:
        """Let go of the files: deleted ones take room as long as they are open."""
        self._client.close()

    # -- searching ---------------------------------------------------------------------------------------------

    def count(self) -> int:
        """Return the number of passages in the index."""
        with _damage_reported(self._folder):
            return int(self._collection.count())

    def nearest(self, vector: NDArray[np.float32], count: int, scope: Scope | None = None) -> list[int]:
        """Return the ids of the ``count`` nearest passages, nearest first; fewer where there are fewer.

        Args:
            vector: float32 [dimensions].
            count: How many.
            scope: Documents and countries to keep to, by Chroma's ``where``.

        Raises:
            IndexDamaged: the index cannot be read.
        """
        with _damage_reported(self._folder):
            found = self._collection.query(
                query_embeddings=[vector],
                n_results=count,
                include=[],
                where=where(scope) if scope else None,
            )
        return [int(number) for number in found["ids"][0]]

    # -- checking ----------------------------------------------------------------------------------------------

    def ids(self) -> set[int]:
        """Return the ids of everything in the index."""
        with _damage_reported(self._folder):
            return {int(number) for number in self._collection.get(include=[])["ids"]}

    def entries(self, ids: Sequence[int]) -> dict[int, IndexEntry]:
        """Return what the index holds of passages, by id."""
        import numpy as np

        found: dict[int, IndexEntry] = {}
        with _damage_reported(self._folder):
            for start in range(0, len(ids), _MAX_BATCH):
                part = self._collection.get(
                    [str(number) for number in ids[start : start + _MAX_BATCH]],
                    include=["embeddings", "documents", "metadatas"],
                )
                rows = zip(part["ids"], part["embeddings"], part["documents"], part["metadatas"], strict=True)
                for number, vector, text, metadata in rows:
                    found[int(number)] = IndexEntry(int(number), np.asarray(vector, np.float32), text, metadata or {})
        return found

    # -- writing -----------------------------------------------------------------------------------------------

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Add passages, in place of those that have the same ids."""
        import numpy as np

        with _blank_memory(), _damage_reported(self._folder, writes=True):
            for start in range(0, len(entries), _MAX_BATCH):
                part = entries[start : start + _MAX_BATCH]
                self._collection.upsert(
                    [str(entry.passage) for entry in part],
                    embeddings=np.stack([entry.vector for entry in part]),
                    documents=[entry.text for entry in part],
                    metadatas=[dict(entry.metadata) for entry in part],
                )

    def delete(self, ids: Sequence[int]) -> None:
        """Remove passages; unknown ids are ignored. ``erase`` also removes the bytes that are left of them."""
        with _blank_memory(), _damage_reported(self._folder, writes=True):
            for start in range(0, len(ids), _MAX_BATCH):
                self._collection.delete([str(number) for number in ids[start : start + _MAX_BATCH]])

    def erase(self, ids: Sequence[int]) -> None:
        """Remove passages, and what Chroma's own files keep of their texts and vectors; unknown ids are ignored.

        Chroma keeps a removed vector in its graph, marked, and in the log of changes that the graph has not taken in.
        So the vectors are overwritten first, and the graph is written at once, which empties the log.
        """
        known = sorted(self.ids().intersection(ids))
        if not known:
            return
        if self._url:
            self.delete(known)
            return
        with _damage_reported(self._folder, writes=True):
            size = len(self._collection.get([str(known[0])], include=["embeddings"])["embeddings"][0])
            _write_after(self._collection, _WRITTEN_AT_ONCE)
            self._client = self._reconnect()
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            nothing = _no_direction(size)
            for _ in range(2):  # one change alone would not be written
                self.add([IndexEntry(number, nothing, "", {"page": 0}) for number in known])
            self.delete(known)
            _write_after(self._collection, _WRITTEN_AFTER)
            self._client = self._reconnect()
            self._collection = self._open()
            scrub(self._folder)

    def _reconnect(self) -> Any:
        close_clients()  # Chroma reads the number when it opens a folder
        return self._connect()

    def clear(self) -> None:
        """Empty the index, its files too, damaged or not."""
        if self._url:
            self._client.delete_collection(COLLECTION)
        else:
            empty_folder(self._folder)
            self._client = self._connect()
        self._collection = self._open()


def empty_folder(folder: Path) -> None:
    """Delete an index's folder; nothing of this process has it open afterwards."""
    close_clients()
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def close_clients() -> None:
    """Forget the folders that Chroma has open: it keeps an index in memory, and misses what other processes write."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def where(scope: Scope) -> dict[str, Any]:
    """Return a scope, which names documents, countries or both, as Chroma's filter over the metadata."""
    clauses: list[dict[str, Any]] = []
    if scope.documents:
        clauses.append({"document_id": {"$in": list(scope.documents)}})
    if scope.countries:
        named: list[dict[str, Any]] = [{"countries": {"$contains": country}} for country in scope.countries]
        clauses.append({"$or": named} if len(named) > 1 else named[0])
    return {"$and": clauses} if len(clauses) > 1 else clauses[0]


def _written_after(collection: Any) -> int:
    with _own_vectors():
        return int((collection.configuration.get("hnsw") or {}).get("sync_threshold") or _WRITTEN_AFTER)


def _write_after(collection: Any, changes: int) -> None:
    with _own_vectors():
        collection.modify(configuration={"hnsw": {"sync_threshold": changes}})


@contextmanager
def _own_vectors() -> Iterator[None]:
    """Keep quiet that Chroma does not make the vectors itself, which it warns of whenever settings are read."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _no_direction(size: int) -> NDArray[np.float32]:
    """Return a vector of length 1 that says nothing, float32 [size]."""
    import numpy as np

    direction: NDArray[np.float32] = np.eye(1, size, dtype=np.float32)[0]
    return direction


@contextmanager
def _damage_reported(folder: Path, writes: bool = False) -> Iterator[None]:
    """Turn what Chroma raises over a folder that it cannot read, or write, into one line with the remedy.

    What it creates there meanwhile is the owner's alone.
    """
    from chromadb.errors import ChromaError

    try:
        with private_files():
            yield
    except (ChromaError, OSError) as error:
        reason = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        if "disk is full" in reason or "No space left" in reason or is_full(folder.parent):
            if writes:
                raise disk_full(folder.parent) from error
            raise IndexDamaged(
                message("The search index in {folder} cannot be opened: the disk is full.", folder=str(folder))
            ) from error
        raise IndexDamaged(
            message(
                "The search index in {folder} cannot be read ({reason}): run `whrd rebuild`.",
                folder=str(folder),
                reason=reason,
            )
        ) from error


@contextmanager
def _blank_memory() -> Iterator[None]:
    """Let the C library blank memory as it is allocated, where it can (glibc).

    Chroma 1.5 writes its graph with spare room, and that room holds whatever the process last had in memory: text
    of a report that is being removed, for instance.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library, or Windows
        yield
        return
    mallopt(_M_PERTURB, 1)
    try:
        yield
    finally:
        mallopt(_M_PERTURB, 0)
