"""Case summaries against the key facts of a set: how many a short and a longer summary cover, and which."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answers import Citation
from app.cases import CaseSummary, summarise
from app.cases.asking import read_case_question
from app.cases.salience import Weights
from app.citations import locate_quote
from evaluation.answers import wrong_quotes
from evaluation.key_facts import CitedSentence, is_covered, repetition
from evaluation.spans import CharacterSpan
from ingest.documents import Span
from vectorstore.library import Library

LENGTHS = (12, 24)
"""Sentences of the short summary, by which the product is judged, and of the longer one."""
VIEWS = ("subject", "country alone")
"""A question may narrow the case to a subject; what the summary of the whole country covers is told beside."""


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A fact that a summary of the case ought to hold, and where the set says that it stands (1-based page)."""

    text: str
    document: str
    page: int
    evidence: str


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """A question of a set that asks for a case."""

    id: str
    question: str
    documents: tuple[str, ...]
    facts: tuple[KeyFact, ...]


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How one summary went."""

    id: str
    country: str
    about: str
    view: str
    sentences: int
    characters: int
    facts: int
    covered: tuple[str, ...]
    missed: tuple[str, ...]
    repetition: float
    """Share of sentences that repeat an earlier one."""
    pages_read: int
    pages_cited: int
    pages: int
    headings_filled: int
    quotes: int
    wrong_quotes: tuple[str, ...]

    @property
    def coverage(self) -> float:
        """Share of the key facts that is covered, 0…1."""
        return len(self.covered) / self.facts


def read_case_questions(folder: Path) -> list[CaseQuestion]:
    """Return the questions of a set that have key facts."""
    rows = map(json.loads, (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        CaseQuestion(
            row["id"],
            row["question"],
            tuple(row.get("docs", ())),
            tuple(KeyFact(f["fact"], f["doc"], f["page"], f["text"]) for f in row["key_facts"]),
        )
        for row in rows
        if row.get("key_facts")
    ]


def measure(
    library: Library, folder: Path, questions: Sequence[CaseQuestion], weights: Weights | None = None
) -> Iterator[CaseOutcome]:
    """Yield the outcome of every question, for the whole country and for its subject, short and longer."""
    ids = {document.name: document.id for document in library.catalogue.documents()}
    for question in questions:
        asked = read_case_question(question.question)
        scope = [ids[name] for name in question.documents if name in ids]
        places = [_place(library, fact, ids) for fact in question.facts]
        for view in VIEWS:
            about = asked.about if view == VIEWS[0] else ""
            for length in LENGTHS:
                summary = summarise(library, asked.country, scope, about=about, sentences=length, weights=weights)
                shown = cited_sentences(summary)[:length]
                covered = [is_covered(f.text, p, shown) for f, p in zip(question.facts, places, strict=True)]
                yield CaseOutcome(
                    question.id,
                    summary.country,
                    about,
                    view,
                    length,
                    sum(len(sentence.text) for sentence in shown),
                    len(question.facts),
                    tuple(f.text for f, c in zip(question.facts, covered, strict=True) if c),
                    tuple(f.text for f, c in zip(question.facts, covered, strict=True) if not c),
                    repetition(shown),
                    len(summary.pages_read),
                    len(summary.pages_cited),
                    sum(report.pages for report in summary.reports),
                    sum(bool(heading.sentences) for heading in summary.headings),
                    len(summary.citations),
                    tuple(wrong_quotes(folder / "docs", summary.citations)),
                )


def cited_sentences(summary: CaseSummary) -> list[CitedSentence]:
    """Return the sentences of a summary as a reader meets them, with the places that they quote."""
    by_number = {citation.number: citation for citation in summary.citations}
    return [
        CitedSentence(sentence.text, tuple(_span(by_number[number]) for number in sentence.citations))
        for heading in summary.headings
        for sentence in heading.sentences
    ]


def ablation(library: Library, folder: Path, questions: Sequence[CaseQuestion]) -> dict[str, float]:
    """Return the coverage of the short summary, by subject, without each sign that lines are chosen by."""
    found = {}
    for name in ("", *(field.name for field in dataclasses.fields(Weights))):
        weights = dataclasses.replace(Weights(), **{name: 0.0}) if name else Weights()
        outcomes = list(measure(library, folder, questions, weights))
        found[f"without {name}" if name else "all signs"] = mean_coverage(outcomes, VIEWS[0], LENGTHS[0])
    return found


def mean_coverage(outcomes: Sequence[CaseOutcome], view: str, length: int) -> float:
    """Return the mean share of key facts covered over the cases of one view and length."""
    shares = [o.coverage for o in outcomes if (o.view, o.sentences) == (view, length)]
    return sum(shares) / len(shares) if shares else 0.0


def table(outcomes: Sequence[CaseOutcome]) -> str:
    """Return the outcomes for people: the facts covered (+) and missed (-) by the short summaries, then the shares."""
    lines = []
    for o in outcomes:
        about = f", about {o.about}" if o.about else ""
        lines.append(
            f"{o.id} {o.country}{about}, {o.sentences} sentences, {o.view}: {len(o.covered)} of {o.facts} facts,"
            f" {o.characters:,} characters, {o.repetition:.0%} repeated, {o.headings_filled} headings,"
            f" {o.pages_read} of {o.pages} pages read, {o.pages_cited} cited"
        )
        if o.sentences == LENGTHS[0]:
            lines += [f"  + {fact}" for fact in o.covered] + [f"  - {fact}" for fact in o.missed]
    lines.append("")
    for view in VIEWS:
        shares = ", ".join(f"{mean_coverage(outcomes, view, n):.3f} within {n} sentences" for n in LENGTHS)
        lines.append(f"key facts covered, {view}: {shares}")
    quotes, wrong = sum(o.quotes for o in outcomes), [line for o in outcomes for line in o.wrong_quotes]
    lines.append(f"{quotes} quotes, {len(wrong)} not verbatim on their page")
    return "\n".join([*lines, *(f"  {line}" for line in wrong)])


def _place(library: Library, fact: KeyFact, ids: dict[str, str]) -> tuple[CharacterSpan, ...]:
    """Return where the evidence stands in the stored text; empty where it is not found there."""
    if fact.document not in ids:
        return ()
    text = library.page(ids[fact.document], fact.page).text
    found = locate_quote(fact.evidence, (Span(fact.page, 0, len(text)),), {fact.page: text})
    return tuple(CharacterSpan(fact.document, span.page, span.start, span.end) for span in found)


def _span(citation: Citation) -> CharacterSpan:
    return CharacterSpan(citation.document, citation.page, citation.start, citation.end)
