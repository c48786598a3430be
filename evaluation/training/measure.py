"""How well the network reads what it was not trained on."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder

from evaluation.training.examples import Data, E
from evaluation.training.precision import autocast
from evaluation.training.tokens import Tokens
from evaluation.training.vectors import Vectors
from reader.network import ANSWERS, ENTAILED

_AT_ONCE = 32
Measured = Mapping[str, float]


def scores(
    network: CrossEncoder, tokens: Tokens, vectors: Vectors, pairs: Sequence[tuple[str, str]]
) -> NDArray[np.float32]:
    """Return the scores [pairs, 4] of the network, in the order of ``pairs``."""
    order = sorted(range(len(pairs)), key=lambda index: len(pairs[index][0]) + len(pairs[index][1]))
    found = np.zeros((len(pairs), 4), dtype=np.float32)
    was_training = network.training
    network.eval()
    with torch.inference_mode(), autocast():
        for start in range(0, len(order), _AT_ONCE):
            part = order[start : start + _AT_ONCE]
            rows = tokens.rows([pairs[index][0] for index in part], [pairs[index][1] for index in part])
            found[part] = network(vectors.both(rows.first, rows.second))["scores"].float().numpy()
    network.train(was_training)
    return found


def entailed(found: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probability of "entailed" for scores [pairs, 4]."""
    logits = found[:, ENTAILED : ENTAILED + 3]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    share: NDArray[np.float32] = odds[:, 0] / odds.sum(axis=1)
    return share


def measure(
    network: CrossEncoder, tokens: Tokens, vectors: Vectors, held_out: Data, most: int = 400
) -> dict[str, Measured]:
    """Return, by source and task, AUC and balanced accuracy at one half; at most ``most`` examples of a source.

    Of rankings it is the share in which the passage that answers comes first.
    """
    rng = random.Random(1)
    figures: dict[str, Measured] = {}
    for source, pairs in _by_source(held_out.pairs).items():
        some = rng.sample(pairs, min(most, len(pairs)))
        found = entailed(scores(network, tokens, vectors, [(one.sentence, one.premise) for one in some]))
        figures[f"entails {source}"] = two_way(np.array([one.label == 0 for one in some]), found)
    for source, questions in _by_source(held_out.questions).items():
        few = rng.sample(questions, min(most // 2, len(questions)))
        raw = scores(network, tokens, vectors, [(one.question, one.passage) for one in few])[:, ANSWERS]
        figures[f"answers {source}"] = two_way(
            np.array([one.answerable for one in few]), (1 / (1 + np.exp(-raw))).astype(np.float32)
        )
    for source, rankings in _by_source(held_out.rankings).items():
        few_rankings = rng.sample(rankings, min(most // 4, len(rankings)))
        rows = [(one.question, passage) for one in few_rankings for passage in one.passages]
        raw = scores(network, tokens, vectors, rows)[:, ANSWERS]
        ends = np.cumsum([len(one.passages) for one in few_rankings])
        first = [int(np.argmax(group)) == 0 for group in np.split(raw, ends[:-1])]
        figures[f"ranks {source}"] = {"n": len(first), "first": float(np.mean(first))}
    return figures


def two_way(truth: NDArray[np.bool_], probability: NDArray[np.float32]) -> Measured:
    """Return AUC and balanced accuracy at one half; no figures where one side is missing."""
    from sklearn.metrics import balanced_accuracy_score, roc_auc_score

    if truth.all() or not truth.any():
        return {"n": len(truth), "above one half": float((probability >= 0.5).mean())}
    return {
        "n": len(truth),
        "auc": float(roc_auc_score(truth, probability)),
        "balanced": float(balanced_accuracy_score(truth, probability >= 0.5)),
    }


def _by_source(examples: Iterable[E]) -> dict[str, list[E]]:
    found: dict[str, list[E]] = defaultdict(list)
    for one in examples:
        found[one.source].append(one)
    return dict(sorted(found.items()))
