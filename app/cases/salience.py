"""How much a line matters to its case: signs that hold in every language, as pure functions.

Each sign is a number a line; ``weigh`` adds them up. What each is worth was measured (docs/cases.md).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING

from app.cases.headings import AT_RISK, HAPPENED
from app.cases.placing import Placed, standardised
from app.cases.reading import Line
from app.cases.self_contained import completeness, depends_on_previous_sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OWN_SUMMARY = re.compile(
    r"\b(?:(?:executive |key )?summary|key (?:findings|messages|points|facts)|(?:main )?findings|highlights"
    r"|conclusions?|conclusiones|conclusi[oó]n|resumen|hallazgos|r[ée]sum[ée]|synth[èe]se|constats|conclus[ãõ]\w+|resumo"
    r"|zusammenfassung|резюме|кратк\w+ (?:обзор|содержание)|(?:основны\w+ )?вывод\w*|заключени\w+|корутунду\w*)\b"
    r"|ملخص|خلاصة|النتائج|الاستنتاجات|सारांश|निष्कर्ष|सङ्क्षेप|សង្ខេប|សន្និដ្ឋាន",
    re.IGNORECASE,
)
"""Headings under which a report sums itself up."""
_HEADING_CHARACTERS = 80
_FIGURE = re.compile(r"(?<![\w.,/])\d[\d.,]*\d(?![\w/])|(?<![\w.,/])\d+(?=\s?%|\sper\s?cent)")
_YEARS = range(1900, 2100)
_MOST_FIGURES = 3
_LEAD_LINES = 20
_FULL_LENGTH = 400
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_TELLS_NOTHING = 1e-6
_ON_IT = 2.5
"""Standard deviations of nearness that a heading of the subject's own words stands for."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign is worth, as ``evaluation/case_weights.py`` fits it. Nearness counts in standard deviations."""

    figures: float = 0.52
    """Counts and percentages: 0 for none, 2 for three or more."""
    own_summary: float = 4.48
    """Under a heading such as "Key findings", of a whole case: on a subject that was asked for it says little."""
    lead: float = 3.79
    """Near the beginning of its report, of a whole case."""
    first: float = 0.55
    """First under its heading."""
    events: float = 0.51
    """Near to what happened to people."""
    people: float = 0.18
    """Near to who is at risk."""
    nowhere: float = -0.3
    """Belongs under no heading: meetings, training, staff, method, agenda."""
    whole: float = 1.32
    """No fragment, no question, not too long; 0 or less."""
    points_back: float = -1.91
    """Begins with a word that needs the sentence before it."""
    length: float = 1.51
    """Up to 400 characters: a longer line says more."""
    about: float = 2.08
    """Near to the subject that was asked for, where one was: the line, its section, their words."""


def figures_of(text: str) -> frozenset[str]:
    """Return the figures of two digits or more, and percentages, of a text; its years aside."""
    found = (match.group().replace(",", "").rstrip(".") for match in _FIGURE.finditer(text))
    return frozenset(figure for figure in found if not (figure.isdigit() and int(figure) in _YEARS))


def signs(
    lines: Sequence[Line],
    vectors: NDArray[np.float32],
    placed: Placed,
    about: tuple[str, NDArray[np.float32]] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """Return the signs of every line by their name in ``Weights``, each float32 [lines].

    Args:
        lines: Of the case, in reading order.
        vectors: Of the lines, float32 [lines, dimensions].
        placed: What is known of them.
        about: A subject and its direction, float32 [dimensions].
    """
    import numpy as np

    found = {
        "figures": [2 * math.sqrt(min(len(figures_of(line.text)), _MOST_FIGURES) / _MOST_FIGURES) for line in lines],
        "own_summary": [about is None and _sums_up(line.section) for line in lines],
        "lead": [_lead(line) if about is None else 0.0 for line in lines],
        "first": [0.0 if line.in_passing else max(0.0, 1 - line.place_in_section / 2) for line in lines],
        "events": np.clip(placed.near[:, HAPPENED], -2, 2),
        "people": np.clip(placed.near[:, AT_RISK], -2, 2),
        "nowhere": np.clip(placed.nowhere, -2, 2),
        "whole": [completeness(line.text) for line in lines],
        "points_back": [depends_on_previous_sentence(line.text) for line in lines],
        "length": [min(len(line.text), _FULL_LENGTH) / (_FULL_LENGTH / 2) for line in lines],
        "about": _nearness_to(about, lines, vectors) if about is not None else np.zeros(len(lines)),
    }
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def weigh(found: Mapping[str, NDArray[np.float32]], weights: Weights) -> NDArray[np.float32]:
    """Return how much each line matters, float32 [lines]."""
    worth: dict[str, float] = asdict(weights)
    total: NDArray[np.float32] = sum(  # type: ignore[assignment]
        worth[name] * values for name, values in found.items()
    )
    return total


def _nearness_to(
    about: tuple[str, NDArray[np.float32]], lines: Sequence[Line], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the mean of the line's nearness to the subject, its section's, and the words that they share.

    What is under a heading that *is* the subject is on it, whatever its own words are ("Women", then witchcraft).
    """
    import numpy as np

    subject, direction = about
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        groups[line.document, line.section].append(index)
    sections = np.zeros(len(lines), dtype=np.float32)
    for indexes in groups.values():
        mean = vectors[indexes].mean(axis=0)
        sections[indexes] = float(mean @ direction) / max(float(np.linalg.norm(mean)), 1e-6)
    held = [_stems(f"{line.section} {line.text}") for line in lines]
    rarity = _rarities(held)
    weights = {stem: rarity(stem) for stem in _stems(subject)}
    words = np.array([sum(weights[stem] for stem in own if stem in weights) for own in held], dtype=np.float32)
    if float(words.std()) < _TELLS_NOTHING:
        # A subject in another language than the report shares no word with it. By meaning a line says more of itself
        # than its section does: over languages all sections of a case are about as far.
        return _bounded(vectors @ direction)
    nearest: NDArray[np.float32] = np.mean([_bounded(v) for v in (vectors @ direction, sections, words)], axis=0)
    on_it = _ON_IT * np.asarray(_title_shares(subject, lines, rarity), dtype=np.float32)
    return np.where(on_it > nearest, on_it, nearest)


def _title_shares(subject: str, lines: Sequence[Line], rarity: Callable[[str], float]) -> list[float]:
    """Return how much of each line's heading is the subject's words, the rarer ones counting more."""
    wanted, shares = _stems(subject), dict[str, float]()
    for section in {line.section for line in lines}:
        own = {stem: rarity(stem) for stem in _stems(section)}
        shares[section] = sum(own[stem] for stem in own.keys() & wanted) / max(sum(own.values()), 1e-6)
    return [shares[line.section] for line in lines]


def _rarities(held: Sequence[frozenset[str]]) -> Callable[[str], float]:
    """Return what gives the logarithm of how many times rarer than in every line a word is (inverse document
    frequency); ``held`` are the words of each line."""
    counts = Counter(chain.from_iterable(held))
    return lambda stem: math.log((len(held) + 1) / (1 + counts[stem]))


def _bounded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    return np.clip(standardised(values[:, None])[:, 0], -2, 3)


def _lead(line: Line) -> float:
    return 0.0 if line.in_passing else math.exp(-line.place_in_document / _LEAD_LINES)


def _sums_up(section: str) -> bool:
    return len(section) < _HEADING_CHARACTERS and bool(_OWN_SUMMARY.search(section))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
