"""Reads the data that the reader learns from, and mixes its sources."""

from __future__ import annotations

import gzip
import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from evaluation.errors import EvaluationError
from evaluation.training.examples import LABELS, Data, E, Pair, Question, Ranking, held_out
from reader.pairs import BETWEEN_QUOTES

_TABLE = 1_600
"""Characters of a premise that is a table: longer ones are cut where the model stops reading, and mislead."""


def read_data(folder: Path, written: Sequence[Path] = ()) -> tuple[Data, Data]:
    """Return what is learned from and what is held out, of ``folder`` and of files of pairs written by hand.

    Raises:
        EvaluationError: a file is missing.
    """
    pairs = [*_pairs(folder / "nli.jsonl.gz"), *_pairs(folder / "nli_rules.jsonl.gz")]
    questions = list(_questions(folder / "answerability.jsonl.gz"))
    rankings = list(_rankings(folder / "rerank.jsonl.gz"))
    for file in written:
        for own in _written(file):
            (pairs if isinstance(own, Pair) else questions).append(own)  # type: ignore[arg-type]

    def part(kept: bool) -> Data:
        return Data(
            [one for one in pairs if held_out(one) is kept],
            [one for one in questions if held_out(one) is kept],
            [one for one in rankings if held_out(one) is kept],
        )

    return part(False), part(True)


def mixed(data: Data, rng: random.Random) -> Data:
    """Return one pass over ``data``, every source as many times as ``mix.toml`` says.

    Raises:
        EvaluationError: a source has no weight.
    """
    mix = tomllib.loads(files("evaluation.training").joinpath("mix.toml").read_text(encoding="utf-8"))
    return Data(
        list(_times(data.pairs, mix["pairs"], rng)),
        list(_times(data.questions, mix["questions"], rng)),
        list(_times(data.rankings, mix["rankings"], rng)),
    )


def _times(examples: Sequence[E], weights: Mapping[str, float], rng: random.Random) -> Iterator[E]:
    for one in examples:
        if one.source not in weights:
            raise EvaluationError(f"mix.toml has no weight for {one.source}: add it, 0 to leave it out.")
        whole, part = divmod(weights[one.source], 1)
        for _ in range(int(whole) + (rng.random() < part)):
            yield one


def _pairs(file: Path) -> Iterator[Pair]:
    for row in _rows(file):
        if len(row["premise"]) > _TABLE:
            continue
        group = str(row.get("group") or row["premise"])
        yield Pair(row["hypothesis"], row["premise"], LABELS.index(row["label"]), row["source"], group, row["lang"])


def _questions(file: Path) -> Iterator[Question]:
    for row in _rows(file):
        if len(row["passage"]) > _TABLE:
            continue
        start, answer = -1, row.get("answer_text") or ""
        if row["answerable"] and answer:
            start = int(row["answer_start"])
            if row["passage"][start : start + len(answer)] != answer:
                start = row["passage"].find(answer)
        yield Question(
            row["question"],
            row["passage"],
            bool(row["answerable"]),
            start,
            start + len(answer),
            row["source"],
            row["passage"],
            row["lang"],
        )


def _rankings(file: Path) -> Iterator[Ranking]:
    for row in _rows(file):
        yield Ranking(
            row["question"], (row["positive"], *row["negatives"]), row["source"], row["positive"], row["lang"]
        )


def _written(file: Path) -> Iterator[Pair | Question]:
    """Read groups written by hand: quotes with sentences that they bear out or not, and questions."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        premise = BETWEEN_QUOTES.join(row["premise"])
        for label, key in ((0, "right"), (3, "wrong")):
            for sentence in row[key]:
                yield Pair(sentence["text"], premise, label, "written", row["id"], row["lang"], sentence["how"])
        for answered in row.get("answered", ()):
            start = premise.find(answered["answer"])
            end = start + len(answered["answer"])
            yield Question(answered["question"], premise, True, start, end, "written", row["id"], row["lang"])
        for question in row.get("unanswered", ()):
            yield Question(question, premise, False, -1, -1, "written", row["id"], row["lang"])


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if not file.is_file():
        raise EvaluationError(f"{file} is missing: the folder of training data holds it.")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
