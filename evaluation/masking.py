"""How many names the masking finds: recall on hand-marked sentences, and how much else it masks.

Every sentence is searched by itself, which is harder than a whole export: there a name found once is masked everywhere.
The sentences were written for this measurement; half of them were held out while the rules were made.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.exports.masking.plan import plan_texts

DONE = 0


def run(options: argparse.Namespace) -> int:
    """Print recall by language, and what was missed."""
    text = (
        options.file.read_text(encoding="utf-8")
        if options.file
        else files("evaluation").joinpath("names_to_mask.jsonl").read_text(encoding="utf-8")
    )
    rows = measure(json.loads(line) for line in text.splitlines() if line.strip())
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return DONE
    print(f"{'':12}{'sentences':>10}{'names':>7}{'masked':>8}{'recall':>8}{'other masks':>13}")
    for row in rows["groups"]:
        recall = f"{row['masked'] / row['names']:.2f}" if row["names"] else "–"
        print(
            f"{row['group']:12}{row['sentences']:>10}{row['names']:>7}{row['masked']:>8}{recall:>8}{row['other']:>13}"
        )
    for kind in ("missed", "other"):
        print(f"\n{kind}:", *rows[kind], sep="\n  ")
    return DONE


def measure(sentences: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return counts by language and by half, the names that were missed, and what was masked besides.

    A name counts as masked when no word of it, of three letters or more, is left where it stood.
    """
    counts: dict[str, Counter[str]] = {}
    missed, others = [], []
    for sentence in sentences:
        names, text = sentence["names"], sentence["text"]
        plan = plan_texts([text])
        left = plan.apply(text)
        masked = [name for name in names if not any(w in left for w in name.split() if len(w) > 2 or len(name) < 3)]
        other = [m.term for m in plan.masks if not any(m.term in n or n in m.term for n in names)]
        half = "held out" if sentence["held_out"] else "worked on"
        for group in ("all", half, sentence["language"]):
            counts.setdefault(group, Counter()).update(
                sentences=1, names=len(names), masked=len(masked), other=len(other)
            )
        missed += [f"{sentence['language']} ({half}) {name}" for name in names if name not in masked]
        others += [f"{sentence['language']} ({half}) {term}" for term in other]
    keys = ("sentences", "names", "masked", "other")
    groups = [{"group": group} | {key: count[key] for key in keys} for group, count in counts.items()]
    return {"groups": groups, "missed": missed, "other": others}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.jsonl", help="sentences of your own, marked alike")
    parser.add_argument("--json", action="store_true", help="print JSON")
