"""What is read of a set's questions."""

from __future__ import annotations

import json
from pathlib import Path

from evaluation.data_sets import read_questions, with_evidence


def test_evidence_counts_where_its_page_or_its_place_in_a_text_is_known(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    places = {"page": (3, None), "text": (None, 17), "both": (3, 17), "neither": (None, None)}
    rows = [
        {
            "id": name,
            "question": "Who was detained?",
            "docs": ["a.pdf"],
            "evidence": [{"doc": "a.pdf", "page": page, "text": "Ten women.", "start": start, "end": start}],
            "answerable": True,
        }
        for name, (page, start) in places.items()
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [question.id for question in with_evidence(read_questions(tmp_path))] == ["page", "text", "both"]
