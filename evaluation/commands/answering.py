"""Answers of the product: to a set's questions, to the sample report's, to follow-ups; and what it refuses."""

from __future__ import annotations

import argparse
import dataclasses
import functools
import sys
from pathlib import Path

from app.progress import progress_bar
from evaluation.commands.output import DONE, questions_reporter, write_outcome
from evaluation.data_sets import documents_of, read_questions
from evaluation.errors import UsageError
from evaluation.summary import estimates
from evaluation.table import figure_rows
from vectorstore.embeddings import MINILM, open_embedder

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "women-human-rights-defenders-sample.pdf"


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
            written = run(
                product.library, docs, questions, foreign, 0, model, questions_reporter(progress, options.model)
            )
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
    write_outcome(options, "\n".join(lines), summary, outcomes)
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
            report = questions_reporter(progress, options.model)
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
    write_outcome(options, "\n".join(lines), summary, rows)
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
    write_outcome(options, "\n".join(lines), summary, map(dataclasses.asdict, outcomes))
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
    write_outcome(options, refusal_table(summary), summary, map(dataclasses.asdict, outcomes))
    return DONE
