"""A BERT folder as int8 ONNX: made once with torch, then run by onnxruntime alone."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore.tokens import open_tokenizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL, WEIGHTS = "model.int8.onnx", "weights.bin"
_OPSET = 17
_TOKENS_A_BATCH = 256
"""Measured from 64 to 8,192: more do not stay in a core's cache, fewer leave it idle."""
_INPUTS = ["input_ids", "attention_mask"]


def export(folder: Path, work: Path, made: Path) -> None:
    """Export the model in ``folder``, with mean pooling and unit length inside, and quantise it.

    ``made`` gets the int8 model and, in a file of their own, its weights: they are read where they lie on the disk,
    and the system may take their memory back. Takes some 45 CPU seconds and 2 GB; files are left in ``work``.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import AutoModel
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]

    class Pooled(torch.nn.Module):
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    full, small = work / "model.fp32.onnx", work / "model.one-file.onnx"
    verbosity = transformers_logging.get_verbosity()
    transformers_logging.set_verbosity(logging.ERROR)  # it reports at length on a pooling layer that is not wanted
    try:
        model = AutoModel.from_pretrained(
            folder, attn_implementation="eager", add_pooling_layer=False, local_files_only=True
        ).eval()
    finally:
        transformers_logging.set_verbosity(verbosity)
    example = torch.ones(2, 8, dtype=torch.long)
    free = {0: "batch", 1: "length"}
    with warnings.catch_warnings():
        # The TorchScript exporter is called old and traces warn; the result is checked against stored vectors.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pooled(model),
            (example, example),
            str(full),
            input_names=_INPUTS,
            output_names=["vectors"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "vectors": {0: "batch"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        level = logging.getLogger().level
        logging.getLogger().setLevel(logging.ERROR)  # it advises a pre-processing that changes nothing here
        try:
            quantize_dynamic(full, small, weight_type=QuantType.QInt8, per_channel=True)
        finally:
            logging.getLogger().setLevel(level)
    onnx.save_model(onnx.load(small), made / MODEL, save_as_external_data=True, location=WEIGHTS)


class OnnxModel:
    """An int8 model and its tokenizer, run on the processor. Safe to share between threads."""

    def __init__(self, folder: Path, most_tokens: int) -> None:
        """Load from ``folder``; ``most_tokens`` of a text are read."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a batch and as many batches at once as there are cores: 1.4 times the sentences a second of one
        # batch over all cores.
        options.intra_op_num_threads = 1
        # Threads that spin while they wait make a busy machine crawl.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(folder / MODEL), options, providers=["CPUExecutionProvider"])
        self._tokenizer = open_tokenizer(folder, most_tokens)

    def embed(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Return float32 [texts, dimensions], rows of length 1; ``on_progress`` gets the number done so far."""
        import numpy as np

        tokens = self._tokenizer.cut(texts)
        if len(tokens) == 1:  # a question: no threads are started for it
            return self._run(tokens)
        batches = batches_of_like_length([len(ids) for ids in tokens], _TOKENS_A_BATCH)

        def run(batch: list[int]) -> NDArray[np.float32]:
            return self._run([tokens[index] for index in batch])

        rows, done = [], 0
        with ThreadPoolExecutor(cores()) as pool:
            for batch, vectors in zip(batches, pool.map(run, batches), strict=True):
                rows.append(vectors)
                done += len(batch)
                if on_progress is not None:
                    on_progress(done)
        together = np.concatenate(rows)
        ordered = np.empty_like(together)
        ordered[[index for batch in batches for index in batch]] = together
        return ordered

    def _run(self, tokens: Sequence[list[int]]) -> NDArray[np.float32]:
        import numpy as np

        ids = np.full((len(tokens), max(map(len, tokens))), self._tokenizer.padding, dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, own in enumerate(tokens):
            ids[row, : len(own)] = own
            mask[row, : len(own)] = 1
        vectors: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors


def batches_of_like_length(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Return the indexes of ``lengths`` in batches, the long ones first.

    A batch padded to its longest member has at most ``budget`` tokens; a text longer than that is one by itself.
    """
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > budget:
            batches.append([])
        batches[-1].append(index)
    return batches


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
