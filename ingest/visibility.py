"""Text of a PDF page that nobody can see: it may be a name that was blacked out, or an instruction to a machine.

Suspected text (``ingest.page_objects``) is taken away from the page: where the printed page does not change, it cannot
be seen. That holds for every way of hiding: paint over or beneath it, transparency, clip paths, layers switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.page_objects import PageObjects, Suspicion, address
from ingest.upright import Rect

Picture = npt.NDArray[np.uint8]
"""Pixels of a page: [height, width, 3]."""
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_SCALE = 1.5
"""Pixels a point: the smallest print that can be read is four pixels high."""
_FAR = 10_000
"""Points: places this far away tell how a page lies in its picture."""
_MOST_PIXELS = 4_000_000
_SEEN = 20
"""Least difference of a colour, of 255, between letters and what is behind them: less than a watermark has."""
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
    owner = _owners(text_page, text, objects)
    boxes = {index: text_page.get_charbox(index) for index in owner}
    found = {
        index: Unseen.COVERED
        for index, box in boxes.items()
        if any(
            left <= (box[0] + box[2]) / 2 <= right and bottom <= (box[1] + box[3]) / 2 <= top
            for left, bottom, right, top in objects.redactions
        )
    }
    suspects = {index: box for index, box in boxes.items() if owner[index] in objects.suspects and index not in found}
    if suspects:
        why = {index: objects.suspects[owner[index]][1] for index in suspects}
        found |= _on_the_page(page, objects, why, suspects, text)
    return _whole_runs(text, found)


def _owners(text_page: pypdfium2.PdfTextPage, text: str, objects: PageObjects) -> dict[int, int]:
    """Return the address of the text object of every printed character that is asked about."""
    ask, handle = pdfium_raw.FPDFText_GetTextObject, text_page.raw
    owners = {index: address(ask(handle, index)) for index, char in enumerate(text) if not char.isspace()}
    if objects.redactions:
        return {index: owner for index, owner in owners.items() if owner}
    return {index: owner for index, owner in owners.items() if owner in objects.suspects}


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
    bare, places = _render(page, without=objects.text)
    found: dict[int, Unseen] = {}
    for run in _lines_of(unseen, text):
        cuts = {index: _cut(bare, places(boxes[index])) for index in run}
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
    shown, places = _render(page)
    unseen: list[int] = []
    # Letters stand out from an even ground; on a picture they are taken for seen.
    coloured = {index: places(box) for index, box in boxes.items() if why[index] is Suspicion.COLOUR}
    for index, share in _shares(_edges(shown, _around(coloured)), coloured):
        if not share:
            unseen.append(index)
    lying = objects.handles(Suspicion.COVERED, Suspicion.HIDDEN)
    others = {index: places(box) for index, box in boxes.items() if why[index] is not Suspicion.COLOUR}
    if others:
        changed = _changes(shown, _render(page, without=lying)[0], _around(others))
        for index, share in _shares(changed, others):
            if share < _SURELY_PRINTED and not _is_printed(_cut(changed, others[index])):
                unseen.append(index)
    return unseen


def _around(boxes: Mapping[int, Box]) -> Box:
    """Return the box around all boxes: only what is in it has to be compared."""
    if not boxes:
        return 0, 0, 0, 0
    lefts, tops, rights, bottoms = zip(*boxes.values(), strict=True)
    return max(min(lefts) - 2, 0), max(min(tops) - 2, 0), max(max(rights) + 3, 0), max(max(bottoms) + 3, 0)


def _differ(one: Picture, other: Picture, least: int) -> npt.NDArray[np.bool_]:
    """Return where two pictures of one size differ in a colour by ``least`` of 255."""
    return ((np.maximum(one, other) - np.minimum(one, other)) >= least).any(axis=2)


def _changes(shown: Picture, other: Picture, area: Box) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = area
    changes = np.zeros(shown.shape[:2], dtype=bool)
    part = (slice(top, bottom), slice(left, right))
    changes[part] = _differ(shown[part], other[part], _SEEN)
    return changes


def _edges(shown: Picture, area: Box) -> npt.NDArray[np.bool_]:
    """Return where, in ``area``, a pixel differs from the one at its left or above it."""
    left, top, right, bottom = area
    edges = np.zeros(shown.shape[:2], dtype=bool)
    part, inner = shown[top:bottom, left:right], edges[top:bottom, left:right]
    inner[:, 1:] = _differ(part[:, 1:], part[:, :-1], _SEEN // 2)
    inner[1:] |= _differ(part[1:], part[:-1], _SEEN // 2)
    return edges


def _shares(pixels: npt.NDArray[np.bool_], boxes: Mapping[int, Box]) -> list[tuple[int, float]]:
    """Return for every box the share of ``pixels`` in it that are true; 0 of one that is off the page."""
    height, width = pixels.shape
    sums = np.zeros((height + 1, width + 1), dtype=np.int32)
    sums[1:, 1:] = pixels.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    left, top, right, bottom = np.array(list(boxes.values()), dtype=np.int64).reshape(-1, 4).T
    left, right = np.clip(left, 0, width), np.clip(right + 1, 0, width)
    top, bottom = np.clip(top, 0, height), np.clip(bottom + 1, 0, height)
    counts = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    areas = np.maximum((right - left) * (bottom - top), 1)
    return list(zip(boxes, (counts / areas).tolist(), strict=True))


def _render(page: pypdfium2.PdfPage, without: Iterable[Any] = ()) -> tuple[Picture, Callable[[Rect], Box]]:
    """Return the page as it is printed, annotations too, and the way from a place on it to its pixels."""
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    left_out = list(without)
    for handle in left_out:
        pdfium_raw.FPDFPageObj_SetIsActive(handle, False)
    try:
        bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=False)
    finally:
        for handle in left_out:
            pdfium_raw.FPDFPageObj_SetIsActive(handle, True)
    convert = bitmap.get_posconv(page).to_bitmap
    (x0, y0), (x1, y1), (x2, y2) = convert(0, 0), convert(_FAR, 0), convert(0, _FAR)
    a, b, c, d = (x1 - x0) / _FAR, (y1 - y0) / _FAR, (x2 - x0) / _FAR, (y2 - y0) / _FAR

    def places(box: Rect) -> Box:
        xs = [a * x + c * y + x0 for x, y in (box[:2], box[2:])]
        ys = [b * x + d * y + y0 for x, y in (box[:2], box[2:])]
        return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))

    return bitmap.to_numpy()[:, :, :3], places


def _cut(picture: npt.NDArray[Any], box: Box) -> npt.NDArray[Any]:
    """Return the pixels in ``box``, with those beside it where it is thin as a dash; none off the page."""
    left, top, right, bottom = box
    thin, narrow = bottom - top < 3, right - left < 3
    top, bottom, left, right = top - thin, bottom + thin, left - narrow, right + narrow
    return picture[max(top, 0) : max(bottom + 1, 0), max(left, 0) : max(right + 1, 0)]


def _is_printed(change: npt.NDArray[np.bool_]) -> bool:
    """Return whether the letter whose place this is changes the page: not at its edge alone, where a box ends."""
    if not change.size:
        return False
    rows, columns = change.any(axis=1).sum(), change.any(axis=0).sum()
    return bool(rows >= _SHARE * change.shape[0] and columns >= _SHARE / 2 * change.shape[1])


def _range(place: Picture) -> int:
    """Return by how much the colours of a place differ, of 255."""
    return int((place.max(axis=(0, 1)) - place.min(axis=(0, 1))).max()) if place.size else 0


def _has_ink(place: Picture) -> bool:
    return _range(place) >= _INK


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
