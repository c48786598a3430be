"""Make the documents of the fidelity set, and their true texts, from the sources beside this script.

    python data/fidelity/make.py [NAME…]

Without names all are made anew. What has to be installed is in SOURCES.md.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from makers.source import Source, read_source  # noqa: E402
from makers.truth import truth_of  # noqa: E402

DOCUMENTS, TRUTH = FOLDER / "documents", FOLDER / "truth.jsonl"


def main(names: list[str]) -> int:
    """Make the named documents, or all; write the true texts of all."""
    sources = [read_source(path) for path in sorted((FOLDER / "sources").glob("*.toml"))]
    DOCUMENTS.mkdir(exist_ok=True)
    for source in sources:
        if not names or source.name in names:
            content = importlib.import_module(f"makers.{source.maker}").make(source)
            check(source, content)
            (DOCUMENTS / source.file).write_bytes(content)
            print(f"{source.file}: {len(content):,} bytes", flush=True)
    rows = (json.dumps(truth_of(source), ensure_ascii=False) + "\n" for source in sources)
    TRUTH.write_text("".join(rows), encoding="utf-8")
    return 0


def check(source: Source, content: bytes) -> None:
    """A PDF has as many pages as its source, or the true text would name wrong ones."""
    if not source.file.endswith(".pdf"):
        return
    import pypdfium2

    pages = len(pypdfium2.PdfDocument(content))
    if pages != len(source.pages):
        raise SystemExit(f"{source.file} has {pages} pages, its source has {len(source.pages)}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
