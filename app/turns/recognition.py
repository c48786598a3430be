"""Recognise what kind of turn was typed, by meaning: a linear classifier over the question's vector.

``whrd-eval turns`` fits it, on the examples of ``examples.toml`` in eight languages, and on some thousand questions in
twenty languages from the open training data, which are all questions. It writes ``weights.safetensors``: one matrix for
each embedder. docs/conversation.md has the figures.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.turns.kinds import AFTER_AN_ANSWER, TurnKind
from vectorstore.embeddings import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

EXAMPLES = Path(__file__).with_name("examples.toml")
WEIGHTS = Path(__file__).with_name("weights.safetensors")
KINDS = tuple(TurnKind)
"""In the order of the rows of the weights."""
_LONGEST = 200
"""Characters. Nobody greets, or asks for a list, at greater length; what is longer is a question."""


def recognise(embedder: Embedder, text: str, after_an_answer: bool = False) -> TurnKind:
    """Return what kind of turn ``text`` is.

    Args:
        embedder: Of the library. For one that nothing was fitted for, every turn is a question.
        text: What was typed; without a letter it is a question, which finds nothing.
        after_an_answer: Whether there is an answer on the screen, which a turn may speak of.
    """
    fitted = _weights()
    if embedder.name not in fitted or not any(map(str.isalpha, text)) or len(text) > _LONGEST:
        return TurnKind.QUESTION
    return likeliest(fitted[embedder.name], embedder.embed_question(text.strip()), after_an_answer)


def likeliest(weights: Matrix, vector: Matrix, after_an_answer: bool) -> TurnKind:
    """Return the likeliest kind for a vector, float32 [dimensions], by ``weights``, [kinds, dimensions + 1].

    The last column is the bias.
    """
    scores = weights[:, :-1] @ vector + weights[:, -1]
    possible = [i for i, kind in enumerate(KINDS) if after_an_answer or kind not in AFTER_AN_ANSWER]
    return KINDS[max(possible, key=lambda index: float(scores[index]))]


@cache
def _weights() -> dict[str, Matrix]:
    from safetensors.numpy import load_file

    return dict(load_file(WEIGHTS))
