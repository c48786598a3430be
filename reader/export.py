"""Make the reader's int8 ONNX model: the embedder's weights and the reader's own, joined. Set-up only: loads torch."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from encoder.onnx_export import quantised, quiet
from encoder.onnx_model import INPUTS

OUTPUTS = ["scores", "spans"]
_OPSET = 17


def export(embedder: Path, weights: Path, work: Path, made: Path) -> None:
    """Write the int8 model to ``made``: token ids and mask in, scores [pairs, 4] and spans [pairs, tokens, 2] out.

    Args:
        embedder: The embedder's folder, as sentence-transformers reads it.
        weights: The reader's file (``reader.weights``).
        work: Gets temporary files.
        made: Gets the model and its weights.
    """
    with quiet():
        full = work / "reader.fp32.onnx"
        _export_full(embedder, weights, full)
        quantised(full, work, made)


def _export_full(embedder: Path, weights: Path, file: Path) -> None:
    import torch

    from reader.network import load_weights, new_network
    from reader.weights import unpack

    network = new_network(embedder)
    load_weights(network, unpack(weights))

    class Scores(torch.nn.Module):
        """The network with plain arguments: sentence-transformers passes a dictionary from module to module."""

        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            found = self.network({"input_ids": input_ids, "attention_mask": attention_mask})
            return found["scores"], found["spans"]

    example = torch.ones(2, 8, dtype=torch.long)
    free = {0: "batch", 1: "length"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Scores().eval(),
            (example, example),
            str(file),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes={**dict.fromkeys(INPUTS, free), "scores": {0: "batch"}, "spans": free},
            opset_version=_OPSET,
            dynamo=False,
        )
