"""An answer as data: sentences with verdicts, numbered citations, related passages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.messages import Message, message
from app.naming import published_by, short_name, shown_date
from app.places import places
from app.plain import has_marks
from ingest.documents import PageUnit


class GapKind(StrEnum):
    """What is not covered."""

    COUNTRY = "country"
    YEAR = "year"
    NUMBER = "number"
    NAME = "name"
    TOGETHER = "together"
    """Countries and years: each is covered, no quote covers all of them."""
    ASKED_PERSON = "asked_person"
    ASKED_DATE = "asked_date"
    ASKED_NUMBER = "asked_number"
    ASKED_AMOUNT = "asked_amount"
    ASKED_PLACE = "asked_place"
    NEGATION = "negation"
    """The question says "not"; the quotes that share most words with it do not."""


NAMED = frozenset({GapKind.COUNTRY, GapKind.YEAR, GapKind.NAME})
"""Things that a question names: quotes that leave one out answer another question."""
DISQUALIFYING_GAPS = NAMED | {GapKind.ASKED_AMOUNT}
"""Gaps that make quotes no answer. Others are shown beside one: they raise too many false alarms (docs/refusal.md)."""
_ASKED = {
    GapKind.ASKED_PERSON: message("No quote names a person or an organisation."),
    GapKind.ASKED_DATE: message("No quote gives a date."),
    GapKind.ASKED_NUMBER: message("No quote gives a number."),
    GapKind.ASKED_AMOUNT: message("No quote gives an amount of money."),
    GapKind.ASKED_PLACE: message("No quote names a place."),
    GapKind.NEGATION: message("The question says “not”; the quotes nearest to it do not."),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that no quote covers."""

    kind: GapKind
    words: str = ""
    """As the question has it; a country by its English name. Empty for a kind of answer."""

    @property
    def says(self) -> Message:
        """The gap in a sentence for the reader."""
        if self.kind is GapKind.COUNTRY:
            return message("No quote is about {country}.", country=self.words)
        return _ASKED.get(self.kind) or message("No quote mentions {words}.", words=self.words)


class AnswerStatus(StrEnum):
    """What an answer is."""

    ANSWERED = "answered"
    RELATED = "related"
    """Only near passages were found."""
    NOT_FOUND = "not_found"


