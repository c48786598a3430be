"""Fit and measure how turns are recognised."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from app.turns.kinds import TurnKind
from app.turns.recognition import KINDS, WEIGHTS, likeliest, recognise
from evaluation.commands.output import DONE
from evaluation.data_sets import read_rows
from evaluation.turns import Counted, Example

ITEMS = Path(__file__).resolve().parent.parent / "turns.jsonl"
_TURNS = """FILE has a line of JSON for each turn: text, kind, lang, and "after", an earlier question, where it speaks
of an answer. Nothing was chosen by the project's own file. With --fit DATA_FOLDER (that of `whrd-eval train`) the
weights that ship are fitted first; shown is then also how many of the examples they recognise unseen.

examples:
  whrd-eval turns
  whrd-eval turns --failures
  whrd-eval turns --fit data
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command; ``command`` makes a parser of a name, a summary and notes."""
    parser = command("turns", "greetings, commands and follow-ups told from questions", _TURNS)
    parser.add_argument("file", type=Path, nargs="?", default=ITEMS, metavar="FILE")
    parser.add_argument("--fit", type=Path, metavar="DATA_FOLDER", help="fit and write what ships")
    parser.add_argument("--failures", action="store_true", help="show the turns that are taken for another kind")


def turns(options: argparse.Namespace, _work: Path) -> int:
    """Fit if asked to; print how many turns of each kind and language are recognised."""
    from vectorstore.embeddings import E5, open_embedder

    if options.fit is not None:
        _fit(options.fit)
    embedder = open_embedder(E5)
    rows = read_rows(options.file.read_text(encoding="utf-8"))
    items = [
        Example(row["text"], TurnKind(row["kind"]), row["lang"], after_an_answer=bool(row.get("after"))) for row in rows
    ]
    taken = [recognise(embedder, one.text, one.after_an_answer) for one in items]
    from evaluation.turns import count

    print(table(count(items, taken)))
    for language in dict.fromkeys(one.language for one in items):
        mine = [(one, found) for one, found in zip(items, taken, strict=True) if one.language == language]
        right = sum(one.kind is found for one, found in mine)
        print(f"{language}: {right} of {len(mine)}")
    if options.failures:
        for one, found in zip(items, taken, strict=True):
            if one.kind is not found:
                line = {"text": one.text, "kind": one.kind, "taken for": found}
                print(json.dumps(line, ensure_ascii=False))
    return DONE


def table(counted: Mapping[TurnKind, Counted]) -> str:
    """Return a line for each kind."""
    lines = [f"{kind:<16}{one.right:>5} of {one.of:>5}  {one.right / one.of:.3f}" for kind, one in counted.items()]
    right, of = (sum(getattr(one, name) for one in counted.values()) for name in ("right", "of"))
    return "\n".join([*lines, f"{'all':<16}{right:>5} of {of:>5}  {right / of:.3f}"])


def _fit(data: Path) -> None:
    from safetensors.numpy import save_file

    from evaluation.training.data import read_data
    from evaluation.turns import count, doubt, embed, fit, left_out, open_questions, read_examples
    from vectorstore.embeddings import E5, MINILM, open_embedder

    learned, kept = read_data(data)
    examples = read_examples()
    questions, others = open_questions(learned.questions), open_questions(kept.questions, seed=2)
    fitted = {}
    question = KINDS.index(TurnKind.QUESTION)
    for name in (E5, MINILM):
        embedder = open_embedder(name)
        vectors, asked = embed(embedder, [one.text for one in examples]), embed(embedder, questions)
        scores = left_out(examples, vectors, asked)
        on_top = doubt(examples, scores)
        scores[:, question] += on_top
        print(f"{name}: examples, each by weights that have not seen it; {on_top:.2f} on top for a question")
        print(table(count(examples, [KINDS[place] for place in scores.argmax(axis=1)])))
        fitted[name] = fit(examples, vectors, asked)
        fitted[name][question, -1] += on_top
    save_file(fitted, WEIGHTS)
    embedder = open_embedder(E5)
    wrong = [text for text in others if likeliest(fitted[E5], embedder.embed_question(text), True) != "question"]
    print(f"open questions held out, taken for another kind: {len(wrong)} of {len(others)}")
