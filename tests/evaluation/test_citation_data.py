"""Citation data against marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.citation_data import OWN, Marks, check, read_marks, summarise, table
from evaluation.cli import main
from evaluation.errors import UsageError
from ingest.documents import Document, FileType

SAMPLE = Path(__file__).parents[2] / "data/sample"
MARKS = Marks("river.pdf", "a", "Situation on the river", ("Security Council",), "S/2025/211", ("2025",), ())


def read(**details: str) -> Document:
    held = {"title": "Situation on the river: Report", "publisher": "United Nations, Security Council"}
    held |= {"symbol": "S/2025/211", "year": "2025", **details}
    return Document("0" * 64, "river.pdf", FileType.PDF, (), **held)  # type: ignore[arg-type]


def test_what_is_right_counts() -> None:
    assert all(check(MARKS, read()).values())


@pytest.mark.parametrize(
    ("details", "wrong"),
    [
        ({"title": "Security Council Distr.: General"}, {"title"}),
        ({"title": "Situation on the river" + " and of much else" * 20}, {"title"}),
        ({"publisher": "", "author": "Jon Bask"}, {"publisher", "authors"}),
        ({"publisher": "", "author": "Security Council"}, set()),
        ({"symbol": ""}, {"symbol"}),
        ({"symbol": "S/2025/2112"}, {"symbol"}),
        ({"year": "2024"}, {"year"}),
    ],
)
def test_what_is_wrong_is_told(details: dict[str, str], wrong: set[str]) -> None:
    assert {field for field, right in check(MARKS, read(**details)).items() if not right} == wrong


def test_figures_are_counted_for_each_part_and_for_all() -> None:
    summary = summarise([(MARKS, check(MARKS, read())), (MARKS, check(MARKS, read(year="2024")))])
    assert summary["a"]["all right"] == summary["all"]["all right"] == [1, 2]
    assert "1 of 2" in table(summary)


def test_the_marks_that_ship_can_be_read() -> None:
    marks = read_marks(OWN)
    assert len({one.document for one in marks}) == len(marks) > 60
    assert {one.part for one in marks} == {"a", "b", "c", "d"}


def test_a_line_that_is_no_mark_is_named(tmp_path: Path) -> None:
    (tmp_path / "marks.jsonl").write_text('{"document": "x.pdf"}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"marks\.jsonl, line 1"):
        read_marks(tmp_path / "marks.jsonl")


def test_the_command_reports_each_field_and_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = "women-human-rights-defenders-sample.pdf"
    mark: dict[str, object] = {"document": document, "part": "a", "title": "Standing Their Ground"}
    mark |= {"publishers": ["Insights contributors"], "symbol": "", "years": ["1999"], "authors": []}
    (tmp_path / "marks.jsonl").write_text(json.dumps(mark), encoding="utf-8")
    asked = ["citations", str(tmp_path / "marks.jsonl"), "--reports", str(SAMPLE)]
    assert main([*asked, "--failures", "--json", str(tmp_path / "summary.json")]) == 0
    said = capsys.readouterr().out
    assert "1 of 1" in said
    assert "sample.pdf: year; read:" in said
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["all"]["year"] == [0, 1]
    assert main([*asked[:2], "--reports", str(tmp_path)]) == 2
