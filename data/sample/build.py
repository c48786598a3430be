"""Build the sample report: the Markdown beside this script becomes an SVG figure and a PDF.

Run ``python data/sample/build.py``. It needs ``pypandoc_binary`` (Markdown to Typst), ``typst`` (Typst to PDF) and
``pypdfium2`` (to find the pages that hold each fact); it works offline and gives the same bytes each time.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pypandoc
import pypdfium2
import typst

FOLDER = Path(__file__).resolve().parent
MARKDOWN = FOLDER / "women-human-rights-defenders-sample.md"
PDF = MARKDOWN.with_suffix(".pdf")
FIGURE = FOLDER / "reprisals.svg"
TEMPLATE = FOLDER / "template.typ"
QUESTIONS = FOLDER / "questions.jsonl"

CREATED = datetime(2026, 11, 22, tzinfo=UTC)
REPRISALS = {2017: 29, 2018: 38, 2019: 48, 2020: 45}
READER = "markdown-tex_math_dollars-citations"
MARKS = {"<!-- contents -->": "#contents", "<!-- body -->": "#show: body-pages"}


def draw_figure(counts: dict[int, int]) -> str:
    """Return an SVG bar chart of `counts` (year to number of states), 480 by 240 units."""
    base, scale, width, step = 205, 3.5, 62, 105
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240" font-family="Libertinus Serif, serif"'
        ' font-size="15" fill="#1f2a37" text-anchor="middle">'
    ]
    for place, (year, count) in enumerate(counts.items()):
        middle, height = 82 + place * step, count * scale
        parts += [
            f'<rect x="{middle - width / 2:g}" y="{base - height:g}" width="{width}" height="{height:g}"'
            ' fill="#7a1f3d"/>',
            f'<text x="{middle}" y="{base - height - 8:g}" font-weight="bold">{count}</text>',
            f'<text x="{middle}" y="{base + 21}">{year}</text>',
        ]
    parts += [f'<line x1="20" y1="{base}" x2="460" y2="{base}" stroke="#5b6470"/>', "</svg>"]
    return "\n".join(parts) + "\n"


def build_pdf(markdown: str) -> bytes:
    """Return the PDF of `markdown`; the figure must already lie in the folder."""
    for mark, call in MARKS.items():
        markdown = markdown.replace(mark, f"```{{=typst}}\n{call}\n```")
    source = pypandoc.convert_text(
        markdown, "typst", format=READER, extra_args=["--standalone", "--wrap=none", f"--template={TEMPLATE}"]
    )
    for name, alt in re.findall(r'\]\((\S+?)\)\{alt="(.+?)"', markdown):  # pandoc leaves a figure's alt text out
        source = source.replace(f'image("{name}"', f'image("{name}", alt: {json.dumps(alt, ensure_ascii=False)}')
    pdf = typst.compile(
        source.encode(), root=str(FOLDER), format="pdf", ignore_system_fonts=True, timestamp=int(CREATED.timestamp())
    )
    assert isinstance(pdf, bytes)
    return pdf


def letters(text: str) -> str:
    """Return `text` without spaces and marks, so that Markdown and PDF text compare."""
    return re.sub(r"\W+", "", text).lower()


def fact_pages(markdown: str, pdf: bytes) -> dict[str, list[int]]:
    """Return, for each footnote name such as ``k1``, the 1-based PDF pages where its sentences stand."""
    pages = [letters(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]
    found: dict[str, list[int]] = {}
    for paragraph in re.findall(r"^\d+\. (.+)$", markdown, re.MULTILINE):
        parts = re.split(r"\[\^(\w+)\]", paragraph)
        for text, name in zip(parts[::2], parts[1::2], strict=False):
            sentences = [letters(part) for part in re.split(r"(?<=[.?!]) (?=[A-Z0-9])", text)]
            ends = {end for part in sentences for end in (part[:30], part[-30:])}
            found[name] = [number for number, page in enumerate(pages, 1) if any(end in page for end in ends)]
    return found


def refresh_questions(found: dict[str, list[int]]) -> None:
    """Write the pages of each question's facts into ``questions.jsonl``."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["pages"] = sorted({page for fact in row["facts"] for page in found[fact.lower()]})
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    QUESTIONS.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Build the figure and the PDF, then refresh the page numbers of the questions."""
    FIGURE.write_text(draw_figure(REPRISALS), encoding="utf-8")
    markdown = MARKDOWN.read_text(encoding="utf-8")
    pdf = build_pdf(markdown)
    PDF.write_bytes(pdf)
    refresh_questions(fact_pages(markdown, pdf))
    print(f"{PDF.name}: {len(pypdfium2.PdfDocument(pdf))} pages, {len(pdf)} bytes")


if __name__ == "__main__":
    main()
