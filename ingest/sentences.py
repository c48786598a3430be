"""Split blocks into whole sentences, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import sentencex

from ingest.documents import BlockKind

_MIN_CHARACTERS = 30
"""Shorter pieces ("12.", "Ibid.") join what follows."""
MAX_CHARACTERS = 450
"""Longer ones are cut at the likeliest place: the embedder would not read the rest, nor would a reader."""
_CUTS = (
    re.compile(r"(?<=[;:។])\s+"),
    re.compile(r"(?<=[,၊،、])\s+"),
    re.compile(r"\s+"),
)
_AFTER_NOTE = re.compile(r"[^\W\d_][.!?][\"”’)]?\d{1,3}\s+(?=[\"“‘(]?[A-ZÀ-Þ])")
"""A sentence's end whose footnote number comes right after the full stop: "… sexual violence.1 The brief"."""
_BLANKS = {code: " " for code in range(0x80, 0x3001) if chr(code).isspace()} | dict.fromkeys((0x2028, 0x2029), "\n")
"""sentencex 1.0 panics on some blanks of more than one byte before a full stop."""
_STOP = re.compile(r"[.!?…][\"”’)\]]?$")
_ABBREVIATION = re.compile(
    r"\b(?:ms|mses|arts?|paras?|vols?|pp|nos|figs?|secs?|chs?|chaps?|docs?|eds?|add|corr|est|approx|cf)\.\s*$", re.I
)
"""End no sentence, beside those that sentencex knows."""
_NOTE_MARK = re.compile(r"[^\W\d_][)”’\"]?[.!?][\"”’)]?(\d{1,3})$")
_PARAGRAPH_NUMBER = re.compile(r"(\d{1,4})\.\s+(?=\S)")


def split_sentences(text: str, notes: Iterable[tuple[int, int]] = (), language: str = "en") -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of every sentence of ``text``, without blanks at both ends.

    Boundaries are sentencex's (rules and abbreviations by language). Pieces under 30 characters join the next one;
    sentences over 450 are cut at semicolons, else commas, else blanks. ``notes`` are the footnote marks: a sentence
    ends after the one that follows its full stop, and does not contain it.
    """
    marks = {end: start for start, end in notes if _STOP.search(text[max(0, start - 3) : start])}
    ends = [*marks, *(match.end() for match in _AFTER_NOTE.finditer(text))]
    position = 0
    for piece in sentencex.segment(language, text.translate(_BLANKS)):
        position += len(piece)
        ends.append(position)
    ends = [
        end for end in sorted(set(ends)) if end == len(text) or not _ABBREVIATION.search(text[max(0, end - 12) : end])
    ]
    pieces = list(zip([0, *ends], ends, strict=False))
    cuts = (cut for start, end in _join_short(text, pieces) for cut in _cut_long(text, *_trim(text, start, end)))
    return [(start, _without_note_mark(text, start, end, marks)) for start, end in cuts]


def _without_note_mark(text: str, start: int, end: int, marks: Mapping[int, int]) -> int:
    if marks.get(end, start) > start:
        return marks[end]
    match = _NOTE_MARK.search(text[max(start, end - 12) : end])
    return end - len(match.group(1)) if match else end


def paragraph_number(text: str) -> tuple[str, int]:
    """Return the printed number at the start of a paragraph, and where its words begin.

    ``("12", 4)`` of "12. UNMISS …"; ``("", 0)`` when there is none.
    """
    match = _PARAGRAPH_NUMBER.match(text)
    return (match.group(1), match.end()) if match else ("", 0)


def ends_sentence(text: str) -> bool:
    """Return whether ``text`` ends as a sentence does, a footnote's number aside."""
    return bool(re.search(r"[.!?:;…।॥។៕؟]\s?[\"'”’)\]»]*\d{0,3}\s*$", text))


def is_prose(text: str, kind: BlockKind) -> bool:
    """Return whether a sentence can be a quote: no heading, list entry or row of figures.

    It ends as a sentence does, or is so long that it is part of one that was cut.
    """
    letters = sum(char.isalpha() for char in text)
    prose = kind is BlockKind.BODY and letters >= 20 and letters > 0.2 * len(text)
    return prose and (ends_sentence(text) or len(text) >= MAX_CHARACTERS // 3)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _join_short(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    pending: int | None = None
    for start, end in pieces:
        if not text[start:end].strip():
            continue
        begin = start if pending is None else pending
        if end - begin < _MIN_CHARACTERS:
            pending = begin
            continue
        joined.append((begin, end))
        pending = None
    if pending is not None:
        tail_end = pieces[-1][1]
        if joined and joined[-1][1] <= pending:
            joined[-1] = (joined[-1][0], tail_end)
        else:
            joined.append((pending, tail_end))
    return joined


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CHARACTERS:
        cut = _best_cut(text[start:end])
        yield _trim(text, start, start + cut)
        start, _ = _trim(text, start + cut, end)
    if start < end:
        yield start, end


def _best_cut(text: str) -> int:
    low, high = MAX_CHARACTERS // 3, MAX_CHARACTERS
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text) if low <= match.start() <= high]
        if places:
            return min(places, key=lambda place: abs(place - len(text) / 2)) if len(text) < 2 * high else places[-1]
    return high
