"""Make a follow-up question stand alone: "and in Nepal?" after a question about Cambodia. Pure functions, no model.

A question leans on the one before it when it says so: it begins with "and" or "what about", it is a "why?", it has a
pronoun and nothing that the pronoun could mean, or it is a bare country or year. All others are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from app.follow_ups.words import FollowUpWords, follow_up_words
from ingest.language.countries import CountryMention, country_mentions, country_name
from ingest.language.detection import language_of, unspaced_runs
from vectorstore.records import Scope

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:/\d\d)?(?!\d)")
_ENDS = " \t?？؟።!.…¿¡,;:"
_BARE_WORDS = 4
"""Of a question without a verb of its own: "for women?"."""
_FRAGMENT_WORDS = 9
"""Of a question that begins with "and" and goes on without a question word."""
_OWN_CONTENT = 3
"""Words that name something, from which a question that begins with "and" stands by itself."""
_SHORT_WORDS = 7
_REPORTS = frozenset(
    "report reports document documents paper study text rapport informe relatório bericht доклад".split()
)
"""What is read, not what was said before: "this report"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was understood."""

    asked: str
    """In the user's own words."""
    question: str
    """It stands alone; the same as ``asked`` where that does."""
    scope: Scope
    """What to search: a follow-up that names another country than the scope goes to that one."""

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
    named = tuple(dict.fromkeys(m.code for m in _mentions(asked, previous)))
    return Reading(asked, question, Scope(scope.documents, named or scope.countries))


def stand_alone(asked: str, previous: str) -> str:
    """Return ``asked`` so that it needs no ``previous`` question; unchanged where it needs none.

    A bare country or year takes the place of the previous question's. Anything else is asked about the previous
    question, which is set behind it in brackets.
    """
    if not previous or not leans_back(asked, previous):
        return asked
    mentions = _mentions(asked, previous)
    years = _YEAR.findall(asked)
    context = _context(previous)
    if mentions:
        context = _with_country(context, [asked[m.start : m.end] for m in mentions], {m.code for m in mentions})
    if years:
        context = _with_year(context, years)
    named = _content(asked, previous, mentions)
    if (mentions or years) and not named and not _pronouns(asked, previous):
        return context
    if named and not _pronouns(asked, previous) and _is_topic(asked, previous):
        # Another subject takes the place of the last one; where and when stay.
        context = _frame(context) or context
    return f"{_as_question(asked)} ({context})"


def leans_back(asked: str, previous: str) -> bool:
    """Return whether ``asked`` cannot be understood without ``previous``."""
    if asked.endswith(")") and "(" in asked:
        return False  # it was made to stand alone
    plain = _plain(asked)
    tokens = _tokens(asked)
    if not tokens:
        return False
    mentions = _mentions(asked, previous)
    content = _content(asked, previous, mentions)
    vocabularies = _vocabularies(asked, previous)
    if any(plain in words.alone for words in vocabularies):
        return True
    bare = not content and bool(mentions or _YEAR.search(asked)) and len(tokens) <= _FRAGMENT_WORDS
    if bare and not _asks(tokens, vocabularies):
        return True
    for words in vocabularies:
        rest = _after_lead(plain, words)
        if rest is not None and (
            len(content) < _OWN_CONTENT if _asks(_tokens(rest), [words]) else len(_tokens(rest)) <= _FRAGMENT_WORDS
        ):
            return True
        if any(plain.endswith(tail) for tail in words.tails) and len(tokens) <= _FRAGMENT_WORDS:
            return True
        if _has_loose_pronoun(asked, words, mentions):
            return True
    prepositional = asked.endswith(("?", "؟")) and len(tokens) <= _BARE_WORDS and not _asks(tokens, vocabularies)
    return prepositional and any(tokens[0] in words.light for words in vocabularies)


def _vocabularies(asked: str, previous: str) -> list[FollowUpWords]:
    """Return the words of the languages that the two questions may be in: few words do not tell theirs for sure."""
    codes = dict.fromkeys((_language(asked), _language(previous), "en"))
    known = follow_up_words()
    return [known[code] for code in codes if code in known]


def _language(text: str) -> str:
    """Return the language whose small words ``text`` is made of; else what the letters tell."""
    tokens, plain, known = _tokens(text), _plain(text), follow_up_words()
    counts = {
        code: sum(token in words.light or token in words.pronouns for token in tokens) for code, words in known.items()
    }
    for code, words in known.items():
        counts[code] += 2 * (plain in words.alone) + (_after_lead(plain, words) is not None)
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] and counts[best] > counts["en"] else "en" if counts["en"] else language_of(text)


def _mentions(asked: str, previous: str) -> list[CountryMention]:
    """Return the countries of a question; one that is written small counts in few words: "and in nepal?"."""
    languages = dict.fromkeys((_language(asked), _language(previous), language_of(previous)))
    for text in (asked, asked.title() if len(_tokens(asked)) <= _BARE_WORDS + 1 else asked):
        for language in languages:
            if found := country_mentions(text, language):
                return found
    return []


