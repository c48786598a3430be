"""Answerers side by side: verbatim sentences, and a chat model, on the same questions."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.answers import AnswerStatus, Verdict
from app.settings import read_settings
from evaluation.answers import AnswerOutcome, AnswerReport
from evaluation.copying_model import NAME as COPYING
from evaluation.copying_model import CopyingModel
from evaluation.sample import SampleOutcome
from evaluation.significance import percentile

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRACTIVE = "extractive"
_LABEL, _COLUMN = 44, 14


def open_named_model(spec: str, allowed_hosts: Sequence[str]) -> BaseChatModel | None:
    """Return the chat model to measure; None where none is named.

    Raises:
        ModelError: it cannot be used, or nobody agreed that text goes to its host.
    """
    if not spec:
        return None
    if spec == COPYING:
        return CopyingModel()
    from app.chat_models.opening import open_model

    settings = read_settings()
    model = open_model(
        spec, {*settings.allowed_hosts, *allowed_hosts}, window=settings.model_window, timeout=settings.model_timeout
    )
    print(f"{spec}: {dict(model.profile or {})}", file=sys.stderr)
    return model


def answerer_figures(report: AnswerReport) -> dict[str, Any]:
    """Return what one answerer did, as counts ``[of these, of all]`` and seconds an answer."""
    kinds = {kind: [o for o in report.outcomes if o.kind == kind] for kind in report.statuses()}
    answerable, unanswerable = kinds.get("answerable", []), kinds.get("unanswerable", [])
    foreign = kinds.get("off the subject", [])
    shown = [o.evidence_shown for o in answerable if o.evidence_shown is not None]
    near = [o.evidence_near for o in answerable if o.evidence_near is not None]
    verdicts = report.verdicts()
    sentences, rejected = sum(verdicts.values()), sum(o.rejected_quotes for o in report.outcomes)
    seconds = [o.seconds for o in report.outcomes if o.kind != "off the subject"]
    return {
        "answerable answered": [_answered(answerable), len(answerable)],
        "evidence page among the quotes": [sum(shown), len(shown)],
        "… or the nearest passages shown": [sum(near), len(near)],
        "unanswerable refused": [len(unanswerable) - _answered(unanswerable), len(unanswerable)],
        "off the subject refused": [len(foreign) - _answered(foreign), len(foreign)],
        "answers in no usable form": [sum(bool(o.note) for o in report.outcomes), len(report.outcomes)],
        "cited passages that were not given": [sum(o.unknown_citations for o in report.outcomes), len(report.outcomes)],
        "quotes rejected": [rejected, rejected + sum(o.quotes for o in report.outcomes)],
        "quotes shown that are verbatim on their page": [report.quotes - len(report.wrong_quotes), report.quotes],
        **{f"sentences {verdict}": [verdicts.get(verdict, 0), sentences] for verdict in Verdict},
        "seconds an answer, median": percentile(seconds, 0.5) if seconds else None,
        "seconds an answer, 95 %": percentile(seconds, 0.95) if seconds else None,
    }


def sample_report(outcomes: Sequence[SampleOutcome]) -> AnswerReport:
    """Return the outcomes of the sample's questions as of any set; the evidence is a fact that was asked for."""
    kinds = {True: "answerable", False: "unanswerable"}
    return AnswerReport(
        [
            AnswerOutcome(
                o.id,
                kinds[o.answerable],
                o.status,
                len(o.citations),
                o.right if o.answerable else None,
                None,
                {},
                o.verdicts,
                o.rejected_quotes,
                seconds=o.seconds,
                note=o.note,
            )
            for o in outcomes
        ],
        sum(bool(o.citations) for o in outcomes),
        sum(len(o.citations) for o in outcomes),
    )


def answerer_table(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a row for every figure, with a column for every answerer."""
    return [
        f"{name:{_LABEL}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)
        for name, cells in [
            ("", list(columns)),
            *((name, [_cell(c.get(name)) for c in columns.values()]) for name in next(iter(columns.values()))),
        ]
    ]


def _answered(outcomes: Sequence[AnswerOutcome]) -> int:
    return sum(o.status is AnswerStatus.ANSWERED for o in outcomes)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return f"{value[0]} of {value[1]}"
    return "–" if value is None else f"{value:.2f}"
