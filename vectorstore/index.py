"""The vector index in Chroma: passage ids and vectors, nothing else. It can be made anew from the catalogue."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vectorstore.errors import LibraryError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLECTION = "passages"
_M_PERTURB = -6
"""mallopt(3): fill memory when it is allocated and freed."""
_MAX_BATCH = 5_000
"""Chroma 1.5 refuses more than 5,461 at once."""


@contextmanager
def _blank_memory() -> Iterator[None]:
    """Let the C library blank what it allocates meanwhile, where it can (glibc).

    Chroma 1.5 writes its graph with room to spare, and that room holds whatever the process last had in memory: text
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


class VectorIndex:
    """A Chroma collection with cosine distance, in a folder or at a server's address."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Open or make the collection.

        Raises:
            LibraryError: the server at ``url`` does not answer.
        """
        import chromadb
        from chromadb.config import Settings

        logging.getLogger("chromadb").setLevel(logging.ERROR)
        settings = Settings(anonymized_telemetry=False)
        if url:
            address = urlsplit(url if "//" in url else f"http://{url}")
            try:
                self._client = chromadb.HttpClient(
                    address.hostname or "127.0.0.1", address.port or 8000, address.scheme == "https", settings=settings
                )
            except ValueError as error:
                raise LibraryError(f"No Chroma server answers at {url}: start it, or unset WHRD_CHROMA_URL.") from error
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(str(folder), settings=settings)
        self._collection = self._open()

    def _open(self) -> Any:
        return self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def add(self, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        """Add or overwrite vectors by id."""
        import numpy as np

        ids = list(vectors)
        with _blank_memory():
            for start in range(0, len(ids), _MAX_BATCH):
                part = ids[start : start + _MAX_BATCH]
                rows = np.stack([vectors[number] for number in part])
                self._collection.upsert([str(number) for number in part], embeddings=rows)

    def delete(self, ids: Sequence[int]) -> None:
        """Remove vectors; unknown ids are ignored."""
        with _blank_memory():
            for start in range(0, len(ids), _MAX_BATCH):
                self._collection.delete([str(number) for number in ids[start : start + _MAX_BATCH]])

    def ids(self) -> set[int]:
        """Return the ids of everything in the index."""
        return {int(number) for number in self._collection.get(include=[])["ids"]}

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[int]:
        """Return the ids of the ``count`` nearest vectors, nearest first; of fewer where there are fewer."""
        found = self._collection.query(query_embeddings=[vector], n_results=count, include=[])
        return [int(number) for number in found["ids"][0]]

    def vectors(self, ids: Sequence[int]) -> dict[int, NDArray[np.float32]]:
        """Return vectors by id."""
        import numpy as np

        found: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(ids), _MAX_BATCH):
            part = self._collection.get([str(n) for n in ids[start : start + _MAX_BATCH]], include=["embeddings"])
            for number, vector in zip(part["ids"], part["embeddings"], strict=True):
                found[int(number)] = np.asarray(vector, dtype=np.float32)
        return found

    def clear(self) -> None:
        """Empty the index, its files too."""
        self._client.delete_collection(_COLLECTION)
        self._collection = self._open()
