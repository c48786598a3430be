"""A progress line on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class ProgressLine:
    """One line on the terminal that follows a long piece of work."""

    def __init__(self, files: int, bar: Any) -> None:
        self._files, self._bar, self._label = files, bar, ""

    def start(self, number: int, name: str) -> None:
        """Begin with a file."""
        self._label = f"[{number}/{self._files}] {name}" if self._files > 1 else name

    def report(self, stage: str, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is not known."""
        if self._bar.total != (total or None):
            self._bar.reset(total=total or None)
        self._bar.set_description_str(f"{self._label}: {stage}")
        self._bar.n = done
        self._bar.refresh()

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._bar.clear()
        print(line, flush=True)


@contextmanager
def progress_bar(files: int) -> Iterator[ProgressLine]:
    """Show a progress line while ``files`` files are worked on."""
    from tqdm import tqdm

    # On standard error, and only where somebody looks: JSON on standard output stays clean.
    with tqdm(total=None, leave=False, disable=not sys.stderr.isatty(), bar_format="{desc} {n_fmt} {bar:20}") as bar:
        yield ProgressLine(files, bar)
