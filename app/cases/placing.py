"""Under which heading each line of a case stands: what all that is made of a case takes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cases.headings import HEADINGS, RECOMMENDATIONS
from app.cases.line_head import BELONGS, asking_of, line_head
from app.cases.recommendations import DOUBTFUL, says_so
from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from app.cases.reading import Line

_LAST = next(index for index, heading in enumerate(HEADINGS) if heading.title == RECOMMENDATIONS)


@dataclass(frozen=True, slots=True)
class Placed:
    """What is known of the lines of a case."""

    under: tuple[int, ...]
    """The heading that each stands under; -1 for a line that belongs under none."""
    likeliest: tuple[int, ...]
    """The heading that each would stand under if it had to: for lines on a subject that was asked for."""
    spoken_of: frozenset[int]
    """Headings under which some line would be at home: the reports are not silent on them."""
    near: NDArray[np.float32]
    """How much more a line belongs under each heading than under none, in standard deviations over the case
    [lines, headings]."""
    nowhere: NDArray[np.float32]
    """The same, how much more under none: method, procedure, an author's own work [lines]."""


def place_lines(embedder: Embedder, lines: Sequence[Line], vectors: NDArray[np.float32]) -> Placed:
    """Return what is known of ``lines``, whose ``vectors`` are float32 [lines, dimensions].

    A recommendation is one as in the list of recommendations: by its words and its meaning. What only sounds like one
    stands nowhere.
    """
    import numpy as np

    odds = line_head(embedder).under(vectors)
    asking = asking_of(embedder.name, vectors)
    said = np.array(
        [
            (one is None or one.likely >= DOUBTFUL) and says_so(line.text)
            for line, one in zip(lines, asking, strict=True)
        ],
        dtype=bool,
    )
    fits = odds >= BELONGS
    fits[:, _LAST] = said
    best = np.where(said, _LAST, odds[:, :_LAST].argmax(axis=1))
    under = np.where(fits[np.arange(len(best)), best], best, -1)
    return Placed(
        tuple(int(index) for index in under),
        tuple(int(index) for index in best),
        frozenset(int(index) for index in np.flatnonzero(fits.any(axis=0))),
        standardised(odds),
        standardised(-odds.max(axis=1, keepdims=True))[:, 0],
    )


def standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``values`` in standard deviations from their mean, column by column."""
    import numpy as np

    centred = values - values.mean(axis=0)
    result: NDArray[np.float32] = (centred / np.maximum(values.std(axis=0), 1e-6)).astype(np.float32)
    return result
