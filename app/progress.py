"""A progress line on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.console import printable_line, say_line


class ProgressLine:
    """One line on the terminal that follows a long piece of work."""

    def __init__(self, files: int, bar: Any) -> None:
        self._files, self._bar, self._label = files, bar, ""

    def start(self, number: int, name: str) -> None:
        """Begin with a file."""
        name = printable_line(name)
        self._label = f"[{number}/{self._files}] {name}" if self._files > 1 else name

    def report(self, stage: str, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is not known."""
        if self._bar.total != (total or None):
            self._bar.reset(total=total or None)
        self._bar.set_description_str(f"{self._label}: {stage}")
        self._bar.n = done
        self._bar.refresh()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Make room for a question on the terminal."""
        self._bar.clear()
        yield
        self._bar.refresh()

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._bar.clear()
        say_line(line)


@contextmanager
def progress_bar(files: int) -> Iterator[ProgressLine]:
    """Show a progress line while ``files`` files are worked on."""
    from tqdm import tqdm

    # On standard error, and only where somebody looks: JSON on standard output stays clean.
    with tqdm(total=None, leave=False, disable=not sys.stderr.isatty(), bar_format="{desc} {n_fmt} {bar:20}") as bar:
        yield ProgressLine(files, bar)
