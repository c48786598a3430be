"""What the tests of the stores share: small libraries, and another process beside this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from vectorstore.library import Library

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    "haiti.txt": (
        "Judges in Haiti waited for their pay for many months of that year.\n\n"
        "In Port-au-Prince the prison held four times the people that it was built for.\n"
    ),
    "river.txt": (
        "The quokkafluxian villagers were moved from the river to the hills by the army.\n\n"
        "Their harvest was lost when the dam was closed, and nobody was paid for it.\n"
    ),
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two short texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def words_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the two texts with the small embedder; tests copy it."""
    folder = tmp_path_factory.mktemp("words")
    library = Library(folder / "library", WordEmbedder())
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
        assert library.add(folder / name).status == "ready"
    library.close()
    return folder / "library"


@pytest.fixture
def words(words_home: Path, tmp_path: Path) -> Iterator[Library]:
    """A library of the two texts, for writing."""
    shutil.copytree(words_home, tmp_path / "library")
    library = Library(tmp_path / "library", WordEmbedder())
    yield library
    library.close()


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start another process at a library; those still running end with the test."""
    running: list[subprocess.Popen[str]] = []

    def begin(verb: str, home: Path, file: Path | str = "") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("other_process.py")), verb, str(home), str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def run_to_end(start: Callable[..., subprocess.Popen[str]]) -> Callable[..., str]:
    """Run another process at a library to its end, and return what it printed."""

    def run(verb: str, home: Path, file: Path | str = "") -> str:
        process = start(verb, home, file)
        out, error = process.communicate(timeout=120)
        if verb.startswith("killed-"):
            assert process.returncode not in (0, 1, 2), error
        else:
            assert process.returncode == 0, error
        return out.strip()

    return run
