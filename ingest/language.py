"""Tell the language of a text, and the scripts that set no blanks between words."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import regex as re

_SURE = 0.85
_AFTER_LATIN = 0x250
_ENGLISH = frozenset(
    "the what which who whose when where why how is was were did does has have been are and of with that this these"
    " there from by for about women".split()
)
_ENOUGH = 3
_UNSPACED = re.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Han}\p{Hiragana}\p{Katakana}\u200b]{3,}")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of_question(text: str) -> str:
    """Return the ISO 639-1 code of a question's language.

    Three English words of the commonest, among Latin letters without marks, settle it: opening the
    identifier takes a third of a second, more than all else that a question in a new process needs besides its model.
    """
    if text.isascii() and len(_ENGLISH & set(re.findall(r"[a-z]+", text.lower()))) >= _ENOUGH:
        return "en"
    return language_of(text)


def language_of(text: str) -> str:
    """Return the ISO 639-1 code; "en" where Latin letters are too few to be sure of another one."""
    code, probability = _identifier().classify(text)
    letters = [char for char in text if char.isalpha()]
    other_script = sum(ord(char) >= _AFTER_LATIN for char in letters) > 0.5 * len(letters)
    return str(code) if probability >= _SURE or other_script else "en"


def likeliest_language(text: str, among: Collection[str]) -> str:
    """Return the likeliest of ``among`` (ISO 639-1): a short question is told among few languages, not among a hundred.

    A language that ``language_of`` is sure of is returned whether or not it is among them.
    """
    sure = language_of(text)
    return sure if sure != "en" else next(str(code) for code, _ in _identifier().rank(text) if code in among)


def unspaced_runs(text: str) -> list[str]:
    """Return the runs, of three letters or more, of scripts that set no blanks between words: Khmer, Thai, Chinese …"""
    return [run.replace("\u200b", "") for run in _UNSPACED.findall(text)]


def trigrams(text: str) -> list[str]:
    """Return the different runs of three letters in scripts that set no blanks between words, in order."""
    return list(dict.fromkeys(run[i : i + 3] for run in unspaced_runs(text) for i in range(len(run) - 2)))
