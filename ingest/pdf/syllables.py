"""Scripts whose letters form syllables, such as Devanagari, Khmer and Burmese, as PDFs of browsers and Typst have them.

A syllable is drawn by several glyphs, and each may stand for all of it, so its letters come two or three times over.
Blanks are drawn as objects of their own, which pdfium passes over; it guesses blanks from gaps instead, and the gap
behind a syllable says little: "कि ना रे" for "किनारे".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from ingest.pdf.edited_text import EditedText
from ingest.pdf.page_objects import PageObjects
from ingest.pdf.text_layer import TextLayer
from ingest.pdf.upright import Rect

_COMPLEX = regex.compile(
    r"[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}"
    r"\p{Myanmar}\p{Khmer}\p{Thai}\p{Lao}\p{Tibetan}\p{Ethiopic}]"
)
"""Scripts of syllables; Ethiopic ones are letters of their own, but pdfium guesses as badly between them."""
_MARK_BEHIND = regex.compile(r"[ก-ฮัิ-ฺ็][ก-ฮ][่-๎]|[ກ-ຮັິ-ຼົ][ກ-ຮ][່-ໍ]")
"""A letter, which may have a vowel over it, another letter, and a mark that may be over either."""
_OVER = 0.5
"""Share of a syllable's width that lies over another, where the two are one whatever their sizes."""
_LEVEL = 0.4
"""Of a line's height: signs over and under a syllable, and the blank behind it, have baselines so near to its own."""
_WIDE = 0.7
"""A gap, in line heights, that parts cells or columns: there is a blank, whether it was drawn or not."""
_NEAR = 0.2
"""Of a line's height: how far parts of a syllable are apart, and how far a blank may lie within the ink beside it."""


@dataclass(frozen=True, slots=True)
class _Syllable:
    """Letters that one glyph or one object stands for, from ``start`` to ``end`` in the layer's text."""

    start: int
    end: int
    box: Rect


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a page draws without giving text for it."""

    blanks: list[Rect]
    silent: dict[int, Rect]
    """Where further glyphs of a syllable are, by the address of the object that gives the syllable's text."""


def syllables_mended(layer: TextLayer, objects: PageObjects) -> dict[int, str]:
    """Return how the layer's text changes, by index: syllables that come twice, and blanks that were guessed or missed.

    The text must be pdfium's, with nothing but letters taken out of it.
    """
    if not _COMPLEX.search(layer.text):
        return {}
    drawn = _drawn(layer, objects)
    whole, parts = _put_together(layer, list(_syllables(layer, drawn.silent)))
    changes = {index: "" for part in parts for index in range(part.start, part.end)}
    return changes | _blank_changes(layer, whole, drawn.blanks)


def marks_over_their_letters(layer: TextLayer) -> EditedText:
    """Return the layer's text with tone marks of Thai and Lao behind the letters that they are printed over."""
    edited = layer.edited
    for match in _MARK_BEHIND.finditer(layer.text):
        letter, mark = match.start() + 1, match.start() + 2
        left, _, right, _ = layer.char_box(mark)
        if right > left and (left + right) / 2 < layer.char_box(letter)[0]:
            edited = edited.reorder(letter, (mark, letter))
    return edited


def _syllables(layer: TextLayer, silent: Mapping[int, Rect]) -> Iterator[_Syllable]:
    """Yield the page's letters, those together that one glyph or one object stands for."""
    text, start = layer.text, 0
    while start < len(text):
        if text[start].isspace() or text[start] == "\ufffe":
            start += 1
            continue
        drawn, box, end = layer.text_object(start), layer.char_box(start), start + 1
        whole = layer.stands_for_other_text(start)
        while end < len(text) and not text[end].isspace() and layer.text_object(end) == drawn:
            other = layer.char_box(end)
            if not whole and other != box:
                break
            box = _around(box, other)
            end += 1
        if whole and drawn in silent:
            box = _around(box, silent[drawn])
        yield _Syllable(start, end, box)
        start = end


