"""An evaluation set made of the open training data: thresholds are chosen on it, and reported on sets of reports.

Its documents hold many passages, so that a question must find its own among others; its questions are those of groups
that the reader is not trained on. Every second passage of these groups is left out: what is asked of it is on the
subject of the documents, and they do not answer it. Nothing in it is a report, and no evaluation set holds a passage of
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.data_sets import new_set, write_questions
from evaluation.training.data import read_data
from evaluation.training.examples import Question

SOURCES = ("squad2-half", "squad1-aq", "qed", "tydiqa", "xquad-cross", "written")
"""Prose with questions that people wrote; other sources are tables, or passages of one of these in translation."""
_PASSAGES = {"squad2-half": 600, "squad1-aq": 600, "qed": 200, "tydiqa": 200, "xquad-cross": 200, "written": 500}
"""At most, of each source, those with questions first."""
_A_PASSAGE = 2
"""Questions of each kind at most: some passages have twenty."""
_ACROSS = "xquad-cross"
"""Questions in eleven other languages: all are taken, also the few that the reader was trained on, or there would be
too few of them."""
_A_DOCUMENT = 30
"""Passages."""


def write_open_set(data: Path, written: Sequence[Path], out: Path) -> tuple[int, int]:
    """Write ``questions.jsonl`` and ``docs/`` into ``out``; return the numbers of questions and passages.

    Raises:
        UsageError: ``out`` holds something already.
    """
    docs = new_set(out)
    learned, kept = read_data(data, written)
    asked = [one for one in kept.questions if _usable(one)]
    asked += [one for one in learned.questions if _usable(one) and one.source == _ACROSS]
    left_out = set(list(dict.fromkeys(one.passage for one in asked))[1::2])
    rows: list[dict[str, Any]] = []
    passages = 0
    for source in SOURCES:
        own = [one for one in asked if one.source == source]
        others = [one for one in learned.questions if one.source == source and _usable(one)]
        order = [text for text in dict.fromkeys(one.passage for one in [*own, *others]) if text not in left_out]
        places = _write_documents(docs, source, order[: _PASSAGES[source]])
        passages += len(places)
        rows += [_row(one, number, places) for number, one in enumerate(_few_a_passage(own, left_out))]
    write_questions(out, rows)
    return len(rows), passages


def _usable(one: Question) -> bool:
    """Return whether it is asked of an English passage, and, where it is answered, in words of the passage."""
    return one.source in SOURCES and one.language.rpartition("-")[2] == "en" and (one.start >= 0 or not one.answerable)


def _few_a_passage(questions: Iterable[Question], left_out: Container[str]) -> Iterator[Question]:
    """Yield a few questions of every passage; of one that is left out, those alone that it would have answered."""
    seen: Counter[tuple[str, bool]] = Counter()
    for one in questions:
        seen[one.passage, one.answerable] += 1
        if seen[one.passage, one.answerable] <= _A_PASSAGE and (one.answerable or one.passage not in left_out):
            yield one


def _write_documents(folder: Path, source: str, passages: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Write the passages, so many a file; return file and first character of each."""
    places = {}
    for start in range(0, len(passages), _A_DOCUMENT):
        name, text = f"{source}-{start // _A_DOCUMENT:03}.txt", ""
        for passage in passages[start : start + _A_DOCUMENT]:
            places[passage] = (name, len(text))
            text += passage + "\n\n"
        (folder / name).write_text(text, encoding="utf-8")
    return places


def _row(one: Question, number: int, places: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """Return a line of ``questions.jsonl``; a passage without a place is left out."""
    name, start = places.get(one.passage, ("", 0))
    evidence = {
        "doc": name,
        "page": None,
        "text": one.passage[one.start : one.end],
        "start": start + one.start,
        "end": start + one.end,
    }
    answerable = one.answerable and bool(name)
    return {
        "id": f"{one.source}-{number:04}",
        "question": one.question,
        "lang": one.language.partition("-")[0],
        "docs": [name] if name else [],
        "evidence": [evidence] if answerable else [],
        "answerable": answerable,
        "kind": "answerable" if answerable else "left out" if one.answerable else "near miss",
    }
