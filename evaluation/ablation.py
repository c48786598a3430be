"""What each part of retrieval is worth: ``python -m evaluation.ablation SET_FOLDER…``.

Every part is left out, or given another weight, in turn; all else stays. For each set it prints page hits at 1 and
5 and the mean reciprocal rank over ten pages: the table of docs/retrieval.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evaluation.data_sets import read_questions, with_evidence
from evaluation.product import Product, open_product
from evaluation.significance import mean
from vectorstore.scoring import WEIGHTS, RetrievalWeights

_RESULTS = 10
VARIANTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("as it is", {}),
    ("full text alone", {"dense": 0.0, "sentence": 0.0}),
    ("dense weight 0.8", {"dense": 0.8}),
    ("dense weight 1.5", {"dense": 1.5}),
    ("dense weight 2.5", {"dense": 2.5}),
    ("best cosine, no mean", {"mean": 0.0}),
    ("no best sentence", {"sentence": 0.0}),
    ("best sentence weight 1", {"sentence": 1.0}),
    ("no routing to documents", {"route": 0.0}),
    ("routing weight 0.5", {"route": 0.5}),
    ("vector of the whole question alone", {"subject": False}),
    ("no hint for countries", {"country": 0.0}),
    ("foreign words count fully", {"foreign_words": 1.0}),
    ("60 candidates read", {"read": 60}),
    ("the reader is not asked", {"reading": 0.0}),
    ("reader weight 0.4", {"reading": 0.4}),
    ("reader weight 1.5", {"reading": 1.5}),
    ("no sentence read by itself", {"reading_sentences": 0.0}),
)
"""A label, and the weights that differ from the product's."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a library with each set and print a line for each variant."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.ablation", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="SET_FOLDER")
    parser.add_argument("--only", action="append", default=[], metavar="TEXT", help="rows whose label holds it")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        products = {}
        for folder in options.folders:
            products[folder] = open_product(Path(temporary) / folder.name)
            products[folder].ingest(folder / "docs")
        print("| | " + " | ".join(f"{folder.name}: hit@1 / @5 / MRR" for folder in options.folders) + " |")
        print("| --- |" + " --- |" * len(options.folders))
        for label, changes in VARIANTS:
            if options.only and not any(text in label for text in options.only):
                continue
            weights = replace(WEIGHTS, **changes)
            figures = (_figures(products[folder], folder, weights) for folder in options.folders)
            print(f"| {label} | " + " | ".join(figures) + " |", flush=True)
        for product in products.values():
            product.close()
    return 0


def _figures(product: Product, folder: Path, weights: RetrievalWeights) -> str:
    first, five, ranks = [], [], []
    for asked in with_evidence(read_questions(folder)):
        gold = {(evidence.document, evidence.page) for evidence in asked.evidence}
        hits = [bool(gold & set(result.places)) for result in product.search(asked.text, _RESULTS, weights)]
        first.append(float(hits[:1] == [True]))
        five.append(float(any(hits[:5])))
        ranks.append(1 / (hits.index(True) + 1) if True in hits else 0.0)
    return f"{mean(first):.3f} / {mean(five):.3f} / {mean(ranks):.3f}"


if __name__ == "__main__":
    sys.exit(main())
