"""Any pipeline in a Python file can be measured; its text is located, not believed."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from reportlab.pdfgen.canvas import Canvas

from evaluation.errors import UsageError
from evaluation.pipeline import Result
from evaluation.script import ScriptPipeline, load_script
from evaluation.spans import CharacterSpan

TEXT = "One house.\r\nTwo houses – and a well.\r\n"


@pytest.fixture
def pipeline(tmp_path: Path) -> ScriptPipeline:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    canvas = Canvas(str(tmp_path / "b.pdf"))
    canvas.drawString(72, 720, "One house of the village.")
    canvas.save()
    return ScriptPipeline(ModuleType("unused"), tmp_path, tmp_path)


def found(pipeline: ScriptPipeline, span: CharacterSpan, text: str) -> list[CharacterSpan]:
    return pipeline.measure(Result((span,), text))


def test_right_offsets_in_a_text_are_kept(pipeline: ScriptPipeline) -> None:
    second = TEXT.rindex("house")
    span = CharacterSpan("a.txt", None, second, second + 5)
    assert found(pipeline, span, "house") == [span], "the first “house” is another one"


def test_wrong_offsets_in_a_text_are_mended(pipeline: ScriptPipeline) -> None:
    start = TEXT.index("Two houses")
    assert found(pipeline, CharacterSpan("a.txt", None, 0, 0), "Two houses") == [
        CharacterSpan("a.txt", None, start, start + 10)
    ]


def test_a_chunk_of_a_pdf_is_looked_for_on_its_page(pipeline: ScriptPipeline) -> None:
    assert found(pipeline, CharacterSpan("b.pdf", 1, 99, 100), "house\nof the") == [CharacterSpan("b.pdf", 1, 3, 13)]


def test_text_that_does_not_stand_there_is_nowhere(pipeline: ScriptPipeline) -> None:
    assert found(pipeline, CharacterSpan("a.txt", None, 0, 10), "Ten houses") == []
    assert found(pipeline, CharacterSpan("b.pdf", 1, 0, 10), "Ten houses") == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("build = print", "no function retrieve_full"),
        ("retrieve_full = print", "no function build"),
        ("import nowhere_to_be_found", "needs the package nowhere_to_be_found"),
    ],
)
def test_a_script_that_cannot_be_used_says_why(code: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(code, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load_script(tmp_path / "script.py")


def test_a_script_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Python file"):
        load_script(tmp_path / "nothing.py")