def _put_together(layer: TextLayer, drawn: Sequence[_Syllable]) -> tuple[list[_Syllable], list[_Syllable]]:
    """Return whole syllables, and those drawn over or beside one with the same letters, which are parts of it.

    A syllable that is written twice is drawn twice, in the same sizes and beside itself.
    """
    whole: list[_Syllable] = []
    parts: list[_Syllable] = []
    last: dict[str, tuple[int, list[_Syllable]]] = {}
    for syllable in drawn:
        letters = layer.text[syllable.start : syllable.end]
        before, same = last.get(letters, (0, []))
        if same and _is_part(layer, syllable, same):
            same.append(syllable)
            parts.append(syllable)
            whole[before] = replace(whole[before], box=_around(whole[before].box, syllable.box))
            continue
        if len(letters) > 1 and _COMPLEX.search(letters):
            last[letters] = (len(whole), [syllable])
        whole.append(syllable)
    return whole, parts


def _is_part(layer: TextLayer, syllable: _Syllable, parts: Sequence[_Syllable]) -> bool:
    height = layer.line_height(parts[0].start)
    if abs(layer.baseline(syllable.start) - layer.baseline(parts[0].start)) > _LEVEL * height:
        return False
    width = syllable.box[2] - syllable.box[0]
    over = max(_over(syllable.box, part.box) for part in parts)
    return over >= _OVER * width or (
        over > -_NEAR * height and _size(syllable.box) not in {_size(part.box) for part in parts}
    )


def _over(one: Rect, other: Rect) -> float:
    """Return how wide, in points, one lies over the other; less than 0 is the gap between them."""
    return min(one[2], other[2]) - max(one[0], other[0])


def _around(one: Rect, other: Rect) -> Rect:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _size(box: Rect) -> tuple[float, float]:
    return round(box[2] - box[0], 1), round(box[3] - box[1], 1)


def _blank_changes(layer: TextLayer, syllables: Sequence[_Syllable], blanks: Sequence[Rect]) -> dict[int, str]:
    """Return how blanks change between syllables: guessed ones go, drawn ones come, where the file draws blanks."""
    changes: dict[int, str] = {}
    if not blanks and not any(char == " " and not layer.is_guessed(index) for index, char in enumerate(layer.text)):
        return changes
    for before, after in pairwise(syllables):
        between = [index for index in range(before.end, after.start) if layer.text[index].isspace()]
        letters = layer.text[before.end - 1] + layer.text[after.start]
        if not _COMPLEX.search(letters) or any(layer.text[index] in "\r\n" for index in between):
            continue
        size = layer.line_height(after.start)
        guessed = [index for index in between if layer.is_guessed(index)]
        parted = (
            len(guessed) < len(between)
            or after.box[0] - before.box[2] >= _WIDE * size
            or any(
                abs(blank[1] - layer.baseline(after.start)) < _LEVEL * size
                and _stands_between(blank[0], before.box, after.box, _NEAR * size)
                for blank in blanks
            )
        )
        changes |= dict.fromkeys(guessed, "")
        if parted and len(guessed) == len(between):
            changes[after.start] = f" {layer.text[after.start]}"
    return changes


def _stands_between(left: float, before: Rect, after: Rect, near: float) -> bool:
    """Return whether a blank that begins at ``left`` is between two syllables, or ``near`` to it within their ink."""
    first = max(before[2] - near, (before[0] + before[2]) / 2)
    last = min(after[0] + near, (after[0] + after[2]) / 2)
    return first <= left <= last


def _drawn(layer: TextLayer, objects: PageObjects) -> _Drawn:
    speaking = {layer.text_object(index) for index, char in enumerate(layer.text) if not char.isspace()}
    found = _Drawn([], {})
    last = 0
    for place, rect in objects.text_places():
        if place in speaking:
            last = place
            continue
        box = layer.upright.rect(*rect)
        if rect[2] - rect[0] <= 0:
            found.blanks.append(box)
        elif last:
            found.silent[last] = _around(found.silent[last], box) if last in found.silent else box
    return found
