"""Split blocks into whole sentences, with their offsets; and long sentences into the pieces that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import regex as re
import sentencex

from ingest.documents import BlockKind
from ingest.stopless import is_stopless, split_stopless

_MIN_CHARACTERS = 30
"""Shorter pieces ("12.", "Ibid.") join what follows."""
WHOLE_CHARACTERS = 3_000
"""A run of words without an end is taken for several sentences here: a screen shows as much, a reader reads no more."""
PIECE_CHARACTERS = 450
"""Longer sentences are searched in pieces, cut at the likeliest place: the embedder would not read the rest."""
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
_LETTERS_AND_STOPS = re.compile(r"(?:^|[\s(«“])(?:(?:[\p{Lo}\p{M}]{1,4}\.){2,}|\p{Arabic}\.)\s*$")
"""Abbreviations of scripts without capitals: "वि.सं.", "د."."""
_GOES_ON = re.compile(r"(?!(?:al|el|an|ar|as|at)-)\p{Ll}\P{Lu}{3}")
"""A small letter begins no sentence, but for names such as "iDefend" and "al-Shabaab"."""
_MARKS = re.compile(r"[^\P{Sentence_Terminal}.!?၊][\p{Pe}\p{Pf}\"'’»]*")
"""sentencex 1.0 does not know all of them in all languages; "၊" is a comma."""
_NOTE_MARK = re.compile(r"[^\W\d_][)”’\"]?[.!?][\"”’)]?(\d{1,3})$")
_PARAGRAPH_NUMBER = re.compile(r"(\d{1,4})\.\s+(?=\S)")
_END = re.compile(r"[\p{Sentence_Terminal}:;…]\s?[\p{Pe}\p{Pf}\"'’»]*\d{0,3}\s*$")
_TAIL = 40
"""Characters at the end of a text in which its end shows."""
_LETTER = re.compile(r"[\p{L}\p{M}]")
_WIDE = re.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Ethiopic}]")
"""A character of these says as much as three letters."""
_FEWEST_LETTERS = 20
_FEWEST_IN_ITEM = 4


def split_sentences(text: str, notes: Iterable[tuple[int, int]] = (), language: str = "en") -> list[tuple[int, int]]:
    """Return the ``(start, end)`` of every sentence of ``text``, without blanks at both ends.

    Boundaries are sentencex's (rules and abbreviations by language; ISO 639-1), and in scripts that write none those
    of ``ingest.stopless``. Pieces under 30 characters join the next one; a run of over 3,000 is cut like a long
    sentence. ``notes`` are the footnote marks: a sentence ends after the one that follows its full stop, and does not
    contain it.
    """
    marks = {end: start for start, end in notes if _STOP.search(text[max(0, start - 3) : start])}
    ends = [*marks, *(match.end() for match in _AFTER_NOTE.finditer(text)), *_ends(text, language)]
    ends = [end for end in sorted(set(ends)) if end == len(text) or end in marks or not _goes_on(text, end)]
    pieces = list(zip([0, *ends], ends, strict=False))
    whole = (cut for part in _join_short(text, pieces) for cut in cut_long(text, *_trim(text, *part), WHOLE_CHARACTERS))
    return [(start, _without_note_mark(text, start, end, marks)) for start, end in whole]


def _ends(text: str, language: str) -> Iterator[int]:
    if is_stopless(text):
        yield from split_stopless(text)
        return
    yield from (match.end() for match in _MARKS.finditer(text))
    position = 0
    for piece in sentencex.segment(language or "en", text.translate(_BLANKS)):
        position += len(piece)
        yield position


def _goes_on(text: str, end: int) -> bool:
    """Return whether the full stop before ``end`` belongs to an abbreviation, or a small letter follows it."""
    before = text[max(0, end - 16) : end]
    if not before.rstrip().endswith("."):
        return False
    return bool(_ABBREVIATION.search(before) or _LETTERS_AND_STOPS.search(before) or _GOES_ON.match(text, end))


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
    """Return whether ``text`` ends as a sentence does, a footnote's number aside.

    Thai and Lao mark no end: any of their lines may be one.
    """
    tail = text[-_TAIL:]
    return bool(_END.search(tail)) or is_stopless(tail)


def is_prose(text: str, kind: BlockKind) -> bool:
    """Return whether a sentence can be a quote: no heading, row of figures or scrap.

    It is an item of a list, or ends as a sentence does, or is so long that it is part of one that was cut.
    """
    letters = len(_LETTER.findall(text))
    if letters <= 0.2 * len(text):
        return False
    if kind is BlockKind.ITEM:
        return letters >= _FEWEST_IN_ITEM
    enough = letters + 2 * len(_WIDE.findall(text)) >= _FEWEST_LETTERS
    return kind is BlockKind.BODY and enough and (ends_sentence(text) or len(text) >= PIECE_CHARACTERS // 3)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _join_short(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    pending: int | None = None
    for start, end in pieces:
        if _trim(text, start, end)[0] == end:
            continue
        begin = start if pending is None else pending
        if end - begin < _MIN_CHARACTERS and end - begin + 2 * len(_WIDE.findall(text, begin, end)) < _MIN_CHARACTERS:
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


def cut_long(text: str, start: int, end: int, most: int = PIECE_CHARACTERS) -> Iterator[tuple[int, int]]:
    """Yield pieces of ``text[start:end]`` of at most ``most`` characters, without blanks at both ends.

    They are cut at semicolons, else commas, else blanks; the piece before a cut has a third of ``most`` at least.
    """
    while end - start > most:
        cut = start + _best_cut(text[start : start + most + 1], end - start, most)
        yield _trim(text, start, cut)
        start, _ = _trim(text, cut, end)
    if start < end:
        yield start, end


def _best_cut(window: str, left: int, most: int) -> int:
    """Return where to cut a text of ``left`` characters that begins with ``window``."""
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(window, most // 3) if match.start() <= most]
        if places:
            return min(places, key=lambda place: abs(place - left / 2)) if left < 2 * most else places[-1]
    return most
