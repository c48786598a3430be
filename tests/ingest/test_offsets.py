"""Offsets: every passage and sentence is a verbatim slice of its pages, and no letter is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offset_checks import check_offsets, slices

from ingest.documents import Block, BlockKind, Document, FileType, Page, PageUnit, Passage
from ingest.formats.markdown import read_markdown
from ingest.formats.text import read_text
from ingest.invisible import visible_text
from ingest.limits import Limits
from ingest.load import load
from ingest.passages import TARGET_CHARACTERS, split_passages

WORDS = (
    "The court heard 12 witnesses Mr. Tamang Nepal said “never again” Art. 7 para. 3 No. 5 U.S. e.g. WHRDs community-"
    " Она сказала нет. सरकारले भन्यो। La Comisión ¿Quién? ¡Basta! 1. 14. (a) • — … ; , : ! ?” naïve A/HRC/16/44 24.kg"
).split()
SEPARATORS = [" ", " ", " ", "\n", "\n\n", "  ", "\t", "\r\n", "\u00a0", "\n\n\n", ". ", "; "]
written = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS)), max_size=200).map(
    lambda pairs: "".join(word + blank for word, blank in pairs)
)
printed = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd") | st.sampled_from("\n\r\t\f")
texts = written | st.text(printed, max_size=300) | st.text(alphabet="aB 1.\n!?;,।\r\u2028\x0c\x85-", max_size=200)


def flowing(items: Iterable[object], file_type: FileType) -> Document:
    pages = tuple(item for item in items if isinstance(item, Page))
    return Document("0" * 64, "made", file_type, pages, unit=PageUnit.NONE)


def test_sample_passages_and_sentences_are_verbatim_and_hold_every_letter(sample: Document) -> None:
    check_offsets(sample)


def test_sample_passages_hold_whole_sentences_near_the_target_size(sample_passages: list[Passage]) -> None:
    assert len(sample_passages) > 40
    assert all(len(passage.text) <= 1.1 * TARGET_CHARACTERS for passage in sample_passages)
    assert sum(len(passage.text) > TARGET_CHARACTERS / 2 for passage in sample_passages) > len(sample_passages) / 2


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_any_plain_text_keeps_its_letters_and_offsets(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(text.encode())
    document = flowing(read_text(path, Limits()), FileType.TEXT)
    read = "\f".join(page.text for page in document.pages)
    assert read.rstrip() == visible_text(text.removeprefix("\ufeff")).rstrip()
    check_offsets(document)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(st.tuples(st.sampled_from(["# ", "## ", "- ", "> ", "", "1. ", "| a | "]), written), max_size=12))
def test_any_markdown_keeps_its_offsets(tmp_path_factory: pytest.TempPathFactory, parts: list[tuple[str, str]]) -> None:
    text = "\n\n".join(mark + body for mark, body in parts)
    path = tmp_path_factory.getbasetemp() / "any.md"
    path.write_bytes(text.encode())
    document = flowing(read_markdown(path, Limits()), FileType.MARKDOWN)
    (page,) = document.pages
    assert page.text == text
    assert all(a.end <= b.start for a, b in zip(page.blocks, page.blocks[1:], strict=False))
    check_offsets(document)


@st.composite
def paged_documents(draw: st.DrawFn) -> Document:
    kinds = st.sampled_from([BlockKind.BODY] * 4 + [BlockKind.HEADING, BlockKind.TABLE])
    pages = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        text, blocks = "", []
        tail = draw(st.lists(st.sampled_from([BlockKind.FOOTNOTE, BlockKind.FURNITURE]), max_size=3))
        for kind in [*draw(st.lists(kinds, max_size=5)), *sorted(tail)]:
            piece = " ".join(draw(written).split())
            if piece:
                text += "\n" if text else ""
                blocks.append(Block(kind, len(text), len(text) + len(piece), 1 if kind is BlockKind.HEADING else 0))
                text += piece
        pages.append(Page(number, text, tuple(blocks)))
    return Document("0" * 64, "made.pdf", FileType.PDF, tuple(pages))


@settings(max_examples=150, deadline=None)
@given(document=paged_documents())
def test_any_paged_document_keeps_its_letters_and_offsets(document: Document) -> None:
    check_offsets(document)


@settings(max_examples=40, deadline=None)
@given(document=paged_documents())
def test_footnotes_and_text_never_share_a_passage(document: Document) -> None:
    for passage in split_passages(document):
        assert len({sentence.kind is BlockKind.FOOTNOTE for sentence in passage.sentences}) == 1


def test_a_loaded_text_file_has_offsets_into_the_file(tmp_path: Path) -> None:
    text = "First paragraph of the report, soft-\nwrapped here.\n\nSecond paragraph: naïve “quotes” and 12 cases.\n"
    path = tmp_path / "notes.txt"
    path.write_bytes(text.encode())
    document = load(path)
    check_offsets(document)
    (passage,) = split_passages(document)
    assert passage.text == text.strip()
    assert slices(document, passage.sentences[-1].spans) == "Second paragraph: naïve “quotes” and 12 cases."
