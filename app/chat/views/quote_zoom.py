"""The marked words of a page from near: a whole page in a narrow panel is too small to read."""

from __future__ import annotations

import io

from ingest.pdf.page_image import PageImage

_LEAST_SHARE = 0.55
"""Of the page's width: a single marked word is shown with the words around it."""


def quote_zoom(image: PageImage, margin: int) -> bytes:
    """Return a PNG of the marked part of a page with ``margin`` pixels around it; empty when nothing is marked."""
    if not image.boxes:
        return b""
    from PIL import Image

    picture = Image.open(io.BytesIO(image.png))
    left, right = min(box[0] for box in image.boxes) - margin, max(box[2] for box in image.boxes) + margin
    top, bottom = min(box[1] for box in image.boxes) - margin, max(box[3] for box in image.boxes) + margin
    short = max(_LEAST_SHARE * picture.width - (right - left), 0) / 2
    frame = (max(left - short, 0), max(top, 0), min(right + short, picture.width), min(bottom, picture.height))
    buffer = io.BytesIO()
    picture.crop(tuple(round(edge) for edge in frame)).save(buffer, "PNG")  # type: ignore[arg-type]  # four of them
    return buffer.getvalue()
