"""The baseline is what tutorials teach: chunks of 1,000 characters, 200 of them shared, compared by cosine."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not find_spec("langchain_chroma"), reason="the extra eval is not installed")

SCRIPT = """
import json, sys
from evaluation import tutorial
stats = {}
tutorial.build(sys.argv[1], sys.argv[2], stats)
print(json.dumps([stats, tutorial.retrieve_full(sys.argv[3], 20)]))
"""


@pytest.mark.slow
def test_chunks_are_stored_and_found_as_tutorials_teach(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    sentences = [f"In village {number} the women counted {number * 7} reprisals." for number in range(80)]
    text = " ".join(sentences)
    (docs / "long.txt").write_text(text, encoding="utf-8")
    (docs / "short.txt").write_text("The dam was closed by the court in May.", encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        SCRIPT,
        str(docs),
        str(tmp_path / "store"),
        "The dam was closed by the court in May.",
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    stats, found = json.loads(said)
    assert stats == {"pages": 2, "chunks": len(found)}
    assert found[0][:5] == ["short.txt", None, "The dam was closed by the court in May.", 0, 39]
    assert found[0][5] == pytest.approx(0, abs=1e-4), "the cosine distance of a text from itself"
    assert all(0 < distance < 1.2 for *_, distance in found[1:])
    chunks = sorted(found[1:], key=lambda each: each[3])
    for document, page, chunk, start, end, _ in chunks:
        assert (document, page, text[start:end]) == ("long.txt", None, chunk)
        assert len(chunk) <= 1_000
    for (*_, end, _), (_, _, _, start, _, _) in pairwise(chunks):
        assert 150 <= end - start <= 200
