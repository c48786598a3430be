"""The ablation changes what it says it changes."""

from __future__ import annotations

import pkgutil
from pathlib import Path
from unittest.mock import patch

import pytest

from evaluation import ablation


@pytest.mark.parametrize("target", sorted({target for _, changes in ablation.VARIANTS for target, _ in changes}))
def test_every_part_exists_and_is_put_back(target: str) -> None:
    before = pkgutil.resolve_name(target)
    with patch(target, object()):
        assert pkgutil.resolve_name(target) is not before
    assert pkgutil.resolve_name(target) is before


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
