"""The reader's network: multilingual-e5-small read as a cross-encoder, with three heads. Training and set-up only.

Cross-encoders: Nogueira & Cho 2019, https://arxiv.org/abs/1901.04085. Spans: Devlin et al. 2019, section 4.2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from sentence_transformers.base.modules import Module, Transformer

from encoder.errors import ReaderMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import CrossEncoder

ENTAILED, CONTRADICTED, NEUTRAL, ANSWERS = range(4)
"""The columns of the scores."""
_WIDTH = 384
_WORDS = "word_embeddings"


class ReadingHeads(Module):
    """Turns vectors of tokens into scores [pairs, 4] and, for every token, of being the answer's first or last."""

    def __init__(self, width: int = _WIDTH) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entails = torch.nn.Sequential(torch.nn.Linear(width, width), torch.nn.Tanh(), torch.nn.Linear(width, 3))
        self.answers = torch.nn.Sequential(torch.nn.Linear(width, width), torch.nn.Tanh(), torch.nn.Linear(width, 1))
        self.span = torch.nn.Linear(width, 2)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add "scores" [pairs, 4] and "spans" [pairs, tokens, 2], all before softmax, to the features."""
        tokens = features["token_embeddings"]
        pooled = _pooled(tokens, features["attention_mask"])
        features["scores"] = torch.cat([self.entails(pooled), self.answers(pooled)], dim=1)
        features["spans"] = self.span(tokens)
        return features

    def standardise(self, features: Sequence[dict[str, Any]]) -> None:
        """Let the heads begin as if what they read had mean 0 and variance 1, as it is far from doing.

        The embedder's vectors differ little from each other: without this a head learns for a thousand steps to see
        the difference. ``features`` are those of some batches, with "token_embeddings".
        """
        with torch.no_grad():
            pooled = torch.cat([_pooled(one["token_embeddings"], one["attention_mask"]) for one in features])
            tokens = torch.cat([one["token_embeddings"][one["attention_mask"] > 0] for one in features])
            for layer, seen in ((self.entails[0], pooled), (self.answers[0], pooled), (self.span, tokens)):
                assert isinstance(layer, torch.nn.Linear)
                layer.weight.div_(seen.std(0))
                layer.bias.sub_(layer.weight @ seen.mean(0))

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """See ``Module``."""
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *args: Any, **kwargs: Any) -> ReadingHeads:
        """See ``Module``."""
        heads = cls()
        cls.load_torch_weights(model_name_or_path, subfolder, *args, **kwargs | {"model": heads})
        return heads


def _pooled(tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the first vector and the mean of all, added, for every pair."""
    mask = mask.unsqueeze(-1)
    pooled: torch.Tensor = tokens[:, 0] + (tokens * mask).sum(1) / mask.sum(1)
    return pooled


def new_network(embedder: Path) -> CrossEncoder:
    """Return the network before any training: the embedder in ``embedder`` (a sentence-transformers folder) and heads.

    Dropout is off: few pieces of data are seen more than twice. Embeddings of words are frozen: they stay the
    embedder's own.
    """
    from sentence_transformers import CrossEncoder

    encoder = Transformer(
        str(embedder),
        model_kwargs={"attn_implementation": "eager", "add_pooling_layer": False, "local_files_only": True},
        config_kwargs={"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0},
    )
    encoder.auto_model.embeddings.word_embeddings.requires_grad_(False)
    encoder.auto_model.encoder.register_forward_pre_hook(_narrow_mask, with_kwargs=True)
    network: CrossEncoder = CrossEncoder(
        modules=[encoder, ReadingHeads()], device="cpu", activation_fn=torch.nn.Identity()
    )
    return network


def trained_weights(network: CrossEncoder) -> dict[str, NDArray[np.float32]]:
    """Return what differs from the embedder: everything but the embeddings of words."""
    state = network.state_dict()
    return {name: value.float().numpy() for name, value in state.items() if _WORDS not in name}


def load_weights(network: CrossEncoder, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Put weights into ``network``.

    Raises:
        ReaderMissing: they are another network's.
    """
    own = {name for name in network.state_dict() if _WORDS not in name}
    if own != weights.keys():
        raise ReaderMissing("The reader's weights are those of another version: install Insights again.")
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()}, strict=False)


def _narrow_mask(_: torch.nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Give attention a mask of autocast's type: added to one of float32, all scores become float32, at half speed."""
    mask = kwargs.get("attention_mask")
    if mask is not None and torch.is_autocast_enabled("cpu"):
        narrow = torch.get_autocast_dtype("cpu")
        kwargs["attention_mask"] = mask.clamp(min=torch.finfo(narrow).min).to(narrow)
    return args, kwargs
