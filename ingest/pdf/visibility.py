"""Text of a PDF page that nobody can see: it may be a name that was blacked out, or an instruction to a machine.

Suspected text (``ingest.pdf.page_objects``) is taken away from the page: where the printed page does not change, it
cannot be seen. That holds for every way of hiding: paint over or beneath it, transparency, clip paths, layers that are
switched off.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from enum import Enum

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.page_objects import PageObjects, Suspicion, address
from ingest.pdf.page_pixels import (
    Picture,
    box_around,
    changes_in,
    colour_range,
    edges_in,
    pixels_in,
    rendered,
    shares_of,
)
from ingest.pdf.upright import Rect

_SHARE = 0.3
"""Share of a letter's height in which the page must change, and half that of its width: a box often leaves its edges
free, and the place of a narrow letter may be wider than its ink."""
_INK = 60
"""Least range of brightness, of 255, within the place of a letter of a scan."""
_SURELY_PRINTED = 0.15
"""Share of a letter's place from which a change is no edge of a box."""
_READ = 0.33
"""Share of a line's letters that must lie on ink of a scan: its text layer is often a little off."""
_NEAR = 3
"""Characters, blanks that is, that may part the letters of a run."""
_LEAST_BAR = 3
"""Letters under a bar: fewer are a rule or a blot on a scan."""
_DARK = 90
"""Brightness, of 255, under which an even place is a black bar."""
_WHOLE_PAGE = 0.6
"""Share of the page that a scan fills."""


class Unseen(Enum):
    """Why a letter cannot be seen."""

    BARRED = "barred"
    """It is under a black bar: a reader sees that something was here."""
    COVERED = "covered"
    """Something else lies over it."""
    HIDDEN = "hidden"
    """It has the colour of the page, or is not painted."""


def is_scan(page: pypdfium2.PdfPage, objects: PageObjects) -> bool:
    """Return whether the text of ``page`` was read from a picture of it."""
    invisible = len(objects.handles(Suspicion.INVISIBLE))
    return bool(invisible > len(objects.text) / 2 or (objects.text and _is_filled(page, objects)))


def _is_filled(page: pypdfium2.PdfPage, objects: PageObjects) -> bool:
    width, height = page.get_size()
    filled = sum((right - left) * (top - bottom) for left, bottom, right, top in objects.pictures)
    return bool(filled > _WHOLE_PAGE * width * height)


def unseen_letters(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, text: str, objects: PageObjects
) -> dict[int, Unseen]:
    """Return which letters of the text layer cannot be seen, by their index, and why.

    ``objects`` is what the page paints; ``text`` is the text layer, one character a letter of pdfium. A text layer over
    or under a scan is seen where the scan shows letters. In doubt text is seen: evidence must not be lost.
    """
    if not objects.suspects and not objects.redactions:
        return {}
    owners = _owners(text_page, text)
    owner = {index: at for index, at in owners.items() if at in objects.suspects or (at and objects.redactions)}
    boxes = {index: text_page.get_charbox(index) for index in owner}
    found = {index: Unseen.COVERED for index, box in boxes.items() if _is_within(box, objects.redactions)}
    suspects = {index: box for index, box in boxes.items() if owner[index] in objects.suspects and index not in found}
    if suspects:
        why = {index: objects.suspects[owner[index]][1] for index in suspects}
        twins = _printed_twice(objects, owners)
        found |= {
            index: reason
            for index, reason in _on_the_page(page, objects, why, suspects, text).items()
            if why[index] is Suspicion.COVERED or not _is_within(suspects[index], twins)
        }
    return _whole_runs(text, found)