class AnswerKind(StrEnum):
    """What an answer was made for. The words of its JSON."""

    QUOTES = "quotes"
    """A question to the reports, or a follow-up on the quotes shown."""
    HELP = "help"
    CATALOGUE = "catalogue"
    """What is in the library."""
    ABOUT = "about"
    """A report as such."""
    DOSSIER = "dossier"
    COMPARISON = "comparison"
    RECOMMENDATIONS = "recommendations"
    TIMELINE = "timeline"


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
    unit: PageUnit = PageUnit.PAGE
    lead: str = ""
    """The line that opens the list whose item is quoted ("The State should:"), or what heads the quoted row."""
    version: str = ""
    """Tells documents of the same file name apart: the day on which it was added, or more where that is not enough."""
    publisher: str = ""
    symbol: str = ""
    date: str = ""
    case: str = ""

    @property
    def places(self) -> tuple[Message, ...]:
        """Page and paragraph as readers of the paper and of the file find them; nothing in a file without either."""
        return places(self.unit, self.page, self.label, self.paragraph)

    @property
    def place(self) -> str:
        """Page and paragraph in English: "p. 12 (PDF 20), para. 45", "slide 4", "sheet “2019”, row 12"."""
        return ", ".join(map(str, self.places))

    @property
    def work(self) -> tuple[str, ...]:
        """What a footnote says of the document: author or publisher, title, symbol and date, as far as it has them."""
        by, date = published_by(self.author, self.publisher), shown_date(self.date, self.year)
        return tuple(filter(None, (by, self.title or self.document, self.symbol, date, self.version)))

    @property
    def short_name(self) -> str:
        """The document in a few words, for use beside a quote: "UN S/2025/211"."""
        return short_name(self.title or self.document, self.publisher, self.symbol, self.case, self.year)

    @property
    def source(self) -> str:
        """Author or publisher, title, symbol, date and place, as in a footnote."""
        return ", ".join(part for part in (*self.work, self.place) if part)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence, how far it was verified, and the numbers of its citations."""

    text: str
    verdict: Verdict
    citations: tuple[int, ...]
    reasons: tuple[Message, ...] = ()
    """Why it is unverified."""
    differs: tuple[int, ...] = ()
    """Numbers of the citations that say the contrary, or give another number, date or actor, in the same words."""
    reworded: bool = False
    """Whether it is unverified only because it is in other words: its facts are those of its quotes."""

    @property
    def reason(self) -> str:
        """All reasons in one English line, separated by semicolons."""
        return "; ".join(map(str, self.reasons))

    @property
    def warning(self) -> str:
        """What stands behind it in a text that people take away; empty where it is quoted or supported."""
        if self.verdict is not Verdict.UNVERIFIED:
            return ""
        return self.reason if self.reworded else f"unverified: {self.reason}"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over some of the sentences of an answer."""

    before: int
    """The index of the first sentence under it."""
    title: Message


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched without finding an answer."""

    documents: tuple[str, ...]
    """Files' names."""
    countries: tuple[str, ...]
    """English names; empty: no country was chosen."""
    passages: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A quote that may matter to the question and is no part of the answer."""

    citation: Citation
    countries: tuple[str, ...]
    """Whose case it belongs to, or which it is about, English names."""
    searched: bool = False
    """Whether it was searched, and is about another country than the question names; else it is out of the scope."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The assistant's answer to one question."""

    question: str
    status: AnswerStatus
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    """Excerpts of the passages nearest to the question, which do not answer it."""
    rejected_quotes: int = 0
    """Quotes of a chat model that are not on the page; none of them is shown."""
    unknown_citations: tuple[int, ...] = ()
    """Passage numbers that a chat model cited but was not given, one entry per use; 0: a citation without a number."""
    uncovered: tuple[Gap, ...] = ()
    """What the question names or asks for that no quote shown covers."""
    unmentioned: tuple[str, ...] = ()
    """What the question names and the reports never mention; in a refusal only, like all that follows."""
    searched: Searched | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    """Also of an answer."""
    suggestions: tuple[str, ...] = ()
    """Words of the reports to ask with."""
    note: Message | None = None
    """What went wrong, in one line: with a chat model's answer, or with the search index."""
    kind: AnswerKind = AnswerKind.QUOTES
    says: tuple[Message, ...] = ()
    """What the assistant itself says, above the sentences: what the library holds, what it can do."""
    headings: tuple[Heading, ...] = ()
    """Over the sentences, in their order; none over those of a plain answer."""
    countries: tuple[str, ...] = ()
    """Whose cases a dossier, a comparison or the like is about, English names."""
    folds: tuple[int, ...] = ()
    """The indexes of the sentences that are shown when asked for, not at once."""
    best: int = 0
    """The number of the quote that answers best, where the quotes stand in the order of their reports; 0: the first."""

    @property
    def shown(self) -> tuple[AnswerSentence, ...]:
        """The sentences that are shown at once."""
        return tuple(sentence for index, sentence in enumerate(self.sentences) if index not in self.folds)

    @property
    def folded(self) -> frozenset[int]:
        """The numbers of the citations that only folded sentences have."""
        if not self.folds:
            return frozenset()
        shown = {number for sentence in self.shown for number in sentence.citations}
        return frozenset(citation.number for citation in self.citations) - shown

    @property
    def text(self) -> str:
        """The sentences with their citation numbers."""
        return " ".join(numbered(sentence) for sentence in self.sentences)


_INNER = str.maketrans('“”„«»"', "‘’‚‹›'")
"""Quotation marks within quotation marks."""


def numbered(sentence: AnswerSentence) -> str:
    """Return a sentence with its numbers behind it: "… were detained. [1][2]".

    One that has such numbers itself, as a report may, stands in quotation marks: what is behind them is ours.
    """
    marks = "".join(f"[{number}]" for number in sentence.citations)
    text = f"“{sentence.text.translate(_INNER)}”" if has_marks(sentence.text) else sentence.text
    return f"{text} {marks}".strip()


def differs_line(sentence: AnswerSentence) -> Message | None:
    """Return the line that sends the reader of a sentence to those that disagree with it; None where none does."""
    if not sentence.differs:
        return None
    numbers = "".join(f"[{number}]" for number in sentence.differs)
    return message("the reports differ: compare {numbers}", numbers=numbers)
