"""What each command of ``whrd-eval`` does; arguments are parsed in ``evaluation.cli``.

The product's heavy parts are imported by the commands that run it in this process. ``retrieval`` runs it in another,
whose memory would otherwise seem to begin at this one's.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.progress import ProgressLine, progress_bar
from evaluation.data_sets import documents_of, read_questions, with_evidence
from evaluation.errors import RunFailed, UsageError
from evaluation.pipelines import PRODUCT
from evaluation.runs import RunReport, RunRequest, check_names, run_in_child
from evaluation.summary import compare_runs, estimate, estimates, outcome_row, summarise_run
from evaluation.table import figure_rows, retrieval_table
from vectorstore.embeddings import MINILM, open_embedder

DONE, FAILED = 0, 1
_BY_TURNS = ("product", "tutorial")
SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample" / "women-human-rights-defenders-sample.pdf"


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
            options.reranker,
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
    _write(options, retrieval_table(summary), summary, rows)
    return status


def answers(options: argparse.Namespace, work: Path) -> int:
    """Ask the product, and check what it quotes."""
    from evaluation.answerers import EXTRACTIVE, answerer_figures, answerer_table, open_named_model
    from evaluation.answers import run
    from evaluation.product import open_product

    questions = read_questions(options.folder)[:: options.every]
    foreign = read_questions(options.off_topic)[:: options.every] if options.off_topic else []
    model = open_named_model(options.model, options.allow_host)
    product = open_product(options.home or work / "library", options.embedder)
    docs = documents_of(options.folder, work)
    for line in product.ingest(docs).problems:
        print(line, file=sys.stderr)
    report = run(product.library, docs, questions, foreign, 0 if model else options.count)
    columns = {EXTRACTIVE: answerer_figures(report)}
    outcomes = [{"answerer": EXTRACTIVE, **dataclasses.asdict(outcome)} for outcome in report.outcomes]
    if model is not None:
        with progress_bar(1) as progress:
            written = run(product.library, docs, questions, foreign, 0, model, _reporter(progress, options.model))
        columns["chat model"] = answerer_figures(written)
        outcomes += [{"answerer": options.model, **dataclasses.asdict(outcome)} for outcome in written.outcomes]
        report.wrong_quotes += written.wrong_quotes
    product.close()
    asked = [outcome.evidence_shown for outcome in report.outcomes if outcome.evidence_shown is not None]
    summary = {
        "set": options.folder.resolve().name,
        "embedder": open_embedder(options.embedder).name,
        "statuses": report.statuses(),
        "evidence_page_quoted": sum(asked),
        "evidence_page_asked": len(asked),
        "figures": estimates([outcome.figures for outcome in report.outcomes]),
        "answers": report.answers,
        "quotes": report.quotes,
        "wrong_quotes": report.wrong_quotes,
        "answerers": columns,
    }
    lines = [*answerer_table(columns), ""]
    lines += [
        f"{kind:16} {' '.join(f'{status} {count}' for status, count in counts.items())}"
        for kind, counts in report.statuses().items()
    ]
    lines.append(f"evidence page among the quotes: {sum(asked)} of {len(asked)} answerable questions")
    lines += figure_rows([summary["figures"]])
    lines.append(
        f"{report.answers} answers, {report.quotes} quotes, {len(report.wrong_quotes)} not verbatim on their page,"
        f" {report.read_from_pictures} more from pictures"
    )
    lines += [f"  {line}" for line in report.wrong_quotes]
    _write(options, "\n".join(lines), summary, outcomes)
    return DONE


def verification(options: argparse.Namespace, work: Path) -> int:
    """Verify the hand-checked sentences."""
    from evaluation.verification import PARTS, ablate, summarise, table

    found = {part: summarise(part) for part in PARTS}
    summary: dict[str, Any] = {part: figures for part, (figures, _) in found.items()}
    ablation = ablate() if options.ablation else {}
    text = table(summary, ablation)
    rows = (
        {"part": part, "flagged": one.flagged, **dataclasses.asdict(one)}
        for part, (_, judged) in found.items()
        for one in judged
    )
    _write(options, text, summary | ({"ablation": ablation} if ablation else {}), rows)
    return DONE


def sample(options: argparse.Namespace, work: Path) -> int:
    """Ask the product about the sample report."""
    from evaluation.answerers import EXTRACTIVE, answerer_figures, answerer_table, open_named_model, sample_report
    from evaluation.answers import wrong_quotes
    from evaluation.product import open_product
    from evaluation.sample import run

    if not (options.folder / "questions.jsonl").is_file():
        raise UsageError(f"{options.folder} holds no questions.jsonl: give the folder of the sample report.")
    model = open_named_model(options.model, options.allow_host)
    product = open_product(options.home or work / "library", options.embedder)
    for path in sorted(options.folder.glob("*.pdf")):
        product.library.add(path)
    outcomes = run(product.library, options.folder / "questions.jsonl")
    columns, runs = {}, {EXTRACTIVE: outcomes}
    if model is not None:
        with progress_bar(1) as progress:
            report = _reporter(progress, options.model)
            runs["chat model"] = run(product.library, options.folder / "questions.jsonl", model, report)
    for label, asked in runs.items():
        written = sample_report(asked)
        for outcome in asked:
            written.wrong_quotes += wrong_quotes(options.folder, outcome.citations)
        columns[label] = answerer_figures(written)
    product.close()
    last = list(runs.values())[-1]
    answerable = [outcome for outcome in last if outcome.answerable]
    unanswerable = [outcome for outcome in last if not outcome.answerable]
    summary = {
        "answerable": len(answerable),
        "right": sum(o.right for o in answerable),
        "complete": sum(o.complete for o in answerable),
        "unanswerable": len(unanswerable),
        "refused": sum(o.right for o in unanswerable),
        "answerers": columns,
    }
    lines = [
        f"{o.id} {'right' if o.right else 'WRONG'} {o.status:9} {o.facts_shown}/{o.facts} {o.question}" for o in last
    ]
    lines += [
        f"answered with a fact asked for: {summary['right']} of {summary['answerable']}",
        f"answered with every fact asked for: {summary['complete']} of {summary['answerable']}",
        f"refused: {summary['refused']} of {summary['unanswerable']}",
        "",
        *answerer_table(columns),
    ]
    rows = ({"answerer": label, **dataclasses.asdict(outcome)} for label, asked in runs.items() for outcome in asked)
    _write(options, "\n".join(lines), summary, rows)
    return DONE


def follow_ups(options: argparse.Namespace, work: Path) -> int:
    """Ask the sample report follow-up questions."""
    from app.follow_ups.reading import read_question
    from app.follow_ups.rephrase import rephrase_question
    from evaluation.answerers import open_named_model
    from evaluation.follow_ups import (
        follow_up_table,
        read_follow_ups,
        rewritten_in_error,
        run_follow_ups,
        shares,
        untouched,
    )
    from evaluation.product import open_product

    if not options.file.is_file():
        raise UsageError(f"{options.file} does not exist: give a file of follow-up questions.")
    questions = read_follow_ups(options.file)
    model = open_named_model(options.model, options.allow_host)
    product = open_product(options.home or work / "library", options.embedder)
    product.library.add(SAMPLE)
    read = functools.partial(rephrase_question, model) if model is not None else read_question
    outcomes = run_follow_ups(product.library, questions, read)
    product.close()
    columns = {key: shares(outcomes, key) for key in ("split", "kind", "language")}
    wrong = rewritten_in_error(outcomes)
    lines = follow_up_table(columns)
    lines += [f"standing alone and rewritten: {len(wrong)} of {sum(o.kind == 'alone' for o in outcomes)}"]
    lines += [f"  {outcome.asked} → {outcome.read_as}" for outcome in wrong]
    kept: dict[str, list[int]] = {}
    for folder in options.standalone:
        asked = [question.text for question in read_questions(folder)]
        changed = untouched(asked)
        kept[folder.name] = [len(asked) - 1 - len(changed), len(asked) - 1]
        lines += [f"{folder.name}: {kept[folder.name][0]} of {kept[folder.name][1]} questions stay as they are"]
        lines += [f"  {plain} → {read_as}" for plain, read_as in changed]
    summary = {"shares": columns, "rewritten_in_error": len(wrong), "standalone_kept": kept}
    _write(options, "\n".join(lines), summary, map(dataclasses.asdict, outcomes))
    return DONE


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
    _write(options, "\n".join([*lines, "", "In brackets: 95 % bootstrap intervals."]), summary, [])
    return DONE


def cases(options: argparse.Namespace, work: Path) -> int:
    """Summarise the cases that a set asks for; failed where a quote does not stand on its page."""
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
    _write(options, "\n".join(lines), summary, map(dataclasses.asdict, outcomes))
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
    _write(options, marked.table(outcomes), summary, map(dataclasses.asdict, outcomes))
    return DONE


def refusal(options: argparse.Namespace, work: Path) -> int:
    """Measure what is refused and what is refused falsely, in every language."""
    from evaluation import refusal as measured
    from evaluation.product import Product, open_product
    from evaluation.refusal_report import plot, refusal_table

    if not (options.sample / "questions.jsonl").is_file():
        raise UsageError(f"{options.sample} holds no questions.jsonl: give the folder of the sample report.")
    home = options.home or work
    name = open_embedder(options.embedder).name
    languages = ("en",) if name == MINILM else ()
    others = measured.as_off_topic(measured.read_set(options.off_topic)) if options.off_topic else []
    outcomes: list[measured.RefusalOutcome] = []

    def measure(label: str, product: Product, questions: list[measured.Asked]) -> None:
        print(f"whrd-eval: {label}, {len(questions)} questions …", file=sys.stderr)
        outcomes.extend(measured.ask_all(label, product.library, questions))
        product.close()

    product = open_product(home / "sample", options.embedder)
    for path in sorted(options.sample.glob("*.pdf")):
        product.library.add(path)
    own = [*measured.read_set(options.sample), *measured.sample_translated(languages)]
    measure("sample", product, [*own, *measured.off_topic(languages), *others])
    for folder in options.folders:
        questions, documents = measured.read_set(folder), documents_of(folder, work)
        if any(question.language != "en" for question in questions):
            translated = measured.reports_translated(questions, languages)
            questions += [*translated, *measured.off_topic(languages), *others]
        product = open_product(home / folder.name, options.embedder)
        product.ingest(documents)
        measure(folder.name, product, [q for q in questions if not languages or q.language in languages])
    summary = {"embedder": name, **measured.summarise(outcomes)}
    if options.plots:
        plot(outcomes, options.plots)
    _write(options, refusal_table(summary), summary, map(dataclasses.asdict, outcomes))
    return DONE


def _reporter(progress: ProgressLine, label: str) -> Callable[[int], None]:
    """Return what shows on the progress line how many questions were asked."""
    progress.start(1, label)
    return lambda done: progress.report("questions", done, 0)


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
