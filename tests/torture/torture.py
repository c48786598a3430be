"""The torture chamber: ``make torture``, or ``python tests/torture/torture.py --seed 2 --files 100 --kills 60``.

Every class of hostile files is added by ``whrd ingest`` to a library that holds two real reports; then processes are
killed, children alone too, several work at once, and the disk fills up. After each the library must open, hold the two
reports whole, and be in order after the next write. Prints a table; fails where anything was lost or said wrongly.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hostile_files import CLASSES, REAL
from whrd_process import STATES, Outcome, children, kill_all, run, start

from ingest.finding import find_files

KEPT = ("word-report.docx", "two-columns.pdf")
"""Real reports that the library holds before anything is done to it."""
MOST_MEMORY = 2_500_000_000
"""Bytes: the readers' own cap, and the process that stores."""
_MORE = ("german-word.docx", "endnotes.docx", "polish-web.html", "appeal-mail.eml", "slides.pptx", "sheets.xlsx")
"""Added while processes are killed."""


@dataclass(slots=True)
class Tally:
    """How one class went."""

    name: str
    tried: int = 0
    seconds: float = 0.0
    memory: int = 0
    states: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def row(self) -> str:
        """Return a line of the table."""
        states = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return (
            f"| {self.name} | {self.tried} | {self.tried - len(self.faults)} | {states} | {self.seconds:.0f} |"
            f" {self.memory / 1e6:.0f} |"
        )