def _is_within(box: Rect, places: Iterable[Rect]) -> bool:
    """Return whether the middle of ``box`` is in one of ``places``."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in places)


def _owners(text_page: pypdfium2.PdfTextPage, text: str) -> dict[int, int]:
    """Return the address of the text object of every printed character."""
    ask, handle = pdfium_raw.FPDFText_GetTextObject, text_page.raw
    return {index: address(ask(handle, index)) for index, char in enumerate(text) if not char.isspace()}


def _printed_twice(objects: PageObjects, owners: Mapping[int, int]) -> list[Rect]:
    """Return the places of text that no character belongs to: pdfium keeps the first of two on one place."""
    known = set(owners.values()) | objects.suspects.keys()
    found: list[Rect] = []
    edges = tuple(ctypes.c_float() for _ in range(4))
    for handle in objects.text:
        if address(handle) not in known and pdfium_raw.FPDFPageObj_GetBounds(handle, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            found.append((left, bottom, right, top))
    return found


def _on_the_page(
    page: pypdfium2.PdfPage,
    objects: PageObjects,
    why: Mapping[int, Suspicion],
    boxes: Mapping[int, Rect],
    text: str,
) -> dict[int, Unseen]:
    """Return which of the letters at ``boxes`` the printed page does not show."""
    unseen = [index for index in boxes if why[index] is Suspicion.INVISIBLE]
    if len(unseen) < len(boxes):
        unseen += _unprinted(page, objects, why, {index: boxes[index] for index in boxes.keys() - set(unseen)})
    if not unseen:
        return {}
    scanned = _is_filled(page, objects)
    bare, places = rendered(page, without=objects.text)
    found: dict[int, Unseen] = {}
    for run in _lines_of(unseen, text):
        cuts = {index: pixels_in(bare, places(boxes[index])) for index in run}
        inked = sum(_has_ink(cuts[index]) for index in run)
        # A scan, or letters drawn as shapes: the text layer says what a reader sees.
        if why[run[0]] is Suspicion.INVISIBLE or scanned:
            read = inked > _READ * len(run)
        else:
            read = why[run[0]] is not Suspicion.COVERED and inked > (1 - _READ) * len(run)
        bars = runs_of(index for index in run if _is_bar(cuts[index]))
        barred = {index for bar in bars if len(bar) >= _LEAST_BAR for index in bar}
        for index in barred if read else run:
            hidden = Unseen.COVERED if why[index] is Suspicion.COVERED else Unseen.HIDDEN
            found[index] = Unseen.BARRED if index in barred else hidden
    return found


def _unprinted(
    page: pypdfium2.PdfPage, objects: PageObjects, why: Mapping[int, Suspicion], boxes: Mapping[int, Rect]
) -> list[int]:
    """Return which letters leave the printed page as it is."""
    shown, places = rendered(page)
    unseen: list[int] = []
    # Letters stand out from an even ground; on a picture they are taken for seen.
    coloured = {index: places(box) for index, box in boxes.items() if why[index] is Suspicion.COLOUR}
    for index, share in shares_of(edges_in(shown, box_around(coloured)), coloured):
        if not share:
            unseen.append(index)
    lying = objects.handles(Suspicion.COVERED, Suspicion.HIDDEN)
    others = {index: places(box) for index, box in boxes.items() if why[index] is not Suspicion.COLOUR}
    if others:
        changed = changes_in(shown, rendered(page, without=lying)[0], box_around(others))
        for index, share in shares_of(changed, others):
            if share < _SURELY_PRINTED and not _is_printed(pixels_in(changed, others[index])):
                unseen.append(index)
    return unseen


def _is_printed(change: npt.NDArray[np.bool_]) -> bool:
    """Return whether the letter whose place this is changes the page: not at its edge alone, where a box ends."""
    if not change.size:
        return False
    rows, columns = change.any(axis=1).sum(), change.any(axis=0).sum()
    return bool(rows >= _SHARE * change.shape[0] and columns >= _SHARE / 2 * change.shape[1])


def _has_ink(place: Picture) -> bool:
    return colour_range(place) >= _INK


def _is_bar(place: Picture) -> bool:
    return bool(place.size) and int(place.max()) < _DARK


def runs_of(indices: Iterable[int]) -> list[list[int]]:
    """Return indices in runs that a blank or two may interrupt."""
    runs: list[list[int]] = []
    for index in sorted(indices):
        if runs and index - runs[-1][-1] <= _NEAR:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _lines_of(indices: Iterable[int], text: str) -> list[list[int]]:
    """Return indices in runs, each within a line of ``text``."""
    runs: list[list[int]] = []
    for run in runs_of(indices):
        start = 0
        for place in range(1, len(run)):
            if "\n" in text[run[place - 1] : run[place]]:
                runs.append(run[start:place])
                start = place
        runs.append(run[start:])
    return runs


def _whole_runs(text: str, found: dict[int, Unseen]) -> dict[int, Unseen]:
    """Return ``found`` with the blanks between unseen letters, and without single letters among seen ones."""
    whole: dict[int, Unseen] = {}
    for run in runs_of(found):
        start, end = run[0], run[-1] + 1
        if len(run) < 2 and text[max(start - 1, 0) : end + 1].strip() != text[start:end]:
            continue
        gaps = [index for index in range(start, end) if index not in found]
        if all(text[index].isspace() for index in gaps):
            found |= {index: found[start] for index in gaps if text[index] not in "\r\n"}
        whole |= {index: found[index] for index in range(start, end) if index in found}
    return whole
