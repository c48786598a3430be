"""Optical character recognition by Tesseract, where it is installed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

from ingest.confinement import die_with_parent
from ingest.documents import Block, BlockKind, WordBox

_MIN_CONFIDENCE = 30
_LEAST_SURE = 0.4
"""Share of a page's letters in words that Tesseract is sure of: 0.95 and more of a clean scan in a known script, 0.1 to
0.2 in another one."""
_LATIN = frozenset(
    "afr aze bre cat ceb ces cos cym dan deu eng enm epo est eus fao fil fin fra frm fry gla gle glg hat hrv hun ind"
    " isl ita jav lat lav lit ltz mri msa mlt nld nor oci pol por que ron slk slv spa sqi srp_latn sun swa swe tgl ton"
    " tur uzb vie yor".split()
)
DPI = 200

ToPage = Callable[[float, float], tuple[float, float]]
"""From a pixel of a page's picture, counted from the upper left, to a place on the page, in points."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What Tesseract read in the picture of a page: its text, one block a paragraph, and the box of every word."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    words: tuple[WordBox, ...] = ()


@cache
def ocr_languages() -> tuple[str, ...]:
    """Return the languages Tesseract can read on this computer; none when it is not installed."""
    if shutil.which("tesseract") is None:
        return ()
    lines = _tesseract(["--list-langs"]).stdout.decode(errors="replace").splitlines()
    # Not among the languages: the heading of the list, and the model that finds which way up a page lies.
    return tuple(line for line in lines if re.fullmatch("[a-z_]+", line) and line != "osd")


def reads_other_scripts() -> bool:
    """Return whether Tesseract can read any script here besides Latin."""
    return any(lang not in _LATIN for lang in ocr_languages())


def recognise(image: Image.Image) -> bytes | None:
    """Run Tesseract on the picture of a page, rendered at ``DPI``.

    May be called from several threads at once. Returns Tesseract's table of words, which ``read_words`` reads; None
    where Tesseract fails.
    """
    picture = io.BytesIO()
    image.save(picture, "PPM")  # uncompressed: packing it as PNG takes a fifth of the time of reading it
    done = _tesseract(["stdin", "stdout", "-l", "+".join(ocr_languages()), "tsv"], picture.getvalue())
    return done.stdout if done.returncode == 0 else None


def _tesseract(arguments: list[str], picture: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    # Its threads wait for each other in busy loops: one alone is a third faster and takes half the processor time.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(
        ["tesseract", *arguments],
        input=picture,
        capture_output=True,
        env=environment,
        check=False,
        preexec_fn=die_with_parent if os.name == "posix" else None,  # it calls the kernel once
    )


def read_words(table: bytes, to_page: ToPage) -> Recognised:
    """Return the text that ``recognise`` found; places of words in points of the page.

    Words that it is not sure of are left out. Where these are most of the page, it does not know the script: nothing
    is returned.
    """
    rows = [row for row in _rows(table) if row["text"].strip()]
    sure = [row for row in rows if float(row["conf"]) >= _MIN_CONFIDENCE]
    if _size(sure) < _LEAST_SURE * _size(rows):
        return Recognised()
    paragraphs: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in sure:
        paragraphs.setdefault((row["block_num"], row["par_num"]), []).append(row)
    text, column = "", ""
    blocks: list[Block] = []
    words: list[WordBox] = []
    for (block, _), paragraph in paragraphs.items():
        # Tesseract may take the last line of a paragraph, which is short, for another one.
        goes_on = block == column and text[-1].isalnum() and paragraph[0]["text"].strip()[0].islower()
        column = block
        text += " " if goes_on else "\n" if text else ""
        block_start = blocks.pop().start if goes_on else len(text)
        for position, row in enumerate(paragraph):
            text += " " if position else ""
            start = len(text)
            text += row["text"].strip()
            left, top = int(row["left"]), int(row["top"])
            # A sheet may lie on its side: its upper left corner is another one on the screen.
            x0, y0 = to_page(left, top)
            x1, y1 = to_page(left + int(row["width"]), top + int(row["height"]))
            words.append(WordBox(start, len(text), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        blocks.append(Block(BlockKind.BODY, block_start, len(text)))
    return Recognised(text, tuple(blocks), tuple(words))


def _size(rows: Iterable[dict[str, str]]) -> int:
    return sum(len(row["text"].strip()) for row in rows)


def _rows(table: bytes) -> Iterator[dict[str, str]]:
    head, *lines = table.decode(errors="replace").split("\n")
    columns = head.rstrip("\r").split("\t")
    for line in lines:
        cells = line.rstrip("\r").split("\t")
        if len(cells) == len(columns):
            yield dict(zip(columns, cells, strict=True))
