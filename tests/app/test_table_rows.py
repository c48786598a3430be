"""A table's row answers a question for a figure, with the rows that head it; a note that tells something is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.answers import Answer, AnswerStatus, Verdict
from app.assistant import ask
from vectorstore.library import Library

PAGE = """<html><body><h1>Evictions along the river Ostrava</h1>
<p>The monitors walked through nine villages in the spring and counted the houses that were left standing.</p>
<table><caption>Table 2: Houses destroyed, by village</caption>
<tr><th rowspan=2>Village</th><th colspan=2>Houses destroyed</th></tr><tr><th>2018</th><th>2022</th></tr>
<tr><td>Merevo</td><td>31</td><td>64</td></tr><tr><td>Tulsk</td><td>8</td><td>19</td></tr></table>
<p>The province has no court of its own, and lawyers travel for a day to reach the next one.</p></body></html>"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("rows")
    page = folder / "evictions.html"
    page.write_text(PAGE, encoding="utf-8")
    library = Library(folder / "library")
    library.add(page)
    return library


def _quotes(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


def test_a_row_is_quoted_with_the_years_over_it(library: Library) -> None:
    answer = ask(library, "How many houses were destroyed in Tulsk in 2022?")
    assert answer.status is AnswerStatus.ANSWERED
    (row,) = (sentence for sentence in answer.sentences if "Tulsk" in sentence.text)
    assert row.verdict is Verdict.QUOTED
    assert row.text.endswith("Tulsk | 8 | 19")
    assert "2018 | 2022" in row.text
    cited = [citation for citation in answer.citations if citation.number in row.citations]
    assert [citation.quote for citation in cited][-1] == "Tulsk | 8 | 19"
    assert {citation.lead for citation in cited} == {"Table 2: Houses destroyed, by village"}
    assert "Merevo" not in _quotes(answer)


@pytest.mark.parametrize(
    "question", ["How many houses were destroyed in Tulsk in 2020?", "Who destroyed the houses in Tulsk?"]
)
def test_a_row_of_another_year_or_for_another_question_is_no_quote(library: Library, question: str) -> None:
    assert "Tulsk" not in _quotes(ask(library, question))


def test_a_note_that_tells_something_is_quoted_and_a_source_is_not(tmp_path: Path) -> None:
    path = tmp_path / "calls.md"
    path.write_text(
        "# Calls\n\nA lawyer in Brenok received nine threats by telephone.[^1] She told nobody for a year.[^2]\n\n"
        "[^1]: The voice on the line said that it was speaking for Captain Roduvan and that he was not joking.\n"
        "[^2]: Roduvan Archive, Box 14, Folder 3, Letter of 9 May 2021, Brenok.\n",
        encoding="utf-8",
    )
    library = Library(tmp_path / "library")
    library.add(path)
    quotes = _quotes(ask(library, "For whom did the voice on the line say that it was speaking?"))
    assert "it was speaking for Captain Roduvan" in quotes
    assert "Box 14" not in quotes
