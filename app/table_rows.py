"""Rows of tables as quotes: a row answers a question for a figure, and is quoted with the rows that head it."""

from __future__ import annotations

from dataclasses import replace

import regex

from ingest.documents import Block, BlockKind, Page, Span
from ingest.language.asking import AskedFor
from ingest.language.folding import fold
from vectorstore.question import Question
from vectorstore.records import StoredSentence
from vectorstore.rows import spans_json

_FIGURES = frozenset((AskedFor.NUMBER, AskedFor.AMOUNT))
_LABEL = regex.compile(r"^[^\p{N}]*")
_WORD = regex.compile(r"[\p{L}\p{M}]{2,}|\p{N}+")
_DIGIT = regex.compile(r"\p{N}")


def answers_as_row(question: Question, row: StoredSentence) -> bool:
    """Return whether a table's row may be shown as an answer.

    The question asks for a figure, the row's label has a word of the question, and the years that the question names
    are over the row or in it: a row of another year, or of somebody else, answers another question.
    """
    if row.kind is not BlockKind.TABLE or question.asked_for not in _FIGURES or not _DIGIT.search(row.text):
        return False
    text = fold(row.text)
    label = set(_WORD.findall(_LABEL.findall(text)[0]))
    held = set(_WORD.findall(f"{text} {fold(row.header)}"))
    asked = set(question.content_words)
    return bool(label & asked) and held >= set(question.years) and len(held & asked) > len(asked & set(question.years))


def with_heads(row: StoredSentence, page: Page) -> list[StoredSentence]:
    """Return the rows of ``page`` that head ``row``, from the top, and last itself; what is over them is their header.

    The rows at the head may hold nothing but years, so they are no sentences of the catalogue: they are found by the
    header of the row, which repeats them.
    """
    above: list[Block] = []
    for block in reversed([block for block in page.blocks if block.end <= row.spans[0].start]):
        if block.kind is not BlockKind.TABLE or block.header != row.header:
            break
        above.insert(0, block)
    caption, heads = row.header, list[tuple[Span, str]]()
    for block in above:
        text = page.text[block.start : block.end]
        bare = text.strip(" |")
        if bare and bare in caption:
            caption = caption.replace(bare, "", 1)
            heads.append((Span(page.number, block.start, block.end), text))
    header = " ".join(caption.replace("|", " ").split())
    header = "" if header == " ".join(row.text.replace("|", " ").split()) else header
    return [
        *(
            replace(row, stored_spans=spans_json([span]), stored_whole="", text=text, header=header)
            for span, text in heads
        ),
        replace(row, header=header),
    ]
