"""Whether a question is a follow-up, and what its words name and refer to. Rules over words, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from app.follow_ups.words import FollowUpWords, follow_up_words
from ingest.language.countries import CountryMention, country_mentions
from ingest.language.detection import language_of, unspaced_runs
from ingest.language.names import name_words

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:/\d\d)?(?!\d)")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*")
_ENDS = " \t?？؟።!.…¿¡,;:"
_BARE_WORDS = 4
"""At most so many words has a question without a verb: "for women?"."""
_FRAGMENT_WORDS = 9
"""At most so many has one that begins with "and" and goes on without a question word."""
_OWN_CONTENT = 3
"""Words that name something, from which a question that begins with "and" stands by itself."""
_SHORT_WORDS = 7
_REPORTS = frozenset(
    "report reports document documents paper study text rapport informe relatório bericht доклад".split()
)
"""What is read, not what was said before: "this report"."""
_PERSONS = frozenset("they them he him she it".split())
_ONE = frozenset("he him she it this that".split())
"""Pronouns that cannot stand for a word in the plural."""
_IMPERSONAL = frozenset({"true", "like", "possible"})
"""After "it", which then means nothing."""
_BEFORE_THAT = frozenset("does did was is do after before about than of how in at said say says".split())


@dataclass(frozen=True)
class AskedAfter:
    """A question and the one before it."""

    text: str
    previous: str

    @cached_property
    def tokens(self) -> list[str]:
        """Its words in lower case."""
        return _tokens(self.text)

    @cached_property
    def plain(self) -> str:
        """The question in lower case, without the marks around it."""
        return _plain(self.text)

    @cached_property
    def vocabularies(self) -> list[FollowUpWords]:
        """The words of the languages that the two questions may be in: a few words do not show theirs for sure."""
        codes = dict.fromkeys((_language(self.text), _language(self.previous), "en"))
        known = follow_up_words()
        return [known[code] for code in codes if code in known]

    @cached_property
    def mentions(self) -> list[CountryMention]:
        """The countries it names; in few words also one in small letters: "and in nepal?"."""
        languages = dict.fromkeys((_language(self.text), _language(self.previous), language_of(self.previous)))
        for text in (self.text, self.text.title() if len(self.tokens) <= _BARE_WORDS + 1 else self.text):
            for language in languages:
                if found := country_mentions(text, language):
                    return found
        return []

    @cached_property
    def content(self) -> list[str]:
        """Its words that name something, countries and years aside."""
        rest = self.text
        for mention in reversed(self.mentions):
            rest = rest[: mention.start] + " " + rest[mention.end :]
        leads = {token for words in self.vocabularies for lead in words.leads | words.tails for token in lead.split()}
        light = leads.union(*(words.light | words.pronouns for words in self.vocabularies))
        return [token for token in _tokens(YEAR.sub(" ", rest)) if token not in light]

    @cached_property
    def has_pronoun(self) -> bool:
        """Whether it has a pronoun for something named before, a word such as "and" at its beginning aside."""
        for words in self.vocabularies:
            rest = _after_lead(self.plain, words)
            tokens = self.tokens if rest is None else _tokens(rest)
            if any(token in words.pronouns for token in tokens) or (tokens and tokens[-1] in words.ends):
                return True
        return False

    @cached_property
    def is_topic(self) -> bool:
        """Whether it only names something: "and the unions?"."""
        rests = ((words, _after_lead(self.plain, words)) for words in self.vocabularies)
        return any(rest and not _asks(_tokens(rest), [words]) for words, rest in rests)

    @cached_property
    def is_follow_up(self) -> bool:
        """Whether it cannot be understood without the question before it."""
        if not self.tokens or (self.text.endswith(")") and "(" in self.text):  # it already has its context in brackets
            return False
        if any(self.plain in words.alone for words in self.vocabularies):
            return True
        few = len(self.tokens) <= _FRAGMENT_WORDS
        asks = _asks(self.tokens, self.vocabularies)
        bare = not self.content and bool(self.mentions or YEAR.search(self.text)) and few
        if bare and not asks:
            return True
        for words in self.vocabularies:
            ends = few and any(self.plain.endswith(tail) for tail in words.tails)
            if self._is_fragment(words) or ends or self._has_loose_pronoun(words):
                return True
        prepositional = self.text.endswith(("?", "؟")) and len(self.tokens) <= _BARE_WORDS and not asks
        return prepositional and any(self.tokens[0] in words.light for words in self.vocabularies)

    def _is_fragment(self, words: FollowUpWords) -> bool:
        """Return whether it begins as a follow-up does ("and …") and is too short to stand by itself."""
        rest = _after_lead(self.plain, words)
        if rest is None:
            return False
        if _asks(_tokens(rest), [words]):
            return len(self.content) < _OWN_CONTENT
        return len(_tokens(rest)) <= _FRAGMENT_WORDS

    def _has_loose_pronoun(self, words: FollowUpWords) -> bool:
        """Return whether there is a pronoun that nothing before it in the question can be meant by."""
        tokens = self.tokens
        short = len(tokens) <= _SHORT_WORDS and not self.mentions and not _names(self.text)
        if short and tokens[-1] in words.ends:
            return True
        for index, token in enumerate(tokens):
            if not _refers(tokens, index, words):
                continue
            named = [word for word in tokens[:index] if word not in words.light]
            if not named or (short and (token in _ONE or not any(map(_plural, named)))):
                return True
        return False


def _refers(tokens: Sequence[str], index: int, words: FollowUpWords) -> bool:
    """Return whether a word is a pronoun for something named before: no "that" of a clause, no "it" of "is it true"."""
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    if token not in words.pronouns and not (token == "that" and "that" in words.light):
        return False
    if (following in _REPORTS and token not in _PERSONS) or (token == "it" and index and following in _IMPERSONAL):
        return False
    clause = token == "that" and following and not (index and tokens[index - 1] in _BEFORE_THAT)
    return not clause


def _language(text: str) -> str:
    """Return the language whose light words ``text`` is made of; else the one detected."""
    tokens, plain, known = _tokens(text), _plain(text), follow_up_words()
    counts = {
        code: sum(token in words.light or token in words.pronouns for token in tokens) for code, words in known.items()
    }
    for code, words in known.items():
        counts[code] += 2 * (plain in words.alone) + (_after_lead(plain, words) is not None)
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] and counts[best] > counts["en"] else "en" if counts["en"] else language_of(text)


def _names(text: str) -> bool:
    """Return whether a question holds a number or a name."""
    return any(char.isdigit() for char in text) or bool(name_words(text))


def _plural(word: str) -> bool:
    return word.endswith("s") or word in ("women", "people", "men", "children", "police")


def _asks(tokens: Sequence[str], vocabularies: Sequence[FollowUpWords]) -> bool:
    """Return whether a question begins as a complete one does: with a question word or an auxiliary."""
    return bool(tokens) and any(tokens[0] in words.asking for words in vocabularies)


def _after_lead(plain: str, words: FollowUpWords) -> str | None:
    """Return what follows the longest phrase with which a follow-up begins; None where it begins with none."""
    found = [lead for lead in words.leads if plain.startswith(lead + " " if not unspaced_runs(lead) else lead)]
    return plain[len(max(found, key=len)) :].strip() if found else None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().strip(_ENDS).split())


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.replace("’", "'").casefold())
