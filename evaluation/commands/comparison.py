"""The product beside the tutorial pipeline: what they find, and what a question costs in a new process."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from evaluation.commands.output import DONE, FAILED, write_outcome
from evaluation.data_sets import read_questions, with_evidence
from evaluation.errors import RunFailed, UsageError
from evaluation.pipeline import PRODUCT
from evaluation.runs import RunReport, RunRequest, check_names, run_in_child
from evaluation.summary import compare_runs, estimate, estimates, outcome_row, summarise_run
from evaluation.table import retrieval_table
from vectorstore.embeddings import open_embedder

_BY_TURNS = ("product", "tutorial")


def retrieval(options: argparse.Namespace, work: Path) -> int:
    """Measure the product and what it is compared with; failed when one of them broke."""
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
            name,
            label,
            str(options.folder),
            str(home),
            str(work / f"{number}.json"),
            options.embedder,
            options.reader,
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
        "embedder": open_embedder(options.embedder).name,
        "runs": {report.label: summarise_run(report) for report in reports},
        "tests": {other.label: compare_runs(product, other) for other in others},
    }
    rows = (outcome_row(report.label, outcome) for report in reports for outcome in report.outcomes)
    write_outcome(options, retrieval_table(summary), summary, rows)
    return status


def cold(options: argparse.Namespace, work: Path) -> int:
    """Ask in new processes, the product and the tutorial pipeline by turns."""
    from evaluation.cold import take_turns
    from evaluation.product import open_product

    questions = [question.text for question in read_questions(options.folder)][: options.count]
    home, store = options.home or work / "library", work / "tutorial"
    product = open_product(home, options.embedder)
    for line in product.ingest(options.folder / "docs").problems:
        print(line, file=sys.stderr)
    product.close()
    built = [sys.executable, "-c", "import sys; from evaluation import tutorial; tutorial.build(*sys.argv[1:], {})"]
    subprocess.run([*built, str(options.folder / "docs"), str(store)], check=True, stdout=sys.stderr)
    own, other = take_turns(questions, home, store, options.embedder)
    ratios = [first.cpu / second.cpu for first, second in zip(own, other, strict=True)]
    summary = {
        "set": options.folder.resolve().name,
        "questions": len(questions),
        "cpu_s": estimates([{"product": a.cpu, "tutorial": b.cpu} for a, b in zip(own, other, strict=True)], _BY_TURNS),
        "wall_s": estimates(
            [{"product": a.wall, "tutorial": b.wall} for a, b in zip(own, other, strict=True)], _BY_TURNS
        ),
        "ratio": estimate(ratios),
    }
    lines = [
        f"{label:32}{costs[name]['value']:8.2f} s ({costs[name]['low']:.2f}–{costs[name]['high']:.2f})"
        for kind, costs in (("CPU", summary["cpu_s"]), ("wall", summary["wall_s"]))
        for name, label in (("product", f"whrd ask, {kind}"), ("tutorial", f"tutorial pipeline, {kind}"))
    ]
    ratio = summary["ratio"]
    lines.append(f"{'CPU, product / tutorial':32}{ratio['value']:8.2f}   ({ratio['low']:.2f}–{ratio['high']:.2f})")
    write_outcome(options, "\n".join([*lines, "", "In brackets: 95 % bootstrap intervals."]), summary, [])
    return DONE
