"""The ablation changes what it says it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation import ablation
from vectorstore.scoring import WEIGHTS


@pytest.mark.parametrize("changes", [changes for _, changes in ablation.VARIANTS[1:]])
def test_every_variant_changes_a_weight_of_the_product(changes: dict[str, Any]) -> None:
    assert replace(WEIGHTS, **changes) != WEIGHTS


def test_a_line_is_printed_for_every_variant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "law.txt").write_text(
        "The law of 2019 bans the practice and punishes it. Police registered few complaints that year.\n" * 3,
        encoding="utf-8",
    )
    (tmp_path / "questions.jsonl").write_text(
        '{"id": "1", "question": "What does the law ban?", "answerable": true, "docs": [], "answer": "the practice",'
        ' "evidence": [{"doc": "law.txt", "page": null, "text": "The law", "start": 0, "end": 7}]}\n',
        encoding="utf-8",
    )
    assert ablation.main([str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(ablation.VARIANTS) + 2
    assert all("1.000 / 1.000 / 1.000" in line for line in lines[2:])
