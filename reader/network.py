"""The reader's network: the embedder reads two texts apart, then four of its layers read them together.

The lower layers are the embedder's own and stay as they are; only what reads both texts together is trained and
ships. Lower layers apart: Cao et al. 2020 (DeFormer), https://arxiv.org/abs/2005.00697. Tokens beside what they are
aligned with in the other text: Parikh et al. 2016, https://arxiv.org/abs/1606.01933, and Chen et al. 2017 (ESIM),
https://arxiv.org/abs/1609.06038. Spans: Devlin et al. 2019, section 4.2. Training and set-up only: loads torch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypedDict, cast

import torch
from sentence_transformers.base.modules import Module, Transformer
from torch import Tensor
from torch.nn import functional

from encoder.errors import ReaderMissing
from encoder.tokens import PAD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from sentence_transformers import CrossEncoder

ENTAILED, CONTRADICTED, NEUTRAL, ANSWERS = range(4)
"""The columns of the scores."""
LAYERS_APART, LAYERS_TOGETHER = 8, 4
"""Of the embedder's twelve. Reading six of them together learned nothing in the time in which four did."""
_WIDTH, _HEADS, _INNER = 384, 12, 1536
_FAR = -1e4
"""Added to what attention must not look at; bfloat16 has room for it."""
_APART = "0."
"""Names of the embedder's own weights begin with it."""


class Both(TypedDict):
    """Two texts a row, one after the other; all tensors are [pairs, tokens], vectors [pairs, tokens, width]."""

    vectors: Tensor
    """Of each token, its text read alone."""
    ids: Tensor
    """Filled up with ``PAD``."""
    second: Tensor
    """1 where a token is the second text's."""


class Apart(Transformer):
    """The embedder's lower layers: they read each text alone."""

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take "first" and "second", token ids [pairs, tokens] filled up with ``PAD``, and add what ``Both`` names.

        Features that hold it already, kept from an earlier reading, are left as they are.
        """
        if "vectors" not in features:
            first, second = features["first"], features["second"]
            features["ids"] = torch.cat([first, second], dim=1)
            features["second"] = torch.cat([torch.zeros_like(first), torch.ones_like(second)], dim=1)
            alone = [self.read(ids, (ids != PAD).long()) for ids in (first, second)]
            features["vectors"] = torch.cat(alone, dim=1)
        return features

    def read(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors [texts, tokens, width] of texts, each read alone."""
        found = super().forward({"input_ids": ids, "attention_mask": mask})
        vectors: Tensor = found["token_embeddings"]
        return vectors


class _Trained(Module):
    """A part whose weights are learned: it is saved and loaded as they are."""

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """See ``Module``."""
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> Self:
        """See ``Module``; from a folder only, so that nothing is looked for elsewhere, whatever else is passed."""
        part = cls()
        cls.load_torch_weights(model_name_or_path, subfolder, local_files_only=True, model=part)
        return part


class Together(_Trained):
    """Reads two texts together: says of each token what stands opposite it in the other, then attends to both."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        from transformers import BertConfig
        from transformers.models.bert.modeling_bert import BertLayer

        config = BertConfig(
            hidden_size=_WIDTH,
            num_attention_heads=_HEADS,
            intermediate_size=_INNER,
            hidden_dropout_prob=0.0,  # few pieces of data are seen more than twice
            attention_probs_dropout_prob=0.0,
        )
        config._attn_implementation = "eager"  # half as fast again as the other one here, and what can be exported
        self.register_buffer("mean", torch.zeros(_WIDTH))
        self.register_buffer("deviation", torch.ones(_WIDTH))
        self.sharpness = torch.nn.Parameter(torch.tensor(10.0))
        self.text = torch.nn.Embedding(2, _WIDTH)
        self.opposite = torch.nn.Linear(3, _WIDTH)
        self.aligned = torch.nn.Linear(2 * _WIDTH, _WIDTH)
        self.norm = torch.nn.LayerNorm(_WIDTH)
        self.layers = torch.nn.ModuleList(
            BertLayer(config)  # type: ignore[no-untyped-call]
            for _ in range(LAYERS_TOGETHER)
        )
        for layer, deviation in ((self.text, 0.02), (self.opposite, 0.05), (self.aligned, 0.02)):
            torch.nn.init.normal_(layer.weight, std=deviation)
        torch.nn.init.zeros_(self.opposite.bias)
        torch.nn.init.zeros_(self.aligned.bias)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Take ``Both`` and add "token_embeddings" [pairs, tokens, width] and their "mask"."""
        vectors = features["vectors"].float()
        mask = features["mask"] = (features["ids"] != PAD).long()
        tokens = self.norm(vectors + self.text(features["second"]) + self._compared(vectors, features))
        unseen = torch.zeros(mask.shape).masked_fill(mask == 0, _FAR)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):  # added to scores of float32, it would make all of them so, at half speed
            unseen = unseen.to(torch.get_autocast_dtype("cpu"))
        for layer in self.layers:
            tokens = layer(tokens, unseen)
        features["token_embeddings"] = tokens.float()
        return features

    def _compared(self, vectors: Tensor, features: Mapping[str, Tensor]) -> Tensor:
        """Return, for each token, what is to be known of the tokens opposite: one like it, how like, what differs."""
        ids, mask, second = features["ids"], features["mask"] > 0, features["second"]
        opposite = mask[:, :, None] & mask[:, None, :] & (second[:, :, None] != second[:, None, :])
        centred = (vectors - self.mean) / self.deviation
        unit = functional.normalize(centred, dim=-1)
        likeness = (unit @ unit.transpose(1, 2)).float().masked_fill(~opposite, _FAR)
        same = ((ids[:, :, None] == ids[:, None, :]) & opposite).any(2).float()
        most = likeness.amax(2).clamp(min=-1)
        marks = torch.stack([same, most, 1 - most.clamp(0, 1)], dim=-1) - 0.5
        aligned = torch.softmax(likeness * self.sharpness, dim=-1) @ centred
        both = torch.cat([centred - aligned, centred * aligned / 2], dim=-1)
        compared: Tensor = self.opposite(marks) + self.aligned(both)
        return compared

    def begin_as(self, layers: Sequence[torch.nn.Module], some: Tensor) -> None:
        """Begin with the embedder's upper ``layers``, and centre by ``some`` vectors [tokens, width] of its lower."""
        for own, layer in zip(self.layers, layers, strict=True):
            own.load_state_dict(layer.state_dict())
        self.mean.copy_(some.mean(0))
        self.deviation.copy_(some.std(0) + 1e-3)


