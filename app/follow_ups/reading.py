"""Make a follow-up question stand alone: "and in Nepal?" after a question about Cambodia. Pure functions, no model.

A question is a follow-up when its words say so: it begins with "and" or "what about", it is a "why?", it has a pronoun
and nothing that the pronoun could mean, or it is a bare country or year. All others are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.follow_ups.recognition import YEAR, AskedAfter
from ingest.language.countries import country_name
from ingest.language.names import name_words
from vectorstore.records import Scope

_LAST_WORD = re.compile(r"(\S+)\s+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood."""

    asked: str
    """In the user's own words."""
    question: str
    """It stands alone; the same as ``asked`` where that does."""
    scope: Scope
    """What to search: a follow-up that names another country than the scope searches that one."""

    @property
    def rewritten(self) -> bool:
        """Whether it is asked in other words than the user's: they must be shown."""
        return self.question != self.asked


def read_as(reading: Reading) -> str:
    """Return the line that shows a reader how a follow-up was understood, with the countries that are searched."""
    countries = ", ".join(map(country_name, reading.scope.countries))
    return f"Read as: {reading.question}" + (f" [{countries}]" if countries else "")


def read_question(asked: str, earlier: Sequence[str], scope: Scope | None = None) -> Reading:
    """Return how ``asked`` is understood after ``earlier`` questions, oldest first, as they were typed or understood.

    Args:
        asked: The new question.
        earlier: The conversation's questions; none at its beginning.
        scope: What the user chose to search.
    """
    scope = scope or Scope()
    asked = " ".join(asked.split())
    previous = ""
    for question in earlier:
        previous = stand_alone(" ".join(question.split()), previous)
    question = stand_alone(asked, previous)
    if question == asked or not scope.countries:
        return Reading(asked, question, scope)
    named = tuple(dict.fromkeys(mention.code for mention in AskedAfter(asked, previous).mentions))
    return Reading(asked, question, Scope(scope.documents, named or scope.countries))


def stand_alone(asked: str, previous: str) -> str:
    """Return ``asked`` so that it needs no ``previous`` question; unchanged where it needs none.

    A bare country or year replaces the previous question's. Anything else is asked about the previous question, which
    follows it in brackets.
    """
    after = AskedAfter(asked, previous)
    if not previous or not after.is_follow_up:
        return asked
    years = YEAR.findall(asked)
    context = _context(previous)
    if after.mentions:
        names = [asked[mention.start : mention.end] for mention in after.mentions]
        context = _in_place_of_its_own(context, after) or _with_country(
            context, names, {mention.code for mention in after.mentions}
        )
    if years:
        context = _with_year(context, years)
    if (after.mentions or years) and not after.content and not after.has_pronoun:
        return context
    if after.content and not after.has_pronoun and after.is_topic:
        # Another topic replaces the last one; where and when stay.
        context = _frame(context) or context
    return f"{_as_question(asked)} ({context})"


def _frame(context: str) -> str:
    """Return the countries, years and names of a question."""
    spans = [(mention.start, mention.end) for mention in AskedAfter(context, context).mentions]
    spans += [match.span() for match in YEAR.finditer(context)]
    names = [name for name in name_words(context) if not any(s <= name.start < e for s, e in spans)]
    spans += [(name.start, name.end) for name in names]
    return " ".join(context[start:end] for start, end in sorted(spans))


def _context(previous: str) -> str:
    """Return what the previous question was about, in at most two questions."""
    match = re.fullmatch(r"(?P<asked>[^()]*)\((?P<context>.*)\)", previous)
    if match is None:
        return previous
    asked, context = match["asked"].strip(), match["context"].strip()
    last = re.split(r"(?<=[?？؟])\s+(?=\S)", context)[-1]
    after = AskedAfter(asked, context)
    return f"{asked} {last}" if after.content or after.mentions else last


def _with_country(context: str, names: Sequence[str], codes: set[str]) -> str:
    """Return ``context`` with its country replaced by ``names``; added at the end where it names none, or several."""
    mentions = AskedAfter(context, context).mentions
    named = {mention.code for mention in mentions}
    together = ", ".join(names)
    if named & codes and named <= codes:
        return context
    if len(named) != 1:
        return f"{context} ({together})" if "(" not in context else f"{context} {together}"
    for mention in reversed(mentions):
        context = context[: mention.start] + together + context[mention.end :]
    return context


def _in_place_of_its_own(context: str, after: AskedAfter) -> str:
    """Return ``context`` with the place at its end replaced: "Who was detained in Bishkek?", "and in Nepal?".

    A place is a name behind a light word ("in", "at"), in a question that names no country. Empty where there is none.
    """
    first, *others = after.mentions
    lead = _LAST_WORD.search(after.text[: first.start])
    names = name_words(context)
    if others or lead is None or not names or AskedAfter(context, context).mentions:
        return ""
    last = names[-1]
    before = _LAST_WORD.search(context[: last.start])
    light = frozenset[str]().union(*(words.light for words in after.vocabularies))
    ends = not context[last.end :].strip(" ?？؟.!")
    if not ends or before is None or before[1].casefold() not in light or lead[1].casefold() not in light:
        return ""
    return context[: before.start()] + lead[0] + after.text[first.start : first.end] + context[last.end :]


def _with_year(context: str, years: Sequence[str]) -> str:
    old = set(YEAR.findall(context))
    if len(old) != 1:
        return context if set(years) <= old else f"{context} {', '.join(years)}"
    return YEAR.sub(", ".join(years), context)


def _as_question(asked: str) -> str:
    text = asked.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", "？", "؟", "!", ".", "।", "។")) else "?")
