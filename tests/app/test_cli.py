"""The commands, run as people run them: the contract's JSON, exit statuses, one-line errors, light start."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from model_server import says, serve_model

from app.cli import build_parser, main

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = "women-human-rights-defenders-sample.pdf"
HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "streamlit", "sentence_transformers", "transformers")
CITATION_KEYS = {"number", "document", "page", "label", "start", "end", "quote", "place"}


@pytest.fixture
def home(sample_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("WHRD_HOME", str(sample_home))
    monkeypatch.chdir(tmp_path)
    return sample_home


def _json(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ask_prints_the_contracts_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "How many were detained?", "--json"]) == 0
    (answer,) = _json(capsys)
    assert set(answer) >= {"id", "status", "text", "sentences", "citations", "related"}
    assert answer["status"] == "answered"
    assert all(set(sentence) - {"differs"} == {"text", "verdict", "citations"} for sentence in answer["sentences"])
    assert all(set(citation) - {"folded"} == CITATION_KEYS for citation in answer["citations"])
    assert answer["citations"][0]["document"] == SAMPLE
    assert (answer["citations"][0]["page"], answer["citations"][0]["label"]) == (5, "1")
    assert "[1]" in answer["text"]


def test_a_follow_up_is_asked_as_it_is_understood_and_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    march = "What happened on 8 March 2020 in Bishkek?"
    assert main(["ask", "Who was attacked there?", "--after", march, "--json"]) == 0
    (answer,) = _json(capsys)
    assert answer["question_used"] == f"Who was attacked there? ({march})"
    assert "masked men attacked" in answer["text"]
    assert main(["ask", "and in Nepal?", "--after", "Which laws exist in Cambodia?", "--country", "Cambodia"]) == 0
    assert capsys.readouterr().out.startswith("Read as: Which laws exist in Nepal? [Nepal]\n")


def test_a_batch_may_say_what_was_asked_before(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    line = {"id": "a", "question": "and in Nepal?", "after": ["What is the law on rape in Cambodia?"]}
    batch.write_text(json.dumps(line) + "\n" + json.dumps({"id": "b", "question": "Who?"}), encoding="utf-8")
    assert main(["ask", "--batch", str(batch)]) == 0
    first, second = _json(capsys)
    assert first["question_used"] == "What is the law on rape in Nepal?"
    assert "question_used" not in second


def test_a_chat_model_on_this_computer_answers_with_cited_quotes(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {
        "passage": 1,
        "quote": "masked men attacked the women's march",
        "sentence": "Masked men attacked the march.",
    }
    made_up = {"passage": 1, "quote": "hundreds of people were killed", "sentence": "Hundreds were killed."}
    with serve_model() as server:
        server.replies = [says(json.dumps(line) + "\n" + json.dumps(made_up))]
        arguments = ["ask", "What happened on 8 March 2020 in Bishkek?", "--model", server.url, "--json"]
        assert main(arguments) == 0
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["status"] == "answered"
    assert [sentence["verdict"] for sentence in answer["sentences"]] == ["unverified", "unverified"]
    assert [sentence["reason"][:14] for sentence in answer["sentences"]] == ["in other words", "none of its qu"]
    assert "masked men attacked the women’s march" in answer["citations"][0]["quote"]
    assert all("hundreds" not in citation["quote"] for citation in answer["citations"])
    assert captured.err == ""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("said", "line"), [("n", "--allow-host api.openai.com"), ("y", "OPENAI_API_KEY")])
def test_before_text_goes_to_another_computer_the_user_is_told_which_and_agrees(
    home: Path, monkeypatch: pytest.MonkeyPatch, said: str, line: str
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    screen = _Terminal()
    monkeypatch.setattr(sys, "stdin", _Terminal(f"{said}\n"))
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["ask", "Who marched?", "--model", "openai:gpt-5"]) == 1
    asked, outcome = screen.getvalue().split("[y/N]")
    assert "will be sent to api.openai.com" in asked
    assert line in outcome


@pytest.mark.parametrize("allowed", [["--allow-host", "api.openai.com"], []])
def test_where_nobody_can_be_asked_agreement_is_a_flag(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], allowed: list[str]
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    assert main(["ask", "Who marched?", "--model", "openai:gpt-5", *allowed]) == 1
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert ("OPENAI_API_KEY" if allowed else "agree with --allow-host api.openai.com") in error


def test_search_prints_the_contracts_json(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["search", "bride kidnapping", "-k", "3", "--country", "Kyrgyzstan", "--document", SAMPLE, "--json"]) == 0
    )
    (found,) = _json(capsys)
    assert len(found["results"]) == 3
    for item in found["results"]:
        assert set(item) == {"document", "page", "pages", "start", "end", "text", "score"}
        assert item["page"] == item["pages"][0]
    scores = [item["score"] for item in found["results"]]
    assert scores == sorted(scores, reverse=True)


def test_a_batch_answers_a_line_for_a_line_in_order(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text(
        '{"id": "b", "question": "How many were detained?", "docs": ["' + SAMPLE + '"]}\n\n'
        '{"id": "a", "question": "How do I bake sourdough bread?"}\n',
        encoding="utf-8",
    )
    assert main(["ask", "--batch", str(batch)]) == 0
    assert [(line["id"], line["status"]) for line in _json(capsys)] == [("b", "answered"), ("a", "not_found")]
    assert main(["search", "--batch", str(batch), "-k", "2"]) == 0
    assert [(line["id"], len(line["results"])) for line in _json(capsys)] == [("b", 2), ("a", 2)]
    batch.write_text('{"id": "n", "country": "Nepal"}\n', encoding="utf-8")
    assert main(["summarise", "--batch", str(batch)]) == 0
    (summary,) = _json(capsys)
    assert set(summary) == {"id", "country", "about", "headings", "citations", "coverage"}
    assert set(summary["coverage"]) == {"pages_read", "pages_cited", "reports"}
    assert set(summary["headings"][0]) == {"title", "sentences", "elsewhere", "not_shown"}


def test_ingest_says_how_each_file_ended_and_keeps_the_good_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "library"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Workers in Nepal marched for higher wages on 1 May 2019.", encoding="utf-8")
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert main(["ingest", str(folder), "--json"]) == 1
    results = {line["document"]: line for line in _json(capsys)}
    assert all(set(line) == {"document", "status", "pages", "passages", "message"} for line in results.values())
    assert {name: line["status"] for name, line in results.items()} == {
        "good.txt": "ready",
        "picture.pdf": "unsupported",
        "broken.pdf": "damaged",
    }
    assert all(name in line["message"] for name, line in results.items() if line["status"] != "ready")
    assert main(["ingest", str(folder / "good.txt")]) == 0
    assert "already in the library" in capsys.readouterr().out
    assert main(["documents", "--json"]) == 0
    assert len(_json(capsys)) == 3
    assert main(["remove", "good.txt"]) == 0
    assert main(["verify"]) == 0
    assert main(["rebuild"]) == 0


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (["ask"], 2, "Give QUESTION"),
        (["ask", "x", "--document", "absent.pdf"], 1, "whrd documents"),
        (["ask", "x", "--country", "Nepall"], 2, "Did you mean Nepal"),
        (["ask", "x", "--model", "parrot"], 1, "ollama:NAME"),
        (["ask", "x", "--batch", "absent.jsonl"], 1, "absent.jsonl"),
        (["ingest", "absent.pdf"], 1, "does not exist"),
        (["remove", "absent.pdf"], 1, "absent.pdf"),
        (["compare", "Nepal"], 2, "two countries"),
        (["summarise", "Nepal", "--format", "docx"], 2, "-o"),
        (["summarize", "Nepal", "-o", "nepal.odf"], 2, ".docx"),
    ],
)
def test_an_error_is_one_line_with_the_remedy(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, line: str
) -> None:
    assert main(arguments) == status
    error = capsys.readouterr().err.strip()
    assert line in error
    assert len(error.splitlines()) == 1
    assert "Traceback" not in error


def test_questions_come_from_a_pipe_one_a_line(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Who is Mary Lawlor?\n\nhello\n"))
    assert main(["ask", "-", "--json"]) == 0
    assert [answer["kind"] for answer in _json(capsys)] == ["quotes", "help"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(["ask", "-"]) == 2
    assert "one a line" in capsys.readouterr().err


def test_an_empty_library_answers_nothing_and_says_how_to_fill_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(tmp_path / "empty"))
    assert main(["ask", "What happened in Nepal?"]) == 1
    assert "whrd ingest" in capsys.readouterr().out
    assert main(["ask", "Which reports are here?", "--json"]) == 1
    (answer,) = _json(capsys)
    assert (answer["kind"], answer["status"]) == ("catalogue", "not_found")


def test_an_unknown_setting_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WHRD_HOMES", "x")
    assert main(["documents"]) == 2
    assert "WHRD_HOMES" in capsys.readouterr().err


def test_every_command_has_help_with_an_example() -> None:
    (commands,) = [action for action in build_parser()._actions if action.dest == "command"]
    assert set(commands.choices or ()) == set(
        "ingest documents guide remove verify rebuild search ask summarise summarize compare recommendations setup chat"
        " chats brief check".split()
    )
    for name, parser in dict(commands.choices or {}).items():  # type: ignore[call-overload]
        assert f"whrd {name.replace('ize', 'ise')}" in re.split("examples?:", parser.format_help())[1]


@pytest.mark.parametrize("arguments", [["--help"], ["documents"], ["documents", "--json"]])
def test_light_commands_import_nothing_heavy_and_take_less_than_a_second(
    home: Path, tmp_path: Path, arguments: list[str]
) -> None:
    script = (
        "import sys\n"
        "from app.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stderr.strip() == "[]"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0
