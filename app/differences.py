"""Tell where reports differ: sentences that are shown and cannot both be right point to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from app.answers import AnswerSentence, Citation, Verdict
from app.repeats import dispute


def mark_differences(
    sentences: Sequence[AnswerSentence], citations: Sequence[Citation], languages: Mapping[str, str]
) -> tuple[AnswerSentence, ...]:
    """Return ``sentences`` with the numbers of the citations that disagree with each.

    Only quotes are compared: a model's own sentence is checked against its quotes.

    Args:
        sentences: Of one answer or summary.
        citations: Of the same.
        languages: Of each cited document (id), ISO 639-1; English where it is not known.
    """
    documents = {citation.number: citation.document_id for citation in citations}
    quoted = [i for i, s in enumerate(sentences) if s.verdict is Verdict.QUOTED and s.citations]
    against: dict[int, list[int]] = {}
    for one, other in combinations(quoted, 2):
        a, b = sentences[one], sentences[other]
        reports = [{documents[number] for number in s.citations if number in documents} for s in (a, b)]
        language = next((languages[document] for document in reports[0] if languages.get(document)), "en")
        if dispute(a.text, b.text, language, same_report=bool(reports[0] & reports[1])) is not None:
            against.setdefault(one, []).extend(b.citations)
            against.setdefault(other, []).extend(a.citations)
    return tuple(
        replace(sentence, differs=tuple(dict.fromkeys(against[i]))) if i in against else sentence
        for i, sentence in enumerate(sentences)
    )
