"""Compare what a reader gave with the true text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import LCSseq, Levenshtein

from evaluation.fidelity.readers import Reading, ReadSentence
from evaluation.fidelity.truth import TrueBlock, TrueDocument, TruePage
from evaluation.fidelity.words import letters, words

READ, NAMED, SILENT = "read", "named as unread", "refused"
_LONGEST_MARK = 5
"""Characters of a mark of an item or note: "•", "(iii)"."""
_MOST_TOGETHER = 4
"""Sentences that may be given as one: a reader joins short ones to their neighbours."""


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
    """Those that the reader gives word for word, alone or with their neighbours."""
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
    all_letters, wrong = _letters(document, reading, extra & beside)
    sentences, whole, broken, items, whole_items, opened = _sentences(document, reading)
    unseen = Counter(word for page in document.pages for text in page.hidden for word in words(text))
    return Outcome(
        READ,
        words=len(true_words),
        lost=lost.total(),
        invented=invented.total(),
        moved=max((Counter(fixed) & read_count).total() - in_order, 0),
        misplaced=(common.total() - on_page.total()) if paged else 0,
        letters=all_letters,
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

    Taken out of what was read are lines of nothing but words beside the text, and marks that lines begin with; out of
    both, a box, caption or note that was read without a mistake, wherever it stands.
    """
    blocks = [block for page in document.pages for block in page.blocks]
    marks = tuple({text for page in document.pages for text in page.beside if len(text) <= _LONGEST_MARK})
    spare = Counter(left_out)
    kept: list[str] = []
    for page in reading.pages:
        for line in page.text.splitlines():
            pieces = words(line)
            if pieces and not Counter(pieces) - spare:
                spare -= Counter(pieces)
            else:
                kept.append(_without_mark(line, marks))
    read_text = letters(" ".join(kept))
    total = len(letters(" ".join(block.text for block in blocks)))
    fixed: list[str] = []
    for block in blocks:
        text = letters(block.text)
        if block.floating and text in read_text:
            before, _, after = read_text.partition(text)
            read_text = f"{before.rstrip()} {after.lstrip()}"
        else:
            fixed.append(text)
    return total, min(Levenshtein.distance(letters(" ".join(fixed)), letters(read_text)), total)


def _without_mark(line: str, marks: Sequence[str]) -> str:
    first, _, rest = line.strip().partition(" ")
    return rest if first in marks else line


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A sentence and where it stands: sentences of one block may be quoted together, since short ones are."""

    kind: str
    text: str
    opener: str
    block: int


def true_sentences(document: TrueDocument) -> list[TrueSentence]:
    """Return every sentence, those of tables and captions left out; one that runs over a page break is one."""
    found: list[TrueSentence] = []
    number = 0
    for page in document.pages:
        for block in page.blocks:
            if block.kind in {"row", "caption", "heading"}:
                continue
            number += not block.continues
            texts = list(block.sentences)
            if block.continues:
                last = max(index for index, one in enumerate(found) if one.kind != "note")
                found[last] = replace(found[last], text=f"{found[last].text}{block.joiner}{texts.pop(0)}")
            found += [TrueSentence(block.kind, text, block.opener, number) for text in texts]
    return found


def _sentences(document: TrueDocument, reading: Reading) -> tuple[int, int, tuple[str, ...], int, int, int]:
    """Return how many sentences there are and are whole, the others, and of items: all, whole, with their opener."""
    if reading.sentences is None:
        return 0, 0, (), 0, 0, 0
    wanted = true_sentences(document)
    marks = {mark for page in document.pages for text in page.beside for mark in words(text)}
    given = {_key(sentence.text, marks): sentence for sentence in reading.sentences}
    keys = [_key(sentence.text, marks) for sentence in wanted]
    found: dict[int, ReadSentence] = {}
    for first in range(len(wanted)):
        together: tuple[str, ...] = ()
        for last in range(first, min(first + _MOST_TOGETHER, len(wanted))):
            if wanted[last].block != wanted[first].block:
                break
            together += keys[last]
            if together in given:
                found |= dict.fromkeys(range(first, last + 1), given[together])
    items = [place for place, sentence in enumerate(wanted) if sentence.kind == "item"]
    opened = sum(
        place in found and _ends(_key(found[place].opener, marks), _key(wanted[place].opener, marks)) for place in items
    )
    broken = tuple(sentence.text for place, sentence in enumerate(wanted) if place not in found)
    return len(wanted), len(found), broken, len(items), sum(place in found for place in items), opened


def _ends(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Of an inner list: the line that opens the outer one may stand before its own."""
    return given[len(given) - len(wanted) :] == wanted


def _key(text: str, marks: set[str]) -> tuple[str, ...]:
    """Return the words of a sentence, without those that are marks of notes and items somewhere in the document."""
    return tuple(word for word in words(text) if word not in marks)
