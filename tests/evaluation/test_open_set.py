"""The set by which refusal is calibrated: made of open data, measured as the product answers, fitted, and shipped."""

from __future__ import annotations

import gzip
import json
import random
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from evaluation.calibration import ANSWERABLE, Row, fit
from evaluation.data_sets import read_questions
from evaluation.errors import UsageError
from evaluation.open_set import write_open_set
from evaluation.reports_set import write_reports_set
from evaluation.training.data import read_data

PASSAGES = [f"In {1900 + n} the council of town {n} met. It chose {n} members for the first time." for n in range(200)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    questions = []
    for number, passage in enumerate(PASSAGES):
        row = {"passage": passage, "lang": "en", "source": "squad2-half"}
        answer = str(1900 + number)
        met = {"question": f"When did the council of town {number} meet?", "answer_start": 3, "answer_text": answer}
        rose = {"question": f"Why did town {number} rise up?", "answer_start": -1, "answer_text": ""}
        questions += [row | met | {"answerable": True}, row | rose | {"answerable": False}]
    for name, rows in (("nli", []), ("nli_rules", []), ("answerability", questions), ("rerank", [])):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as target:
            target.writelines(json.dumps(row) + "\n" for row in rows)
    return folder


@pytest.fixture(scope="module")
def made(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sets") / "open"
    write_open_set(data, (), out)
    return out


def _rows(made: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (made / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_questions_are_those_that_the_reader_did_not_learn_from(data: Path, made: Path) -> None:
    learned, kept = read_data(data)
    asked = {row["question"] for row in _rows(made)}
    assert asked
    assert asked <= {one.question for one in kept.questions}
    assert not asked & {one.question for one in learned.questions}


def test_every_second_passage_is_left_out_and_the_evidence_of_the_others_is_where_it_says(made: Path) -> None:
    texts = {file.name: file.read_text(encoding="utf-8") for file in (made / "docs").iterdir()}
    kinds = {row["kind"] for row in _rows(made)}
    assert kinds == {"answerable", "left out", "near miss"}
    for row in _rows(made):
        town = row["question"].split("town ")[1].split()[0]
        stands = any(f"council of town {town} met" in text for text in texts.values())
        assert stands == (row["kind"] != "left out")
        for evidence in row["evidence"]:
            assert texts[evidence["doc"]][evidence["start"] : evidence["end"]] == evidence["text"]
    assert [question.answerable for question in read_questions(made)] == [row["answerable"] for row in _rows(made)]


def test_a_folder_in_use_is_not_overwritten(data: Path, made: Path) -> None:
    with pytest.raises(UsageError, match=r"open is not empty: name a new folder"):
        write_open_set(data, (), made)


def test_the_line_lies_where_the_wanted_share_of_answerable_questions_is_refused() -> None:
    rng = random.Random(1)
    names = ("cosine", "coverage", "centred", "plain", "read")
    rows = []
    for number in range(800):
        answerable, own = number % 2 == 0, number % 8 > 1
        signals = {name: rng.gauss(0, 1) for name in names}
        signals["read"] += 3.0 * answerable
        rows.append(Row(ANSWERABLE if answerable else "left out", own, signals))
    models = fit(rows, "some", 0.05)
    assert {(model["own_language"], len(model["weights"])) for model in models} == {
        (own, size) for own in (True, False) for size in (4, 3, 2, 1)
    }
    best = next(model for model in models if model["own_language"] and len(model["weights"]) == 4)
    assert max(best["weights"], key=lambda name: abs(best["weights"][name])) == "read"
    refused, of = best["refused"][ANSWERABLE]
    assert refused / of == pytest.approx(0.05, abs=0.01)
    refused, of = best["refused"]["left out"]
    assert refused / of > 0.8
    blind = next(model for model in models if model["own_language"] and "read" not in model["weights"])
    assert blind["auc"] == pytest.approx(0.5, abs=0.1)


def test_the_set_of_reports_has_evidence_for_what_is_answerable_and_names_reports_that_are_missing(
    tmp_path: Path,
) -> None:
    reports, out = tmp_path / "reports", tmp_path / "set"
    reports.mkdir()
    with pytest.raises(UsageError, match=r"reports lacks .*A_HRC_59_60.en.pdf.*: fetch the reports"):
        write_reports_set(reports, out)
    names = {
        name
        for file in ("reports_asked_a.jsonl", "reports_asked_b.jsonl")
        for line in files("evaluation").joinpath(file).read_text(encoding="utf-8").splitlines()
        for name in json.loads(line)["docs"]
    }
    for name in names:
        (reports / name).write_bytes(b"%PDF-1.7")
    assert write_reports_set(reports, out) == len(names) == 12
    questions = read_questions(out)
    assert len({question.id for question in questions}) == len(questions) == 156
    assert all(bool(question.evidence) == question.answerable for question in questions)
    assert all(evidence.page and evidence.text for question in questions for evidence in question.evidence)
    with pytest.raises(UsageError, match=r"set is not empty"):
        write_reports_set(reports, out)
