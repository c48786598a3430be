"""The command ``whrd-eval``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import AppError
from evaluation import commands, scale
from evaluation.errors import EvaluationError, UsageError
from evaluation.summary import FIGURES
from vectorstore.errors import LibraryError

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
FAILED, WRONG_USAGE = 1, 2
_SET = "SET_FOLDER holds questions.jsonl and docs/, the files that the questions are asked of: all of them together."
_FIGURES = "figures:\n" + "\n".join(f"  {name:18}{meaning}" for name, meaning in FIGURES.items())
_RETRIEVAL = f"""{_SET}
Measured are the questions whose evidence is known.

{_FIGURES}

In files without pages a page stands for the whole file.

Every pipeline runs in a process of its own. The seconds of its ingest include the loading of libraries and models.
Evidence that does not stand on its page in a pipeline's text (a table read in another order) is "not located": it is
left out of the figures that count characters.

a SCRIPT.py to compare has two functions:
  build(docs_dir, persist_dir, stats)   indexes the folder; sets stats["pages"]
  retrieve_full(question, k)            returns (document, page, text, start, end, score), best first

examples:
  whrd-eval retrieval sets/reports
  whrd-eval retrieval sets/reports --compare baseline --compare mine.py --out outcomes.jsonl
  whrd-eval retrieval sets/reports --embedder minilm --json - | jq .runs.product.figures
"""
_ANSWERS = f"""{_SET}

examples:
  whrd-eval answers sets/reports --off-topic sets/cooking
  whrd-eval answers sets/reports --count 50 --json answers.json
  whrd-eval answers sets/reports --every 3 --model http://127.0.0.1:8080/v1
"""
_SCALE = """examples:
  whrd-eval scale --out report
  whrd-eval scale --sizes 1000 300000 --from reports/ --out report
"""
_FOLLOW_UPS = """FILE has a line for every follow-up: id, split, lang, kind, history (questions, oldest first),
follow_up, standalone (acceptable wordings). They are asked of the sample report. A follow-up is right when the first
page found is the one that a standalone wording finds; beside it stands what the words as typed find.

examples:
  whrd-eval follow-ups
  whrd-eval follow-ups --standalone sets/reports --model http://127.0.0.1:8080/v1
"""
_SAMPLE = """example:
  whrd-eval sample --json -
  whrd-eval sample --model ollama:qwen3
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="whrd-eval", description="Measure the product on an evaluation set.")
    subparsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str, notes: str) -> argparse.ArgumentParser:
        return subparsers.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=notes,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    found = command("retrieval", "pages and characters found, time, memory; other pipelines beside it", _RETRIEVAL)
    found.add_argument("folder", type=Path, metavar="SET_FOLDER")
    found.add_argument(
        "--compare",
        action="append",
        default=[],
        metavar="baseline|SCRIPT.py",
        help="run the tutorial pipeline, or one of your own, on the same work; may be given several times",
    )
    replies = command("answers", "answered and refused; every quote checked against its page", _ANSWERS)
    replies.add_argument("folder", type=Path, metavar="SET_FOLDER")
    replies.add_argument(
        "--off-topic", type=Path, metavar="SET_FOLDER", help="a set whose questions are off the subject"
    )
    replies.add_argument("--count", type=int, default=200, metavar="N", help="how many answers to check (default 200)")
    own = command("sample", "the sample report's own 33 questions", _SAMPLE)
    own.add_argument("folder", type=Path, nargs="?", default=SAMPLE_FOLDER, metavar="FOLDER")
    follow = command("follow-ups", "follow-up questions: made to stand alone, do they find the same page?", _FOLLOW_UPS)
    follow.add_argument("file", type=Path, nargs="?", default=SAMPLE_FOLDER.parent / "follow_ups.jsonl", metavar="FILE")
    follow.add_argument(
        "--standalone",
        type=Path,
        action="append",
        default=[],
        metavar="SET_FOLDER",
        help="a set whose questions, asked one after another, must stay as they are (repeatable)",
    )
    grown = command("scale", "time, memory and disk as a library grows; plots", _SCALE)
    scale.add_arguments(grown)
    replies.add_argument("--every", type=int, default=1, metavar="N", help="ask every Nth question (default 1: all)")
    for sub in (replies, own, follow):
        sub.add_argument("--model", default="", metavar="M", help="a chat model beside it (see whrd ask --help)")
        sub.add_argument(
            "--allow-host", action="append", default=[], metavar="HOST", help="agree that text goes to this host"
        )
    for sub in (found, replies, own, follow):
        sub.add_argument(
            "--embedder",
            default="",
            metavar="NAME",
            help="the product's: multilingual-e5-small, minilm, or a model's folder",
        )
        sub.add_argument(
            "--home", type=Path, metavar="FOLDER", help="keep the product's library there (default: a temporary folder)"
        )
        sub.add_argument("--out", type=Path, metavar="FILE", help="write every question's outcome there, as JSON lines")
        sub.add_argument("--json", metavar="FILE", help="write a summary there, as JSON; - is standard output")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement; print its table, and write its summary and outcomes where they are wanted."""
    options = build_parser().parse_args(arguments)
    if options.command == "scale":
        if options.out is None:
            print("whrd-eval: give a folder for the report with --out FOLDER", file=sys.stderr)
            return WRONG_USAGE
        return scale.run(options)
    measure = {
        "retrieval": commands.retrieval,
        "answers": commands.answers,
        "sample": commands.sample,
        "follow-ups": commands.follow_ups,
    }[options.command]
    try:
        _check_outputs(options)
        with tempfile.TemporaryDirectory() as temporary:
            return measure(options, Path(temporary))
    except (EvaluationError, AppError, LibraryError) as error:
        print(f"whrd-eval: {error}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, UsageError) else FAILED


def _check_outputs(options: argparse.Namespace) -> None:
    """Measuring takes minutes: that its outcome has nowhere to go is said before."""
    for path in (options.out, options.json):
        if path and not Path(path).resolve().parent.is_dir():
            raise UsageError(f"{path} cannot be written: its folder does not exist.")


if __name__ == "__main__":
    raise SystemExit(main())
