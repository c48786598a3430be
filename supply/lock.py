"""Write the files in ``requirements/`` with uv: ``make lock``, and ``make lock UPGRADE=--upgrade`` for newer versions.

Versions that are locked stay as long as ``pyproject.toml`` allows them. Every file that the package index has of a
version is listed by its SHA-256, so that the same lock serves Linux, macOS and Windows.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from supply.requirements import FOLDER, ROOT, entries, file_of, version_in

_OLDEST_PYTHON = "3.11"
_FOR_GRAPHICS_CARDS = re.compile(r"nvidia-|cuda-|triton$")
_HEADER = """\
# {purpose} Made by `make lock`: do not edit.
# pip install --require-hashes --only-binary :all: -r requirements/{name}
"""


def main(arguments: list[str]) -> None:
    """Write every file but ``torch-cpu.txt``; ``arguments`` go to uv."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = ["pyproject.toml", "-", *arguments]
    build = "\n".join(project["build-system"]["requires"])
    everything = _compile(options, build)
    run = {name: entry for name, entry in everything.items() if not _FOR_GRAPHICS_CARDS.match(name)}
    cards = {name: entry for name, entry in everything.items() if name not in run}
    _write("run", "What `make run` installs.", run)
    _write("torch-cuda", "What PyTorch's standard build needs on Linux, besides run.txt.", cards)
    for extra in project["project"]["optional-dependencies"]:
        added = _compile([*options, "--extra", extra], build, fixed=everything)
        _write(
            extra,
            f"What the extra `{extra}` adds to run.txt.",
            {name: entry for name, entry in added.items() if name not in everything},
        )
    _write("supply", "Tools of `make lock`, `make sbom` and `make audit`.", _compile(["--group", "supply", *arguments]))


def _compile(options: list[str], build: str = "", fixed: dict[str, str] | None = None) -> dict[str, str]:
    """Return the entry of each package that uv finds: in ``fixed``'s version, else in the locked one if it will do."""
    with tempfile.TemporaryDirectory() as folder:
        output, constraints = Path(folder) / "output.txt", Path(folder) / "constraints.txt"
        made = [file.read_text(encoding="utf-8") for file in FOLDER.glob("*.txt") if file != file_of("torch-cpu")]
        output.write_text("".join(made), encoding="utf-8")
        pins = [f"{name}=={version_in(entry)}" for name, entry in (fixed or {}).items()]
        constraints.write_text("\n".join(pins), encoding="utf-8")
        files = ["--output-file", str(output), "--constraints", str(constraints)]
        how = ["--universal", "--python-version", _OLDEST_PYTHON, "--generate-hashes", "--no-annotate", "--no-header"]
        command = ["uv", "pip", "compile", "--quiet", *how, *files, *options]
        subprocess.run(command, cwd=ROOT, input=build, text=True, check=True)
        return entries(output.read_text(encoding="utf-8"))


def _write(name: str, purpose: str, packages: dict[str, str]) -> None:
    file = file_of(name)
    header = _HEADER.format(purpose=purpose, name=file.name)
    file.write_text(header + "".join(packages[package] for package in sorted(packages)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
