"""How much a line matters to its case: signs that hold in every language, as pure functions.

Each sign is a number a line; ``weigh`` adds them up. What each is worth was measured (docs/cases.md).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.cases.headings import standardised
from app.cases.reading import LIST_MARK, Line
from ingest.sentences import ends_sentence

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
_SHORT, _LONG = 50, 400
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 5
_TELLS_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign is worth. Nearness counts in standard deviations; the other signs lie between 0 and 2."""

    central: float = 0.5
    """Near to what most of the case says."""
    figures: float = 0.6
    recurring: float = 0.6
    """Figures that the report comes back to."""
    own_summary: float = 1.0
    """Under a heading such as "Key findings"."""
    lead: float = 1.5
    """Near the beginning of its report."""
    first: float = 0.4
    """First under its heading."""
    heading: float = 0.5
    """Near to one of the fixed headings."""
    procedure: float = -0.6
    """About the report itself: method, sources, agenda."""
    whole: float = 1.0
    """No fragment, no question, not too long; 0 or less."""
    about: float = 1.5
    """Near to the subject that was asked for, where one was."""


def figures_of(text: str) -> frozenset[str]:
    """Return the figures of two digits or more, and percentages, of a text; its years aside."""
    found = (match.group().replace(",", "").rstrip(".") for match in _FIGURE.finditer(text))
    return frozenset(figure for figure in found if not (figure.isdigit() and int(figure) in _YEARS))


def signs(
    lines: Sequence[Line],
    vectors: NDArray[np.float32],
    near: NDArray[np.float32],
    procedure: NDArray[np.float32],
    about: tuple[str, NDArray[np.float32]] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """Return the signs of every line by their name in ``Weights``, each float32 [lines].

    Args:
        lines: Of the case, in reading order.
        vectors: Of the lines, float32 [lines, dimensions].
        near: Nearness to each heading, float32 [lines, headings], in standard deviations.
        procedure: Nearness to procedure, float32 [lines], in standard deviations.
        about: A subject and its direction, float32 [dimensions].
    """
    import numpy as np

    figures = [figures_of(line.text) for line in lines]
    places = Counter(figure for found in figures for figure in found)
    found = {
        "central": _bounded(vectors @ vectors.mean(axis=0)),
        "figures": [_share(len(own)) for own in figures],
        "recurring": [_share(sum(places[figure] > 1 and _telling(figure) for figure in own)) for own in figures],
        "own_summary": [_sums_up(line.section) for line in lines],
        "lead": [math.exp(-line.place_in_document / _LEAD_LINES) for line in lines],
        "first": [max(0.0, 1 - line.place_in_section / 2) for line in lines],
        "heading": np.clip(near.max(axis=1), -2, 2),
        "procedure": np.clip(procedure, -2, 2),
        "whole": [_wholeness(line.text) for line in lines],
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
    """Return the mean of the line's nearness to the subject, its section's, and the words that they share."""
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
    weights = {stem: math.log(len(lines) / (1 + sum(stem in own for own in held))) for stem in _stems(subject)}
    words = np.array([sum(weights[stem] for stem in own if stem in weights) for own in held], dtype=np.float32)
    # A subject in another language than the report shares no word with it: what tells nothing is left out.
    telling = [values for values in (vectors @ direction, sections, words) if float(values.std()) > _TELLS_NOTHING]
    nearest: NDArray[np.float32] = np.mean([_bounded(values) for values in telling or [sections]], axis=0)
    return nearest


def _bounded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    return np.clip(standardised(values[:, None])[:, 0], -2, 3)


def _share(count: int) -> float:
    return 2 * min(count, _MOST_FIGURES) / _MOST_FIGURES


def _telling(figure: str) -> bool:
    """Return whether a figure stands twice in a report by intent: small ones do by chance."""
    return sum(char.isdigit() for char in figure) >= 3 or "." in figure


def _sums_up(section: str) -> bool:
    return len(section) < _HEADING_CHARACTERS and bool(_OWN_SUMMARY.search(section))


def _wholeness(text: str) -> float:
    begun_before = text[:1].islower() and not LIST_MARK.match(text)
    fragment = begun_before or not ends_sentence(text)
    question = text.rstrip("\"'”’» ").endswith(("?", "؟"))
    return -2.0 * fragment - 2.0 * question - 1.0 * (len(text) < _SHORT) - max(0, len(text) - _LONG) / (2 * _LONG)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
