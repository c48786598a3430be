"""Train the reader in pieces: it goes on from the last checkpoint in the folder, or from weights that were trained."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from encoder.offline import OFFLINE

_LOGGED_EVERY, _SAVED_EVERY, _MEASURED_EVERY = 25, 250, 1_000
_MEASURED_ON = 50
"""Held-out examples of a source, while training goes on: with 200 every look took as long as 250 batches."""
_LOOKED_AT = 16
"""Batches by which the heads' beginnings are set."""
_NEW, _NEW_RATE = r"\b(entails|answers|span|text|opposite|aligned|norm|sharpness)\b", 4
"""Parameters of the heads and of what compares, which begin at random, and how many times faster they learn."""
LOG = "log.jsonl"
NETWORK = "network.safetensors"
"""What was trained, without the embedder's lower layers."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does."""

    data: Path
    out: Path
    written: tuple[Path, ...] = ()
    start: Path | None = None
    """Weights to go on from, also as they ship; a new network on the embedder where none are given."""
    steps: int = 0
    """Batches; all of one pass where 0."""
    minutes: float = 0
    """How long to train at most, all pieces together: the rate falls to nothing by then. No limit where 0."""
    rate: float = 2e-4
    seed: int = 1


def train(plan: Plan, embedder: Path) -> None:
    """Train; ``plan.out`` gets the network, checkpoints and ``log.jsonl``, a line of figures at a time."""
    os.environ.update(OFFLINE)
    import torch
    from datasets import Dataset
    from safetensors.numpy import save_file
    from safetensors.torch import load_model
    from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
    from transformers import TrainerCallback

    from evaluation.training.batches import batches
    from evaluation.training.data import mixed, read_data
    from evaluation.training.losses import ReadingLoss
    from evaluation.training.measure import measure
    from evaluation.training.precision import bfloat16_is_faster
    from evaluation.training.rankings import with_sentences
    from evaluation.training.tokens import Tokens
    from evaluation.training.vectors import Vectors
    from reader.network import begin, load_weights, new_network, parts, trained_weights
    from reader.weights import unpack

    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    learned, held_out = map(with_sentences, read_data(plan.data, plan.written))
    tokens = Tokens(embedder)
    rows = batches(mixed(learned, rng), rng, tokens.count)[: plan.steps or None]
    network = new_network(embedder)
    vectors = Vectors(parts(network)[0])
    if plan.start is not None:
        load_weights(network, unpack(plan.start))
    else:
        some = [tokens.rows(row["first"], row["second"]) for row in rows[:_LOOKED_AT]]
        begin(network, embedder, [vectors.both(one.first, one.second) for one in some])
    loss = ReadingLoss(network, tokens, vectors)
    plan.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(rows):,} batches", flush=True)

    class Trainer(CrossEncoderTrainer):
        """Goes on from what was learned; the layers that are not trained are those of the embedder."""

        def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
            for number, part in enumerate(parts(network)):
                if number:
                    load_model(
                        part, Path(resume_from_checkpoint) / f"{number}_{type(part).__name__}" / "model.safetensors"
                    )

    class Log(TrainerCallback):
        """Writes losses, and the figures of what is held out, as lines of JSON; ends when the time is over."""

        before, began = minutes_so_far(plan.out), time.monotonic()

        def minutes(self) -> float:
            return self.before + (time.monotonic() - self.began) / 60

        def on_log(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            note(plan.out, {"step": state.global_step, "minutes": self.minutes(), **loss.means()})

        def on_step_begin(self, args: Any, state: Any, control: Any, optimizer: Any = None, **_: Any) -> None:
            if plan.minutes:
                for group in optimizer.param_groups:
                    group["lr"] *= max(0.0, 1 - self.minutes() / plan.minutes)

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            control.should_training_stop |= bool(plan.minutes) and self.minutes() > plan.minutes
            if state.global_step % _MEASURED_EVERY == 0:
                figures = measure(network, tokens, vectors, held_out, _MEASURED_ON)
                note(plan.out, {"step": state.global_step, "held out": figures})

    arguments = CrossEncoderTrainingArguments(
        output_dir=str(plan.out),
        num_train_epochs=1,
        per_device_train_batch_size=1,
        learning_rate=plan.rate,
        learning_rate_mapping={_NEW: _NEW_RATE * plan.rate},
        warmup_steps=min(150, len(rows) // 10),
        lr_scheduler_type="constant_with_warmup" if plan.minutes else "linear",
        weight_decay=0.01,
        max_grad_norm=1.0,
        bf16=bfloat16_is_faster(),
        use_cpu=True,
        optim="adamw_torch_fused",
        logging_steps=_LOGGED_EVERY,
        save_steps=_SAVED_EVERY,
        save_total_limit=1,
        report_to="none",
        disable_tqdm=True,
        seed=plan.seed,
    )
    trainer = Trainer(
        model=network, args=arguments, train_dataset=Dataset.from_list(rows), loss=loss, callbacks=[Log()]
    )
    trainer.train(resume_from_checkpoint=any(plan.out.glob("checkpoint-*")))
    save_file(trained_weights(network), str(plan.out / NETWORK))
    note(plan.out, {"step": trainer.state.global_step, "end": measure(network, tokens, vectors, held_out)})


def minutes_so_far(out: Path) -> float:
    """Return how long earlier pieces of this training took, by the log in ``out``."""
    log = out / LOG
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    return max((line.get("minutes", 0.0) for line in lines), default=0.0)


def note(out: Path, line: dict[str, Any]) -> None:
    """Add a line to the log, and print it."""
    text = json.dumps({key: _short(value) for key, value in line.items()})
    with (out / LOG).open("a", encoding="utf-8") as log:
        log.write(text + "\n")
    print(text, flush=True)


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    return round(value, 5) if isinstance(value, float) else value
