"""The JSON of answers, sentences and citations: a stable contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.answers import Answer, AnswerSentence, Citation


def sentence_json(sentence: AnswerSentence) -> dict[str, Any]:
    """Return the contract's form of a sentence."""
    data: dict[str, Any] = {"text": sentence.text, "verdict": sentence.verdict, "citations": list(sentence.citations)}
    data |= {"reason": sentence.reason} if sentence.reason else {}
    return data | ({"differs": list(sentence.differs)} if sentence.differs else {})


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
        "place": citation.place,
        **({"lead": citation.lead} if citation.lead else {}),
        **({"version": citation.version} if citation.version else {}),
    }


def _related_json(citation: Citation) -> dict[str, Any]:
    data = {"document": citation.document, "page": citation.page, "text": citation.quote}
    return data | ({"version": citation.version} if citation.version else {})


def answer_json(answer: Answer, identity: str = "", asked: str = "") -> dict[str, Any]:
    """Return the contract's form of an answer.

    ``question_used`` is there when it is not what was ``asked``: a follow-up question, made to stand alone.
    """
    used = {"question_used": answer.question} if asked and asked != answer.question else {}
    folded = answer.folded
    return {
        "id": identity,
        **used,
        "kind": answer.kind,
        "status": answer.status,
        **({"says": list(map(str, answer.says))} if answer.says else {}),
        **({"countries": list(answer.countries)} if answer.countries else {}),
        **(
            {"headings": [{"before": h.before, "title": str(h.title)} for h in answer.headings]}
            if answer.headings
            else {}
        ),
        **({"best": answer.best} if answer.best else {}),
        "text": answer.text,
        "sentences": [sentence_json(sentence) for sentence in answer.sentences],
        "citations": [
            citation_json(citation) | ({"folded": True} if citation.number in folded else {})
            for citation in answer.citations
        ],
        "related": [_related_json(citation) for citation in answer.related],
        "rejected_quotes": answer.rejected_quotes,
        "unknown_citations": list(answer.unknown_citations),
        "uncovered": [{"kind": gap.kind, "words": gap.words, "says": str(gap.says)} for gap in answer.uncovered],
        "unmentioned": list(answer.unmentioned),
        "searched": asdict(answer.searched) if answer.searched is not None else None,
        "elsewhere": [
            citation_json(e.citation) | {"countries": list(e.countries), "searched": e.searched}
            for e in answer.elsewhere
        ],
        "suggestions": list(answer.suggestions),
        **({"note": str(answer.note)} if answer.note is not None else {}),
    }
