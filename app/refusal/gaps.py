"""What a question names or asks for that no quote covers: years, numbers, countries, names, the kind of answer.

Pure functions over texts. Across languages only what stays the same is compared: numbers in any digits, countries by
their names in either language, and names in letters that both share. The kind of answer asked for (when: a date) is
looked for in quotes in English alone, whose number words and months are known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.answers import Gap, GapKind
from app.refusal.quote_coverage import WORD, QuoteCoverage, ShownQuote, stem
from ingest.language.asking import AskedFor
from ingest.language.countries import country_name
from ingest.language.folding import visible
from vectorstore.question import Question, read_question

_DENIALS = re.compile(
    r"\b(?:not|never|no|none|nor|neither|nothing|nobody|without|cannot|hardly|except|only|little|few|un\w+|in(?:ability"
    r"|capable)|(?:refus|fail|den(?:y|i)|lack|prohibit|declin|avoid|reject)\w*|\w+n[’']t)\b",
    re.IGNORECASE,
)
_NEAREST = 2
"""Quotes, by shared words, in which a "not" is looked for: some other sentence denies something or other."""
_GAP_OF = {
    AskedFor.AMOUNT: GapKind.ASKED_AMOUNT,
    AskedFor.NUMBER: GapKind.ASKED_NUMBER,
    AskedFor.DATE: GapKind.ASKED_DATE,
    AskedFor.PERSON: GapKind.ASKED_PERSON,
    AskedFor.PLACE: GapKind.ASKED_PLACE,
}


def find_gaps(question: Question | str, shown: Sequence[ShownQuote]) -> tuple[Gap, ...]:
    """Return what ``question`` names or asks for that none of ``shown`` covers; nothing where nothing is shown."""
    if not shown:
        return ()
    question = read_question(question)
    things = named_things(question)
    not_denied = question.negated and not _denied(question, shown)
    quotes = [QuoteCoverage(item) for item in shown]
    gaps = [gap for gap in things if not any(quote.covers(gap) for quote in quotes)]
    rest = [gap for gap in things if gap not in gaps and gap.kind in (GapKind.COUNTRY, GapKind.YEAR)]
    if len(rest) > 1:
        alone = [QuoteCoverage(replace(item, around="")) for item in shown]
        if not any(all(quote.covers(gap) for gap in rest) for quote in alone):
            gaps.append(Gap(GapKind.TOGETHER, _joined(gap.words for gap in rest) + " together"))
    asked = question.asked_for
    if asked is not None and not any(quote.can_answer(asked) for quote in quotes):
        gaps.append(Gap(_GAP_OF[asked]))
    if not_denied:
        gaps.append(Gap(GapKind.NEGATION))
    return tuple(gaps)


def named_things(question: Question | str) -> tuple[Gap, ...]:
    """Return the countries, years, numbers and names of ``question``, as the gaps that they would be."""
    question = read_question(question)
    return (
        *(Gap(GapKind.COUNTRY, country_name(code)) for code in question.countries),
        *(Gap(GapKind.YEAR, year) for year in question.years),
        *(Gap(GapKind.NUMBER, number) for number in question.numbers),
        *(Gap(GapKind.NAME, name) for name in question.names),
    )


def _denied(question: Question, shown: Sequence[ShownQuote]) -> bool:
    """Return whether a quote of those that share most words with ``question`` denies something, or may: not English."""
    asked = set(map(stem, WORD.findall(question.clean)))
    nearest = sorted(shown, key=lambda item: -len(asked & set(map(stem, WORD.findall(visible(item.text))))))
    return any(item.language not in ("", "en") or _DENIALS.search(item.text) for item in nearest[:_NEAREST])


def _joined(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last
