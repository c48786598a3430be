"""A cross-encoder of the user's own reads in place of the one that ships; real models, small, by chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from cross_encoders import save_cross_encoder

from encoder.errors import ReaderMissing
from reader.opening import open_reader
from reader.reader import Reader

MARCH, WELLS = "The women marched in Bishkek.", "Wells are deep in Chad."


def _save(folder: Path, names: list[str]) -> Path:
    return save_cross_encoder(folder, [MARCH, WELLS], names)


def _open(folder: Path) -> Reader:
    reader = open_reader(str(folder))
    assert reader is not None
    return reader


def test_labels_are_found_by_their_names_whatever_their_order(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    folder = _save(tmp_path / "three", ["CONTRADICTION", "neutral", "Entailment"])
    (found,) = _open(folder).entails([(MARCH, [WELLS])])
    raw = CrossEncoder(str(folder), device="cpu").predict([(WELLS, MARCH)], apply_softmax=True)[0]
    assert [found.contradicted, found.neutral, found.entailed] == pytest.approx([float(one) for one in raw])
    assert found.entailed + found.contradicted + found.neutral == pytest.approx(1)


def test_one_score_is_the_probability(tmp_path: Path) -> None:
    reader = _open(_save(tmp_path / "one", ["LABEL_0"]))
    first, second = reader.answers("Who marched?", [MARCH, WELLS])
    assert 0 < first.probability < 1
    assert first.probability != second.probability
    assert first.span is None
    (judged,) = reader.entails([(MARCH, [WELLS, MARCH])])
    assert judged == reader.entails([(MARCH, [MARCH, WELLS])])[0]
    assert judged.contradicted == 0
    rows = reader.sorts([MARCH, WELLS], ["women", "wells", "Chad"])
    assert [len(row) for row in rows] == [3, 3]
    assert reader.entails([]) == []


def test_a_folder_without_a_model_and_one_with_other_labels_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderMissing, match=r"nowhere: no cross-encoder in that folder .*none"):
        _open(tmp_path / "nowhere").answers("a", ["b"])
    with pytest.raises(ReaderMissing, match=r"its labels are good, bad; needed are entailment"):
        _open(_save(tmp_path / "two", ["good", "bad"])).entails([("a", ["b"])])


def test_reading_can_be_turned_off() -> None:
    assert open_reader("none") is None
    assert open_reader(" None ") is None
