"""The product is measured by what its commands show."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from app.assistant import ask
from app.commands.questions import search
from app.settings import Settings
from evaluation.data_sets import Evidence, comparable
from evaluation.product import Product
from evaluation.spans import size
from ingest.documents import Status
from vectorstore.library import Library

QUESTION = "What happened on 8 March 2020 in Bishkek?"
SAID = "The well was closed in May.  Nobody – not even the mayor – was told why.\n"


@pytest.fixture
def with_text(own_library: Library, tmp_path: Path) -> Product:
    """The sample report and a text."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "well.txt").write_text("A village, and its well.\n\n" + SAID, encoding="utf-8")
    (folder / "empty.txt").write_text(" ", encoding="utf-8")
    product = Product(own_library)
    ingested = product.ingest(folder)
    assert (ingested.documents, ingested.pages) == (2, 1)
    assert [line.split(":")[0] for line in ingested.problems] == ["empty.txt"]
    return product


def test_its_passages_are_those_of_the_command(sample_library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    options = argparse.Namespace(batch=None, question=QUESTION, k=5, json=True, document=[], country=[])
    search(options, Settings(home=sample_library.home))
    shown = json.loads(capsys.readouterr().out)["results"]
    results = Product(sample_library).search(QUESTION, 10)[:5]
    assert [result.text for result in results] == [item["text"] for item in shown]
    assert [list(result.places) for result in results] == [
        [(item["document"], page) for page in item["pages"]] for item in shown
    ]


def test_a_passage_of_a_pdf_covers_its_letters(sample_library: Library) -> None:
    product = Product(sample_library)
    results = product.search(QUESTION, 10)
    assert results
    for result in results:
        assert size(product.measure(result)) == len(comparable(result.text))


def test_quotes_of_a_pdf_cover_their_letters(sample_library: Library) -> None:
    product = Product(sample_library)
    answer = ask(sample_library, QUESTION)
    assert size(product.quotes(QUESTION)) == sum(len(comparable(citation.quote)) for citation in answer.citations) > 0
    (best,) = (citation for citation in answer.citations if citation.number == answer.best)
    evidence = Evidence(best.document, best.page, best.quote, 0, 0)
    assert product.locate(evidence) == product.cited(answer)[0]


def test_a_text_file_is_measured_in_its_own_characters(with_text: Product, tmp_path: Path) -> None:
    whole = (tmp_path / "texts" / "well.txt").read_text(encoding="utf-8")
    result = with_text.search("When was the well closed?", 1)[0]
    assert result.places == (("well.txt", None),)
    (span,) = with_text.measure(result)
    assert whole[span.start : span.end].split() == result.text.split()


def test_the_same_files_are_not_counted_again(with_text: Product, tmp_path: Path) -> None:
    (tmp_path / "texts" / "empty.txt").unlink()
    again = with_text.ingest(tmp_path / "texts")
    assert (again.documents, again.pages, again.problems) == (0, 0, ())
    assert all(document.status is Status.READY for document in with_text.library.catalogue.documents(Status.READY))
