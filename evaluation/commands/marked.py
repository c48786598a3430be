"""Sentences, cases and recommendations against what people marked by hand."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from evaluation.commands.output import DONE, FAILED, write_outcome
from evaluation.data_sets import read_questions
from evaluation.errors import UsageError


def verification(options: argparse.Namespace, _work: Path) -> int:
    """Verify the hand-checked sentences."""
    from app.settings import read_settings
    from evaluation.verification import PARTS, REPORTS, ablate, read_file, read_items, summarise, table
    from reader.opening import open_reader

    reader = open_reader(read_settings().reader)
    if options.items:
        items = {options.items.stem: read_file(options.items)}
    else:
        items = {part: read_items(part) for part in (*PARTS, REPORTS)}
    found = {part: summarise(own, reader) for part, own in items.items()}
    summary: dict[str, Any] = {part: figures for part, (figures, _) in found.items()}
    ablation = ablate([item for own in items.values() for item in own], reader) if options.ablation else {}
    text = table(summary, ablation)
    rows = (
        {"part": part, "flagged": one.flagged, **dataclasses.asdict(one)}
        for part, (_, judged) in found.items()
        for one in judged
    )
    write_outcome(options, text, summary | ({"ablation": ablation} if ablation else {}), rows)
    return DONE


def cases(options: argparse.Namespace, work: Path) -> int:
    """Summarise the cases that a set asks for; failed where a quote is not on its page."""
    from evaluation import case_summaries, case_weights
    from evaluation.product import open_product

    read_questions(options.folder)
    questions = case_summaries.read_case_questions(options.folder)
    if not questions:
        raise UsageError(f"No question of {options.folder} has key_facts: there is nothing to measure summaries by.")
    product = open_product(options.home or work / "library", options.embedder)
    for line in product.ingest(options.folder / "docs").problems:
        print(line, file=sys.stderr)
    for path in sorted(options.sample.glob("*.pdf")):
        product.library.add(path)
    outcomes = list(case_summaries.measure(product.library, options.folder, questions))
    sets = {
        name: case_summaries.read_cases(product.library, asked)
        for name, asked in (
            (options.folder.resolve().name, questions),
            ("own facts", case_summaries.read_case_questions(case_summaries.OWN_FACTS)),
        )
    }
    both = [case for cases in sets.values() for case in cases]
    shaken = {name: case_summaries.stability(cases) for name, cases in sets.items() if cases}
    without = case_summaries.ablation(both) if options.ablation else {}
    fitted = {} if not options.fit else case_weights.compared(both)
    lines = [case_summaries.table(outcomes), "", *(case_summaries.line(case) for case in sets["own facts"]), ""]
    for name, runs in shaken.items():
        mean = sum(runs[1:]) / len(runs[1:])
        lines.append(
            f"{name}: {len(sets[name])} cases, {runs[0]:.3f}; vectors shaken {len(runs) - 1} times:"
            f" {mean:.3f} ({min(runs[1:]):.3f}–{max(runs[1:]):.3f})"
        )
    lines += [f"{name:24}{value:.3f}" for name, value in without.items()]
    lines += [f"{name:40}{value}" for name, value in fitted.items()]
    product.close()
    summary = {
        "set": options.folder.resolve().name,
        "cases": len(questions),
        "coverage": {
            view: {str(n): case_summaries.mean_coverage(outcomes, view, n) for n in case_summaries.LENGTHS}
            for view in case_summaries.VIEWS
        },
        "shaken": shaken,
        "quotes": sum(outcome.quotes for outcome in outcomes),
        "wrong_quotes": [line for outcome in outcomes for line in outcome.wrong_quotes],
        "ablation": without,
        "fit": fitted,
    }
    write_outcome(options, "\n".join(lines), summary, map(dataclasses.asdict, outcomes))
    return FAILED if summary["wrong_quotes"] else DONE


def recommendations(options: argparse.Namespace, work: Path) -> int:
    """Compare the recommendations found with those that were marked by hand."""
    from evaluation import recommendations as marked
    from evaluation.product import open_product

    product = open_product(options.home or work / "library", options.embedder)
    reports = marked.read_marks(options.marks or marked.MARKS)
    wanted = {report.document for report in reports}
    held = {document.name for document in product.library.catalogue.documents()}
    for path in sorted((options.folder / "docs").glob("*")):
        if path.name in wanted - held:
            product.library.add(path)
    outcomes = marked.measure(product.library, reports)
    product.close()
    if not outcomes:
        raise UsageError(f"No report in {options.folder} has marks: {', '.join(sorted(wanted))} have.")
    summary = {"reports": len(outcomes), **marked.summary(outcomes)}
    write_outcome(options, marked.table(outcomes), summary, map(dataclasses.asdict, outcomes))
    return DONE
