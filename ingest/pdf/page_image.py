"""The picture of a page, and where on it a span is."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.documents import CharRun, Page, Span
from ingest.limits import Limits
from ingest.sandbox import run_child

_MAX_PIXELS = 20_000_000
_HIGHLIGHT = (255, 214, 10)


@dataclasses.dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page."""

    png: bytes
    boxes: tuple[tuple[float, float, float, float], ...]
    """Left, top, right, bottom of every highlighted run, in pixels of the picture."""


def page_image(path: Path, page: Page, spans: Sequence[Span], scale: float = 1.6) -> PageImage:
    """Render ``page`` of the PDF at ``path`` with ``spans`` marked, in the sandbox.

    Args:
        path: A PDF.
        page: The stored page, whose runs or word boxes lead back to the printed one.
        spans: What to mark; spans of other pages are ignored.
        scale: Pixels a point.

    Raises:
        IngestError: the file cannot be rendered.
    """
    here = [span for span in spans if span.page == page.number]
    request = {
        "page": page.number,
        "scale": scale,
        "sources": [source for span in here for source in source_runs(page.runs, span)],
        "words": [
            dataclasses.astuple(w)[2:] for w in page.words if any(s.start < w.end and w.start < s.end for s in here)
        ],
    }
    for message in run_child(["render", str(path), json.dumps(request)], path.name, Limits()):
        return PageImage(base64.b64decode(message["png"]), tuple(tuple(box) for box in message["boxes"]))
    raise RuntimeError("the renderer ended without a picture")


def source_runs(runs: Sequence[CharRun], span: Span) -> list[tuple[int, int]]:
    """Return the ``(start, length)`` runs of the PDF's own text layer that ``span`` of the stored text covers."""
    found = []
    for run in runs:
        start, end = max(run.start, span.start), min(run.start + run.length, span.end)
        if start < end:
            found.append((run.source + start - run.start, end - start))
    return found


def render_png(path: Path, request: dict[str, Any]) -> tuple[bytes, list[list[float]]]:
    """Render in this process (the sandbox's); see ``page_image`` for the request.

    Returns the PNG and the marked boxes in pixels.
    """
    from PIL import Image, ImageChops, ImageDraw

    from ingest.pdf.reader import open_pdf
    from ingest.pdf.text_layer import TextLayer

    page = open_pdf(path)[request["page"] - 1]
    width, height = page.get_size()
    scale = min(request["scale"], (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale)
    to_pixels = bitmap.get_posconv(page).to_bitmap
    rects = [tuple(word) for word in request["words"]]
    layer = TextLayer(page)
    for start, length in request["sources"]:
        rects += layer.printed_rects(start, length)
    picture = bitmap.to_pil().convert("RGB")
    boxes = []
    for left, bottom, right, top in rects:
        (x0, y0), (x1, y1) = to_pixels(left, top), to_pixels(right, bottom)
        boxes.append([min(x0, x1) - 1, min(y0, y1) - 1, max(x0, x1) + 1, max(y0, y1) + 1])
    if boxes:
        # Multiplied like a marker pen, so that the letters below stay black.
        marker = Image.new("RGB", picture.size, "white")
        draw = ImageDraw.Draw(marker)
        for box in boxes:
            draw.rectangle(box, fill=_HIGHLIGHT)
        picture = ImageChops.multiply(picture, marker)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue(), boxes
