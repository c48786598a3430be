"""The data that the reader learns from: entailment pairs, questions with passages, and ranked passages."""

from __future__ import annotations

import gzip
import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from evaluation.errors import EvaluationError
from ingest.sentences import split_sentences
from reader.pairs import BETWEEN_QUOTES

LABELS = ("entailed", "contradicted", "neutral", "not_entailed")
"""The last is what sets of two labels have: contradicted or neutral."""
_HELD_OUT_EVERY = 25
"""One group in so many is kept for measuring."""
_FEWEST_SENTENCES, _MOST_BESIDE = 3, 7
"""Of a passage whose sentences are ranked, and beside the one that answers."""
_NEAR = ("+near", "+swap")
"""End the names of sources of questions that their passage does not answer."""
_TABLES = ("wtq", "fetaqa", "aitqa", "tatqa")
"""Sources whose passages are tables, not sentences."""
_TABLE = 1_600
"""Characters of a premise that is a table: longer ones are cut where the model stops reading, and mislead."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and what it is held against; ``label`` is a place in ``LABELS``."""

    sentence: str
    premise: str
    label: int
    source: str
    group: str
    language: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and a passage. ``start`` is -1 where the passage has no words that are the answer."""

    question: str
    passage: str
    answerable: bool
    start: int
    end: int
    source: str
    group: str
    language: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question, and passages of which the first one answers."""

    question: str
    passages: tuple[str, ...]
    source: str
    group: str
    language: str


Example = Pair | Question | Ranking
E = TypeVar("E", Pair, Question, Ranking)


@dataclass(frozen=True, slots=True)
class Data:
    """All examples, without those held out, or these alone."""

    pairs: list[Pair]
    questions: list[Question]
    rankings: list[Ranking]


def read_data(folder: Path, written: Sequence[Path] = ()) -> tuple[Data, Data]:
    """Return what is learned from and what is held out, of ``folder`` and of files of pairs written by hand.

    Raises:
        EvaluationError: a file is missing.
    """
    pairs = [*_pairs(folder / "nli.jsonl.gz"), *_pairs(folder / "nli_rules.jsonl.gz")]
    questions = list(_questions(folder / "answerability.jsonl.gz"))
    rankings = [*_rankings(folder / "rerank.jsonl.gz"), *sentence_rankings(questions)]
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


def held_out(example: Example) -> bool:
    """Return whether the example's group is kept for measuring: the same on every machine."""
    return blake2b(example.group.encode(), digest_size=4).digest()[0] % _HELD_OUT_EVERY == 0


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


def sentence_rankings(questions: Iterable[Question]) -> Iterator[Ranking]:
    """Yield the sentences of passages as rankings: the one that holds the answer, before others around it.

    What is to be told apart in an answer is sentences on one subject, of which one answers.
    """
    split: dict[str, list[tuple[int, int]]] = {}
    for one in questions:
        if one.start < 0 or one.source.endswith(_NEAR) or one.source in _TABLES:
            continue
        if one.passage not in split:
            split[one.passage] = split_sentences(one.passage, language=one.language.split("-")[0])
        spans = split[one.passage]
        place = next((n for n, (start, end) in enumerate(spans) if start <= one.start and one.end <= end), None)
        if place is None or len(spans) < _FEWEST_SENTENCES:
            continue
        nearest = sorted((n for n in range(len(spans)) if n != place), key=lambda n: abs(n - place))[:_MOST_BESIDE]
        texts = tuple(one.passage[start:end] for start, end in (spans[n] for n in (place, *nearest)))
        yield Ranking(one.question, texts, f"{one.source} sentences", one.passage, one.language)


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
