"""Chats on disk."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Answer, AnswerSentence, AnswerStatus, Citation, Verdict
from app.cases import CaseSummary, HeadingSummary
from app.chat_history import (
    Chat,
    DamagedChat,
    Turn,
    UnknownChat,
    delete_chat,
    list_chats,
    load_chat,
    new_chat,
    save_chat,
)
from app.messages import Message, message
from vectorstore.records import Scope

CITATION = Citation(1, "ab" * 32, "report.pdf", "A report", "An author", "2020", 5, "1", "6", 10, 30, "“Ñ” – မြန်\n$x$")
SENTENCE = AnswerSentence(
    "They were detained.", Verdict.UNVERIFIED, (1,), (message("the quotes do not contain {words}", words="70"),)
)
ANSWERED = Answer("Who?", AnswerStatus.ANSWERED, (SENTENCE,), (CITATION,), (), 2)
RELATED = Answer(
    "Who?", AnswerStatus.RELATED, related=(Citation(1, "cd" * 32, "b.md", "B", "", "", 1, "", "", 0, 4, "text"),)
)
CASE = CaseSummary(
    "Nepal",
    (HeadingSummary("Situation", (SENTENCE,)), HeadingSummary("Recommendations", ())),
    (CITATION,),
    (("report.pdf", 5), ("report.pdf", 6)),
    (("report.pdf", 5),),
)


def test_a_chat_comes_back_from_disk_with_every_field(tmp_path: Path) -> None:
    chat = new_chat()
    for outcome in (ANSWERED, RELATED, CASE):
        chat = chat.with_turn(Turn("Who was\ndetained?", Scope(("ab" * 32,), ("NP",)), outcome, 3))
    save_chat(tmp_path, chat)
    assert load_chat(tmp_path, chat.id) == chat


@given(question=st.text(), quote=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_way_to_disk(tmp_path_factory: pytest.TempPathFactory, question: str, quote: str) -> None:
    home = tmp_path_factory.mktemp("chats")
    sentence = AnswerSentence(quote, Verdict.QUOTED, ())
    chat = new_chat().with_turn(Turn(question, Scope(), Answer(question, AnswerStatus.ANSWERED, (sentence,))))
    save_chat(home, chat)
    assert load_chat(home, chat.id) == chat


def test_the_first_question_is_the_title() -> None:
    chat = (
        new_chat()
        .with_turn(Turn("What \n happened?", Scope(), ANSWERED))
        .with_turn(Turn("And then?", Scope(), RELATED))
    )
    assert chat.title == "What happened?"


def test_the_list_is_newest_first_and_survives_a_damaged_file(tmp_path: Path) -> None:
    older, newer = Chat("0" * 32, "older", "2020-01-01T00:00:00"), Chat("1" * 32, "newer", "2021-01-01T00:00:00")
    save_chat(tmp_path, older)
    save_chat(tmp_path, newer)
    (tmp_path / "chats" / f"{'2' * 32}.json").write_text('{"id": ', encoding="utf-8")
    (tmp_path / "chats" / "notes.json").write_text("{}", encoding="utf-8")
    lines = list_chats(tmp_path)
    assert [line.title for line in lines] == ["newer", "older", "Damaged chat"]
    assert str(lines[2].damage).count("\n") == 0
    assert "delete it" in str(lines[2].damage)


@pytest.mark.parametrize(
    "change",
    [
        {"turns": 3},
        {"title": None},
        {"id": "f" * 32},
        {"turns": [{"kind": "answer"}]},
        {"turns": [{"kind": "answer", "asked": 1, "scope": {}, "outcome": {}, "searched": 0}]},
    ],
)
def test_a_chat_with_a_wrong_field_is_a_clear_error(tmp_path: Path, change: dict[str, object]) -> None:
    chat = new_chat().with_turn(Turn("Who?", Scope(), ANSWERED))
    save_chat(tmp_path, chat)
    file = tmp_path / "chats" / f"{chat.id}.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), encoding="utf-8")
    with pytest.raises(DamagedChat, match=chat.id):
        load_chat(tmp_path, chat.id)


@pytest.mark.parametrize("name", ["../catalogue", "", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_only_ids_of_chats_reach_the_disk(tmp_path: Path, name: str) -> None:
    (tmp_path / "catalogue.json").write_text("kept", encoding="utf-8")
    with pytest.raises(UnknownChat):
        load_chat(tmp_path, name)
    with pytest.raises(UnknownChat):
        delete_chat(tmp_path, name)
    assert (tmp_path / "catalogue.json").exists()


def test_a_chat_of_an_earlier_version_keeps_its_reasons_as_they_were(tmp_path: Path) -> None:
    unverified = Answer("Who?", AnswerStatus.ANSWERED, (SENTENCE,))
    chat = new_chat().with_turn(Turn("Who?", Scope(), unverified))
    save_chat(tmp_path, chat)
    file = tmp_path / "chats" / f"{chat.id}.json"
    data = json.loads(file.read_text("utf-8"))
    (sentence,) = data["turns"][0]["outcome"]["sentences"]
    del sentence["reasons"]
    sentence["reason"] = "the quotes do not contain 70"
    file.write_text(json.dumps(data), encoding="utf-8")
    outcome = load_chat(tmp_path, chat.id).turns[0].outcome
    assert isinstance(outcome, Answer)
    assert outcome.sentences[0].reasons == (Message("the quotes do not contain 70"),)


def test_a_deleted_chat_is_gone(tmp_path: Path) -> None:
    chat = new_chat().with_turn(Turn("Who?", Scope(), ANSWERED))
    save_chat(tmp_path, chat)
    delete_chat(tmp_path, chat.id)
    delete_chat(tmp_path, chat.id)
    assert list_chats(tmp_path) == []
    with pytest.raises(UnknownChat, match="deleted"):
        load_chat(tmp_path, chat.id)


def test_saving_again_leaves_one_whole_file(tmp_path: Path) -> None:
    chat = new_chat()
    for _ in range(3):
        chat = chat.with_turn(Turn("Who?", Scope(), ANSWERED))
        save_chat(tmp_path, chat)
    assert [file.name for file in (tmp_path / "chats").iterdir()] == [f"{chat.id}.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_chats_are_for_the_owner_alone(tmp_path: Path) -> None:
    chat = new_chat()
    save_chat(tmp_path, chat)
    assert stat.S_IMODE((tmp_path / "chats" / f"{chat.id}.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "chats").stat().st_mode) == 0o700
