"""What a crowd has seen and a server has held: figures, and whether the targets are met."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.crowd.people import Asked, Crowd
from evaluation.crowd.server import Sample, Shares

_LONGEST_P95 = 5.0
_GROWTH = 0.05
_MINUTE = 60
_ENDS = 4
"""The first quarter of the samples after that moment is compared with the last."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target, what was measured, and whether that meets it."""

    target: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Ingest:
    """When reports were added, in seconds since the crowd began, and how that ended."""

    began: float
    ended: float
    status: int


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured."""

    crowd: Crowd
    passages: int
    """Of the library, when the crowd began."""
    asked: tuple[Asked, ...]
    samples: tuple[Sample, ...]
    shares: Shares
    tracebacks: int
    ingest: Ingest | None


def figures(run: Run) -> dict[str, Any]:
    """Return the report as data."""
    answered = [one for one in run.asked if one.seconds is not None]
    beside = [one for one in answered if run.ingest and run.ingest.began <= one.at <= run.ingest.ended]
    crowd, shares = run.crowd, run.shares
    return {
        "people": crowd.people,
        "seconds": crowd.seconds,
        "think_s": crowd.think,
        "turns_a_chat": crowd.turns,
        "different_questions": len(crowd.questions),
        "passages": run.passages,
        "questions": len(run.asked),
        "errors": _errors(run),
        "without_an_answer": _unanswered(run),
        "refused": sum(not one.sentences for one in answered),
        "questions_a_second": round(len(run.asked) / crowd.seconds, 2),
        "seconds_all": _spread(answered),
        "seconds_first_sentence": _spread([one for one in answered if one.sentences], first=True),
        "seconds_asked_first": _spread([one for one in answered if not one.again]),
        "seconds_asked_again": _spread([one for one in answered if one.again]),
        "seconds_beside_ingest": _spread(beside),
        "ingest": asdict(run.ingest) if run.ingest else None,
        "server_cpu_s_a_question": round(shares.server / max(1, len(run.asked)), 2),
        "machine": {
            name: round(value / shares.available, 3)
            for name, value in asdict(shares).items()
            if name != "available" and shares.available
        },
        "verdicts": [asdict(verdict) for verdict in verdicts(run)],
        "asked": [asdict(one) for one in run.asked],
        "samples": [asdict(one) for one in run.samples],
    }


def verdicts(run: Run) -> list[Verdict]:
    """Return a verdict for every target."""
    seconds = sorted(one.seconds for one in run.asked if one.seconds is not None)
    errors, unanswered, longest = _errors(run), _unanswered(run), percentile(seconds, 0.95)
    found = [
        Verdict("no error", f"{errors} errors", errors == 0),
        Verdict("every question answered", f"{unanswered} of {len(run.asked)} without an answer", not unanswered),
        Verdict(f"p95 ≤ {_LONGEST_P95:g} s", f"p95 {longest:.1f} s", bool(seconds) and longest <= _LONGEST_P95),
    ]
    if run.ingest is not None:
        line = f"exit status {run.ingest.status}, {run.ingest.ended - run.ingest.began:.0f} s"
        found.append(Verdict("the reports are added", line, run.ingest.status == 0))
    # Not what comes after: windows close then.
    later = [one for one in run.samples if run.crowd.settled <= one.at <= run.crowd.seconds]
    if len(later) >= _ENDS:
        found.append(_memory(later))
        found += [
            _growth("threads", later, lambda one: one.threads),
            _growth("handles", later, lambda one: one.handles),
        ]
    return found


def _memory(samples: Sequence[Sample]) -> Verdict:
    """Compare the memory of every minute, which is the median of its samples, with that of the first."""
    minutes: dict[int, list[float]] = {}
    for one in samples:
        minutes.setdefault(int((one.at - samples[0].at) // _MINUTE), []).append(one.memory_mb)
    first, *later = map(statistics.median, minutes.values())
    most, least = max(later, default=first), min(later, default=first)
    peak = max(one.memory_mb for one in samples)
    line = f"{first:.0f} MB when settled, then {least:.0f} to {most:.0f} (for a moment {peak:.0f})"
    return Verdict(f"memory flat within {_GROWTH:.0%}", line, most <= first * (1 + _GROWTH))


def _growth(name: str, samples: Sequence[Sample], value: Callable[[Sample], int]) -> Verdict:
    """Compare the fewest of the first and the last quarter: what is held while few ask is what is never given back."""
    quarter = max(1, len(samples) // _ENDS)
    first, last = (min(map(value, part)) for part in (samples[:quarter], samples[-quarter:]))
    line = f"fewest {first}, at the end {last} (most {max(map(value, samples))})"
    return Verdict(f"no growth of {name}", line, last <= first * (1 + _GROWTH))


def _errors(run: Run) -> int:
    return sum(bool(one.problem) for one in run.asked) + run.tracebacks


def _unanswered(run: Run) -> int:
    return sum(one.seconds is None and not one.problem for one in run.asked)


def _spread(asked: Sequence[Asked], first: bool = False) -> dict[str, float] | None:
    values = sorted(v for one in asked if (v := one.first_seconds if first else one.seconds) is not None)
    if not values:
        return None
    figures = (statistics.median(values), percentile(values, 0.95), values[-1])
    return {"count": len(values)} | dict(zip(("median", "p95", "longest"), (round(v, 2) for v in figures), strict=True))


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` of the ordered values are; 0 of none."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def lines(found: dict[str, Any]) -> str:
    """Return the figures that are read first, and the verdicts, as text."""
    shown = [
        f"{found['people']} people, {found['passages']:,} passages, {found['seconds'] / 60:g} min:"
        f" {found['questions']} questions ({found['questions_a_second']} a second)",
        *(f"{name:24}{_line(found[name])}" for name in found if name.startswith("seconds_")),
        f"server: {found['server_cpu_s_a_question']} CPU seconds a question",
        "shares of the machine: " + ", ".join(f"{name} {share:.0%}" for name, share in found["machine"].items()),
        *(f"{'met   ' if v['met'] else 'MISSED'} {v['target']}: {v['measured']}" for v in found["verdicts"]),
    ]
    problems = sorted({one["problem"] for one in found["asked"] if one["problem"]})
    return "\n".join([*shown, *(f"  {problem}" for problem in problems[:5])])


def _line(spread: dict[str, float] | None) -> str:
    if spread is None:
        return "none"
    return (
        f"median {spread['median']:.2f}, p95 {spread['p95']:.2f}, longest {spread['longest']:.2f} ({spread['count']})"
    )
