"""The verdict on a sentence and its quotes: quoted, supported or unverified, with every reason. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import regex

from app.answers import Verdict
from app.messages import Message, message
from app.verbatim import page_part, page_words
from app.verification import (
    amount_checks,
    fact_checks,
    head_checks,
    relation_checks,
    role_checks,
    sense_checks,
    source_checks,
    together_checks,
    wording_checks,
)
from app.verification.syntax import PARSED, read_ahead
from app.verification.wording import Wording, analyse, detect_language

_SCRIPTS = ("Arabic", "Cyrillic", "Devanagari")
Check = Callable[[Wording, "fact_checks.Quotes"], list[Message]]

FACTS: Mapping[str, Check] = {
    "numbers": fact_checks.missing_numbers,
    "minus": fact_checks.missing_minus,
    "dates": fact_checks.missing_dates,
    "articles": fact_checks.missing_articles,
    "countries": fact_checks.missing_countries,
}
"""Checks that hold in any language."""
WORDING: Mapping[str, Check] = {
    "names": fact_checks.missing_names,
    "recombined": together_checks.recombined,
    "spread": together_checks.spread_over_quotes,
    "negation": sense_checks.negation,
    "opposite": sense_checks.opposite,
    "swapped places": role_checks.swapped_places,
    "attribution": source_checks.attribution,
    "hedge": source_checks.hedge,
    "modality": source_checks.modality,
    "condition": wording_checks.condition,
    "cause": wording_checks.cause,
    "bounds": amount_checks.bounds,
    "quantifiers": amount_checks.quantifiers,
    "roles": role_checks.roles,
    "links": relation_checks.links,
    "restricted": head_checks.restricted,
    "counted": head_checks.counted,
    "overlap": wording_checks.overlap,
    "new words": wording_checks.new_words,
}
"""Checks that need the words of a language, and sentence and quote in the same one."""
CHECKS: Mapping[str, Check] = {**FACTS, **WORDING}
NO_QUOTE = message("none of its quotes was found on a page")
OTHER_LANGUAGE = message("the sentence is not in the language of the quotes: its wording was not checked")
UNKNOWN_LANGUAGE = message("the wording of sentences in this language is not checked")


@dataclass(frozen=True, slots=True)
class Verification:
    """A verdict, and every reason why it is not a better one."""

    verdict: Verdict
    reasons: tuple[Message, ...] = ()
    words: str = ""
    """The page's own words, where the sentence is quoted: what is shown in place of its spelling."""

    @property
    def reason(self) -> str:
        """All reasons in one English line."""
        return "; ".join(map(str, self.reasons))


def verify_sentence(sentence: str, quotes: Iterable[str], checks: Mapping[str, Check] = CHECKS) -> Verification:
    """Return the verdict on ``sentence`` against ``quotes``, which were found on their pages.

    One or several whole quotes, word for word, are ``quoted``; so is a part of one whose rest does not change what
    the part says. Else every check must pass, for ``supported``.
    """
    found = sorted({quote for quote in quotes if quote.strip()})  # the order of quotes changes nothing
    if not found:
        return Verification(Verdict.UNVERIFIED, (NO_QUOTE,))
    if words := page_words(sentence, found):
        return Verification(Verdict.QUOTED, words=words)
    texts = _languages([sentence, *found])
    spoken = texts[0][1]
    alike = [text for text, language in texts if language == spoken]
    if spoken in PARSED and len(alike) > 1:
        read_ahead(alike)
    own, *theirs = (analyse(text, language, language == spoken and len(alike) > 1) for text, language in texts)
    same = [quote for quote in theirs if quote.language == own.language]
    reasons = [reason for name, check in FACTS.items() if name in checks for reason in check(own, theirs)]
    if own.cues is None or not same:
        return Verification(Verdict.UNVERIFIED, (*reasons, OTHER_LANGUAGE if not same else UNKNOWN_LANGUAGE))
    reasons += [reason for name, check in WORDING.items() if name in checks for reason in check(own, same)]
    if reasons:
        return Verification(Verdict.UNVERIFIED, tuple(dict.fromkeys(reasons)))
    part = page_part(sentence, found)
    return Verification(Verdict.QUOTED if part else Verdict.SUPPORTED, words=part)


def _languages(texts: list[str]) -> list[tuple[str, str]]:
    """Return every text with its language.

    The language of non-Latin texts in the same script is detected from all of them together: one short sentence may be
    taken for a neighbouring language, Nepali for Hindi.
    """
    others = [text for text in texts if not regex.search(r"\p{Latin}{3}", text)]
    together = detect_language("\n".join(others)) if others else ""
    scripts = {script for text in others for script in _SCRIPTS if regex.search(rf"\p{{{script}}}", text)}
    shared = together if len(scripts) == 1 else ""
    return [(text, (shared if text in others else "") or detect_language(text)) for text in texts]
