"""The command ``whrd-eval``."""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation import answers, retrieval, sample
from evaluation.data_sets import read_questions
from evaluation.metrics import bootstrap_interval, percentile, share, sign_test
from vectorstore.library import Library

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="whrd-eval", description="Measure the product on an evaluation set.")
    commands = parser.add_subparsers(dest="command", required=True)
    pages = commands.add_parser("retrieval", help="page hits at 1 and 5, and latency")
    pages.add_argument("folder", type=Path, metavar="SET_FOLDER")
    pages.add_argument("--baseline", type=Path, metavar="SCRIPT", help="a pipeline to run beside, on the same work")
    replies = commands.add_parser("answers", help="answered and refused; every quote checked against its page")
    replies.add_argument("folder", type=Path, metavar="SET_FOLDER")
    replies.add_argument(
        "--off-topic", type=Path, metavar="SET_FOLDER", help="a set whose questions are off the subject"
    )
    replies.add_argument("--count", type=int, default=200, help="how many answers to check (default 200)")
    own = commands.add_parser("sample", help="the sample report's own 33 questions")
    own.add_argument("folder", type=Path, nargs="?", default=SAMPLE_FOLDER)
    for sub in (pages, replies, own):
        sub.add_argument("--home", type=Path, help="keep the library in this folder (default: a temporary one)")
        sub.add_argument("--out", type=Path, help="write every question's outcome there, as JSON lines")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a measurement and print its table."""
    options = build_parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        library = Library(options.home or Path(temporary) / "library")
        rows = {"retrieval": _retrieval, "answers": _answers, "sample": _sample}[options.command](
            options, library, Path(temporary)
        )
        library.close()
    if options.out:
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
        options.out.write_text("".join(lines), encoding="utf-8")
    return 0


def _retrieval(options: argparse.Namespace, library: Library, work: Path) -> list[dict[str, Any]]:
    for line in retrieval.fill_library(library, options.folder):
        print(line)
    questions = read_questions(options.folder)
    runs = {"product": retrieval.run(retrieval.product_retrieve(library), questions)}
    if options.baseline:
        search = retrieval.baseline_retrieve(options.baseline, options.folder, work / "baseline")
        runs["baseline"] = retrieval.run(search, questions)
    print(f"{'':10} {'n':>4} {'hit@1 (95 %)':>22} {'hit@5 (95 %)':>22} {'p50 ms':>8} {'p95 ms':>8}")
    for name, outcomes in runs.items():
        columns = []
        for level in ("hit_at_1", "hit_at_5"):
            hits = [getattr(outcome, level) for outcome in outcomes]
            low, high = bootstrap_interval(hits)
            columns.append(f"{share(hits):.3f} ({low:.2f}–{high:.2f})")
        times = [1000 * outcome.seconds for outcome in outcomes]
        print(
            f"{name:10} {len(outcomes):>4} {columns[0]:>22} {columns[1]:>22}"
            f" {percentile(times, 0.5):>8.0f} {percentile(times, 0.95):>8.0f}"
        )
    if "baseline" in runs:
        for level in ("hit_at_1", "hit_at_5"):
            pair = [[getattr(outcome, level) for outcome in outcomes] for outcomes in runs.values()]
            wins, losses, p = sign_test(*pair)
            print(f"{level}: {wins} won, {losses} lost against the baseline, sign test p = {p:.4f}")
    return [{"run": name, **dataclasses.asdict(outcome)} for name, outcomes in runs.items() for outcome in outcomes]


def _answers(options: argparse.Namespace, library: Library, work: Path) -> list[dict[str, Any]]:
    for line in retrieval.fill_library(library, options.folder):
        print(line)
    foreign = read_questions(options.off_topic) if options.off_topic else []
    report = answers.run(library, options.folder / "docs", read_questions(options.folder), foreign, options.count)
    for kind, counts in report.statuses.items():
        print(f"{kind:16} {' '.join(f'{status} {count}' for status, count in counts.items())}")
    print(f"evidence page among the quotes: {report.evidence_shown} of {report.evidence_asked} answerable questions")
    print(f"{report.answers} answers, {report.quotes} quotes, {len(report.wrong_quotes)} not verbatim on their page")
    for line in report.wrong_quotes:
        print(f"  {line}")
    return [dataclasses.asdict(report)]


def _sample(options: argparse.Namespace, library: Library, work: Path) -> list[dict[str, Any]]:
    for path in sorted(options.folder.glob("*.pdf")):
        library.add(path)
    outcomes = sample.run(library, options.folder / "questions.jsonl")
    for outcome in outcomes:
        mark = "right" if outcome.right else "WRONG"
        print(f"{outcome.id} {mark} {outcome.status:9} {outcome.facts_shown}/{outcome.facts} {outcome.question}")
    asked = [outcome for outcome in outcomes if outcome.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    print(f"answered with a fact asked for: {sum(o.right for o in asked)} of {len(asked)}")
    print(f"answered with every fact asked for: {sum(o.complete for o in asked)} of {len(asked)}")
    print(f"refused: {sum(o.right for o in unanswerable)} of {len(unanswerable)}")
    return [dataclasses.asdict(outcome) for outcome in outcomes]


if __name__ == "__main__":
    raise SystemExit(main())
