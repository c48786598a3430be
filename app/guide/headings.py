"""Which headings of a report name a subject that can be asked for."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.plain import one_line
from ingest.language.figures import find_figures
from ingest.language.function_words import function_words

_NUMBERING = re.compile(
    r"^(?:(?:chapter|section|part|annex)\s+[\divxlc]{1,6}[.:)]?|\(?(?:[\divxlc]{1,6}|[a-z])[.)])\s+", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_WORDS = range(2, 11)
_CONTENT_WORDS = 2
_IN_THE_TEXT = 0.5
"""Share of the words of a heading that the report has in small letters too: names have fewer."""
_APPARATUS = re.compile(
    r"\b(?:(?:table of )?contents|abbreviations|acronyms|glossary|references|bibliography|(?:end|foot)notes|sources"
    r"|acknowledge?ments?|foreword|preface|annex(?:es)?|appendix|appendices|method(?:s|ology)?|scope and method\w*"
    r"|about (?:this|the|us) ?(?:sample|report|study|paper|brief|author|authors|publication)?"
    r"|letter of transmittal|provisional agenda"
    r"|[íi]ndice|contenido|abreviaturas|siglas|acr[óo]nimos|glosario|referencias|bibliograf[íi]a|agradecimientos|pr[óo]logo"
    r"|anexos?|metodolog[íi]a|table des matières|sommaire|abréviations|sigles|glossaire|références|bibliographie"
    r"|remerciements|avant-propos|préface|annexes?|méthodologie|содержание|оглавление|сокращени\w+|глоссарий"
    r"|библиография|литература|благодарност\w+|предисловие|приложени\w+|методолог\w+|мазмуну|кыскартуулар)\b"
    r"|المحتويات|المختصرات|المراجع|شكر وتقدير|تمهيد|منهجية|ملحق|المرفق"
    r"|विषय ?सूची|संक्षेप|सन्दर्भ|कृतज्ञता|अनुसूची|विधि|មាតិកា|ពាក្យកាត់|ឯកសារយោង",
    re.IGNORECASE,
)
"""What stands around the text of a report: what it is made of, and how it was made."""


def is_apparatus(heading: str) -> bool:
    """Return whether what is under ``heading`` is no part of what the report has to say."""
    return bool(_APPARATUS.search(heading))


def without_number(heading: str) -> str:
    """Return a heading on one line, without "III." or "(b)" before it and signs around it."""
    return _NUMBERING.sub("", one_line(heading)).strip(" .:–—-∗*")


def heading_subject(heading: str, language: str, words: Collection[str]) -> str:
    """Return a heading without its number; empty when it names no subject: a table of contents, a symbol, a name.

    Args:
        heading: As it is printed.
        language: Of the report, ISO 639-1.
        words: Those that the report has in small letters.
    """
    subject = without_number(heading)
    found = _WORD.findall(subject)
    content = [word for word in found if len(word) > 2 and word.casefold() not in function_words(language)]
    usual = sum(word.casefold() in words for word in content)
    usable = (
        len(found) in _WORDS
        and len(content) >= _CONTENT_WORDS
        and usual > _IN_THE_TEXT * len(content)
        and not (subject.isupper() or ".." in subject or is_apparatus(heading))
        and not _is_torn(subject, found[-1], language)
        and _has_no_number(subject, language)
    )
    return subject if usable else ""


def small_words(text: str) -> frozenset[str]:
    """Return the words of ``text`` that have no capital; of scripts without capitals all."""
    return frozenset(word for word in _WORD.findall(text) if not word[:1].isupper())


def _is_torn(subject: str, last: str, language: str) -> bool:
    """Return whether a heading is a part of one: it begins in the middle, or its ``last`` word wants another."""
    return subject[:1].islower() or last.casefold() in function_words(language) or subject.endswith((",", "-"))


def _has_no_number(subject: str, language: str) -> bool:
    """Return whether ``subject`` has no number but dates and years: others are symbols, or the head of a table."""
    figures = find_figures(subject, language)
    numbers = [number for number in figures.numbers if any(char.isdecimal() for char in number.shown)]
    return all(number.kind == "year" for number in numbers) and not (figures.articles or figures.codes or figures.signs)
