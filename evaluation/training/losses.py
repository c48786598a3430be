"""What the reader is trained to lower: one loss a task, over whole batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import CrossEncoder
from torch import Tensor
from torch.nn import functional

from evaluation.training.tokens import Tokens
from evaluation.training.vectors import Vectors
from reader.network import ANSWERS, ENTAILED

_CONTRAST = 0.5
"""Weight of the loss between a sentence that is borne out and one that is not, of one premise."""
_SPAN = 0.5
"""Weight of the answer's first and last token beside whether there is one."""


class ReadingLoss(torch.nn.Module):
    """The loss of a batch (``evaluation.training.batches``), by its task."""

    def __init__(self, model: CrossEncoder, tokens: Tokens, vectors: Vectors) -> None:
        super().__init__()
        self.model = model
        self._tokens, self._vectors = tokens, vectors
        self._seen: dict[str, list[float]] = defaultdict(list)

    def forward(self, inputs: Sequence[Any], labels: Sequence[Tensor], **_: Any) -> Tensor:
        """Return the loss: ``inputs`` are the columns part, first and second, each of one batch."""
        (task,), (first,), (second,) = inputs
        label = labels[0]
        rows = self._tokens.rows(first, second)
        features = self.model(self._vectors.both(rows.first, rows.second))
        scores, spans = features["scores"].float(), features["spans"].float()
        if task == "pairs":
            losses = {"entailment": entailment_loss(scores, label[:, 0]), "contrast": contrast_loss(scores, label)}
            loss = losses["entailment"] + _CONTRAST * losses["contrast"]
        elif task == "questions":
            answers = functional.binary_cross_entropy_with_logits(scores[:, ANSWERS], label[:, 0].float())
            losses = {"answers": answers, "span": span_loss(spans, rows.spans(label), features["mask"])}
            loss = answers + _SPAN * losses["span"]
        else:
            losses = {"ranking": ranking_loss(scores[:, ANSWERS], label[:, 0].tolist())}
            loss = losses["ranking"]
        for name, value in losses.items():
            if value.requires_grad and float(value):  # a batch without contrast, or without a known span, says nothing
                self._seen[name].append(float(value.detach()))
        return loss

    def means(self) -> dict[str, float]:
        """Return the mean of every loss since this was asked last."""
        found = {name: sum(values) / len(values) for name, values in self._seen.items()}
        self._seen.clear()
        return found


def entailment_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Return the cross-entropy of three labels; "not entailed" is met by either of the other two."""
    logs = functional.log_softmax(scores[:, ENTAILED : ENTAILED + 3], dim=1)
    either = torch.logsumexp(logs[:, 1:], dim=1, keepdim=True)
    return -torch.cat([logs, either], dim=1).gather(1, labels.unsqueeze(1)).mean()


def contrast_loss(scores: Tensor, labels: Tensor) -> Tensor:
    """Return how little entailed sentences stand above others of their group (RankNet, Burges et al. 2005)."""
    entailed, group = labels[:, 0] == 0, labels[:, 1]
    logits = scores[:, ENTAILED] - torch.logsumexp(scores[:, ENTAILED + 1 : ENTAILED + 3], dim=1)
    pairs = (group.unsqueeze(1) == group) & entailed.unsqueeze(1) & ~entailed
    above = (logits.unsqueeze(1) - logits)[pairs]
    return functional.softplus(-above).mean() if len(above) else logits.sum() * 0


def span_loss(spans: Tensor, wanted: Tensor, mask: Tensor) -> Tensor:
    """Return the cross-entropy of the answer's first and last token; rows whose wanted place is -1 do not count."""
    known = wanted[:, 0] >= 0
    if not bool(known.any()):
        return spans.sum() * 0
    logits = spans.masked_fill(mask.unsqueeze(-1) == 0, -1e4)[known]
    first = functional.cross_entropy(logits[:, :, 0], wanted[known, 0])
    return (first + functional.cross_entropy(logits[:, :, 1], wanted[known, 1])) / 2


def ranking_loss(scores: Tensor, sizes: Sequence[int]) -> Tensor:
    """Return the cross-entropy of the first passage of every group among its group."""
    groups = torch.split(scores, list(sizes))
    zero = torch.zeros(1, dtype=torch.long)
    return torch.stack([functional.cross_entropy(group.unsqueeze(0), zero) for group in groups]).mean()