def main() -> int:
    """Run it; 1 where anything was lost or said wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of every random choice (1)")
    parser.add_argument("--files", type=int, default=30, metavar="N", help="of each class (30)")
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="at random moments (20)")
    parser.add_argument("--only", nargs="+", default=[], metavar="CLASS", help="only these classes")
    options = parser.parse_args()
    steps: dict[str, Callable[[Tally, random.Random, Path], None]] = {
        **{name: _files_of(name, options.files) for name in CLASSES},
        "kills": lambda tally, rng, work: _kills(tally, rng, work, options.kills),
        "at once": _at_once,
        "full disk": _full_disk,
    }
    failed = False
    print(
        "| class | tried | survived | states | seconds | most MB |\n| --- | --- | --- | --- | --- | --- |", flush=True
    )
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        template = Path(folder) / "template"
        for outcome in (run(template, "ingest", *(str(REAL / name) for name in KEPT)), run(template, "verify")):
            if outcome.code:
                sys.exit(f"The library to begin with could not be made: {outcome.out}{outcome.err}")
        for name, step in steps.items():
            if options.only and name not in options.only:
                continue
            work = Path(folder) / "work"
            work.mkdir()
            shutil.copytree(template, work / "home")
            tally, began = Tally(name), time.monotonic()
            step(tally, random.Random(f"{options.seed} {name}"), work)
            tally.seconds = time.monotonic() - began
            print(tally.row(), flush=True)
            for fault in tally.faults:
                print(f"    {name}: {fault}", flush=True)
            failed = failed or bool(tally.faults)
            shutil.rmtree(work)
    return int(failed)


def _files_of(name: str, count: int) -> Callable[[Tally, random.Random, Path], None]:
    """Return the step that adds files of the class ``name``."""

    def step(tally: Tally, rng: random.Random, work: Path) -> None:
        files = work / "files"
        files.mkdir()
        CLASSES[name](rng, files, count)
        expected = [found.path for found in find_files([files])]
        outcome = run(work / "home", "ingest", "--json", str(files))
        tally.tried, tally.memory = len(expected), outcome.memory
        tally.faults += outcome.faults(0, 1)
        lines = outcome.lines() if outcome.code in (0, 1) else []
        for line in lines:
            tally.states[line["status"]] = tally.states.get(line["status"], 0) + 1
            if line["status"] not in STATES:
                tally.faults.append(f"{line['document']}: the state {line['status']}")
            if "\n" in line["message"] or not line["message"]:
                tally.faults.append(f"{line['document']}: the message {line['message']!r}")
        if len(lines) != len(expected):
            tally.faults.append(f"{len(expected)} files and {len(lines)} lines; {outcome.err[-300:]}")
        if outcome.memory > MOST_MEMORY:
            tally.faults.append(f"{outcome.memory / 1e6:.0f} MB")
        if Path("/tmp/torture-was-here.txt").exists():
            tally.faults.append("a file was written outside the library")
        tally.faults += _disorder(work / "home")

    return step


def _disorder(home: Path, told: bool = True) -> list[str]:
    """Return what is wrong with a library at rest: a report that is gone or not found, or disorder that `verify` finds.

    ``told``: whether disorder is a fault; after a kill it is none before the next write.
    """
    listed = run(home, "documents", "--json")
    faults = listed.faults(0)
    ready = {line["document"] for line in listed.lines() if line["status"] == "ready"} if not faults else set()
    faults += [f"{name} is lost" for name in KEPT if name not in ready]
    checked = run(home, "verify")
    faults += checked.faults(0) if told else checked.faults(0, 1)
    found = run(home, "search", "report", "--json")
    faults += [f"search: {fault}" for fault in found.faults(0)]
    if told and checked.code:
        faults.append(checked.out[-300:])
    return faults


def _kills(tally: Tally, rng: random.Random, work: Path, count: int) -> None:
    """Kill ingest, remove and rebuild at random moments, in one case of three the child that reads alone."""
    home, files = work / "home", [str(REAL / name) for name in _MORE]
    commands = (("ingest", *files), ("remove", _MORE[0]), ("rebuild",), ("ingest", *files))
    for number in range(count):
        command = commands[number % len(commands)]
        with start(home, *command) as process:
            time.sleep(rng.uniform(0.3, 6.0))
            alone = number % 3 == 2
            for child in children(process.pid) if alone else ():
                child.kill()
            if not alone:
                kill_all(process.pid)
            out, err = process.communicate(timeout=300)
        tally.tried += 1
        faults = Outcome(process.returncode, out, err, 0.0, 0).faults(0, 1, 2, -9)
        faults += _disorder(home, told=False)
        # The next write, whatever it is, brings everything in order.
        faults += [f"rebuild: {fault}" for fault in run(home, "rebuild").faults(0)]
        faults += _disorder(home)
        if faults:
            tally.faults.append(f"{' '.join(command)[:60]}: {'; '.join(faults)}")


def _at_once(tally: Tally, rng: random.Random, work: Path) -> None:
    """Four processes add the same files while two search; those that must wait say so in a line."""
    home, files = work / "home", [str(REAL / name) for name in _MORE]
    adding = [start(home, "ingest", *rng.sample(files, len(files))) for _ in range(4)]
    searching = [start(home, "search", "report", "--json") for _ in range(2)]
    for process in (*adding, *searching):
        out, err = process.communicate(timeout=600)
        tally.tried += 1
        faults = Outcome(process.returncode, out, err, 0.0, 0).faults(0, 1, 2)
        if process.returncode and not err.strip() and not out.strip():
            faults.append("failed without a word")
        tally.faults += faults
    tally.faults += _disorder(home)


def _full_disk(tally: Tally, rng: random.Random, work: Path) -> None:
    """Add files on a disk that fills up; nothing is lost, and there is a way back by making room."""
    for megabytes in (3, 6, 12):
        tally.tried += 1
        with _small_disk(work / "small", megabytes, work / "home") as home:
            if home is None:
                tally.states["not mounted"] = tally.states.get("not mounted", 0) + 1
                continue
            outcome = run(home, "ingest", *(str(REAL / name) for name in _MORE))
            faults = outcome.faults(0, 1, 2)
            faults += [f"full: {fault}" for fault in _disorder(home, told=False)]
            faults += [f"remove: {fault}" for fault in run(home, "remove", KEPT[1]).faults(0)]
            if faults:
                tally.faults.append(f"{megabytes} MB of room: {'; '.join(faults)}")


@contextmanager
def _small_disk(folder: Path, megabytes: int, library: Path) -> Iterator[Path | None]:
    """Give a copy of ``library`` on a disk with so much room beside it; None where none may be mounted."""
    folder.mkdir()
    size = sum(file.stat().st_size for file in library.rglob("*") if file.is_file()) + megabytes * 1_000_000
    mounted = (
        shutil.which("mount") is not None
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
    )
    try:
        yield Path(shutil.copytree(library, folder / "home")) if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir() if mounted else shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
