"""Fit and measure how sentences that say little are recognised."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from evaluation.commands.output import DONE
from evaluation.commands.training import WRITTEN, written_files

_INFORMATIVE = """DATA_FOLDER is that of `whrd-eval train`. Printed is how many are recognised by weights that have not
seen them. With --fit, the weights that ship are written.

examples:
  whrd-eval informative data
  whrd-eval informative data --fit
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add the command; ``command`` makes a parser of a name, a summary and notes."""
    parser = command("informative", "sentences that say little told from those that answer", _INFORMATIVE)
    parser.add_argument("data", type=Path, metavar="DATA_FOLDER")
    parser.add_argument("--fit", action="store_true", help="fit and write what ships")


def informative(options: argparse.Namespace, _work: Path) -> int:
    """Print how many of both kinds are recognised; fit what ships if asked to."""
    import numpy as np
    from safetensors.numpy import save_file

    from evaluation.informative import fit, left_out, read_examples, telling_sentences, written_sentences
    from evaluation.training.data import read_data
    from vectorstore.embeddings import E5, open_embedder
    from vectorstore.informative import WEIGHTS

    learned, _ = read_data(options.data)
    empty = read_examples()
    telling = [*written_sentences(written_files(WRITTEN)), *telling_sentences(learned.questions)]
    # MiniLM, which knows English alone, tells them badly (44 of 110, and 3 % of the others): nothing is fitted for it.
    embedder = open_embedder(E5)
    of_empty, of_telling = np.asarray(embedder.embed(empty)), np.asarray(embedder.embed(telling))
    own, others = left_out(of_empty, of_telling)
    print(
        f"{sum(score > 0 for score in own)} of {len(own)} that say little are recognised,"
        f" and {sum(score > 0 for score in others)} of {len(others)} that hold an answer are taken for such"
    )
    if options.fit:
        save_file({E5: fit(of_empty, of_telling)}, WEIGHTS)
        print(f"{WEIGHTS}: written")
    return DONE
