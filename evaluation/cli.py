"""The command ``whrd-eval``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.errors import AppError
from evaluation import masking, scale
from evaluation.commands import (
    answering,
    calibrating,
    citing,
    comparison,
    crowding,
    informing,
    lining,
    marked,
    reading,
    training,
    turns,
)
from evaluation.errors import EvaluationError, UsageError
from evaluation.memory import keep_memory
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
Evidence that is not on its page in a pipeline's text (a table read in another order) is "not located": it is
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
  whrd-eval answers sets/reports --model copying
  whrd-eval answers sets/reports --every 3 --model http://127.0.0.1:8080/v1
"""
_CASES = """SET_FOLDER holds questions.jsonl, some with key_facts, and docs/.

A fact is covered when four fifths of its evidence is quoted, or when one cited sentence, or two in a row, hold all
its numbers and names and half its other words. What is covered (+) and missed (-) is printed: disagree with it.
Beside the set's facts, our own are measured (evaluation/case_facts.jsonl), of those reports that SET_FOLDER holds and
of the sample; each figure is taken again with the vectors a little shaken, so that it is no luck.

examples:
  whrd-eval cases sets/reports --json cases.json --out outcomes.jsonl
  whrd-eval cases sets/reports --ablation
  whrd-eval cases sets/reports --fit
"""
_RECOMMENDATIONS = """SET_FOLDER holds docs/ with the reports that were marked. Marks are pages, digests and addressees.

example:
  whrd-eval recommendations sets/reports
"""
_SCALE = """examples:
  whrd-eval scale --out report
  whrd-eval scale --sizes 1000 300000 --from reports/ --out report
"""
_COLD = f"""{_SET}
Needs the extra `eval`. On Linux and macOS.

example:
  whrd-eval cold sets/reports --count 20
"""
_MASKING = """Every line of FILE.jsonl has "text", "language", "names" (what must be masked) and "held_out";
without FILE the project's own sentences are measured.

example:
  whrd-eval masking
"""
_VERIFICATION = """The set is in evaluation/verdicts: sentences, their quotes, and what a careful reader says.
FILE has a line of JSON for each sentence: id, kind, language, verdict, sentence, quotes. WHRD_READER names the reader.

examples:
  whrd-eval verification
  whrd-eval verification --items sentences.jsonl --json -
  whrd-eval verification --ablation --json verification.json --out items.jsonl
"""
_REFUSAL = """Asked are the sample report's own questions, also in seven other languages, questions off the subject in
eight languages, and those of every SET_FOLDER; one with questions in several languages is asked the off-topic ones too.
A set whose questions bring their own passages is asked each question of its passages alone.

refused            off-topic: not_found; on-topic: not answered. With 95 % Wilson intervals
falsely refused    the same, of answerable questions
split              the lines were drawn by "fit"; believe "test"

examples:
  whrd-eval refusal
  whrd-eval refusal sets/reports sets/squad2 --off-topic sets/squad2 --plots docs/pictures --json refusal.json
"""
_FOLLOW_UPS = """FILE has a line for every follow-up: id, split, lang, kind, history (questions, oldest first),
follow_up, standalone (acceptable wordings). They are asked of the sample report. A follow-up is right when the first
page found is the one that a standalone wording finds; beside it is what the words as typed find.

examples:
  whrd-eval follow-ups
  whrd-eval follow-ups --standalone sets/reports --model http://127.0.0.1:8080/v1
"""
_FIDELITY = """FOLDER holds truth.jsonl and documents/; the project's own set is data/fidelity. Nothing is stored.

Words that were printed and not read are lost; words that were read and are not in the text are invented. Running heads,
page numbers and marks of notes may be read or left out. A file that should be read and is refused has lost all words.
NAME is a file's name, also with * and ?, a kind of file (pdf), a script (Thai), a maker or a feature (notes).

examples:
  whrd-eval fidelity
  whrd-eval fidelity --only docx --peers --json fidelity.json
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
    found.add_argument(
        "--reader",
        default="",
        metavar="FOLDER",
        help="another reader for the product: none, or a sentence-transformers cross-encoder",
    )
    replies = command("answers", "answered and refused; every quote checked against its page", _ANSWERS)
    replies.add_argument("folder", type=Path, metavar="SET_FOLDER")
    replies.add_argument(
        "--off-topic", type=Path, metavar="SET_FOLDER", help="a set whose questions are off the subject"
    )
    replies.add_argument("--count", type=int, default=200, metavar="N", help="how many answers to check (default 200)")
    new = command("cold", "CPU seconds of one question in a new process, the tutorial pipeline beside it", _COLD)
    new.add_argument("folder", type=Path, metavar="SET_FOLDER")
    new.add_argument("--count", type=int, default=12, metavar="N", help="how many questions to ask (default 12)")
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
    cases = command("cases", "case summaries: key facts covered, repetition, pages, quotes", _CASES)
    cases.add_argument("folder", type=Path, metavar="SET_FOLDER")
    cases.add_argument("--ablation", action="store_true", help="also without each sign that lines are chosen by")
    cases.add_argument("--fit", action="store_true", help="also fit the signs' weights, each report left out in turn")
    cases.add_argument("--sample", type=Path, default=SAMPLE_FOLDER, metavar="FOLDER", help="the sample report's")
    urged = command("recommendations", "recommendations found, against marks made by hand", _RECOMMENDATIONS)
    urged.add_argument("folder", type=Path, metavar="SET_FOLDER")
    urged.add_argument("--marks", type=Path, metavar="FILE", help="other marks than the project's own")
    scale.add_arguments(command("scale", "time, memory and disk as a library grows; plots", _SCALE))
    masking.add_arguments(command("masking", "names of people and places that exports would mask", _MASKING))
    checks = command("verification", "right and wrong sentences told apart, on a hand-checked set", _VERIFICATION)
    checks.add_argument("--items", type=Path, metavar="FILE", help="another set of the same form, in place of our own")
    checks.add_argument("--ablation", action="store_true", help="show what every check is worth")
    refused = command("refusal", "refused and falsely refused, by kind and language; plots", _REFUSAL)
    refused.add_argument("folders", type=Path, nargs="*", metavar="SET_FOLDER")
    refused.add_argument("--off-topic", type=Path, metavar="SET_FOLDER", help="a set off the subject, in English")
    refused.add_argument(
        "--sample", type=Path, default=SAMPLE_FOLDER, metavar="FOLDER", help="the folder of the sample report"
    )
    refused.add_argument("--plots", type=Path, metavar="FOLDER", help="write the curves there, as PNG")
    files = command("fidelity", "what is read of files against what is printed in them", _FIDELITY)
    files.add_argument("folder", type=Path, nargs="?", default=SAMPLE_FOLDER.parent / "fidelity", metavar="FOLDER")
    files.add_argument("--only", nargs="+", default=[], metavar="NAME", help="only these files")
    files.add_argument("--peers", action="store_true", help="also pypdf, pdfminer.six, mammoth and trafilatura")
    for part in (crowding, training, calibrating, turns, informing, lining, citing):
        part.add_commands(command)
    _add_outputs(found, replies, new, own, cases, urged, checks, refused, follow, files)
    replies.add_argument("--every", type=int, default=1, metavar="N", help="ask every Nth question (default 1: all)")
    for sub in (replies, own, follow):
        sub.add_argument(
            "--model",
            default="",
            metavar="M",
            help="a chat model beside it (see whrd ask --help); copying: one that copies, to try the check of quotes",
        )
        sub.add_argument(
            "--allow-host", action="append", default=[], metavar="HOST", help="agree that text goes to this host"
        )
    for sub in (found, replies, new, own, cases, urged, refused, follow):
        sub.add_argument(
            "--embedder",
            default="",
            metavar="NAME",
            help="the product's: multilingual-e5-small, minilm, or a model's folder",
        )
        sub.add_argument(
            "--home", type=Path, metavar="FOLDER", help="keep the product's library there (default: a temporary folder)"
        )
    return parser


def _add_outputs(*commands: argparse.ArgumentParser) -> None:
    for sub in commands:
        sub.add_argument("--out", type=Path, metavar="FILE", help="write every question's outcome there, as JSON lines")
        sub.add_argument("--json", metavar="FILE", help="write a summary there, as JSON; - is standard output")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement; print its table, and write its summary and outcomes where they are wanted."""
    options = build_parser().parse_args(arguments)
    if options.command == "train":
        keep_memory()
    if options.command == "masking":
        return masking.run(options)
    if options.command == "scale":
        if options.out is None:
            print("whrd-eval: give a folder for the report with --out FOLDER", file=sys.stderr)
            return WRONG_USAGE
        return scale.run(options)
    measure = {
        "retrieval": comparison.retrieval,
        "answers": answering.answers,
        "cold": comparison.cold,
        "crowd": crowding.crowd,
        "sample": answering.sample,
        "cases": marked.cases,
        "recommendations": marked.recommendations,
        "verification": marked.verification,
        "refusal": answering.refusal,
        "follow-ups": answering.follow_ups,
        "fidelity": reading.fidelity,
        "train": training.train,
        "pack": training.pack,
        "reader": training.figures,
        "open-set": calibrating.open_set,
        "reports-set": calibrating.reports_set,
        "calibrate": calibrating.calibrate,
        "turns": turns.turns,
        "informative": informing.informative,
        "lines": lining.lines,
        "citations": citing.citations,
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
    for path in (options.out, getattr(options, "json", None)) if "out" in options else ():
        if path and not Path(path).resolve().parent.is_dir():
            raise UsageError(f"{path} cannot be written: its folder does not exist.")


if __name__ == "__main__":
    raise SystemExit(main())
