"""Which language a text is in, and which parts of it are in scripts written without spaces."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

import regex as re

from ingest.language.function_words import own_function_words

_SURE = 0.85
_AFTER_LATIN = 0x250
_ENOUGH = 3
_ENOUGH_OF_TEXT, _SHARE_OF_TEXT = 5, 0.15
"""Words of a text that only English has: in English every third or fourth one."""
_ASKED_IN = frozenset("en fr es pt ru ar ne hi ky km th vi my zh id de it nl tr fa ur uk bn si".split())
"""Among a hundred languages, half of short Spanish questions are taken for another; among these, hardly any."""
_UNSPACED = re.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Han}\p{Hiragana}\p{Katakana}\u200b]{3,}")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of_question(text: str) -> str:
    """Return the ISO 639-1 code of a question's language.

    Three function words that only English has, in a text without accents, settle it: loading the language identifier
    takes a third of a second, more than all else that a question in a new process needs besides its model.
    """
    return likeliest_language(text, _ASKED_IN)


def language_of(text: str) -> str:
    """Return the ISO 639-1 code; "en" where Latin letters are too few to be sure of another one.

    Words that only English has settle it without the language identifier, whose loading takes longer than reading a
    small file. Of 228 texts that they settle so, in the open data for training, it takes none for another language.
    """
    if _reads_as_english(text):
        return "en"
    code, probability = _identifier().classify(text)
    letters = [char for char in text if char.isalpha()]
    other_script = sum(ord(char) >= _AFTER_LATIN for char in letters) > 0.5 * len(letters)
    return str(code) if probability >= _SURE or other_script else "en"


def _reads_as_english(text: str) -> bool:
    words = re.findall(r"\p{L}+", text.lower())
    own = sum(word in own_function_words("en") for word in words)
    return own >= _ENOUGH_OF_TEXT and own >= _SHARE_OF_TEXT * len(words)


def _plainly_english(text: str) -> bool:
    return text.isascii() and len(own_function_words("en") & set(re.findall(r"[a-z]+", text.lower()))) >= _ENOUGH


def likeliest_language(text: str, among: Collection[str]) -> str:
    """Return the likeliest of ``among`` (ISO 639-1): few candidates make the language of a short question clearer.

    A language that ``language_of`` is sure of is returned whether or not it is among them.
    """
    if _plainly_english(text):
        return "en"
    sure = language_of(text)
    return sure if sure != "en" else nearest_language(text, among)


def nearest_language(text: str, among: Collection[str]) -> str:
    """Return that of ``among`` (ISO 639-1, not empty) which ``text`` is likeliest in, whether or not it is in any."""
    if "en" in among and _plainly_english(text):
        return "en"
    return next(str(code) for code, _ in _identifier().rank(text) if code in among)


def unspaced_runs(text: str) -> list[str]:
    """Return the runs, of three letters or more, of scripts that set no blanks between words: Khmer, Thai, Chinese …"""
    return [run.replace("\u200b", "") for run in _UNSPACED.findall(text)]


def trigrams(text: str) -> list[str]:
    """Return the different runs of three letters in scripts that set no blanks between words, in order."""
    return list(dict.fromkeys(run[i : i + 3] for run in unspaced_runs(text) for i in range(len(run) - 2)))
