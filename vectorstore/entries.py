"""What the vector index holds of a document, made from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.catalogue_reader import CatalogueReader
from vectorstore.records import DocumentRecord, IndexEntry, StoredPassage


def entries_of(catalogue: CatalogueReader, document_id: str) -> list[IndexEntry]:
    """Return what the index is to hold of a document: its passages that have a vector, in reading order."""
    document = catalogue.document(document_id)
    if document is None:
        return []
    vectors = catalogue.vectors.passages_of(document_id)
    labels = catalogue.page_labels(document_id)
    countries = catalogue.countries_of(vectors)
    return [
        IndexEntry(
            passage.id,
            vectors[passage.id],
            passage.text,
            passage_metadata(document, passage, labels.get(passage.page, ""), countries.get(passage.id, [])),
        )
        for passage in catalogue.passages_of(document_id)
        if passage.id in vectors
    ]


def passage_metadata(
    document: DocumentRecord, passage: StoredPassage, label: str, countries: Sequence[str]
) -> dict[str, str | int | list[int] | list[str]]:
    """Return what the index says of a passage; ``label`` is its first page's printed number, countries are alpha-2."""
    metadata: dict[str, str | int | list[int] | list[str]] = {
        "document_id": document.id,
        "source": document.name,
        "title": document.title,
        "page": passage.page,
        "pages": passage.pages,
        "label": label,
        "section": passage.section,
        "language": document.language,
    }
    return metadata | ({"countries": list(countries)} if countries else {})  # Chroma takes no empty list
