"""The promises on documents that nobody of this project wrote; skipped where the sets are not beside the checkout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.assistant import ask
from app.cases import countries_with_cases, summarise
from evaluation.answers import wrong_quotes
from evaluation.data_sets import read_questions, with_evidence
from evaluation.product import Product
from evaluation.retrieval import measure
from evaluation.significance import mean
from vectorstore.library import Library

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def human_rights(eval_sets: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Library]]:
    folder = eval_sets / "humanrights"
    library = Library(tmp_path_factory.mktemp("human-rights") / "library")
    assert Product(library).ingest(folder / "docs").problems == (), "every document of the set is ready"
    yield folder, library
    library.close()


def test_the_page_is_found(human_rights: tuple[Path, Library]) -> None:
    folder, library = human_rights
    outcomes = measure(Product(library), with_evidence(read_questions(folder)))
    assert mean([outcome.figures["hit@1"] for outcome in outcomes]) >= 0.73
    assert mean([outcome.figures["hit@5"] for outcome in outcomes]) >= 0.88
    assert not any(outcome.evidence_not_located for outcome in outcomes)


def test_every_quote_stands_verbatim_on_its_page(human_rights: tuple[Path, Library]) -> None:
    folder, library = human_rights
    answers = [ask(library, question.text) for question in read_questions(folder)]
    citations = [citation for answer in answers for citation in answer.citations]
    for country in countries_with_cases(library):
        citations += summarise(library, country).citations
    assert len(citations) > 300
    assert wrong_quotes(folder / "docs", citations) == []


def test_the_check_of_quotes_finds_a_wrong_page_and_a_changed_word(human_rights: tuple[Path, Library]) -> None:
    folder, library = human_rights
    citation = ask(library, "How many States were parties to the Optional Protocol to CEDAW?").citations[0]
    moved = replace(citation, page=citation.page + 1)
    changed = replace(citation, quote=citation.quote.replace("the", "a", 1))
    assert len(wrong_quotes(folder / "docs", [citation, moved, changed])) == 2


def test_the_announcement_is_ingested(eval_sets: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    added = library.add(eval_sets.parent / "seed" / "announcement.txt")
    assert (added.status, added.pages) == ("ready", 1)
    answer = ask(library, "Which countries do the working papers speak of?")
    assert all(sentence.text for sentence in answer.sentences)
    library.close()
