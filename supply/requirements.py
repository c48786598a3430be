"""The files in ``requirements/``: every package that Insights installs, with its version and its files' SHA-256.

``run.txt`` is what the program needs; a file named like an extra of ``pyproject.toml`` is what that extra adds to it.
``supply.txt`` is for the tools of this folder, which have an environment of their own. ``torch-cpu.txt`` and
``torch-cuda.txt`` are for Linux alone: see the Makefile.
"""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
_PACKAGE = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def file_of(name: str) -> Path:
    """Return the path of ``requirements/<name>.txt``."""
    return FOLDER / f"{name}.txt"


def normal(package: str) -> str:
    """Return ``package`` as package indexes write it: small letters and hyphens."""
    return re.sub(r"[-_.]+", "-", package).lower()


def entries(text: str) -> dict[str, str]:
    """Return, for each package, its part of a file of requirements: the line that pins it and its hashes.

    Raises:
        ValueError: a requirement has no exact version.
    """
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith((" ", "\t")):
            found[name] += line + "\n"
        elif line and not line.startswith("#"):
            pinned = _PACKAGE.match(line)
            if not pinned:
                raise ValueError(f"No exact version: {line}")
            name = normal(pinned[1])
            found[name] = found.get(name, "") + line + "\n"
    return found


def versions(name: str) -> dict[str, str]:
    """Return the version of each package in ``requirements/<name>.txt``."""
    pinned = entries(file_of(name).read_text(encoding="utf-8"))
    return {package: version_in(entry) for package, entry in pinned.items()}


def version_in(entry: str) -> str:
    """Return the version that ``entry`` pins."""
    pinned = _PACKAGE.match(entry)
    if not pinned:
        raise ValueError(f"No exact version: {entry}")
    return pinned[2]
