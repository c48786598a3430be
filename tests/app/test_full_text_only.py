"""A report whose vectors are not in yet: answered from by its words, and said so wherever it is listed."""

from __future__ import annotations

import json

import pytest

from app import cli
from app.answers import AnswerStatus
from app.assistant import ask
from app.refusal.evidence import Evidence, find_evidence
from vectorstore.library import Library
from vectorstore.retriever import retrieve
from vectorstore.upkeep import FULL_TEXT_ONLY

QUESTION = "Who attacked the women’s march in Bishkek?"


@pytest.fixture
def full_text_only(own_library: Library) -> Library:
    """The sample report as a process killed while it embedded would leave it."""
    with own_library.catalogue.transaction():
        own_library.catalogue.vectors.forget()
    own_library.index.clear()
    return own_library


@pytest.mark.parametrize("question", [QUESTION, "Кто напал на женский марш в Bishkek?"])
def test_missing_vectors_alone_make_nothing_not_found(full_text_only: Library, question: str) -> None:
    found = find_evidence(full_text_only, question)
    assert {scored.cosine for scored in found.retrieval.passages} == {0.0}
    assert found.evidence is not Evidence.NONE
    assert ask(full_text_only, question).status is not AnswerStatus.NOT_FOUND


def test_the_passage_is_found_by_its_words(full_text_only: Library) -> None:
    found = retrieve(full_text_only, QUESTION)
    assert any("masked men attacked the women’s march" in scored.passage.text for scored in found.passages[:3])
    assert "masked men attacked" in found.sentences[0].sentence.text


def test_what_shares_no_word_with_the_reports_is_still_not_found(full_text_only: Library) -> None:
    assert ask(full_text_only, "Quokka zyzzyva?").status is AnswerStatus.NOT_FOUND


def test_documents_and_verify_say_so_with_the_remedy_and_rebuild_mends(
    full_text_only: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(full_text_only.home))
    full_text_only.close()
    assert cli.main(["documents"]) == 0
    line = capsys.readouterr().out
    assert str(FULL_TEXT_ONLY) in line
    assert "whrd rebuild" in line
    assert cli.main(["documents", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["embedded"] is False
    assert cli.main(["verify"]) == 1
    assert str(FULL_TEXT_ONLY) in capsys.readouterr().out
    assert cli.main(["rebuild"]) == 0
    capsys.readouterr()
    assert cli.main(["verify"]) == 0
    assert cli.main(["documents"]) == 0
    assert str(FULL_TEXT_ONLY) not in capsys.readouterr().out
