"""For translators: read the screen's sentences out of the program, and bring every language's file up to date.

Run as ``python -m app.chat.extraction``, or ``make translations``; how to go on is in ``docs/languages.md``.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.translations import ENGLISH, FOLDER, LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "message": None}
_PROGRAM = Path(__file__).resolve().parents[2]
_FOLDERS = ("app", "ingest", "vectorstore")
"""Below the program's root: what gives the screen sentences, or messages to translate."""
_WIDTH = 100
"""Characters of a line in the files."""


def po_file(code: str) -> Path:
    """Return where the words of a language are, in gettext's usual place."""
    return FOLDER / code / "LC_MESSAGES" / "chat.po"


def extract() -> Catalog:
    """Return every sentence of the screen and form of a message, with the modules that have it."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    template = Catalog()
    for folder in _FOLDERS:
        path = _PROGRAM / folder
        found = extract_from_dir(path, [("**.py", "python")], keywords=_KEYWORDS, comment_tags=["Translators:"])
        for name, line, text, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
            template.add(text, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return template


def updated(code: str) -> Catalog:
    """Return the words of a language with every sentence of the program, the new ones without a translation."""
    from babel.messages.catalog import Catalog

    file = po_file(code)
    words = read(file) if file.exists() else Catalog(code, project="Insights", version="chat", fuzzy=False)
    if not file.exists():
        words.last_translator, words.language_team = "Insights", LANGUAGES[code]
        words.revision_date = words.creation_date
    words.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    words.header_comment = f"# The sentences of the chat screen: {LANGUAGES[code]}. How: docs/languages.md."
    return words


def read(file: Path) -> Catalog:
    """Return the words of a language as they are in its file, ``…/CODE/LC_MESSAGES/chat.po``."""
    from babel.messages.pofile import read_po

    with file.open("rb") as lines:
        return read_po(lines, locale=file.parents[1].name)


def written(words: Catalog) -> bytes:
    """Return a catalogue as a file. No line numbers: they would change with every change of the program."""
    from babel.messages.pofile import write_po

    buffer = io.BytesIO()
    write_po(buffer, words, width=_WIDTH, ignore_obsolete=True, include_lineno=False, sort_output=True)
    return buffer.getvalue()


def untranslated(words: Catalog) -> list[str]:
    """Return the sentences that have no translation, or lack one of their plurals."""
    missing = []
    for message in words:
        strings = [message.string] if isinstance(message.string, str) else message.string or [""]
        if message.id and not all(strings):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def main() -> int:
    """Rewrite the file of every language; say how many sentences lack a translation. Return the exit status."""
    for code in LANGUAGES:
        if code == ENGLISH:
            continue
        words = updated(code)
        file = po_file(code)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written(words))
        print(f"{file}: {len(untranslated(words))} of {len(words)} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
