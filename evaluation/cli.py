"""The command ``whrd-eval``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.data_sets import read_questions, with_evidence
from evaluation.errors import EvaluationError, RunFailed, UsageError
from evaluation.pipelines import PRODUCT
from evaluation.runs import RunReport, RunRequest, check_names, run_in_child
from evaluation.summary import FIGURES, compare_runs, estimates, summarise_run
from evaluation.table import figure_rows, retrieval_table

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
DONE, FAILED, WRONG_USAGE = 0, 1, 2
_SET = (
    """SET_FOLDER holds questions.jsonl and docs/, the files that the questions are asked of: all of them together."""
)
_FIGURES = "figures:\n" + "\n".join(f"  {name:18}{meaning}" for name, meaning in FIGURES.items())
_RETRIEVAL = f"""{_SET}
Measured are the questions whose evidence is known.

{_FIGURES}

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
"""
_SAMPLE = """example:
  whrd-eval sample --json -
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="whrd-eval", description="Measure the product on an evaluation set.")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str, notes: str) -> argparse.ArgumentParser:
        return commands.add_parser(
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
    for sub in (found, replies, own):
        sub.add_argument("--embedder", default="", metavar="NAME", help="the product's, as in WHRD_EMBEDDER: minilm, …")
        sub.add_argument(
            "--home", type=Path, metavar="FOLDER", help="keep the product's library there (default: a temporary folder)"
        )
        sub.add_argument("--out", type=Path, metavar="FILE", help="write every question's outcome there, as JSON lines")
        sub.add_argument("--json", metavar="FILE", help="write a summary there, as JSON; - is standard output")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement; print its table, and write its summary and outcomes where they are wanted."""
    options = build_parser().parse_args(arguments)
    measure = {"retrieval": _retrieval, "answers": _answers, "sample": _sample}[options.command]
    try:
        with tempfile.TemporaryDirectory() as temporary:
            status = measure(options, Path(temporary))
    except EvaluationError as error:
        print(f"whrd-eval: {error}", file=sys.stderr)
        status = WRONG_USAGE if isinstance(error, UsageError) else FAILED
    return status


def _retrieval(options: argparse.Namespace, work: Path) -> int:
    names = [PRODUCT, *options.compare]
    labels = check_names(names)
    if not with_evidence(read_questions(options.folder)):
        raise UsageError(f"No question of {options.folder} has evidence: there is nothing to measure retrieval by.")
    reports: list[RunReport] = []
    status = DONE
    for number, (name, label) in enumerate(zip(names, labels, strict=True)):
        home = options.home if name == PRODUCT and options.home else work / f"{number}"
        home.mkdir(parents=True, exist_ok=True)
        request = RunRequest(
            name, label, str(options.folder), str(home), str(work / f"{number}.json"), options.embedder
        )
        try:
            reports.append(run_in_child(request))
        except RunFailed as error:
            if name == PRODUCT:
                raise
            print(f"whrd-eval: {error}", file=sys.stderr)
            status = FAILED
    product, *others = reports
    summary = {
        "set": options.folder.resolve().name,
        "embedder": options.embedder,
        "runs": {report.label: summarise_run(report) for report in reports},
        "tests": {other.label: compare_runs(product, other) for other in others},
    }
    outcomes = (
        {"run": report.label, **dataclasses.asdict(outcome)} for report in reports for outcome in report.outcomes
    )
    _write(options, retrieval_table(summary), summary, outcomes)
    return status


def _answers(options: argparse.Namespace, work: Path) -> int:
    from evaluation import answers
    from evaluation.product import open_product

    questions = read_questions(options.folder)
    foreign = read_questions(options.off_topic) if options.off_topic else []
    product = open_product(options.home or work / "library", options.embedder)
    for line in product.ingest(options.folder / "docs").problems:
        print(line, file=sys.stderr)
    report = answers.run(product.library, options.folder / "docs", questions, foreign, options.count)
    product.close()
    asked = [outcome.evidence_shown for outcome in report.outcomes if outcome.evidence_shown is not None]
    summary = {
        "set": options.folder.resolve().name,
        "embedder": options.embedder,
        "statuses": report.statuses(),
        "evidence_page_quoted": sum(asked),
        "evidence_page_asked": len(asked),
        "figures": estimates([outcome.figures for outcome in report.outcomes]),
        "answers": report.answers,
        "quotes": report.quotes,
        "wrong_quotes": report.wrong_quotes,
    }
    lines = [
        f"{kind:16} {' '.join(f'{status} {count}' for status, count in counts.items())}"
        for kind, counts in report.statuses().items()
    ]
    lines.append(f"evidence page among the quotes: {sum(asked)} of {len(asked)} answerable questions")
    lines += figure_rows([summary["figures"]])
    lines.append(
        f"{report.answers} answers, {report.quotes} quotes, {len(report.wrong_quotes)} not verbatim on their page"
    )
    lines += [f"  {line}" for line in report.wrong_quotes]
    _write(options, "\n".join(lines), summary, map(dataclasses.asdict, report.outcomes))
    return DONE


def _sample(options: argparse.Namespace, work: Path) -> int:
    from evaluation import sample
    from evaluation.product import open_product

    if not (options.folder / "questions.jsonl").is_file():
        raise UsageError(f"{options.folder} holds no questions.jsonl: give the folder of the sample report.")
    product = open_product(options.home or work / "library", options.embedder)
    for path in sorted(options.folder.glob("*.pdf")):
        product.library.add(path)
    outcomes = sample.run(product.library, options.folder / "questions.jsonl")
    product.close()
    asked = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    summary = {
        "answerable": len(asked),
        "right": sum(o.right for o in asked),
        "complete": sum(o.complete for o in asked),
        "unanswerable": len(unanswerable),
        "refused": sum(o.right for o in unanswerable),
    }
    lines = [
        f"{o.id} {'right' if o.right else 'WRONG'} {o.status:9} {o.facts_shown}/{o.facts} {o.question}"
        for o in outcomes
    ]
    lines += [
        f"answered with a fact asked for: {summary['right']} of {summary['answerable']}",
        f"answered with every fact asked for: {summary['complete']} of {summary['answerable']}",
        f"refused: {summary['refused']} of {summary['unanswerable']}",
    ]
    _write(options, "\n".join(lines), summary, map(dataclasses.asdict, outcomes))
    return DONE


def _write(
    options: argparse.Namespace, table: str, summary: dict[str, Any], outcomes: Iterable[dict[str, Any]]
) -> None:
    """Print the table; with ``--json -`` on standard error, so that standard output is JSON alone."""
    as_json = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
    print(table, file=sys.stderr if options.json == "-" else sys.stdout)
    if options.json == "-":
        sys.stdout.write(as_json)
    elif options.json:
        Path(options.json).write_text(as_json, encoding="utf-8")
    if options.out:
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in outcomes)
        options.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
