"""Fit and measure how the lines of cases are told apart."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from evaluation.commands.output import DONE

_LINES = """What ships was learned from sentences written for it (app/cases/heading_lines.jsonl and
recommendation_lines.jsonl). Printed is how many of these are recognised by weights that have not seen them, and how
many lines of real reports that a language model marked; by --marks another file of the same form.

examples:
  whrd-eval lines
  whrd-eval lines --fit
  whrd-eval lines --marks marked.jsonl
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command; ``command`` makes a parser of a name, a summary and notes."""
    parser = command("lines", "lines of cases: headings, recommendations, addressees", _LINES)
    parser.add_argument("--fit", action="store_true", help="fit and write what ships")
    parser.add_argument("--marks", type=Path, metavar="FILE", help="marked lines (default: the project's own)")


def lines(options: argparse.Namespace, _work: Path) -> int:
    """Print figures of both embedders that ship; fit what ships if asked to."""
    from safetensors.numpy import save_file

    from app.cases.line_head import WEIGHTS, fit_head, line_head, vectors_of_texts, weights_of
    from evaluation.case_lines import MARKS, of_examples, of_marks, read_marks
    from vectorstore.embeddings import E5, MINILM, open_embedder

    embedders = {name: open_embedder(name) for name in (E5, MINILM)}
    if options.fit:
        kept = {key: rows for name, one in embedders.items() for key, rows in weights_of(fit_head(one), name).items()}
        save_file(kept, WEIGHTS)
        print(f"{WEIGHTS}: written")
    marked = read_marks(options.marks or MARKS)
    for name, embedder in embedders.items():
        print(f"{name}, examples left out in turn: {of_examples(embedder)}")
        print(
            f"{name}, marked lines: {of_marks(line_head(embedder), vectors_of_texts(embedder, marked.texts), marked)}"
        )
    return DONE
