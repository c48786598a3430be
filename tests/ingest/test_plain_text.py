"""Plain text and Markdown: lists, pages, line ends of every kind, and offsets that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from offset_checks import check_offsets

from ingest.documents import Document, FileType, Metadata, Page, PageUnit
from ingest.errors import TooBig, UnsupportedFile
from ingest.formats.markdown import read_markdown
from ingest.formats.text import read_text
from ingest.limits import Limits
from ingest.messages import Message

Reader = Callable[[Path, Limits], Iterable[Metadata | Page | Message]]


def read(path: Path, data: str | bytes, reader: Reader = read_text) -> tuple[Metadata, list[Page], list[str]]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    items = list(reader(path, Limits()))
    metadata = next(item for item in items if isinstance(item, Metadata))
    pages = [item for item in items if isinstance(item, Page)]
    kind = FileType.TEXT if reader is read_text else FileType.MARKDOWN
    check_offsets(Document("0" * 64, path.name, kind, tuple(pages), unit=metadata.unit))
    return metadata, pages, [str(item) for item in items if isinstance(item, Message)]


def found(page: Page) -> list[tuple[str, str, str]]:
    return [(b.kind.value, " ".join(page.text[b.start : b.end].split()), b.header) for b in page.blocks]


ENDS = ["\n", "\r\n", "\r"]


# -- plain text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ENDS)
def test_lists_are_told_by_their_marks(tmp_path: Path, end: str) -> None:
    text = end.join(
        [
            "Nine visits were made. The council should:",
            "",
            "- reopen the ward",
            "  at Mirost",
            "  * with 14 beds",
            "- pay the nurses",
            "",
            "The State must:",
            "1. Publish the list",
            "2. Name the judges",
            "",
            "12. The ward was shut in May.",
            "",
            "The nurses left on",
            "3. May with their books.",
        ]
    )
    _, (page,), _ = read(tmp_path / "list.txt", text)
    assert found(page) == [
        ("body", "Nine visits were made. The council should:", ""),
        ("item", "reopen the ward at Mirost", "The council should:"),
        ("item", "with 14 beds", "The council should: reopen the ward at Mirost"),
        ("item", "pay the nurses", "The council should:"),
        ("body", "The State must:", ""),
        ("item", "Publish the list", "The State must:"),
        ("item", "Name the judges", "The State must:"),
        ("body", "12. The ward was shut in May.", ""),
        ("body", "The nurses left on 3. May with their books.", ""),
    ]
    assert page.text == text


def test_items_after_a_blank_line_keep_the_line_that_opened_them(tmp_path: Path) -> None:
    _, (page,), _ = read(tmp_path / "loose.txt", "We ask that they\n\n• reopen the ward\n\n• pay the nurses\n\nThanks.")
    assert found(page) == [
        ("body", "We ask that they", ""),
        ("item", "reopen the ward", "We ask that they"),
        ("item", "pay the nurses", "We ask that they"),
        ("body", "Thanks.", ""),
    ]


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    metadata, pages, _ = read(tmp_path / "printed.txt", "The first page.\n\f\nThe second page.\n\f\f\nThe fourth.\n\f")
    assert metadata.unit is PageUnit.PAGE
    assert [(page.number, page.text.strip(), page.state.value) for page in pages] == [
        (1, "The first page.", "text"),
        (2, "The second page.", "text"),
        (3, "", "empty"),
        (4, "The fourth.", "text"),
    ]
    assert pages[1].text[pages[1].blocks[0].start :].startswith("The second")


def test_a_text_of_too_many_pages_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "feeds.txt"
    path.write_text("a\f" * 12, encoding="utf-8")
    with pytest.raises(TooBig, match=r"feeds\.txt has 13 pages, the limit is 10"):
        list(read_text(path, Limits(pages=10)))


WORDS = "The ward at Mirost was shut in May. Łucja Варга kept the keys. "


@pytest.mark.parametrize(
    "encoding", ["utf-32", "utf-32-le", "utf-32-be", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
)
def test_wide_letters_are_decoded_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    _, (page,), _ = read(tmp_path / "wide.txt", (WORDS * 20).encode(encoding))
    assert page.text == WORDS * 20


@pytest.mark.parametrize("data", [b"a" * 5_000 + b"\0\1\2\3" * 2_000, WORDS.encode() + bytes(range(9)) * 900])
def test_what_does_not_print_is_no_text(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnsupportedFile, match=r"noise\.txt is no text"):
        read(tmp_path / "noise.txt", data)


def test_signs_that_nobody_sees_leave_the_text_and_those_that_turn_letters_are_told(tmp_path: Path) -> None:
    text = "The court \u202efound\u202c that seven w\u200bomen of the inter\u00ad\nnational ca\u00admp came."
    _, (page,), remarks = read(tmp_path / "turned.txt", text)
    assert page.text == "The court found that seven women of the international camp came."
    assert len(remarks) == 1
    assert "direction" in remarks[0]


# -- Markdown ---------------------------------------------------------------------------------------------------------

MARKDOWN = [
    "---",
    "title: Doors that were shut",
    "author:",
    "  - Ward Watch",
    "  - Nurses of Ardesh",
    "date: 2014-05-03",
    "---",
    "",
    "# Findings",
    "",
    "The ward was shut.[^1]",
    "The council should:",
    "",
    "- reopen the ward",
    "  - with 14 beds",
    "- pay the nurses",
    "",
    "12. The ward was sold in June.",
    "",
    "> We slept outside.",
    "",
    "<div><p>Read in a <!-- unseen --> box.</p></div>",
    "",
    "![A door](door.png)",
    "",
    "[^1]: Register of the ward.",
]


@pytest.mark.parametrize("end", ENDS)
def test_markdown_is_the_same_with_every_line_end(tmp_path: Path, end: str) -> None:
    metadata, (page,), _ = read(tmp_path / "report.md", end.join(MARKDOWN), read_markdown)
    assert metadata == Metadata("Doors that were shut", "Ward Watch; Nurses of Ardesh", "2014")
    assert [each for each in found(page) if each[0] != "furniture"] == [
        ("heading", "Findings", ""),
        ("body", "The ward was shut.[^1] The council should:", ""),
        ("item", "reopen the ward", "The council should:"),
        ("item", "with 14 beds", "The council should: reopen the ward"),
        ("item", "pay the nurses", "The council should:"),
        ("body", "12. The ward was sold in June.", ""),
        ("body", "We slept outside.", ""),
        ("body", "Read in a", ""),
        ("body", "box.", ""),
        ("footnote", "Register of the ward.", ""),
    ]
    assert [page.text[a:b] for a, b in page.notes] == ["[^1]", "[^1]"]
    assert page.text == end.join(MARKDOWN)


def test_one_stray_return_shifts_nothing(tmp_path: Path) -> None:
    text = "# One\r\n\r\nFirst part\rof a line.\r\n\r\n# Two\r\n\r\nGuards took forty-one keys.\n"
    _, (page,), _ = read(tmp_path / "mixed.md", text, read_markdown)
    assert found(page) == [
        ("heading", "One", ""),
        ("body", "First part of a line.", ""),
        ("heading", "Two", ""),
        ("body", "Guards took forty-one keys.", ""),
    ]


@pytest.mark.parametrize("front", ["title: [unclosed", "- a list", "a: &a [*a, *a]", "date: May 2014 or June 2015"])
def test_front_matter_that_says_nothing_is_no_error(tmp_path: Path, front: str) -> None:
    metadata, (page,), _ = read(tmp_path / "front.md", f"---\n{front}\n---\n\nThe ward was shut.\n", read_markdown)
    assert metadata == Metadata()
    assert found(page) == [("body", "The ward was shut.", "")]
