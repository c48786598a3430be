"""What a person sets right about a document is kept."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from ingest.documents import READER_VERSION, PageUnit
from ingest.load import load
from ingest.passages import split_passages
from vectorstore.adding import READY
from vectorstore.errors import UnknownDocument
from vectorstore.library import Library
from vectorstore.records import Details, dated

OWN = Details(
    "Standing Their Ground", "Insights contributors", "2026", "A/HRC/1/2", "Insights", "2026-11", "Reeds v. Council"
)
PUBLISHED = ("publisher", "date", "court_case")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "report.txt").write_text("A/HRC/40/60\n\nThe marchers were released in May.\n", encoding="utf-8")
    library = Library(tmp_path / "library", WordEmbedder())
    library.add(tmp_path / "report.txt")
    return library


def test_a_symbol_is_read_and_all_details_can_be_set(library: Library) -> None:
    (document,) = library.catalogue.documents()
    assert (document.symbol, document.edited) == ("A/HRC/40/60", False)
    assert (document.unit, document.reader) == (PageUnit.NONE, READER_VERSION)
    library.describe(document.id, OWN)
    (document,) = library.catalogue.documents()
    assert document.details == OWN
    assert document.edited
    assert library.cards().headed("standing") == {document.id}, "a question may name it by its new title"
    library.close()


def test_reading_the_file_anew_keeps_what_was_set(library: Library, tmp_path: Path) -> None:
    (document,) = library.catalogue.documents()
    library.describe(document.id, OWN)
    with library.writing():
        again = load(tmp_path / "report.txt")
        copy = library.stores.originals.copy(tmp_path / "report.txt", "report.txt")
        library.stores.store_document(copy, again, split_passages(again), READY)
    assert library.catalogue.documents()[0].details == OWN
    library.close()


def test_what_is_gone_cannot_be_described(library: Library) -> None:
    with pytest.raises(UnknownDocument, match="no longer in the library"):
        library.describe("0" * 64, OWN)
    library.close()


def test_a_library_of_the_schema_before_is_brought_up_to_date(library: Library) -> None:
    library.close()
    file = library.home / "catalogue.sqlite"
    with sqlite3.connect(file) as connection:
        for column in ("symbol", "edited", "unit", "reader", *PUBLISHED):
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        connection.execute("ALTER TABLE documents ADD COLUMN paged INTEGER NOT NULL DEFAULT 1")
        for column in ("header", "whole"):
            connection.execute(f"ALTER TABLE sentences DROP COLUMN {column}")
        connection.execute("DROP TABLE sources")
        connection.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
    connection.close()
    again = Library(library.home, WordEmbedder())
    (document,) = again.catalogue.documents()
    assert (document.symbol, document.edited) == ("A/HRC/40/60", False)
    assert (document.unit, document.reader) == (PageUnit.PAGE, 0)
    assert again.verify() == []
    again.close()


def test_a_library_without_publishers_is_brought_up_to_date_and_keeps_what_was_set(library: Library) -> None:
    (document,) = library.catalogue.documents()
    library.describe(document.id, OWN)
    library.close()
    with sqlite3.connect(library.home / "catalogue.sqlite") as connection:
        for column in PUBLISHED:
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        connection.execute("UPDATE meta SET value = '4' WHERE key = 'schema'")
    connection.close()
    again = Library(library.home, WordEmbedder())
    (document,) = again.catalogue.documents()
    assert document.details == replace(OWN, publisher="", date="", case="")
    again.describe(document.id, OWN)
    assert again.catalogue.documents()[0].details == OWN
    again.close()


@pytest.mark.parametrize(
    ("typed", "year", "date"),
    [("2025-04-07", "2025", "2025-04-07"), ("2025", "2025", "2025"), ("spring 2025", "spring 2025", ""), ("", "", "")],
)
def test_year_and_date_agree(typed: str, year: str, date: str) -> None:
    details = dated(replace(OWN, year=typed, date=typed))
    assert (details.year, details.date) == (year, date)
