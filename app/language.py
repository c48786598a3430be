"""Tell the language of a question."""

from __future__ import annotations

from functools import cache
from typing import Any

_SURE = 0.85


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str:
    """Return the ISO 639-1 code; "en" where the text is too short to be sure of another one."""
    code, probability = _identifier().classify(text)
    return str(code) if probability >= _SURE else "en"
