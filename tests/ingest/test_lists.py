"""Items of lists: sentences with or without a full stop, each with the line that opens its list."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.documents import Block, BlockKind, Document, FileType, Page, Sentence
from ingest.load import load
from ingest.passages import document_sentences, embedding_texts, split_passages
from ingest.sentences import is_prose

BODY, ITEM, HEADING = BlockKind.BODY, BlockKind.ITEM, BlockKind.HEADING


def document(*blocks: tuple[str, BlockKind, str]) -> Document:
    text, made = "", list[Block]()
    for words, kind, header in blocks:
        text += "\n\n" if text else ""
        made.append(Block(kind, len(text), len(text) + len(words), kind is HEADING, header))
        text += words
    return Document("0" * 64, "made.txt", FileType.TEXT, (Page(1, text, tuple(made)),), language="en")


def items(made: Document) -> list[tuple[str, str]]:
    return [(s.header, s.text) for s in document_sentences(made) if s.kind is ITEM]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("- ", "- "),
        ("* ", "* "),
        ("•", "•"),
        ("▪ ", "▪ "),
        ("1. ", "2. "),
        ("3) ", "4) "),
        ("(a) ", "(b) "),
        ("c. ", "d. "),
    ],
)
def test_marked_lines_of_running_text_are_items_of_the_line_above_them(first: str, second: str) -> None:
    opening = "The Ministry of Orvale should:"
    made = document((f"{opening}\n{first}Close the cells\n{second}Publish the names of the\n   nine drivers", BODY, ""))
    assert items(made) == [(opening, "Close the cells"), (opening, "Publish the names of the\n   nine drivers")]


def test_bullets_that_are_paragraphs_carry_the_line_that_opened_their_list() -> None:
    made = document(
        ("Donors should:", BODY, ""),
        ("• Pay the translators", BODY, ""),
        ("• Visit the camp", BODY, ""),
        ("The donors never answered this letter.", BODY, ""),
        ("• Fund shelters", BODY, ""),
    )
    assert items(made) == [
        ("Donors should:", "Pay the translators"),
        ("Donors should:", "Visit the camp"),
        ("", "Fund shelters"),
    ]


def test_a_heading_ends_the_list_before_it() -> None:
    made = document(("Donors should:", BODY, ""), ("Annex", HEADING, ""), ("• Fund shelters", BODY, ""))
    assert items(made) == [("", "Fund shelters")]


@pytest.mark.parametrize(
    "text",
    [
        "The council met on 3 May and again on\n12. May of that year without a result.",
        "It was a long dispute over the river\n- and over the bridge that the army had built.",
        "The letter was signed by the two of them, the mayor and Mr\na. Dorn of the village council.",
    ],
)
def test_a_line_that_begins_with_a_mark_by_chance_is_no_item(text: str) -> None:
    assert items(document((text, BODY, ""))) == []


def test_every_sentence_of_an_item_carries_its_opening_line() -> None:
    opening = "We found:"
    said = ("Guards at Orvale beat seventeen men on 4 June 2020.", "None of them saw a doctor in the days after it.")
    made = document((" ".join(said), ITEM, opening))
    assert items(made) == [(opening, sentence) for sentence in said]


def test_short_items_stand_alone_and_can_be_quoted() -> None:
    made = document(("Fund shelters", ITEM, "Donors should:"), ("2. Visit camps", ITEM, "Donors should:"))
    assert [text for _, text in items(made)] == ["Fund shelters", "2. Visit camps"]
    assert is_prose("Fund shelters", ITEM)
    assert not is_prose("12.5 13 (7)", ITEM)
    assert not is_prose("Fund shelters", BODY)


def test_an_item_is_embedded_behind_its_opening_line_and_found_by_its_words() -> None:
    made = document(("Fund shelters", ITEM, "Donors should:"), ("Visit camps", ITEM, "Donors should:"))
    (passage,) = split_passages(made)
    assert passage.context == "Donors should:"
    rows = [(s.text, s.kind, s.header) for s in passage.sentences]
    assert embedding_texts("", rows) == ["Donors should: Fund shelters", "Donors should: Visit camps"]


def test_a_line_that_is_in_the_passage_is_no_context_of_it() -> None:
    made = document(("Donors should:", BODY, ""), ("Fund shelters", ITEM, "Donors should:"))
    (passage,) = split_passages(made)
    assert passage.context == ""
    assert [s.text for s in passage.sentences] == ["Donors should:", "Fund shelters"]


def test_pieces_of_a_long_item_are_items_of_one_whole() -> None:
    long = "; ".join(f"hand over the files of district {number} to the archive in the valley" for number in range(20))
    pieces: list[Sentence] = document_sentences(document((long, ITEM, "The prefect shall:")))
    assert len(pieces) > 1
    assert {(piece.header, piece.kind) for piece in pieces} == {("The prefect shall:", ITEM)}
    assert len({piece.whole for piece in pieces}) == 1
    (whole,) = pieces[0].whole
    assert whole.end - whole.start == len(long)


@pytest.mark.parametrize(
    ("first", "second", "headers"),
    [
        ("- Fund them\n- Visit them", "1. Guards beat nine men\n2. Soldiers left", ["Donors should:"] * 2),
        ("1. Fund them\n2. Visit them", "1. Guards beat nine men\n2. Soldiers left", ["Donors should:"] * 2),
        ("1. Fund them\n2. Visit them", "3. Pay them\n4. Go", ["Donors should:"] * 4),
        ("• Fund them\n• Visit them", "• Pay them\n• Go", ["Donors should:"] * 4),
    ],
)
def test_what_is_found_is_not_read_as_what_is_asked_for(
    tmp_path: Path, first: str, second: str, headers: list[str]
) -> None:
    path = tmp_path / "watch.txt"
    path.write_text(f"Donors should:\n\n{first}\n\n{second}\n", encoding="utf-8")
    assert [header for header, _ in items(load(path)) if header] == headers
