"""The hand-checked set is what its README says, and the command reads it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from langchain_core.messages import HumanMessage

from app.answers import Verdict
from app.assistant import ask
from app.verbatim import squeeze
from evaluation.answers import wrong_quotes
from evaluation.cli import main
from evaluation.copying_model import CopyingModel
from evaluation.verification import PARTS, REPORTS, read_items
from vectorstore.library import Library

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"


def test_both_parts_hold_wrong_and_right_sentences_in_several_languages() -> None:
    for part in PARTS:
        items = read_items(part)
        wrong = sum(item.wrong for item in items)
        assert 0.4 <= wrong / len(items) <= 0.7
        assert len({item.language for item in items}) >= 6
    everything = [item for part in PARTS for item in read_items(part)]
    assert max(Counter(item.id for item in everything).values()) == 1
    assert len({(item.sentence, item.quotes) for item in everything}) == len(everything)
    assert sum(item.language != "en" for item in everything) >= 30


@pytest.mark.parametrize("part", PARTS)
def test_both_authors_wrote_wrong_and_right_sentences_of_both_parts(part: str) -> None:
    sides = Counter((item.author, item.wrong) for item in read_items(part))
    assert set(sides) == {(1, True), (1, False), (2, True), (2, False)}
    assert 0.45 <= sides[2, True] / (sides[2, True] + sides[2, False]) <= 0.55


@pytest.mark.parametrize("part", PARTS)
def test_quotes_said_to_be_of_the_sample_report_stand_in_it(part: str) -> None:
    report = squeeze(next(SAMPLE.glob("*.md")).read_text(encoding="utf-8"))
    bare = "".join(piece.partition("]")[2] if index else piece for index, piece in enumerate(report.split("[^")))
    for line in (ROOT / "evaluation" / "verdicts" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["source"] == "sample":
            assert all(squeeze(quote) in bare for quote in row["quotes"]), row["id"]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_said_to_be_quoted_is_verbatim(part: str) -> None:
    for item in read_items(part):
        if item.verdict is Verdict.QUOTED:
            assert squeeze(item.sentence) == squeeze(item.quotes[0])


def test_the_command_prints_both_parts_and_writes_its_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, rows = tmp_path / "summary.json", tmp_path / "rows.jsonl"
    assert main(["verification", "--json", str(target), "--out", str(rows)]) == 0
    printed = capsys.readouterr().out
    assert "wrong shown as supported" in printed
    assert all(f"one language, author {author}" in printed for author in (1, 2))
    summary = json.loads(target.read_text(encoding="utf-8"))
    for part in PARTS:
        together = summary[part]["one language"]
        for name, figure in together.items():
            alone = [figures[name] for figures in summary[part]["by author"].values()]
            assert sum(one["n"] for one in alone) == figure["n"]
            assert sum(one["count"] for one in alone) == figure["count"]
        figure = summary[part]["one language"]["wrong shown as supported"]
        assert figure["low"] <= figure["value"] <= figure["high"]
    items = sum(len(read_items(part)) for part in (*PARTS, REPORTS))
    assert len(rows.read_text(encoding="utf-8").splitlines()) == items


def test_any_file_of_the_set_s_form_is_measured_and_another_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.jsonl"
    row = {"id": 1, "kind": "number", "language": "en", "verdict": "unverified", "quotes": ["Nine men fled."]}
    mine.write_text(json.dumps(row | {"sentence": "Ten men fled."}) + "\n", encoding="utf-8")
    assert main(["verification", "--items", str(mine), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["mine"]["one language"]["recall of unverified"]["count"] == 1
    mine.write_text(json.dumps(row), encoding="utf-8")
    assert main(["verification", "--items", str(mine)]) == 1
    assert "mine.jsonl: 'sentence'. Each line must be JSON with id" in capsys.readouterr().err


def test_the_part_of_the_fourth_author_is_half_wrong_and_of_many_scripts() -> None:
    items = read_items(REPORTS)
    assert sum(item.wrong for item in items) * 2 == len(items) > 500
    assert {item.language for item in items} == {"ar", "en", "es", "fr", "ne", "ru"}
    assert {item.author for item in items} == {4}


def test_what_a_copying_model_quotes_stands_on_its_page_and_what_it_alters_is_left_out(sample_library: Library) -> None:
    answer = ask(sample_library, "What happened on 8 March 2020 in Bishkek?", model=CopyingModel())
    assert answer.citations
    assert answer.rejected_quotes
    assert not wrong_quotes(SAMPLE, answer.citations)
    assert CopyingModel().invoke([HumanMessage("no passages")]).content == ""
