"""What the tests share: the sample report, a real library of it, and real PDFs made on the spot."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from encoder.e5_file import find_weights
from encoder.e5_weights import unpack
from reader.opening import open_reader
from vectorstore.library import Library

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample" / "women-human-rights-defenders-sample.pdf"
SHARED = ROOT.parent / "shared"

settings.register_profile("any machine", deadline=None)  # how long an example takes says more of the machine than of us
settings.load_profile("any machine")

MARKS = {
    "server": "models",
    "start": "processes",
    "run_to_end": "processes",
}
"""What marks a test by the fixtures that it uses, so that `make quick` can leave it out."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test by its fixtures."""
    for name in getattr(item, "fixturenames", ()):
        if name in MARKS:
            item.add_marker(MARKS[name])


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests read no setting of the machine that they run on."""
    for name in list(os.environ):
        if name.startswith("WHRD_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder that holds the sample report; tests that write copy it."""
    home = tmp_path_factory.mktemp("sample") / "library"
    library = Library(home)
    added = library.add(SAMPLE)
    library.close()
    assert added.status == "ready"
    return home


@pytest.fixture(scope="session")
def sample_library(sample_home: Path) -> Iterator[Library]:
    """The sample report's library, for reading."""
    library = Library(sample_home, reader=open_reader())
    yield library
    library.close()


@pytest.fixture
def own_library(sample_home: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of the sample report's library, for writing."""
    home = tmp_path / "library"
    shutil.copytree(sample_home, home)
    library = Library(home)
    yield library
    library.close()


@pytest.fixture(scope="session")
def eval_sets() -> Path:
    """The folder of evaluation sets, which the project does not ship."""
    folder = SHARED / "eval"
    if not folder.is_dir():
        pytest.skip("the evaluation sets are not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def unpacked_e5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """multilingual-e5-small as an ordinary sentence-transformers folder, for reading."""
    source, folder = find_weights(), tmp_path_factory.mktemp("e5")
    if source is None:
        pytest.skip("`whrd setup` has not fetched multilingual-e5-small")
    unpack(source, folder)
    return folder
