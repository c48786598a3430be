"""Answers and cases out of the file of a saved chat, also one of an earlier version."""

from __future__ import annotations

from typing import Any

from app.answers import (
    Answer,
    AnswerKind,
    AnswerSentence,
    AnswerStatus,
    Citation,
    Elsewhere,
    Gap,
    GapKind,
    Heading,
    Searched,
    Verdict,
)
from app.cases import CaseSummary, HeadingSummary, ReportCoverage
from app.messages import Message, read_message
from ingest.documents import PageUnit


def read_outcome(kind: str, data: dict[str, Any]) -> Answer | CaseSummary:
    """Return an answer (``kind`` "answer") or a case.

    Raises:
        KeyError, TypeError, ValueError: something is missing, or of another form.
    """
    return _answer(data) if kind == "answer" else _case(data)


def _answer(data: dict[str, Any]) -> Answer:
    return Answer(
        read_text(data["question"]),
        AnswerStatus(data["status"]),
        tuple(read_sentence(item) for item in data["sentences"]),
        tuple(_citation(item) for item in data["citations"]),
        tuple(_citation(item) for item in data["related"]),
        int(data["rejected_quotes"]),
        tuple(int(number) for number in data.get("unknown_citations", ())),
        tuple(Gap(GapKind(item["kind"]), read_text(item["words"])) for item in data.get("uncovered", ())),
        read_texts(data.get("unmentioned", [])),
        _searched(data.get("searched")),
        tuple(map(_elsewhere, data.get("elsewhere", ()))),
        read_texts(data.get("suggestions", [])),
        _message(data.get("note")),
        AnswerKind(data.get("kind", AnswerKind.QUOTES)),
        tuple(map(read_message, data.get("says", ()))),
        tuple(Heading(int(item["before"]), read_message(item["title"])) for item in data.get("headings", ())),
        read_texts(data.get("countries", [])),
        tuple(int(index) for index in data.get("folds", ())),
        int(data.get("best", 0)),
    )


def _citation(data: dict[str, Any]) -> Citation:
    # Chats of an earlier version know no units: their reports had pages.
    return Citation(**data | {"unit": PageUnit(data.get("unit", PageUnit.PAGE))})


def _elsewhere(data: dict[str, Any]) -> Elsewhere:
    return Elsewhere(_citation(data["citation"]), read_texts(data["countries"]), bool(data.get("searched")))


def _searched(data: dict[str, Any] | None) -> Searched | None:
    if data is None:
        return None
    return Searched(read_texts(data["documents"]), read_texts(data["countries"]), int(data["passages"]))


def _case(data: dict[str, Any]) -> CaseSummary:
    return CaseSummary(
        read_text(data["country"]),
        tuple(
            HeadingSummary(
                read_text(h["title"]),
                tuple(map(read_sentence, h["sentences"])),
                _message(h.get("elsewhere")),
                h.get("not_shown") is True,
            )
            for h in data["headings"]
        ),
        tuple(_citation(item) for item in data["citations"]),
        tuple((read_text(name), int(page)) for name, page in data["pages_read"]),
        tuple((read_text(name), int(page)) for name, page in data["pages_cited"]),
        read_text(data.get("about", "")),  # chats of an earlier version have neither of the last two
        tuple(_coverage(report) for report in data.get("reports", ())),
    )


def _coverage(data: dict[str, Any]) -> ReportCoverage:
    read, cited = (tuple(int(page) for page in data[key]) for key in ("read", "cited"))
    return ReportCoverage(read_text(data["document"]), int(data["pages"]), read, cited, read_text(data["repeats"]))


def read_sentence(data: dict[str, Any]) -> AnswerSentence:
    """Return a sentence of an answer.

    Raises:
        KeyError, TypeError, ValueError: something is missing, or of another form.
    """
    numbers = tuple(int(number) for number in data["citations"])
    # Chats of an earlier version have the reasons as one English line.
    reasons = data["reasons"] if "reasons" in data else [data["reason"]] if data["reason"] else []
    differs = tuple(int(number) for number in data.get("differs", ()))
    return AnswerSentence(
        read_text(data["text"]),
        Verdict(data["verdict"]),
        numbers,
        tuple(map(read_message, reasons)),
        differs,
        bool(data.get("reworded")),
    )


def _message(data: object) -> Message | None:
    return read_message(data) if data else None


def read_citation(data: dict[str, Any]) -> Citation:
    """Return a citation.

    Raises:
        TypeError, ValueError: something is missing, or of another form.
    """
    citation = _citation(data)
    for text in (citation.document_id, citation.document, citation.title, citation.author, citation.year):
        read_text(text)
    read_texts([citation.label, citation.paragraph, citation.quote, citation.lead, citation.version])
    if not all(isinstance(one, int) for one in (citation.page, citation.start, citation.end)):
        raise TypeError("a place is no number")
    return citation


def read_text(value: object) -> str:
    """Return ``value`` if it is a text; raise ``TypeError`` else."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def read_texts(values: list[object]) -> tuple[str, ...]:
    """Return texts; raise ``TypeError`` if one is none."""
    return tuple(read_text(value) for value in values)
