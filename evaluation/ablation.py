"""What each part of retrieval is worth: ``python -m evaluation.ablation SET_FOLDER…``.

Every part is left out, or weighed otherwise, in turn; all else stays. Printed are the page hits at 1 and 5 and the mean
reciprocal rank over ten pages, set by set: the table of docs/retrieval.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evaluation.data_sets import read_questions, with_evidence
from evaluation.product import Product, open_product
from evaluation.significance import mean

_RESULTS = 10
VARIANTS: tuple[tuple[str, tuple[tuple[str, Any], ...]], ...] = (
    ("as it is", ()),
    ("full text alone", (("vectorstore.scoring._DENSE", 0.0), ("vectorstore.scoring._SENTENCE", 0.0))),
    ("dense weight 0.8", (("vectorstore.scoring._DENSE", 0.8),)),
    ("dense weight 1.5", (("vectorstore.scoring._DENSE", 1.5),)),
    ("dense weight 2.5", (("vectorstore.scoring._DENSE", 2.5),)),
    ("best cosine, no mean", (("vectorstore.scoring._MEAN", 0.0),)),
    ("no best sentence", (("vectorstore.scoring._SENTENCE", 0.0),)),
    ("best sentence weight 1", (("vectorstore.scoring._SENTENCE", 1.0),)),
    ("no routing to documents", (("vectorstore.scoring._ROUTE", 0.0),)),
    ("routing weight 0.5", (("vectorstore.scoring._ROUTE", 0.5),)),
    ("question's vector whole", (("vectorstore.question.Question.about", lambda asked, names: asked.text),)),
    ("periods as written", (("vectorstore.question.spell_out", lambda text: text),)),
    ("no hint for tables", (("vectorstore.retriever._TABLE_HINT", 0.0),)),
    ("no hint for countries", (("vectorstore.retriever._COUNTRY_HINT", 0.0),)),
    ("foreign words count fully", (("vectorstore.scoring._FOREIGN_WORDS", 1.0),)),
    ("60 candidates read", (("vectorstore.retriever._READ", 60),)),
)
"""What is changed, and the value it is given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a library with each set and print a line for each variant."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.ablation", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="SET_FOLDER")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        products = {}
        for folder in options.folders:
            products[folder] = open_product(Path(temporary) / folder.name)
            products[folder].ingest(folder / "docs")
        print("| | " + " | ".join(f"{folder.name}: hit@1 / @5 / MRR" for folder in options.folders) + " |")
        print("| --- |" + " --- |" * len(options.folders))
        for label, changes in VARIANTS:
            patches = [patch(target, value) for target, value in changes]
            for each in patches:
                each.start()
            print(f"| {label} | " + " | ".join(_figures(products[f], f) for f in options.folders) + " |", flush=True)
            for each in patches:
                each.stop()
        for product in products.values():
            product.close()
    return 0


def _figures(product: Product, folder: Path) -> str:
    first, five, ranks = [], [], []
    for asked in with_evidence(read_questions(folder)):
        gold = {(evidence.document, evidence.page) for evidence in asked.evidence}
        hits = [bool(gold & set(result.places)) for result in product.search(asked.text, _RESULTS)]
        first.append(float(hits[:1] == [True]))
        five.append(float(any(hits[:5])))
        ranks.append(1 / (hits.index(True) + 1) if True in hits else 0.0)
    return f"{mean(first):.3f} / {mean(five):.3f} / {mean(ranks):.3f}"


if __name__ == "__main__":
    sys.exit(main())
