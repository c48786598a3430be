"""Make the table of English words that ``app/verification/lexicon.py`` reads, from the WordNet 3.0 database.

The database is a folder with ``data.noun``, ``index.noun`` … (Debian's package ``wordnet-base`` has it in
``/usr/share/wordnet``; the format is described in its manual page ``wndb``). Kept are single words in lower case, in
their five most frequent senses, with synonyms, the senses above, derived words and opposites. Example:

    python data/wordnet/build.py /usr/share/wordnet app/verification/languages/en.wordnet.gz
"""

import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_SENSES = 5
_SKIPPED = {5, 20}
"""Lexicographer files of animals and plants: a third of the nouns, and none that a report speaks of."""
_ABOVE, _SIMILAR, _DERIVED, _OPPOSITE = ("@",), ("&",), ("+", "\\", "<"), ("!",)


@dataclass(frozen=True)
class _Sense:
    key: str
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, int, int], ...]
    """Symbol, key of the other sense, and the two words meant: counted from 1, 0 for all."""


def main(source: Path, target: Path) -> None:
    """Write the table."""
    ranks = {pos: _ranks(source / f"index.{part}", pos) for part, pos in _PARTS.items()}
    senses = {sense.key: sense for part, pos in _PARTS.items() for sense in _senses(source / f"data.{part}", pos)}

    def kept(sense: _Sense) -> list[str]:
        known = ranks[sense.key[0]]
        return [w for w in sense.words if w.isalpha() and w.islower() and known.get((w, sense.key), 99) < _SENSES]

    numbers = {key: number for number, key in enumerate(key for key in senses if kept(senses[key]))}
    lines = []
    pairs: dict[str, set[tuple[str, str]]] = {"derived": set(), "opposite": set()}
    for key in numbers:
        above = sorted(set(_above(senses[key], senses, numbers)))
        lines.append(f"{key[0]} {' '.join(kept(senses[key]))}|{' '.join(map(str, above))}")
        for symbol, other, mine, theirs in senses[key].pointers:
            kind = "derived" if symbol in _DERIVED else "opposite" if symbol in _OPPOSITE else ""
            if kind and other in senses and mine and theirs:
                pair = senses[key].words[mine - 1], senses[other].words[theirs - 1]
                if all(word.isalpha() and word.islower() for word in pair) and pair[0] != pair[1]:
                    pairs[kind].add((min(pair), max(pair)))
    forms = sorted(set(_forms(source)))
    text = "\n".join(
        [
            *lines,
            "",
            *(f"{a} {b}" for a, b in sorted(pairs["derived"])),
            "",
            *(f"{a} {b}" for a, b in sorted(pairs["opposite"])),
            "",
            *(f"{pos} {form} {lemma}" for pos, form, lemma in forms),
        ]
    )
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


def _ranks(path: Path, pos: str) -> dict[tuple[str, str], int]:
    found = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split()
        count = int(fields[2])
        for rank, offset in enumerate(fields[-count:]):
            found[fields[0], pos + offset] = rank
    return found


def _senses(path: Path, pos: str) -> Iterator[_Sense]:
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split("|")[0].split()
        if int(fields[1]) in _SKIPPED:
            continue
        count = int(fields[3], 16)
        words = tuple(word.split("(")[0] for word in fields[4 : 4 + 2 * count : 2])
        rest = fields[4 + 2 * count :]
        pointers = tuple(
            (symbol, other.replace("s", "a") + offset, int(places[:2], 16), int(places[2:], 16))
            for symbol, offset, other, places in (rest[1 + 4 * i : 5 + 4 * i] for i in range(int(rest[0])))
        )
        yield _Sense(pos + fields[0], words, pointers)


def _above(sense: _Sense, senses: dict[str, _Sense], numbers: dict[str, int]) -> Iterator[int]:
    """Yield the senses above; those that have no word of their own are passed over."""
    for symbol, other, *_ in sense.pointers:
        if symbol in _ABOVE + _SIMILAR and other in senses:
            if other in numbers:
                yield numbers[other]
            elif symbol in _ABOVE:
                yield from _above(senses[other], senses, numbers)


def _forms(source: Path) -> Iterator[tuple[str, str, str]]:
    """Yield irregular forms: part of speech, form, word."""
    for part, pos in _PARTS.items():
        for line in (source / f"{part}.exc").read_text(encoding="ascii").splitlines():
            form, *lemmas = line.split()
            for lemma in lemmas:
                if form.isalpha() and lemma.isalpha():
                    yield pos, form, lemma


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
