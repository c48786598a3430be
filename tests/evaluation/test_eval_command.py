"""`whrd-eval` as a user runs it: on a small set of a PDF and a text, with real pipelines in processes of their own."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from evaluation.cli import main

pytestmark = pytest.mark.processes

PAGES = {
    1: ["Report on the river valley", "The committee met in the capital in the spring of that year."],
    2: ["Ten women were arrested in the market of Osh because they had", "asked for their wages in public."],
    3: ["The dam was closed by the court in May, and the harvest was saved."],
}
TEXT = "The village has a school.\n\nJudges in Haiti waited for their pay for many months of that year.\n"
SCRIPT = '''
"""Finds the page that shares most words with the question."""
import pathlib, pypdfium2
known = []

def build(docs_dir, persist_dir, stats):
    print("this must not get between")
    assert list(pathlib.Path(persist_dir).iterdir()) == []
    for path in pathlib.Path(docs_dir).iterdir():
        pages = pypdfium2.PdfDocument(path) if path.suffix == ".pdf" else [None]
        for number, page in enumerate(pages, 1):
            text = page.get_textpage().get_text_range() if page else path.read_text()
            known.append((path.name, number if page else None, text))
    stats["pages"] = len(known)

def retrieve_full(question, k):
    shared = lambda item: -len(set(item[2].split()) & set(question.split()))
    return [(*item, 0, len(item[2]), 1.0) for item in sorted(known, key=shared)[:k]]
'''
QUESTIONS = (
    ("q1", "Why were ten women arrested in the market of Osh?", "report.pdf", 2, "arrested in the market of Osh", "en"),
    ("q2", "When was the dam closed by the court?", "report.pdf", 3, "The dam was closed by the court in May", "en"),
    ("q3", "Pourquoi les juges en Haiti attendaient?", "notes.txt", None, "Judges in Haiti waited for their pay", "fr"),
)


@pytest.fixture(scope="module")
def small_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "set"
    (folder / "docs").mkdir(parents=True)
    canvas = Canvas(str(folder / "docs" / "report.pdf"))
    for lines in PAGES.values():
        for number, line in enumerate(lines):
            canvas.drawString(72, 720 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    (folder / "docs" / "notes.txt").write_text(TEXT, encoding="utf-8")
    rows: list[dict[str, Any]] = [
        {"id": "q4", "question": "Who won the cup?", "evidence": [], "answerable": False},
    ]
    for name, question, document, page, text, language in QUESTIONS:
        start = max(0, TEXT.find(text))
        evidence = {"doc": document, "page": page, "text": text, "start": start, "end": start + len(text)}
        rows.append({"id": name, "question": question, "evidence": [evidence], "answerable": True, "lang": language})
    (folder / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("langchain_chroma"), reason="the extra eval is not installed")
def test_three_pipelines_on_the_same_work(small_set: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    script, out = tmp_path / "words.py", tmp_path / "outcomes.jsonl"
    script.write_text(SCRIPT, encoding="utf-8")
    compared = ["--compare", "baseline", "--compare", str(script)]
    wanted = ["--embedder", "minilm", "--json", "-", "--out", str(out)]
    assert main(["retrieval", str(small_set), *compared, *wanted]) == 0
    said = capfd.readouterr()
    summary = json.loads(said.out)
    assert summary["embedder"] == "minilm"
    assert list(summary["runs"]) == ["product", "baseline", "words.py"]
    assert list(summary["tests"]) == ["baseline", "words.py"]
    assert "this must not get between" in said.err
    assert "passage_recall@5" in said.err, "the table gives way to the JSON"
    for run in summary["runs"].values():
        assert (run["questions"], run["evidence_not_located"], run["passages_not_located"]) == (3, 0, 0)
        assert (run["ingest_documents"], run["ingest_pages"]) == (2, 4)
        assert run["figures"]["hit@5"]["value"] == 1
        assert run["figures"]["passage_recall@5"]["value"] == 1
        assert run["by_language"]["not English"]["hit@5"]["n"] == 1
        assert min(run["ingest_wall_s"], run["ingest_cpu_s"], run["latency_p50_ms"]) > 0
    product, baseline, words = summary["runs"].values()
    assert product["figures"]["quote_recall"]["value"] > 0
    assert "quote_recall" not in baseline["figures"]
    assert words["peak_memory_mb"] < min(product["peak_memory_mb"], baseline["peak_memory_mb"]), "each has its own"
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["run"], row["id"]) for row in rows] == [
        (run, name) for run in summary["runs"] for name in ("q1", "q2", "q3")
    ]


@pytest.mark.slow
def test_a_comparison_that_breaks_leaves_the_product_its_figures(
    small_set: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "half.py").write_text("def build(docs_dir, persist_dir, stats): ...\n", encoding="utf-8")
    summary, home = tmp_path / "summary.json", tmp_path / "library"
    command = ["retrieval", str(small_set), "--embedder", "minilm", "--json", str(summary), "--home", str(home)]
    assert main([*command, "--compare", str(tmp_path / "half.py")]) == 1
    said = capfd.readouterr()
    assert "half.py has no function retrieve_full" in said.err
    assert "hit@1" in said.out
    assert list(json.loads(summary.read_text(encoding="utf-8"))["runs"]) == ["product"]
    # The library is kept; a second measurement reads nothing, so it has no speed to tell.
    assert main(command) == 0
    assert json.loads(summary.read_text(encoding="utf-8"))["runs"]["product"]["ingest_pages_per_wall_s"] is None


@pytest.mark.slow
def test_answers_are_counted_and_measured(small_set: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "answers.jsonl"
    assert main(["answers", str(small_set), "--embedder", "minilm", "--json", "-", "--out", str(out)]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert sum(summary["statuses"]["answerable"].values()) == 3
    assert sum(summary["statuses"]["unanswerable"].values()) == 1
    assert summary["evidence_page_asked"] == 3
    assert 0 < summary["figures"]["quote_iou"]["value"] <= summary["figures"]["quote_recall"]["value"] <= 1
    assert summary["figures"]["quote_iou"]["n"] == 3
    assert summary["wrong_quotes"] == []
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["retrieval", "nowhere"], "nowhere is no evaluation set"),
        (["answers", "nowhere"], "nowhere is no evaluation set"),
        (["sample", "nowhere"], "holds no questions.jsonl"),
        (["retrieval", "SET", "--compare", "nothing.py"], "--compare nothing.py: give baseline"),
        (["retrieval", "SET", "--compare", "baseline", "--compare", "baseline"], "the same file name"),
        (["retrieval", "SET", "--out", "no/such/folder.jsonl"], "its folder does not exist"),
    ],
)
def test_wrong_usage_is_told_in_one_line_before_anything_is_measured(
    arguments: list[str], message: str, small_set: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(small_set) if each == "SET" else each for each in arguments]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert message in said.err


def test_a_missing_extra_is_told_before_anything_is_measured(
    small_set: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evaluation.runs.find_spec", lambda name: None)
    assert main(["retrieval", str(small_set), "--compare", "baseline"]) == 2
    assert capfd.readouterr().err == (
        "whrd-eval: The baseline needs more packages: pip install --require-hashes -r requirements/eval.txt\n"
    )


@pytest.mark.parametrize("command", ["retrieval", "answers", "sample"])
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"  whrd-eval {command} " in capsys.readouterr().out
