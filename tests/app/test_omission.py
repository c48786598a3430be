"""Long sentences: an answer shows a piece with marks of omission, and the citation is the whole sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answers import Verdict
from app.checking import check_sentence
from app.citations import CitationBook
from app.extractive import one_a_sentence
from app.omission import OMITTED, is_shortened, shortened
from ingest.documents import BlockKind, Span
from vectorstore.library import Library
from vectorstore.records import StoredSentence

OFFICES = "prefect notary surgeon registrar inspector treasurer governor".split()
GOODS = "fish wool honey pots bread flour rope".split()
ENUMERATION = (
    "The council did not decide that "
    + "; ".join(
        f"the office of the {office} in the district of Orvale shall hand over every file on the trade in {goods}"
        " to the archive at Drenova"
        for office, goods in zip(OFFICES, GOODS, strict=True)
    )
    + "."
)
AFTER = "Nobody obeyed the decree in the first year after it was signed."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of one text that holds a sentence of 900 characters."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "decree.txt").write_text(f"{ENUMERATION}\n\n{AFTER}\n", encoding="utf-8")
    library = Library(folder / "library")
    assert library.add(folder / "decree.txt").status == "ready"
    yield library
    library.close()


@pytest.fixture
def sentences(library: Library) -> list[StoredSentence]:
    """Its stored sentences."""
    return library.catalogue.sentences_of(
        p.id for p in library.catalogue.passages_of(library.catalogue.documents()[0].id)
    )


def test_pieces_know_their_whole(sentences: list[StoredSentence]) -> None:
    *pieces, last = sentences
    assert len(pieces) > 1
    assert {piece.whole for piece in pieces} == {(Span(1, 0, len(ENUMERATION)),)}
    assert last.whole == last.spans
    assert last.text == AFTER


def test_a_later_piece_is_shown_behind_the_beginning_and_cites_the_whole(
    library: Library, sentences: list[StoredSentence]
) -> None:
    piece = sentences[1]
    book = CitationBook(library)
    shown = check_sentence(book, piece.text, [piece])
    assert shown.verdict is Verdict.QUOTED
    assert shown.text.startswith("The council did not decide that")
    assert f"{OMITTED} {piece.text}" in shown.text
    assert len(shown.text) < len(ENUMERATION)
    (citation,) = book.citations
    assert citation.quote == ENUMERATION
    assert book.page_text(piece.document, 1)[citation.start : citation.end] == citation.quote
    assert is_shortened(shown.text, citation.quote)


def test_a_whole_sentence_has_no_marks(library: Library, sentences: list[StoredSentence]) -> None:
    assert check_sentence(CitationBook(library), AFTER, [sentences[-1]]).text == AFTER
    *pieces, _ = sentences
    assert shortened(pieces, ENUMERATION) == ENUMERATION


def test_of_a_long_sentence_the_piece_with_the_words_asked_for_is_shown(sentences: list[StoredSentence]) -> None:
    quotes = [(sentence,) for sentence in reversed(sentences)]
    for goods in GOODS:
        (shown,) = [q for q in one_a_sentence(quotes, [goods]) if q[0].text != AFTER]
        assert goods in shown[0].text


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (f"The council {OMITTED} shall hand over every file {OMITTED}", True),
        (f"{OMITTED} every file on the trade in rope to the archive at Drenova.", True),
        (f"shall hand over every file on the trade in rope {OMITTED} The council", False),
        (f"The council decided that {OMITTED}", False),
        ("The council did not decide that", False),
    ],
)
def test_what_is_between_the_marks_is_in_the_quote_and_in_its_order(text: str, holds: bool) -> None:
    assert is_shortened(text, ENUMERATION) is holds


@given(st.lists(st.booleans(), min_size=8, max_size=8))
def test_any_choice_of_pieces_is_word_for_word_in_the_whole(chosen: list[bool]) -> None:
    parts = [part.strip() for part in re.findall("[^;]+;?", ENUMERATION)]
    places = [ENUMERATION.index(part) for part in parts]
    whole = f"[[1, 0, {len(ENUMERATION)}]]"
    pieces = [
        StoredSentence(n, 1, "a", n, f"[[1, {at}, {at + len(part)}]]", part, BlockKind.BODY, "", "", whole)
        for n, (part, at, wanted) in enumerate(zip(parts, places, chosen, strict=False))
        if wanted
    ]
    if pieces and len(pieces) < len(parts):
        assert is_shortened(shortened(pieces, ENUMERATION), ENUMERATION)
