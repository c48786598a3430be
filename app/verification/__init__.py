"""The verdict on a sentence and its quotes: quoted, supported or unverified, with every reason.

The reader judges whether the quotes bear the sentence out. Beside it stand a few checks of what a small model
overlooks: a number, a date, a name, a lost "not". docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from app.answers import Verdict
from app.messages import Message, message
from app.verbatim import page_words, quote_with
from app.verification import facts, lost_words
from app.verification.wording import Quotes, Wording, alike, analyse, languages_of
from reader.reader import Reader

Check = Callable[[Wording, Quotes], list[Message]]

FACTS: Mapping[str, Check] = {
    "numbers": facts.missing_numbers,
    "minus": facts.missing_minus,
    "dates": facts.missing_dates,
    "articles": facts.missing_articles,
    "countries": facts.missing_countries,
}
"""Checks that hold in any language."""
WORDS: Mapping[str, Check] = {
    "names": facts.missing_names,
    "negation": lost_words.lost_negation,
    "source": lost_words.lost_source,
}
"""Checks that need sentence and quotes in one language, with word lists."""
CHECKS: Mapping[str, Check] = {**FACTS, **WORDS}
LEAST = 0.95
"""Probability of "entailed" from which a sentence counts as borne out: no wrong one of the development part has it."""
_MOST_NAMED = 4
"""Words that a reason names."""
NO_QUOTE = message("none of its quotes was found on a page")
NOT_READ = message("reading is turned off: only its numbers, names and negation were compared with the quotes")
REWORDED = message("in other words; numbers, names and negation were checked")


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict, and every reason why it is not a better one."""

    verdict: Verdict
    reasons: tuple[Message, ...] = ()
    reworded: bool = False
    """Whether nothing is amiss but that the reader, or whoever has none, cannot say that the quotes bear it out."""
    words: str = ""
    """The page's own words, where the sentence is quoted: what is shown in place of its spelling, and of a part of a
    quote the whole. What is cut out of a quote may say the opposite."""

    @property
    def reason(self) -> str:
        """All reasons in one English line."""
        return "; ".join(map(str, self.reasons))


def verify_sentence(
    sentence: str, quotes: Iterable[str], reader: Reader | None, checks: Mapping[str, Check] = CHECKS
) -> Verification:
    """Return the verdict on ``sentence`` against ``quotes``, which were found on their pages.

    One or several whole quotes, word for word, are ``quoted``; so is a part of one where every check passes. Else the
    reader must find the sentence borne out too, for ``supported``.
    """
    found = sorted({quote for quote in quotes if quote.strip()})  # the order of quotes changes nothing
    if not found:
        return Verification(Verdict.UNVERIFIED, (NO_QUOTE,))
    if words := page_words(sentence, found):
        return Verification(Verdict.QUOTED, words=words)
    languages = languages_of([sentence, *found])
    own, *theirs = (analyse(text, language) for text, language in zip([sentence, *found], languages, strict=True))
    reasons = [reason for name, check in FACTS.items() if name in checks for reason in check(own, theirs)]
    if all(quote.language == own.language for quote in theirs):
        reasons += [reason for name, check in WORDS.items() if name in checks for reason in check(own, theirs)]
    if not reasons and (whole := quote_with(sentence, found)):
        return Verification(Verdict.QUOTED, words=whole)
    if reasons:
        return Verification(Verdict.UNVERIFIED, tuple(dict.fromkeys(reasons)))
    if reader is None:
        return Verification(Verdict.UNVERIFIED, (NOT_READ,), reworded=True)
    read = reader.entails([(sentence, found)])[0]
    if read.entailed < LEAST or not read.whole:
        return Verification(Verdict.UNVERIFIED, (_reworded(own, theirs),), reworded=True)
    return Verification(Verdict.SUPPORTED)


def _reworded(sentence: Wording, quotes: Quotes) -> Message:
    """Return what was checked of a sentence in other words, and which of its words the quotes do not have."""
    new = [
        word.text
        for word in sentence.content
        if not any(alike(word, other) for quote in quotes for other in quote.words)
    ]
    if not new or any(quote.language != sentence.language for quote in quotes):
        return REWORDED
    named = ", ".join(dict.fromkeys(new[:_MOST_NAMED]))
    return message("in other words; numbers, names and negation were checked, but compare: {words}", words=named)