def _content(asked: str, previous: str, mentions: Sequence[CountryMention]) -> list[str]:
    """Return the words of a question that name something, countries and years aside."""
    rest = asked
    for mention in reversed(mentions):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    vocabularies = _vocabularies(asked, previous)
    leads = {token for words in vocabularies for lead in words.leads | words.tails for token in lead.split()}
    light = leads.union(*(words.light | words.pronouns for words in vocabularies))
    return [token for token in _tokens(_YEAR.sub(" ", rest)) if token not in light]


def _pronouns(asked: str, previous: str) -> set[str]:
    found: set[str] = set()
    for words in _vocabularies(asked, previous):
        rest = _after_lead(_plain(asked), words)
        tokens = _tokens(asked if rest is None else rest)
        found |= {token for token in tokens if token in words.pronouns} | (
            {tokens[-1]} & words.ends if tokens else set()
        )
    return found


def _has_loose_pronoun(asked: str, words: FollowUpWords, mentions: Sequence[CountryMention]) -> bool:
    """Return whether a pronoun stands where nothing before it in the question could be meant."""
    tokens = _tokens(asked)
    if len(tokens) <= _SHORT_WORDS and tokens[-1] in words.ends and not mentions and not _names(asked):
        return True
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if token not in words.pronouns and not (token == "that" and "that" in words.light):
            continue
        if (following in _REPORTS and token not in _PERSONS) or (token == "it" and index and following in _IMPERSONAL):
            continue
        before = tokens[:index]
        if token == "that" and following and not (before and before[-1] in _BEFORE_THAT):
            continue
        named = [word for word in before if word not in words.light]
        if not named:
            return True
        fitting = token in _ONE or not any(map(_plural, named))
        if len(tokens) <= _SHORT_WORDS and not mentions and not _names(asked) and fitting:
            return True
    return False


_PERSONS = frozenset("they them he him she it".split())
_ONE = frozenset("he him she it this that".split())
"""What a word in the plural cannot be meant by."""
_IMPERSONAL = frozenset({"true", "like", "possible"})
"""After "it", which then means nothing."""
_BEFORE_THAT = frozenset("does did was is do after before about than of how in at said say says".split())


def _is_topic(asked: str, previous: str) -> bool:
    """Return whether a question only names something: "and the unions?"."""
    for words in _vocabularies(asked, previous):
        rest = _after_lead(_plain(asked), words)
        if rest and not _asks(_tokens(rest), [words]):
            return True
    return False


def _frame(context: str) -> str:
    """Return the countries, years and capitalised names of a question."""
    spans = [(m.start, m.end) for m in _mentions(context, context)]
    spans += [(m.start(), m.end()) for m in _YEAR.finditer(context)]
    first = _WORD.search(context)
    words = [
        m for m in _WORD.finditer(context) if first is not None and m.start() > first.start() and m[0][0].isupper()
    ]
    spans += [(m.start(), m.end()) for m in words if not any(s <= m.start() < e for s, e in spans)]
    return " ".join(context[start:end] for start, end in sorted(spans))


def _names(asked: str) -> bool:
    """Return whether a question holds a number, or a capital after its first word."""
    return any(word[0].isupper() or word[0].isdigit() for word in _WORD.findall(asked)[1:])


def _plural(word: str) -> bool:
    return word.endswith("s") or word in ("women", "people", "men", "children", "police")


def _asks(tokens: Sequence[str], vocabularies: Sequence[FollowUpWords]) -> bool:
    """Return whether a question begins as a whole question does: with a question word or a verb of all work."""
    return bool(tokens) and any(tokens[0] in words.asking for words in vocabularies)


def _after_lead(plain: str, words: FollowUpWords) -> str | None:
    """Return what follows the longest lead with which a question begins; None where it begins with none."""
    found = [lead for lead in words.leads if plain.startswith(lead + " " if not unspaced_runs(lead) else lead)]
    return plain[len(max(found, key=len)) :].strip() if found else None


def _context(previous: str) -> str:
    """Return what the previous question was about, in at most two questions."""
    match = re.fullmatch(r"(?P<asked>[^()]*)\((?P<context>.*)\)", previous)
    if match is None:
        return previous
    asked, context = match["asked"].strip(), match["context"].strip()
    last = re.split(r"(?<=[?？؟])\s+(?=\S)", context)[-1]
    return f"{asked} {last}" if _content(asked, context, []) else last


def _with_country(context: str, names: Sequence[str], codes: set[str]) -> str:
    """Return ``context`` with its country replaced by ``names``; they go behind it where it names none, or several."""
    mentions = _mentions(context, context)
    named = {mention.code for mention in mentions}
    together = ", ".join(names)
    if named & codes and named <= codes:
        return context
    if len(named) != 1:
        return f"{context} ({together})" if "(" not in context else f"{context} {together}"
    for mention in reversed(mentions):
        context = context[: mention.start] + together + context[mention.end :]
    return context


def _with_year(context: str, years: Sequence[str]) -> str:
    old = set(_YEAR.findall(context))
    if len(old) != 1:
        return context if set(years) <= old else f"{context} {', '.join(years)}"
    return _YEAR.sub(", ".join(years), context)


def _as_question(asked: str) -> str:
    text = asked.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(("?", "？", "؟", "!", ".", "।", "។")) else "?")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().strip(_ENDS).split())


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").casefold())
