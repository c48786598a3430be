"""Exports as people ask for them on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from examples import CHAT

from app.chat_history import save_chat
from app.cli import main
from vectorstore.library import Library

QUESTION = "What happened on 8 March 2020 in Bishkek?"
SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample" / "women-human-rights-defenders-sample.pdf"


@pytest.fixture
def home(sample_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("WHRD_HOME", str(sample_home))
    monkeypatch.chdir(tmp_path)
    return sample_home


def test_an_answer_is_written_as_its_files_ending_says_and_nothing_is_replaced_unasked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "-o", "answer.docx"]) == 0
    assert docx.Document("answer.docx").paragraphs[0].text == QUESTION
    capsys.readouterr()
    assert main(["ask", QUESTION, "-o", "answer.docx"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["ask", QUESTION, "-o", "answer.docx", "--format", "md", "--force"]) == 0
    assert Path("answer.docx").read_text("utf-8").startswith("# What happened on 8 March 2020")


def test_a_pack_is_checked_by_itself_by_the_library_and_by_the_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", QUESTION, "-o", "pack.zip"]) == 0
    assert main(["check", "pack.zip", "--document", str(SAMPLE)]) == 0
    out = capsys.readouterr().out
    assert "everything is right" in out
    assert "in this library's text" in out
    assert "the file that the pack cites" in out
    assert main(["check", "pack.zip", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["intact"] is True


def test_the_preview_shows_what_is_masked_and_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--mask-preview", "-o", "answer.docx"]) == 0
    out = capsys.readouterr().out
    assert "Bishkek" in out
    assert "some are missed" in out
    assert not Path("answer.docx").exists()
    assert main(["ask", QUESTION, "--mask"]) == 0
    captured = capsys.readouterr()
    assert "Bishkek" not in captured.out
    assert "--mask-preview lists them" in captured.err
    assert main(["ask", QUESTION, "--mask", "--keep-term", "Bishkek", "--format", "bibtex"]) == 0
    assert capsys.readouterr().out.startswith("@misc{")
    Path("batch.jsonl").write_text("{}", encoding="utf-8")
    assert main(["ask", "--batch", "batch.jsonl", "--mask"]) == 2  # or names would go out that were to be masked
    assert main(["ask", QUESTION, "--mask", "-o", "pack.zip"]) == 2
    assert "nothing in it can be masked" in capsys.readouterr().err


def test_stored_chats_are_listed_and_taken_away(
    own_library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(own_library.home))
    assert main(["chats"]) == 0
    assert "No chats yet" in capsys.readouterr().out
    save_chat(own_library.home, CHAT)
    assert main(["chats"]) == 0
    assert capsys.readouterr().out.startswith("00000000  2026-01-01 00:00  Who was <detained>?")
    assert main(["chats", "0000", "-o", str(tmp_path / "chat.docx")]) == 0
    assert docx.Document(str(tmp_path / "chat.docx")).paragraphs[0].text == CHAT.title
    capsys.readouterr()
    assert main(["chats", "ffff"]) == 1
    assert "`whrd chats` lists them" in capsys.readouterr().err
