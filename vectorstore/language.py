"""Tell the language of a question."""

from __future__ import annotations

from functools import cache
from typing import Any

_SURE = 0.85
_AFTER_LATIN = 0x250


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """Return the ISO 639-1 code; "en" where Latin letters are too few to be sure of another one."""
    code, probability = _identifier().classify(text)
    letters = [char for char in text if char.isalpha()]
    other_script = sum(ord(char) >= _AFTER_LATIN for char in letters) > 0.5 * len(letters)
    return str(code) if probability >= _SURE or other_script else "en"
