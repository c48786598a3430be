"""Function words: those that carry no content of their own ("the", "which", "whose"), one list a language."""

from __future__ import annotations

from functools import cache

from ingest.language.words import languages_with_lists, word_lists


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the function words of a language (ISO 639-1), in lower case; none where the language has no list."""
    return frozenset(str(word_lists(language).get("function", "")).split())


@cache
def request_words(language: str) -> frozenset[str]:
    """Return the verbs that ask for an answer ("describe", "list", "please"), in lower case; none without a list."""
    return frozenset(str(word_lists(language).get("requests", "")).split())


@cache
def own_function_words(language: str) -> frozenset[str]:
    """Return the function words, of three letters or more, that no other language with a list has too."""
    others = frozenset[str]().union(*(function_words(code) for code in languages_with_lists() if code != language))
    return frozenset(word for word in function_words(language) - others if len(word) > 2)
