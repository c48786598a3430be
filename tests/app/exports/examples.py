"""Outcomes in several scripts, as the exports get them."""

from __future__ import annotations

from app.answers import Answer, AnswerSentence, AnswerStatus, Citation, Verdict
from app.brief import Brief
from app.cases import CaseSummary, Cell, Comparison, HeadingSummary, Row
from app.chat_history import Chat, Turn
from app.messages import message
from vectorstore.records import Scope

QUOTES = (
    "Ms Sita Tamang was detained in\nBishkek on 8 March 2020.",
    "قالت الناشطة ليلى حسن إن الشرطة اعتقلت المتظاهرات في مدينة حمص.",
    "អ្នកស្រី ស្រី មុំ ត្រូវបានចាប់ខ្លួននៅរាជធានីភ្នំពេញ។",
    "सीता तामाङलाई पोखरामा प्रहरीले पक्राउ गर्‍यो।",
    "Активистка Айгуль Жаныбекова рассказала о задержании.",
)
REPORT, LETTER = "ab" * 32, "cd" * 32


def citation(number: int, quote: str, document: str = REPORT) -> Citation:
    label = str(number + 11)
    return Citation(
        number,
        document,
        "sita-tamang_interview.pdf" if document == LETTER else "report.pdf",
        "Standing & falling: 100 % of {them}",
        "FORUM-ASIA",
        "2020",
        number + 19,
        label,
        str(40 + number),
        0,
        len(quote),
        quote,
    )


CITATIONS = tuple(citation(n, quote, LETTER if n == 5 else REPORT) for n, quote in enumerate(QUOTES, start=1))
SENTENCES = tuple(AnswerSentence(" ".join(c.quote.split()), Verdict.QUOTED, (c.number,)) for c in CITATIONS)
ANSWER = Answer("Who was <detained> in Bishkek?", AnswerStatus.ANSWERED, SENTENCES, CITATIONS)
WRITTEN = Answer(
    "Who?",
    AnswerStatus.ANSWERED,
    (
        AnswerSentence("On 8 March 2020 Sita Tamang was detained.", Verdict.SUPPORTED, (1,)),
        AnswerSentence(
            "Seventy were.", Verdict.UNVERIFIED, (1, 2), (message("the quotes do not contain {words}", words="70"),)
        ),
    ),
    CITATIONS[:2],
    (),
    1,
)
RELATED = Answer("What of *bread*?", AnswerStatus.RELATED, related=CITATIONS[2:4])
NOTHING = Answer("What of salt?", AnswerStatus.NOT_FOUND)
CASE = CaseSummary(
    "Nepal",
    (HeadingSummary("Situation", SENTENCES[:2]), HeadingSummary("Recommendations", ())),
    CITATIONS[:2],
    (("report.pdf", 20), ("report.pdf", 21)),
    (("report.pdf", 20),),
)
MATRIX = Comparison(
    ("Nepal", "Cambodia", "Syria"),
    (Row("Who was detained?", (Cell("Nepal", SENTENCES[3:4]), Cell("Cambodia", ()), Cell("Syria", SENTENCES[1:2]))),),
    CITATIONS,
)
CHAT = Chat(
    "0" * 32,
    "Who was <detained>?",
    "2026-01-01T00:00:00",
    (
        *(Turn("Who?", Scope(), outcome, 1) for outcome in (ANSWER, RELATED, NOTHING, CASE)),
        Turn("Who?", Scope(), WRITTEN, 1, "ollama:small"),
    ),
)
BRIEF = Brief("For the *Council*").with_note("Detentions.\n\nAll of <them>:").with_quotes(CITATIONS)
OUTCOMES = (ANSWER, WRITTEN, RELATED, NOTHING, CASE, MATRIX, CHAT, BRIEF)