class ReadingHeads(_Trained):
    """Turns vectors of tokens into scores [pairs, 4] and, for every token, of being the answer's first or last."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entails = _head(3)
        self.answers = _head(1)
        self.span = torch.nn.Linear(_WIDTH, 2)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add "scores" [pairs, 4] and "spans" [pairs, tokens, 2], all before softmax, to the features."""
        pooled = _pooled(features)
        features["scores"] = torch.cat([self.entails(pooled), self.answers(pooled)], dim=1)
        features["spans"] = self.span(features["token_embeddings"])
        return features

    def standardise(self, features: Sequence[dict[str, Any]]) -> None:
        """Let the heads begin as if what they read had mean 0 and variance 1, as it is far from doing.

        The embedder's vectors differ little from each other: without this a head learns for a thousand steps to see
        the difference. ``features`` are those of some batches, with "token_embeddings".
        """
        with torch.no_grad():
            pooled = torch.cat([_pooled(one) for one in features])
            tokens = torch.cat([one["token_embeddings"][one["mask"] > 0] for one in features])
            for layer, seen in ((self.entails[0], pooled), (self.answers[0], pooled), (self.span, tokens)):
                assert isinstance(layer, torch.nn.Linear)
                layer.weight.div_(seen.std(0) + 1e-4)
                layer.bias.sub_(layer.weight @ seen.mean(0))


def _head(labels: int) -> torch.nn.Sequential:
    return torch.nn.Sequential(torch.nn.Linear(3 * _WIDTH, _WIDTH), torch.nn.Tanh(), torch.nn.Linear(_WIDTH, labels))


def _pooled(features: Mapping[str, Tensor]) -> Tensor:
    """Return, for every pair, its mark and the mean of all; and the first text's mean and its highest values.

    One word of a sentence that the quotes do not bear out decides: the highest values let it.
    """
    tokens, mask = features["token_embeddings"], features["mask"].unsqueeze(-1)
    first = mask * (1 - features["second"]).unsqueeze(-1)
    everything = tokens[:, 0] + (tokens * mask).sum(1) / mask.sum(1)
    mean = (tokens * first).sum(1) / first.sum(1)
    highest = tokens.masked_fill(first == 0, _FAR).amax(1)
    return torch.cat([everything, mean, highest], dim=-1)


def new_network(embedder: Path) -> CrossEncoder:
    """Return the network before any training: the embedder in ``embedder`` (a sentence-transformers folder) and heads.

    ``begin`` then sets its beginnings; ``load_weights`` gives it trained ones.
    """
    from sentence_transformers import CrossEncoder

    apart = Apart(
        str(embedder),
        model_kwargs={"attn_implementation": "eager", "add_pooling_layer": False, "local_files_only": True},
        config_kwargs={"num_hidden_layers": LAYERS_APART},
    )
    apart.requires_grad_(False)
    network: CrossEncoder = CrossEncoder(
        modules=[apart, Together(), ReadingHeads()], device="cpu", activation_fn=torch.nn.Identity()
    )
    return network


def parts(network: CrossEncoder) -> tuple[Apart, Together, ReadingHeads]:
    """Return what the network is made of, in order."""
    apart, together, heads = network
    return cast("Apart", apart), cast("Together", together), cast("ReadingHeads", heads)


def begin(network: CrossEncoder, embedder: Path, some: Sequence[Mapping[str, Tensor]]) -> None:
    """Let ``network`` begin where the embedder ends; ``some`` are batches as ``Apart`` takes them."""
    from transformers import BertModel

    whole = BertModel.from_pretrained(str(embedder), add_pooling_layer=False, local_files_only=True)
    apart, together, heads = parts(network)
    with torch.inference_mode():
        read = [apart(dict(features)) for features in some]
        tokens = torch.cat([one["vectors"][one["ids"] != PAD] for one in read])
        together.begin_as(list(whole.encoder.layer[LAYERS_APART:]), tokens.float())
        heads.standardise([heads(together(one)) for one in read])


def trained_weights(network: CrossEncoder) -> dict[str, NDArray[np.float32]]:
    """Return what differs from the embedder."""
    state = network.state_dict()
    return {name: value.float().numpy() for name, value in state.items() if not name.startswith(_APART)}


def load_weights(network: CrossEncoder, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Put weights into ``network``.

    Raises:
        ReaderMissing: they are another network's.
    """
    own = {name for name in network.state_dict() if not name.startswith(_APART)}
    if own != weights.keys():
        raise ReaderMissing("The reader's weights are those of another version: install Insights again.")
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()}, strict=False)
