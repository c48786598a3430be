"""A picture without words: hills under a sky, drawn by arithmetic, so that it is nobody's."""

from __future__ import annotations

import io
import math

from PIL import Image


def picture(width: int = 320, height: int = 180) -> bytes:
    """Return a JPEG."""
    image = Image.new("RGB", (width, height))
    for x in range(width):
        hill = height * (0.55 + 0.12 * math.sin(x / 41) + 0.05 * math.sin(x / 13))
        for y in range(height):
            shade = (150 - y // 3, 180 - y // 4, 205 - y // 6) if y < hill else (60 + x // 8, 95 - y // 5, 55)
            image.putpixel((x, y), shade)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=70)
    return stream.getvalue()
