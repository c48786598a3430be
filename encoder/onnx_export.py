"""Make an int8 ONNX model of a sentence-transformers model. Set-up only: the one module that loads torch for it.

sentence-transformers' own ONNX backend cannot be installed beside its version 6, needs twice the memory, and gives
other vectors: see docs/decisions/0024-sentence-transformers-exports-the-models.md.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from encoder.onnx_model import INPUTS, MODEL, WEIGHTS

_OPSET = 17


def export(folder: Path, work: Path, made: Path) -> None:
    """Export the sentence-transformers model in ``folder``, with its pooling and normalisation, and quantise it.

    ``made`` gets the int8 model and, in a file of their own, its weights: onnxruntime maps that file into memory, and
    the system may take the memory back. Takes some 45 CPU seconds and 4 GB; temporary files are left in ``work``.
    """
    full = work / "model.fp32.onnx"
    with quiet():
        _export_full(folder, full)
        quantised(full, work, made)


def quantised(full: Path, work: Path, made: Path) -> None:
    """Write the float32 model ``full`` as int8 to ``made``, its weights in a file of their own."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = work / "model.one-file.onnx"
    quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
    onnx.save_model(onnx.load(small), made / MODEL, save_as_external_data=True, location=WEIGHTS)


def _export_full(folder: Path, file: Path) -> None:
    """Write the model as float32 ONNX: token ids and mask in, vectors of length 1 out."""
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(folder),
        device="cpu",
        local_files_only=True,
        # Eager attention is what the ONNX exporter traces; the pooler is a layer that is not used.
        model_kwargs={"attn_implementation": "eager", "add_pooling_layer": False},
    )

    class Vectors(torch.nn.Module):
        """The model with plain arguments: sentence-transformers passes a dictionary from module to module."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    example = torch.ones(2, 8, dtype=torch.long)
    free = {0: "batch", 1: "length"}
    torch.onnx.export(
        Vectors().eval(),
        (example, example),
        str(file),
        input_names=INPUTS,
        output_names=["vectors"],
        dynamic_axes={**dict.fromkeys(INPUTS, free), "vectors": {0: "batch"}},
        opset_version=_OPSET,
        dynamo=False,
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries from reporting on a pooling layer that is not wanted and a step that changes nothing."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    verbosity, level = transformers_logging.get_verbosity(), logging.getLogger().level
    transformers_logging.set_verbosity(logging.ERROR)
    logging.getLogger().setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            # torch calls this exporter old, and traces warn; the result is checked against stored vectors.
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.getLogger().setLevel(level)
        transformers_logging.set_verbosity(verbosity)
