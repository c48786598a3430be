"""The translations of the screen's sentences: gettext catalogues, read by whoever forms a sentence for a reader.

They are outside the chat because a guide forms questions in the language of its report; nothing here needs a window.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH = "en"
LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "es": "Español",
    "fr": "Français",
    "ne": "नेपाली",
    "ru": "Русский",
}
"""Each by its own name."""
FOLDER = Path(__file__).with_name("chat") / "languages"


def N_(message: str) -> str:
    """Mark a sentence that is translated where it is used."""
    return message


def translate_into(code: str, message: str, **values: object) -> str:
    """Return a sentence in the language ``code`` (ISO 639-1) with its placeholders filled."""
    return catalogue(code).gettext(message).format(**values)


@cache
def catalogue(code: str) -> NullTranslations:
    """Return the translations of a language, read from its ``.po`` file once; English is in the program."""
    if code == ENGLISH:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (FOLDER / code / "LC_MESSAGES" / "chat.po").open("rb") as file:
        words = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return GNUTranslations(compiled)
