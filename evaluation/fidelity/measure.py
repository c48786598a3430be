"""Compare what a reader gave with the true text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq, Levenshtein

from evaluation.fidelity.readers import Reading
from evaluation.fidelity.truth import TrueBlock, TrueDocument, TruePage
from evaluation.fidelity.words import plain, words

READ, NAMED, SILENT = "read", "named as unread", "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well one file was read by one reader. All but ``state`` and the lists are counts."""

    state: str
    """"read"; "named as unread": it cannot be read here, and the reader says so; "refused": it should be read."""
    words: int = 0
    """In the true text."""
    lost: int = 0
    invented: int = 0
    moved: int = 0
    """Words that are there, but not in the order of reading."""
    misplaced: int = 0
    """Words that are there, but on another page."""
    letters: int = 0
    wrong_letters: int = 0
    """Letters to insert, delete and exchange for the true text."""
    pages: int = 0
    wrong_labels: int = 0
    sentences: int = 0
    whole_sentences: int = 0
    """Those that the reader gives as sentences of their own, word for word."""
    items: int = 0
    whole_items: int = 0
    opened_items: int = 0
    """Those that carry the line that opens their list."""
    hidden_shown: int = 0
    """Words that nobody sees and the reader gives."""
    remark_missing: int = 0
    lost_words: tuple[str, ...] = ()
    invented_words: tuple[str, ...] = ()
    broken_sentences: tuple[str, ...] = ()
    detail: str = ""


def compare(document: TrueDocument, reading: Reading, has: frozenset[str] = frozenset()) -> Outcome:
    """Return how well ``reading`` gives the true text.

    Args:
        document: The true text.
        reading: What a reader gave.
        has: What is installed of that which documents need.
    """
    unread = document.unreadable or bool(document.needs and document.needs not in has)
    if unread:
        document = without_scanned(document)
    true_pages = [_words_of(page.blocks) for page in document.pages]
    total = sum(len(page) for page in true_pages)
    given = any(words(page.text) for page in reading.pages)
    named = bool(reading.refused) or any(page.unread for page in reading.pages)
    if unread and not total and not given:
        return Outcome(NAMED if named else SILENT, detail=reading.refused or reading.remarks)
    if reading.refused:
        return Outcome(SILENT, words=total, lost=total, lost_words=("(all)",), detail=reading.refused)
    outcome = _compared(document, reading, true_pages)
    return replace(outcome, remark_missing=1) if unread and not named else outcome


def without_scanned(document: TrueDocument) -> TrueDocument:
    """Return the document without what stands in pictures of pages."""
    pages = (replace(page, blocks=tuple(b for b in page.blocks if not b.scanned)) for page in document.pages)
    return replace(document, pages=tuple(pages))


def _compared(document: TrueDocument, reading: Reading, true_pages: Sequence[list[str]]) -> Outcome:
    beside = Counter(word for page in document.pages for text in page.beside for word in words(text))
    read_pages = {page.number: words(page.text) for page in reading.pages}
    true_words = [word for page in true_pages for word in page]
    read_words = [word for _, page in sorted(read_pages.items()) for word in page]
    true_count, read_count = Counter(true_words), Counter(read_words)
    lost, extra = true_count - read_count, read_count - true_count
    invented = extra - beside
    common = true_count & read_count
    paged = document.unit != ""
    on_page = sum(
        ((Counter(page) & Counter(read_pages.get(number, []))) for number, page in enumerate(true_pages, start=1)),
        Counter[str](),
    )
    fixed = [
        word for page in document.pages for block in page.blocks if not block.floating for word in words(block.text)
    ]
    in_order = LCSseq.similarity(fixed, read_words)
    letters, wrong = _letters(document, reading, extra & beside)
    sentences, whole, broken, items, whole_items, opened = _sentences(document, reading)
    unseen = Counter(word for page in document.pages for text in page.hidden for word in words(text))
    return Outcome(
        READ,
        words=len(true_words),
        lost=lost.total(),
        invented=invented.total(),
        moved=max((Counter(fixed) & read_count).total() - in_order, 0),
        misplaced=(common.total() - on_page.total()) if paged else 0,
        letters=letters,
        wrong_letters=wrong,
        pages=len(true_pages) if paged else 0,
        wrong_labels=_wrong_labels(document.pages, reading) if paged else 0,
        sentences=sentences,
        whole_sentences=whole,
        items=items,
        whole_items=whole_items,
        opened_items=opened,
        hidden_shown=(invented & unseen).total(),
        remark_missing=int(bool(document.remark) and not re.search(document.remark, reading.remarks, re.IGNORECASE)),
        lost_words=tuple(lost.elements()),
        invented_words=tuple(invented.elements()),
        broken_sentences=broken,
        detail=reading.remarks,
    )


def _words_of(blocks: Iterable[TrueBlock]) -> list[str]:
    return [word for block in blocks for word in words(block.text)]


def _wrong_labels(pages: Sequence[TruePage], reading: Reading) -> int:
    labels = {page.number: page.label for page in reading.pages}
    return sum(labels.get(number, "") not in page.labels for number, page in enumerate(pages, start=1))


def _letters(document: TrueDocument, reading: Reading, left_out: Counter[str]) -> tuple[int, int]:
    """Return the letters of the true text in its order of reading, and how many are wrong.

    Words beside the text are taken out of what was read; what floats is compared where the reader has it, so that
    only its own letters count.
    """
    true_text = plain(" ".join(block.text for page in document.pages for block in page.blocks))
    spare = Counter(left_out)
    kept: list[str] = []
    for page in reading.pages:
        for line in page.text.splitlines():
            pieces = words(line)
            if pieces and not Counter(pieces) - spare:  # a line of nothing but words beside the text
                spare -= Counter(pieces)
            else:
                kept.append(line)
    read_text = plain(" ".join(kept))
    return len(true_text), min(Levenshtein.distance(true_text, read_text), len(true_text))


def true_sentences(document: TrueDocument) -> list[tuple[str, str, str]]:
    """Return kind, text and opener of every sentence; one that runs over a page break is one."""
    found: list[tuple[str, str, str]] = []
    for page in document.pages:
        for block in page.blocks:
            if block.kind in {"row", "caption", "heading"}:
                continue
            texts = [(block.kind, text, block.opener) for text in block.sentences]
            if block.continues and found:
                last = max(index for index, one in enumerate(found) if one[0] != "note")
                kind, text, opener = found[last]
                found[last] = (kind, f"{text}{block.joiner}{texts[0][1]}", opener)
                texts = texts[1:]
            found += texts
    return found


def _sentences(document: TrueDocument, reading: Reading) -> tuple[int, int, tuple[str, ...], int, int, int]:
    wanted = true_sentences(document)
    if reading.sentences is None:
        return 0, 0, (), 0, 0, 0
    marks = {mark for page in document.pages for text in page.beside for mark in words(text)}
    given = {_key(sentence.text, marks): sentence for sentence in reading.sentences}
    items = whole_items = opened = whole = 0
    broken: list[str] = []
    for kind, text, opener in wanted:
        found = given.get(_key(text, marks))
        whole += found is not None
        if found is None:
            broken.append(text)
        if kind == "item":
            items += 1
            whole_items += found is not None
            opened += found is not None and _key(found.opener, marks) == _key(opener, marks)
    return len(wanted), whole, tuple(broken), items, whole_items, opened


def _key(text: str, marks: set[str]) -> tuple[str, ...]:
    """Return the words of a sentence, without marks of notes and items at its ends or set apart within it."""
    return tuple(word for word in words(text) if word not in marks)
