"""Small real cross-encoders for tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from encoder.offline import OFFLINE


def save_cross_encoder(folder: Path, texts: Sequence[str], labels: Sequence[str] = ("LABEL_0",)) -> Path:
    """Save a BERT of one small layer that knows the words of ``texts``, its weights by chance, as a cross-encoder."""
    os.environ.update(OFFLINE)
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir()
    words = sorted({word.strip(".").lower() for text in texts for word in text.split()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *words]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={name: number for number, name in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu", local_files_only=True).save_pretrained(str(folder))
    return folder
