"""Case summaries against the key facts of a set: how many a short and a longer summary cover, and which."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers import Citation
from app.cases import CaseSummary, summarise
from app.cases.asking import read_case_question
from app.cases.countries import known_country
from app.cases.reading import CaseLines, Line, read_case_lines
from app.cases.salience import Weights
from app.cases.summary import choose_by_heading
from app.citations import locate_quote
from evaluation.answers import wrong_quotes
from evaluation.key_facts import CitedSentence, is_covered, repetition
from evaluation.spans import CharacterSpan
from ingest.documents import Span
from vectorstore.embeddings import Embedder
from vectorstore.library import Library
from vectorstore.records import Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN_FACTS = Path(__file__).with_name("case_facts.jsonl")
"""Key facts of ours, read from the reports by hand: in own words, with the first and last words of their evidence."""
SHAKINGS = 10
_NOISE = 1e-3
LENGTHS = (12, 24)
"""Sentences of the short summary, by which the product is judged, and of the longer one."""
VIEWS = ("subject", "country alone")
"""A question may narrow the case to a subject; the figure for the whole country is printed beside it."""


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A fact that a summary of the case ought to hold, and where the set says that it is (1-based page)."""

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


def read_case_questions(path: Path) -> list[CaseQuestion]:
    """Return the questions of a set, a folder or a file of lines, that have key facts."""
    path = path / "questions.jsonl" if path.is_dir() else path
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
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


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A question's case, read once, to be summarised many times."""

    question: CaseQuestion
    about: str
    case: CaseLines
    embedder: Embedder
    names: dict[str, str]
    """File names by the documents' ids."""
    places: tuple[tuple[CharacterSpan, ...], ...]
    """Where the evidence of each fact is; empty where it is not found."""

    def sentences(self, lines: Iterable[Line]) -> list[CitedSentence]:
        """Return lines as the criterion takes them."""
        return [
            CitedSentence(
                line.text,
                tuple(CharacterSpan(self.names[line.document], s.page, s.start, s.end) for s in line.spans),
            )
            for line in lines
        ]

    def covers(self, lines: Iterable[Line]) -> list[bool]:
        """Return for every fact whether ``lines`` cover it."""
        shown = self.sentences(lines)
        facts = self.question.facts
        return [is_covered(fact.text, place, shown) for fact, place in zip(facts, self.places, strict=True)]

    def coverage(self, count: int, weights: Weights | None = None, seed: int = 0) -> float:
        """Return the share of facts that a summary of ``count`` lines covers; ``seed`` above 0 shakes the vectors."""
        case = dataclasses.replace(self.case, vectors=shaken(self.case.vectors, seed)) if seed else self.case
        chosen = choose_by_heading(self.embedder, case, self.about, count, weights)
        covered = self.covers(line for lines in chosen.values() for line in lines)
        return sum(covered) / len(covered)


def read_cases(library: Library, questions: Sequence[CaseQuestion]) -> list[ReadCase]:
    """Read the cases of the questions whose documents the library holds."""
    ids = {document.name: document.id for document in library.catalogue.documents()}
    names = {number: name for name, number in ids.items()}
    found = []
    for question in questions:
        if all(name in ids for name in question.documents):
            asked = read_case_question(question.question)
            code, _ = known_country(library, asked.country)
            case = read_case_lines(library, Scope(tuple(ids[name] for name in question.documents), (code,)))
            places = tuple(place(library, fact, ids) for fact in question.facts)
            found.append(ReadCase(question, asked.about, case, library.embedder, names, places))
    return found


def shaken(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    """Return ``vectors`` with noise of a thousandth: as much as they differ from one making of a library to another."""
    import numpy as np

    noisy = vectors + _NOISE * np.random.default_rng(seed).normal(size=vectors.shape)
    directions: NDArray[np.float32] = (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)
    return directions


def stability(cases: Sequence[ReadCase], weights: Weights | None = None, shakings: int = SHAKINGS) -> list[float]:
    """Return the coverage of the short summary, over all cases, for the vectors as they are and for each shaking."""
    runs = range(1 + shakings)
    return [sum(case.coverage(LENGTHS[0], weights, seed) for case in cases) / len(cases) for seed in runs]


def measure(library: Library, folder: Path, questions: Sequence[CaseQuestion]) -> Iterator[CaseOutcome]:
    """Yield the outcome of every question, for the whole country and for its subject, short and longer."""
    ids = {document.name: document.id for document in library.catalogue.documents()}
    for question in questions:
        asked = read_case_question(question.question)
        scope = [ids[name] for name in question.documents if name in ids]
        places = [place(library, fact, ids) for fact in question.facts]
        for view in VIEWS:
            about = asked.about if view == VIEWS[0] else ""
            for length in LENGTHS:
                summary = summarise(library, asked.country, scope, about=about, sentences=length)
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


def ablation(cases: Sequence[ReadCase]) -> dict[str, float]:
    """Return the coverage of the short summary without each sign that lines are chosen by, over two shakings."""
    found = {}
    for name in ("", *(field.name for field in dataclasses.fields(Weights))):
        weights = dataclasses.replace(Weights(), **{name: 0.0}) if name else Weights()
        runs = stability(cases, weights, shakings=2)
        found[f"without {name}" if name else "all signs"] = sum(runs) / len(runs)
    return found


def line(case: ReadCase) -> str:
    """Return one case's facts for people: how many a short summary covers, and which it misses."""
    chosen = choose_by_heading(case.embedder, case.case, case.about, LENGTHS[0])
    covered = case.covers(line for lines in chosen.values() for line in lines)
    facts = zip(case.question.facts, covered, strict=True)
    missed = "".join(f"\n  - {fact.text}" for fact, yes in facts if not yes)
    return f"{case.question.id} {case.question.question} {sum(covered)} of {len(covered)}{missed}"


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


def place(library: Library, fact: KeyFact, ids: dict[str, str]) -> tuple[CharacterSpan, ...]:
    """Return where the evidence is in the stored text; empty where it is not found there.

    Evidence is a quote, or the first and the last words of one with "…" between: a report's own words stay with it.
    """
    if fact.document not in ids:
        return ()
    text = library.page(ids[fact.document], fact.page).text
    if "…" in fact.evidence:
        anchored = _between(fact.evidence.split("…"), text)
        return (CharacterSpan(fact.document, fact.page, *anchored),) if anchored else ()
    found = locate_quote(fact.evidence, (Span(fact.page, 0, len(text)),), {fact.page: text})
    return tuple(CharacterSpan(fact.document, span.page, span.start, span.end) for span in found)


def _between(ends: Sequence[str], text: str) -> tuple[int, int] | None:
    """Return where a text goes from the words of the first of ``ends`` to the nearest words of the last."""
    first, last = (re.compile(_as_printed(words)) for words in (ends[0], ends[-1]))
    begin = first.search(text)
    end = last.search(text, begin.end()) if begin else None
    return (begin.start(), end.end()) if begin and end else None


def _as_printed(words: str) -> str:
    """Return a pattern for words that a page may break anywhere, at a line's end or with a hyphen."""
    broken = r"[\u00ad\ufffe\s-]*"
    return r"\W*".join(broken.join(map(re.escape, word)) for word in re.findall(r"\w+", words))


def _span(citation: Citation) -> CharacterSpan:
    return CharacterSpan(citation.document, citation.page, citation.start, citation.end)
