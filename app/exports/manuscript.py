"""One shape for every export: a title, sections of cited sentences or a matrix, and one list of citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from app.answers import Answer, AnswerKind, AnswerSentence, AnswerStatus, Citation, Verdict
from app.brief import Brief, Note
from app.cases import (
    CaseSummary,
    Cell,
    Comparison,
    Recommendations,
    Row,
    coverage_line,
)
from app.chat_history import Chat
from app.exports.remarks import OF_A_BRIEF, authorship, rejected
from app.messages import Message, message
from app.plain import one_line
from app.refusal.explanation import help_lines

NOT_FOUND = message("Not in these reports.")
NONE_FOUND = message("No recommendation was found.")
REFUSALS = {
    AnswerStatus.RELATED: message("No clear answer in these reports. The nearest passages:"),
    AnswerStatus.NOT_FOUND: message("Not in these reports. The nearest passages:"),
}
"""Said above the nearest passages when there is no answer."""
Outcome = Answer | CaseSummary | Comparison | Recommendations | Chat | Brief


class Kind(StrEnum):
    """What a manuscript was made from."""

    ANSWER = "answer"
    CHAT = "chat"
    CASE = "case"
    COMPARISON = "comparison"
    RECOMMENDATIONS = "recommendations"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a line before or in place of its sentences, and the sentences."""

    title: str
    lead: Message | str = ""
    """A text where there is none, and in evidence packs of an earlier version."""
    sentences: tuple[AnswerSentence, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What every format is written from. Sentences name citations by their numbers, which run through all of it."""

    kind: Kind
    title: str
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    authorship: str
    """The line on the use of AI: who wrote the sentences."""
    remarks: tuple[str, ...] = ()
    """What else the reader must know of the whole: what was read, what was left out, what is masked."""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    """Of a comparison: one cell a column."""
    masks: tuple[str, ...] = ()
    """The replacements of masked words: "[Person 1]"."""

    def sentences(self) -> Iterator[AnswerSentence]:
        """Yield all sentences, in the order of the text."""
        for section in self.sections:
            yield from section.sentences
        for row in self.rows:
            for cell in row.cells:
                yield from cell.sentences

    def is_masked(self, text: str) -> bool:
        """Return whether words of ``text`` are masked: then it is verbatim no more."""
        return any(mask in text for mask in self.masks)


def make_manuscript(outcome: Outcome, model: str = "", masks: Sequence[str] = ()) -> Manuscript:
    """Return ``outcome`` as a manuscript.

    Args:
        outcome: An answer, a chat, a case's summary, a comparison or a brief.
        model: The chat model that wrote its sentences; of a chat each turn knows its own.
        masks: The replacements of masked words, where ``outcome`` was masked.
    """
    made = _made(outcome, model)
    if masks:
        made = replace(made, masks=tuple(masks), remarks=(*made.remarks, masked_remark(masks)))
    return made


def _made(outcome: Outcome, model: str) -> Manuscript:
    if isinstance(outcome, Answer):
        return _of_answer(outcome, model)
    if isinstance(outcome, CaseSummary):
        return _of_case(outcome, model)
    if isinstance(outcome, Comparison):
        return _of_comparison(outcome, model)
    if isinstance(outcome, Recommendations):
        return _of_recommendations(outcome)
    if isinstance(outcome, Brief):
        return _of_brief(outcome)
    return _of_chat(outcome)


def masked_remark(masks: Sequence[str]) -> str:
    """Return the remark on masked words."""
    return (
        f"Names and other words that may identify people are masked: {masks[0]} and similar labels replace them."
        " A quote with such a label is not verbatim."
    )


@dataclass(slots=True)
class _Numbering:
    """One run of citation numbers over several outcomes; the same quote keeps its number."""

    numbers: dict[Citation, int] = field(default_factory=dict)

    def renumber(
        self, sentences: Iterable[AnswerSentence], citations: Iterable[Citation]
    ) -> tuple[AnswerSentence, ...]:
        new = {c.number: self.numbers.setdefault(replace(c, number=0), len(self.numbers) + 1) for c in citations}

        def known(numbers: Iterable[int]) -> tuple[int, ...]:
            return tuple(new[number] for number in numbers if number in new)

        return tuple(replace(s, citations=known(s.citations), differs=known(s.differs)) for s in sentences)

    def citations(self) -> tuple[Citation, ...]:
        return tuple(replace(citation, number=number) for citation, number in self.numbers.items())


def _of_answer(answer: Answer, model: str) -> Manuscript:
    numbering = _Numbering()
    first, *others = _answer_sections(answer, numbering)
    return Manuscript(
        Kind.ANSWER,
        one_line(answer.question),
        (replace(first, title=""), *others),
        numbering.citations(),
        authorship(answer.sentences, model),
        (*map(str, help_lines(answer)), *rejected([answer])),
    )


def _of_case(summary: CaseSummary, model: str) -> Manuscript:
    numbering = _Numbering()
    sections = _case_sections(summary, numbering, 1)
    sentences = [sentence for section in sections for sentence in section.sentences]
    written_by = authorship(sentences, model)
    return Manuscript(
        Kind.CASE,
        case_title(summary),
        tuple(sections),
        numbering.citations(),
        written_by,
        (str(_coverage_of(summary)), *(str(coverage_line(report)) for report in summary.reports)),
    )


def _of_comparison(comparison: Comparison, model: str) -> Manuscript:
    numbering = _Numbering()
    rows = tuple(
        Row(
            one_line(row.question),
            tuple(Cell(c.country, numbering.renumber(c.sentences, comparison.citations)) for c in row.cells),
        )
        for row in comparison.rows
    )
    written_by = authorship([s for row in rows for cell in row.cells for s in cell.sentences], model)
    title = " · ".join(comparison.countries)
    return Manuscript(
        Kind.COMPARISON, title, (), numbering.citations(), written_by, columns=comparison.countries, rows=rows
    )


def _of_recommendations(found: Recommendations) -> Manuscript:
    """Return a section for every addressee; items of a list come under the heading that names it."""
    numbering = _Numbering()
    sections: list[Section] = []
    for addressee, items in found.by_addressee().items():
        sections.append(Section(f"To: {addressee} ({len(items)})"))
        for above, listed in groupby(sorted(items, key=lambda item: bool(item.above)), key=lambda item: item.above):
            sentences = numbering.renumber([item.sentence for item in listed], found.citations)
            if above:
                sections.append(Section(one_line(above), "", sentences, level=2))
            else:
                sections[-1] = replace(sections[-1], sentences=sections[-1].sentences + sentences)
    title = f"Recommendations: {', '.join(found.countries) or 'all reports'}"
    return Manuscript(
        Kind.RECOMMENDATIONS,
        title,
        tuple(sections) or (Section("", NONE_FOUND),),
        numbering.citations(),
        authorship([item.sentence for item in found.found], ""),
    )


def _of_chat(chat: Chat) -> Manuscript:
    numbering = _Numbering()
    sections: list[Section] = []
    for turn in chat.turns:
        if isinstance(turn.outcome, Answer):
            sections += _answer_sections(turn.outcome, numbering)
        else:
            sections.append(Section(f"Country case: {case_title(turn.outcome)}", _coverage_of(turn.outcome)))
            sections += _case_sections(turn.outcome, numbering, 2)
    answers = [turn.outcome for turn in chat.turns if isinstance(turn.outcome, Answer)]
    models = dict.fromkeys(turn.model for turn in chat.turns if turn.model)
    sentences = [sentence for section in sections for sentence in section.sentences]
    written_by = authorship(sentences, ", ".join(models))
    return Manuscript(
        Kind.CHAT, one_line(chat.title), tuple(sections), numbering.citations(), written_by, rejected(answers)
    )


def _of_brief(brief: Brief) -> Manuscript:
    """Return a section for every paragraph of a note, with the quotes behind it; quotes stand in quotation marks."""
    sections = [Section("")]
    numbers = iter(citations := brief.citations)
    for item in brief.items:
        if isinstance(item, Note):
            sections += [Section("", one_line(line)) for line in item.text.splitlines() if line.strip()]
        else:
            citation = next(numbers)
            quote = AnswerSentence(f"“{one_line(citation.quote)}”", Verdict.QUOTED, (citation.number,))
            sections[-1] = replace(sections[-1], sentences=(*sections[-1].sentences, quote))
    return Manuscript(Kind.BRIEF, one_line(brief.title) or "Brief", tuple(sections), citations, OF_A_BRIEF)


def _answer_sections(answer: Answer, numbering: _Numbering) -> list[Section]:
    """Return the answer under its question, and under its headings, where it has any."""
    title, says = one_line(answer.question), "\n".join(map(str, answer.says))
    if answer.status is AnswerStatus.ANSWERED:
        sentences = numbering.renumber(answer.sentences, answer.citations)
        if not answer.headings:
            said = [Section(title, says)] if says else []
            return [*said, Section("" if said else title, "", sentences)] if sentences or not said else said
        ends = [*(heading.before for heading in answer.headings[1:]), len(sentences)]
        under = [
            Section(str(heading.title), "", sentences[heading.before : end], level=2)
            for heading, end in zip(answer.headings, ends, strict=True)
        ]
        return [Section(title, says, sentences[: answer.headings[0].before]), *under]
    if not answer.related:
        note = str(answer.note or "") if answer.kind is not AnswerKind.QUOTES else ""
        return [Section(title, says or note or NOT_FOUND)]
    passages = [AnswerSentence(one_line(c.quote), Verdict.QUOTED, (c.number,)) for c in answer.related]
    return [Section(title, REFUSALS[answer.status], numbering.renumber(passages, answer.related))]


def _case_sections(summary: CaseSummary, numbering: _Numbering, level: int) -> list[Section]:
    return [
        Section(
            heading.title,
            heading.gap or "",
            numbering.renumber(heading.sentences, summary.citations),
            level,
        )
        for heading in summary.headings
    ]


def case_title(summary: CaseSummary) -> str:
    """Return the country, and the subject that its case was read for."""
    return f"{summary.country}: {one_line(summary.about)}" if summary.about else summary.country


def coverage(read: int, cited: int) -> Message:
    """Return how many pages of a case were read and cited."""
    return message("Pages read: {read}. Pages cited: {cited}.", read=read, cited=cited)


def _coverage_of(summary: CaseSummary) -> Message:
    return coverage(len(summary.pages_read), len(summary.pages_cited))
