"""Many people at the chat at once: the command."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from evaluation.commands.output import DONE, FAILED
from evaluation.crowd.library import make_library, passages_in, read_questions
from evaluation.crowd.people import Crowd, Gathering
from evaluation.crowd.plot import plot
from evaluation.crowd.report import Ingest, Run, figures, lines
from evaluation.crowd.server import Machine, Sample, Server, add_reports, running_chat, take_sample
from evaluation.errors import UsageError
from evaluation.scale_report import find_matplotlib

_SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
_EVERY = 5.0
"""Seconds between two samples."""
_CROWD = """The chat's own server is started on a free port of this computer, over a copy of the library: nothing of
the one in --home changes. Every person is a window on its websocket, speaks Streamlit's protocol as a browser does, and
waits until the answer is drawn. WHRD_MODEL and the other settings are those of the environment.

The times that people read are exponential: nobody waits for anybody, and now and then many ask at once. Every question
is asked before any is asked again. Reports of --ingest are added by `whrd ingest`, from the fifth minute on (in a
shorter run, after a fifth of it); from then on memory, threads and open files must not grow.

The command fails when a target is missed. Needs the extra `eval`. On Linux and macOS.

examples:
  whrd-eval crowd --home grown --out report
  whrd-eval crowd --people 3 --minutes 1 --think 5 --home grown --out report
  whrd-eval crowd --home grown --from reports/ --questions asked.jsonl --ingest more/ --out report
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command, with what can be chosen."""
    parser = command("crowd", "many people ask the chat at once: seconds, memory, errors; a plot", _CROWD)
    parser.add_argument("--people", type=int, default=40, metavar="N", help="windows that ask (default 40)")
    parser.add_argument("--minutes", type=float, default=30, metavar="M", help="how long (default 30)")
    parser.add_argument(
        "--think",
        type=float,
        default=60,
        metavar="SECONDS",
        help="that a person reads an answer: the mean of exponential times (default 60)",
    )
    parser.add_argument(
        "--turns", type=int, default=8, metavar="N", help="questions before a person begins a new chat (default 8)"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        nargs="+",
        default=[_SAMPLE / "questions.jsonl"],
        metavar="FILE",
        help='JSON lines with a field "question" (default: the sample report\'s)',
    )
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="the library; it is made there where there is none")
    parser.add_argument("--from", dest="sources", type=Path, metavar="FOLDER", help="real reports to make it from")
    parser.add_argument("--passages", type=int, default=10_000, metavar="N", help="that it holds (default 10000)")
    parser.add_argument("--ingest", type=Path, metavar="FOLDER", help="reports that are added meanwhile")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where crowd.json, crowd.png and the logs go"
    )


def crowd(options: argparse.Namespace, work: Path) -> int:
    """Ask, add reports, sample; write the report. Failed when a target is missed."""
    find_matplotlib()  # rather than to miss it when all is measured
    who = Crowd(options.people, 60 * options.minutes, options.think, options.turns, read_questions(options.questions))
    if who.people < 1 or who.seconds <= 0 or who.think < 0 or who.turns < 1:
        raise UsageError("--people, --minutes and --turns must be above 0, and --think not below it.")
    if options.ingest and not options.ingest.is_dir():
        raise UsageError(f"{options.ingest} is no folder: give the one with the reports to add.")
    kept = options.home or work / "grown"
    if not passages_in(kept):
        make_library(kept, [options.sources or _SAMPLE], options.passages, os.environ.get("WHRD_EMBEDDER", ""))
    home = work / "library"
    shutil.copytree(kept, home, ignore=shutil.ignore_patterns("chats", "feedback"))  # the same for every run
    options.out.mkdir(parents=True, exist_ok=True)
    passages = passages_in(home)
    print(f"{who.people} people ask {passages:,} passages for {options.minutes:g} min …", file=sys.stderr, flush=True)
    with running_chat(home, options.out / "server.log") as server:
        run = asyncio.run(_measure(who, passages, server, home, options))
    found = figures(run)
    (options.out / "crowd.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    plot(run, options.out / "crowd.png")
    print(lines(found))
    return DONE if all(verdict["met"] for verdict in found["verdicts"]) else FAILED


async def _measure(who: Crowd, passages: int, server: Server, home: Path, options: argparse.Namespace) -> Run:
    gathering, machine, samples = Gathering(who, server.port), Machine(server.process), list[Sample]()
    asking = asyncio.create_task(gathering.run())
    sampling = asyncio.create_task(_sample(gathering, server.process, samples))
    adding = asyncio.create_task(_add(gathering, who, home, options)) if options.ingest else None
    asked = await asking
    sampling.cancel()
    ingest = await adding if adding else None
    return Run(who, passages, tuple(asked), tuple(samples), machine.shares(), server.tracebacks(), ingest)


async def _sample(gathering: Gathering, process: psutil.Process, samples: list[Sample]) -> None:
    while True:
        samples.append(take_sample(process, gathering.elapsed()))
        await asyncio.sleep(_EVERY)


async def _add(gathering: Gathering, who: Crowd, home: Path, options: argparse.Namespace) -> Ingest:
    await asyncio.sleep(who.settled)
    began = gathering.elapsed()
    status = await add_reports(home, options.ingest, options.out / "ingest.log")
    return Ingest(began, gathering.elapsed(), status)
