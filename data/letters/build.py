"""Make ``ingest/language/letters.json`` and ``ingest/language/english_words.txt.gz``: python build.py TRAINING_FOLDER

Both are counts: how rare every letter is behind every two others, in scripts that texts are at hand for, and which
words English texts use. The texts are the passages of the question sets that ``data/SOURCES.md`` names.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ingest.language.letters import ALPHABETS, COSTS_IN_A_NAT, folded_words  # noqa: E402

LANGUAGES = {
    "latin": ["en", "id", "sw", "it", "fi", "tr", "es", "ro", "vi", "de"],
    "cyrillic": ["ru"],
    "greek": ["el"],
    "arabic": ["ar", "fa"],
}
PASSAGES = 400
LETTERS = 4_000
OUT = ROOT / "ingest" / "language"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def passages(folder: Path) -> dict[str, list[str]]:
    """Return the different passages of every language."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, key in (("answerability", "passage"), ("rerank", "positive"), ("nli", "premise")):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if name != "nli" or row["lang"] in ("id", "fa"):
                    found[row["lang"].split("-")[0]].setdefault(row[key])
    return {language: list(texts) for language, texts in found.items()}


def costs(script: str, texts: dict[str, list[str]]) -> np.ndarray:
    """Return how rare every letter is behind two others, in nats, as the mean of the languages has it."""
    alphabet = ALPHABETS[script]
    number = {letter: index for index, letter in enumerate(alphabet, start=1)}
    size = len(alphabet) + 1
    total = np.zeros((size, size, size))
    for language in LANGUAGES[script]:
        chosen = texts[language][:]
        random.Random(1).shuffle(chosen)
        counts = np.zeros((size, size, size))
        for text in chosen[:PASSAGES]:
            for word in folded_words(text[:LETTERS], script):
                codes = [0, 0, *(number[letter] for letter in word), 0]
                for index in range(2, len(codes)):
                    counts[codes[index - 2], codes[index - 1], codes[index]] += 1
        single = counts.sum(axis=(0, 1)) + 1
        total += (counts + 2 * single / single.sum()) / (counts.sum(axis=2, keepdims=True) + 2)
    return -np.log(total / len(LANGUAGES[script]))


def main(folder: Path) -> None:
    """Write both files."""
    texts = passages(folder)
    tables = {}
    for script in LANGUAGES:
        table = np.clip(np.round(costs(script, texts) * COSTS_IN_A_NAT), 0, 255).astype(np.uint8)
        tables[script] = base64.b85encode(zlib.compress(table.tobytes(), 9)).decode()
    (OUT / "letters.json").write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    small, all_words = Counter[str](), Counter[str]()
    for text in texts["en"]:
        for word in WORD.findall(text):
            small[word] += word.islower()
            all_words[word.lower()] += 1
    words = {
        word
        for word, count in small.items()
        if count > 1 and len(word) > 1 and word.isascii() and count >= 0.1 * all_words[word]
    }
    for word in [word for word in words if "-" in word]:  # one spelling of two: "long-term", "cooperative"
        joined = word.replace("-", "")
        words.discard(word if all_words[joined] > all_words[word] else joined)
    packed = gzip.compress("\n".join(sorted(words)).encode(), 9, mtime=0)
    (OUT / "english_words.txt.gz").write_bytes(packed)
    print({script: len(table) for script, table in tables.items()}, len(words), len(packed))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
