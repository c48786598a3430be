"""Fit what each sign of a line is worth: a logistic regression of "this line alone covers a key fact" on the signs.

The honest figure is that of leaving out one report at a time: its cases are summarised with weights that were fitted
on all other reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from app.cases.placing import place_lines
from app.cases.salience import Weights, signs
from evaluation.case_summaries import LENGTHS, SHAKINGS, ReadCase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAMES = tuple(field.name for field in fields(Weights))
_RIDGE = 0.85
"""How strongly large weights are held back: with few facts, what one report shows is not believed at once."""
_STEPS = 50
SCALE = 2.0
"""Log odds are doubled, so that the salience of a line weighs against the repetition it costs."""


Table = tuple["NDArray[np.float64]", "NDArray[np.bool_]"]
"""The signs of a case's lines, float64 [lines, signs], and whether each line alone covers a fact."""


def fit(found: Iterable[Table]) -> Weights:
    """Return the weights that best separate lines with a key fact from others. Each case counts the same."""
    import numpy as np

    tables = [(table, held) for table, held in found if held.any() and not held.all()]
    values = np.concatenate([table for table, _ in tables])
    held = np.concatenate([covers for _, covers in tables])
    share = np.concatenate([np.where(h, 1 / h.sum(), 1 / (~h).sum()) for _, h in tables])
    deviation = np.maximum(values.std(axis=0), 1e-9)
    inputs = np.hstack([(values - values.mean(axis=0)) / deviation, np.ones((len(values), 1))])
    held_back = np.diag([*([_RIDGE * len(tables) / len(NAMES)] * len(NAMES)), 0.0])
    worth = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):  # Newton's method
        likely = 1 / (1 + np.exp(-(inputs @ worth)))
        slope = inputs.T @ (share * (likely - held)) + held_back @ worth
        curve = (inputs * (share * likely * (1 - likely))[:, None]).T @ inputs + held_back
        worth -= np.linalg.solve(curve, slope)
    each = SCALE * worth[:-1] / deviation
    return Weights(**{name: round(float(value), 2) for name, value in zip(NAMES, each, strict=True)})


def left_out(cases: Sequence[ReadCase], tables: Sequence[Table]) -> dict[str, list[float]]:
    """Return the coverage of each case, for every shaking, with weights fitted on the other reports alone."""
    found = {}
    for documents in dict.fromkeys(case.question.documents for case in cases):
        pairs = zip(cases, tables, strict=True)
        weights = fit(table for case, table in pairs if not set(case.question.documents) & set(documents))
        for case in cases:
            if case.question.documents == documents:
                runs = range(1 + SHAKINGS)
                found[case.question.id] = [case.coverage(LENGTHS[0], weights, seed) for seed in runs]
    return found


def compared(cases: Sequence[ReadCase]) -> dict[str, str]:
    """Return the fitted weights, and the coverage with the report that is summarised left out of the fitting."""
    tables = [table_of(case) for case in cases]
    found = left_out(cases, tables)
    rows = {"fitted on all reports": str(fit(tables))}
    for name, wanted in (("left out, own facts", True), ("left out, facts of the set", False)):
        shares = [sum(runs) / len(runs) for number, runs in found.items() if number.startswith("own-") is wanted]
        rows[name] = f"{sum(shares) / len(shares):.3f} over {len(shares)} cases" if shares else "none"
    return rows


def table_of(case: ReadCase) -> Table:
    """Return the signs of a case's lines, and whether each alone covers a fact."""
    import numpy as np

    if not case.case.lines:
        return np.zeros((0, len(NAMES))), np.zeros(0, dtype=np.bool_)
    placed = place_lines(case.embedder, case.case.lines, case.case.vectors)
    subject = (case.about, case.embedder.embed_question(case.about)) if case.about else None
    found = signs(case.case.lines, case.case.vectors, placed, subject)
    held = np.array([any(case.covers([line])) for line in case.case.lines], dtype=np.bool_)
    return np.stack([found[name] for name in NAMES], axis=1).astype(np.float64), held
