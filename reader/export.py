"""Make the reader's two int8 ONNX models, of the embedder's weights and the reader's own. Set-up only: loads torch.

One reads a text alone, the other two texts together: a question that is held against ten passages is read once.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from encoder.onnx_export import quantised, quiet
from encoder.onnx_model import INPUTS
from reader.onnx_reader import APART, BOTH, TOGETHER

_OPSET = 17


def export(embedder: Path, weights: Path, work: Path, made: Path) -> None:
    """Write the int8 models to the folders ``APART`` and ``TOGETHER`` of ``made``.

    Args:
        embedder: The embedder's folder, as sentence-transformers reads it.
        weights: The reader's file (``reader.weights``).
        work: Gets temporary files.
        made: Gets the models and their weights.
    """
    with quiet():
        for name in (APART, TOGETHER):
            (made / name).mkdir(parents=True)
        _export_full(embedder, weights, work)
        for name in (APART, TOGETHER):
            quantised(work / name, work, made / name)


def _export_full(embedder: Path, weights: Path, work: Path) -> None:
    """Write both models as float32.

    ``APART`` takes token ids and mask [texts, tokens] and gives vectors; ``TOGETHER`` takes what
    ``reader.network.Both`` names and gives scores [pairs, 4] and spans [pairs, tokens, 2].
    """
    import torch

    from reader.network import load_weights, new_network, parts
    from reader.weights import unpack

    network = new_network(embedder)
    load_weights(network, unpack(weights))
    network.eval()
    apart, together, heads = parts(network)

    class ReadAlone(torch.nn.Module):
        """The lower layers with plain arguments: sentence-transformers passes a dictionary from module to module."""

        def __init__(self) -> None:
            super().__init__()
            self.apart = apart

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.apart.read(input_ids, attention_mask)

    class ReadTogether(torch.nn.Module):
        """The rest, with plain arguments."""

        def __init__(self) -> None:
            super().__init__()
            self.together, self.heads = together, heads

        def forward(self, vectors: Any, ids: Any, second: Any) -> Any:
            found = self.heads(self.together({"vectors": vectors, "ids": ids, "second": second}))
            return found["scores"], found["spans"]

    ids = torch.zeros(2, 8, dtype=torch.long)
    second = torch.tensor([[0, 0, 0, 0, 1, 1, 1, 1]] * 2)
    rows, free = {0: "batch"}, {0: "batch", 1: "length"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        vectors = apart.read(ids, torch.ones_like(ids))
        for name, module, example, names, given in (
            (APART, ReadAlone(), (ids, torch.ones_like(ids)), INPUTS, {"vectors": free}),
            (TOGETHER, ReadTogether(), (vectors, ids, second), BOTH, {"scores": rows, "spans": free}),
        ):
            torch.onnx.export(
                module,
                example,
                str(work / name),
                input_names=names,
                output_names=list(given),
                dynamic_axes={**dict.fromkeys(names, free), **given},
                opset_version=_OPSET,
                dynamo=False,
            )
