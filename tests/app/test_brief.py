"""The brief: quotes and notes in the reader's order, kept as chats are, and exported with footnotes."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Citation
from app.brief import Brief, DamagedBrief, Note, Quote, change_brief, load_brief, wipe_brief
from app.cli import main
from ingest.documents import PageUnit
from vectorstore.library import Library

FIRST = Citation(
    3, "ab" * 32, "report.pdf", "A report", "An author", "2020", 5, "1", "6", 10, 30, "They were\ndetained."
)
SECOND = replace(FIRST, number=1, start=40, end=70, quote="“Ñ” – မြန်\n$x$")
SLIDE = replace(FIRST, number=1, document_id="cd" * 32, unit=PageUnit.SLIDE, lead="The State should:", version="B")
FULL = Brief("Women’s march").with_quotes([FIRST, SECOND, SLIDE]).with_note("What happened.\nAnd when.")


def names(brief: Brief) -> list[str]:
    return [item.citation.quote[:4] if isinstance(item, Quote) else item.text[:4] for item in brief.items]


def test_quotes_come_in_the_order_in_which_they_were_added_each_once() -> None:
    brief = Brief().with_quotes([SECOND]).with_quotes([FIRST, replace(SECOND, number=9)])
    assert [c.quote for c in brief.citations] == [SECOND.quote, FIRST.quote]
    assert [c.number for c in brief.citations] == [1, 2]
    assert brief.has(replace(FIRST, number=0))
    assert not brief.has(replace(FIRST, page=6))
    assert brief.without_quotes([SECOND]).citations == (replace(FIRST, number=1),)


def test_items_move_by_steps_and_stay_within_the_ends() -> None:
    brief = Brief().with_note("a").with_note("b").with_note("c")
    first = brief.items[0].id
    assert names(brief.moved(first, 1)) == ["b", "a", "c"]
    assert names(brief.moved(first, 9)) == ["b", "c", "a"]
    assert brief.moved(first, -1) == brief
    assert brief.moved("unknown", 1) == brief


def test_a_note_is_written_behind_an_item_and_what_was_removed_comes_back_to_its_place() -> None:
    brief = Brief().with_note("a").with_note("c")
    brief = brief.with_note("b", after=brief.items[0].id)
    assert names(brief) == ["a", "b", "c"]
    gone = brief.items[1]
    assert brief.without(gone.id).with_item(gone, 1) == brief
    assert names(brief.with_text(gone.id, "new")) == ["a", "new", "c"]


def test_the_brief_comes_back_from_disk_with_every_field(tmp_path: Path) -> None:
    assert load_brief(tmp_path) == Brief()
    assert change_brief(tmp_path, lambda _: FULL) == FULL
    assert load_brief(tmp_path) == FULL
    assert change_brief(tmp_path, lambda brief: brief.moved(brief.items[0].id, 1)) == load_brief(tmp_path) != FULL


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_the_way_to_disk(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    home = tmp_path_factory.mktemp("brief")
    brief = Brief(text).with_quotes([replace(FIRST, quote=text)]).with_note(text)
    change_brief(home, lambda _: brief)
    assert load_brief(home) == brief


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_brief_is_for_the_owner_alone_and_one_whole_file(tmp_path: Path) -> None:
    change_brief(tmp_path, lambda _: FULL)
    change_brief(tmp_path, lambda brief: brief.with_note("more"))
    (file,) = (tmp_path / "brief").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_change_that_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    change_brief(tmp_path, lambda brief: brief)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        '{"title": ',
        "[]",
        '{"title": 3, "items": []}',
        '{"title": "", "items": 7}',
        '{"title": "", "items": [{"id": "a", "text": 1}]}',
        '{"title": "", "items": [{"id": "../a", "text": ""}]}',
        '{"title": "", "items": [{"id": "a", "citation": {"quote": "x"}}]}',
    ],
)
def test_a_damaged_brief_is_a_clear_error_is_never_overwritten_and_can_be_wiped(tmp_path: Path, damage: str) -> None:
    change_brief(tmp_path, lambda _: FULL)
    file = tmp_path / "brief" / "brief.json"
    file.write_text(damage, encoding="utf-8")
    with pytest.raises(DamagedBrief, match="delete it"):
        load_brief(tmp_path)
    with pytest.raises(DamagedBrief):
        change_brief(tmp_path, lambda brief: brief.with_quotes([FIRST]))
    assert file.read_text(encoding="utf-8") == damage
    wipe_brief(tmp_path)
    wipe_brief(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_number_is_damage(tmp_path: Path) -> None:
    change_brief(tmp_path, lambda _: Brief().with_quotes([FIRST]))
    file = tmp_path / "brief" / "brief.json"
    data = json.loads(file.read_text("utf-8"))
    data["items"][0]["citation"]["page"] = "5"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DamagedBrief):
        load_brief(tmp_path)


def test_the_command_prints_the_brief_and_writes_word(
    own_library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("WHRD_HOME", str(own_library.home))
    assert main(["brief"]) == 0
    assert "empty" in capsys.readouterr().out
    change_brief(own_library.home, lambda _: FULL)
    assert main(["brief"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Women’s march")
    assert "“They were detained.” [1]" in printed
    assert main(["brief", "--json"]) == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert [item["citation"]["number"] for item in items[:3]] == [1, 2, 3]
    assert items[3] == {"note": "What happened.\nAnd when."}
    assert main(["brief", "-o", str(tmp_path / "brief.docx")]) == 0
    assert docx.Document(str(tmp_path / "brief.docx")).paragraphs[0].text == "Women’s march"
    assert isinstance(FULL.items[-1], Note)
