"""Names of people in English texts that the entity recogniser of a small model finds, beside the rules.

Its names of one word, of places and of bodies are left out: the rules find more of these and are wrong less often
(``whrd-eval masking``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

import regex

from app.english_model import load_english_model
from app.exports.masking import words
from ingest.language.countries import country_names
from ingest.language.detection import language_of

if TYPE_CHECKING:
    from spacy.language import Language

_FULL_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}’'-]*\p{L}(?: \p{Lu}(?:\.|[\p{L}\p{M}’'-]*\p{L})){1,4}")
_WORDS = regex.compile(r"\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+")

_reading = Lock()
"""Windows of the chat mask at the same time; the model reads for one at a time."""


@cache
def _recogniser() -> Language:
    return load_english_model()


def find_recognised(texts: Sequence[str]) -> Iterator[str]:
    """Yield the people's full names in the English ones of ``texts``. The model is loaded for the first of these.

    Raises:
        EnglishModelError: The model's data is missing or was changed.
    """
    english = [text for text in texts if _WORDS.search(text) and language_of(text) == "en"]
    if not english:
        return
    with _reading:
        docs = list(_recogniser().pipe(english))
    for doc in docs:
        yield from (entity.text for entity in doc.ents if entity.label_ == "PERSON" and _is_full_name(entity.text))


def _is_full_name(name: str) -> bool:
    parts = [part.casefold() for part in name.split()]
    usual = words.BODIES | words.COMMON_WORDS | words.PEOPLES_AND_FAITHS | words.UN_BODIES
    known = any(part in usual or part in country_names() for part in parts) or name.casefold() in country_names()
    return bool(_FULL_NAME.fullmatch(name)) and not known
