"""An answer as data: sentences with verdicts, numbered citations, related passages. And its JSON, a stable contract."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.messages import Message
from app.refusal.gap import Gap


class AnswerStatus(StrEnum):
    """What an answer is."""

    ANSWERED = "answered"
    RELATED = "related"
    """Only near passages were found."""
    NOT_FOUND = "not_found"


class Verdict(StrEnum):
    """Of a sentence."""

    QUOTED = "quoted"
    """Verbatim from the page."""
    SUPPORTED = "supported"
    """In other words; the checks passed against its quotes."""
    UNVERIFIED = "unverified"
    """The checks did not pass, or no quote of it was found."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote as a reader sees it. ``start`` and ``end`` are offsets into the page's stored text."""

    number: int
    document_id: str
    document: str
    """The file's name."""
    title: str
    author: str
    year: str
    page: int
    label: str
    paragraph: str
    start: int
    end: int
    quote: str

    @property
    def place(self) -> str:
        """The page as both readers of paper and of the file find it: "p. 12 (PDF 20), para. 45"."""
        page = f"p. {self.page}" if self.label in ("", str(self.page)) else f"p. {self.label} (PDF {self.page})"
        return page + (f", para. {self.paragraph}" if self.paragraph else "")

    @property
    def source(self) -> str:
        """Author, title, year and place, as in a footnote."""
        parts = [self.author, self.title or self.document, self.year, self.place]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence, how far it was verified, and the numbers of its citations."""

    text: str
    verdict: Verdict
    citations: tuple[int, ...]
    reasons: tuple[Message, ...] = ()
    """Why it is unverified."""

    @property
    def reason(self) -> str:
        """All reasons in one English line, separated by semicolons."""
        return "; ".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched in vain."""

    documents: tuple[str, ...]
    """Files' names."""
    countries: tuple[str, ...]
    """English names; empty: of all countries and none."""
    passages: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A quote outside the scope of the question that may answer it."""

    citation: Citation
    countries: tuple[str, ...]
    """Whose case it belongs to, English names."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant gives back."""

    question: str
    status: AnswerStatus
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    """Whole passages near the question that do not answer it."""
    rejected_quotes: int = 0
    """Quotes of a chat model that do not stand on the page; none of them is shown."""
    unknown_citations: tuple[int, ...] = ()
    """Passage numbers that a chat model cited and was not given, as often as it did; 0: one without number."""
    uncovered: tuple[Gap, ...] = ()
    """What the question names or asks for that no quote shown covers."""
    unmentioned: tuple[str, ...] = ()
    """What it names that stands nowhere in the reports; of a refusal only, as all that follows."""
    searched: Searched | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    suggestions: tuple[str, ...] = ()
    """Words of the reports to ask with."""
    note: Message | None = None
    """What went wrong with a chat model's answer, in one line."""

    @property
    def text(self) -> str:
        """The sentences with their citation numbers."""
        return " ".join(numbered(sentence) for sentence in self.sentences)


def numbered(sentence: AnswerSentence) -> str:
    """Return a sentence with its numbers behind it: "… were detained. [1][2]"."""
    marks = "".join(f"[{number}]" for number in sentence.citations)
    return f"{sentence.text} {marks}".strip()


def sentence_json(sentence: AnswerSentence) -> dict[str, Any]:
    """Return the contract's form of a sentence."""
    data = {"text": sentence.text, "verdict": sentence.verdict, "citations": list(sentence.citations)}
    return data | ({"reason": sentence.reason} if sentence.reason else {})


def citation_json(citation: Citation) -> dict[str, Any]:
    """Return the contract's form of a citation."""
    return {
        "number": citation.number,
        "document": citation.document,
        "page": citation.page,
        "label": citation.label,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def answer_json(answer: Answer, identity: str = "", asked: str = "") -> dict[str, Any]:
    """Return the contract's form of an answer.

    ``question_used`` is there when it is not what was ``asked``: a follow-up question, made to stand alone.
    """
    used = {"question_used": answer.question} if asked and asked != answer.question else {}
    return {
        "id": identity,
        **used,
        "status": answer.status,
        "text": answer.text,
        "sentences": [sentence_json(sentence) for sentence in answer.sentences],
        "citations": [citation_json(citation) for citation in answer.citations],
        "related": [{"document": r.document, "page": r.page, "text": r.quote} for r in answer.related],
        "rejected_quotes": answer.rejected_quotes,
        "unknown_citations": list(answer.unknown_citations),
        "uncovered": [{"kind": gap.kind, "words": gap.words, "says": str(gap.says)} for gap in answer.uncovered],
        "unmentioned": list(answer.unmentioned),
        "searched": asdict(answer.searched) if answer.searched is not None else None,
        "elsewhere": [citation_json(e.citation) | {"countries": list(e.countries)} for e in answer.elsewhere],
        "suggestions": list(answer.suggestions),
    }
