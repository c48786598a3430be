"""Numbers, signs and Latin words in lines that run from right to left, in the order in which they are read.

pdfium keeps the letters of Arabic and Hebrew in order, but gives a number and the signs beside it as a line from left
to right has them: ".2021" for a full stop that ends the sentence. The places of the characters tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.pdf.edited_text import EditedText
from ingest.pdf.upright import Rect

_RIGHT = re.compile(r"[\u0590-\u05ff\u0600-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LINE = re.compile(r"[^\r\n\ufffe]+")
_OTHERS = re.compile(
    r"[^\u05d0-\u05f2\u0620-\u0659\u066e-\u06d5\u06ee\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\r\n\ufffe]+"
)
"""What stands between letters that run from right to left."""
_LEFT_TO_RIGHT = re.compile(
    r"[^\W\d_](?:[^\u0590-\u08ff]*[^\W_])?"  # Latin words, with the blanks and numbers among them
    r"|\d+(?:[.,:/٫٬]\d+)*"
)
_WORD = re.compile(r"[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d5\u06ee\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
_TWO_BLANKS = re.compile(r"(?<=\S) (?= \S)")
_BRACKETS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«"}
_OPENING = frozenset("([{«")


def in_reading_order(edited: EditedText, box: Callable[[int], Rect]) -> EditedText:
    """Return the text with its lines from right to left as they are read; ``box`` gives a character's place."""
    if not _RIGHT.search(edited.text):
        return edited
    page_runs_left = runs_left(edited.text)
    for line in _LINE.finditer(edited.text):
        if page_runs_left and _is_row_of_figures(line, box):
            figures = [(index, edited.text[index], box(index)) for index in range(*line.span())]
            edited = edited.reorder(line.start(), _order(figures))
        if not runs_left(line.group()):
            continue
        for run in _OTHERS.finditer(edited.text, line.start(), line.end()):
            if sum(not char.isspace() for char in run.group()) > 1 and any(map(str.isalnum, run.group())):
                order = _order([(index, edited.text[index], box(index)) for index in range(run.start(), run.end())])
                edited = edited.reorder(run.start(), order)
        edited = _with_brackets(edited, line.start(), line.end())
    return edited.edit({blank.start(): "" for blank in _TWO_BLANKS.finditer(edited.text)})


def _is_row_of_figures(line: re.Match[str], box: Callable[[int], Rect]) -> bool:
    """Return whether a line has figures alone, as far from each other as the cells of a table are."""
    figures = list(re.finditer(r"\S+", line.group()))
    if len(figures) < 2 or any(map(str.isalpha, line.group())) or not all(f.group()[-1].isdigit() for f in figures):
        return False
    ends = [(box(line.start() + f.start()), box(line.start() + f.end() - 1)) for f in figures]
    return all(after[0] - before[2] > before[3] - before[1] for (_, before), (after, _) in pairwise(ends))


def signs_in_their_places(edited: EditedText, box: Callable[[int], Rect]) -> EditedText:
    """Return the text with words and signs of lines from right to left as they are printed.

    pdfium gives a bullet or the mark of a note behind a number as the first or the last sign of the line, and the
    letters of a word in the order in which they are drawn.
    """
    if not _RIGHT.search(edited.text):
        return edited
    for word in _WORD.finditer(edited.text):
        boxes = [box(index) for index in range(*word.span())]
        rightwards = sum(after[0] >= (before[0] + before[2]) / 2 for before, after in pairwise(boxes))
        if rightwards > (len(boxes) - 1) / 2:  # drawn from left to right
            edited = edited.reorder(word.start(), range(word.end() - 1, word.start() - 1, -1))
    for line in _LINE.finditer(edited.text):
        if runs_left(line.group()):
            start, end = line.span()
            order = _by_place(edited.text, start, end, box)
            edited = edited.reorder(start, order) if order != list(range(start, end)) else edited
    return edited


def _by_place(text: str, start: int, end: int, box: Callable[[int], Rect]) -> list[int]:
    letters = [index for index in range(start, end) if _RIGHT.match(text[index])]
    centers = {index: sum(box(index)[::2]) / 2 for index in range(start, end) if not text[index].isspace()}
    right, left = max(centers[index] for index in letters), min(centers[index] for index in letters)
    astray = [
        index
        for index, center in centers.items()
        if (index < letters[0] and center < right) or (index > letters[-1] and center > left)
    ]
    order = [index for index in range(start, end) if index not in astray]
    for index in astray:
        after = (at for at, other in enumerate(order) if centers.get(other, right + 1) < centers[index])
        order.insert(next(after, len(order)), index)
    return order


def runs_left(line: str) -> bool:
    """Return whether most letters of a line run from right to left."""
    if line.isascii():
        return False
    kinds = [unicodedata.bidirectional(char) for char in line if char.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds) > len(kinds) / 2


def _order(characters: Sequence[tuple[int, str, Rect]]) -> list[int]:
    """Return the indices of characters in the order in which a line from right to left is read."""
    shown = sorted(characters, key=lambda character: character[2][0] + character[2][2])
    text = "".join(char for _, char, _ in shown)
    pieces: list[str] = []
    bounds: list[tuple[int, int]] = []
    at = 0
    for atom in _LEFT_TO_RIGHT.finditer(text):
        bounds += [(index, index + 1) for index in range(at, atom.start())]
        bounds.append(atom.span())
        at = atom.end()
    bounds += [(index, index + 1) for index in range(at, len(text))]
    bounds.reverse()
    pieces = [text[start:end] for start, end in bounds]
    for index in range(len(pieces) - 2):
        first, sign, last = pieces[index : index + 3]
        # A range grows: in some programs it is set from left to right, in others from right to left.
        if sign in ("-", "–") and first.isdecimal() and last.isdecimal() and _falls(first, last):
            bounds[index], bounds[index + 2] = bounds[index + 2], bounds[index]
            pieces[index], pieces[index + 2] = last, first
    for index in range(len(pieces) - 1):
        if pieces[index] in ("%", "٪") and pieces[index + 1][0].isdecimal():
            bounds[index : index + 2] = bounds[index + 1], bounds[index]
            pieces[index : index + 2] = pieces[index + 1], pieces[index]
    return [shown[place][0] for start, end in bounds for place in range(start, end)]


def _falls(first: str, last: str) -> bool:
    return (len(first) == len(last) and int(first) > int(last)) or len(first) < len(last) == 4


def _with_brackets(edited: EditedText, start: int, end: int) -> EditedText:
    """Return the text with the brackets of a line turned where the closing one comes first."""
    places = [index for index in range(start, end) if edited.text[index] in _BRACKETS]
    changes: dict[int, str] = {}
    index = 0
    while index + 1 < len(places):
        first, second = edited.text[places[index]], edited.text[places[index + 1]]
        if first not in _OPENING and second == _BRACKETS[first]:
            changes |= {places[index]: second, places[index + 1]: first}
        index += 2 if second == _BRACKETS[first] else 1
    return edited.edit(changes)
