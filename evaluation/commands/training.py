"""Train the reader that ships, on open data and on pairs written for it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from evaluation.commands.output import DONE, write_outcome
from evaluation.errors import UsageError

WRITTEN = Path(__file__).resolve().parent.parent / "training" / "written"
"""The folder of the pairs written by hand."""
_TRAIN = """DATA_FOLDER holds nli.jsonl.gz, nli_rules.jsonl.gz, answerability.jsonl.gz and rerank.jsonl.gz; how much is
taken of each source is in evaluation/training/mix.toml.

The rate falls to nothing at the last of --steps, or when --minutes are over, on whichever machine.

FOLDER gets checkpoints, every 250 batches: the same command goes on from the last. It also gets log.jsonl, curve.png
and network.safetensors, of which `whrd-eval pack` makes what ships; --from takes both. Needs the extra `train`.

examples:
  whrd-eval train data --out run --steps 4000
  whrd-eval train data --out more --from reader/weights.safetensors --minutes 60 --rate 1e-4
"""
_READER = """The sets are those of `whrd-eval verification`; rules take no part.

examples:
  whrd-eval reader
  whrd-eval reader --model models/larger --json reader.json
"""
_PACK = """The mean of a network and of the one that it went on from keeps more of what the former knew.

examples:
  whrd-eval pack run/network.safetensors reader/weights.safetensors
  whrd-eval pack run/network.safetensors mean.safetensors --mean-with reader/weights.safetensors
"""


def add_commands(command: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    """Add ``train`` and ``pack``; ``command`` makes a parser of a name, a summary and notes."""
    learn = command("train", "train the model that reads", _TRAIN)
    learn.add_argument("data", type=Path, metavar="DATA_FOLDER")
    learn.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="gets checkpoints, log and network")
    learn.add_argument("--from", type=Path, dest="start", metavar="WEIGHTS", help="go on from these, also as they ship")
    learn.add_argument("--written", type=Path, default=WRITTEN, metavar="FOLDER", help="other pairs written by hand")
    learn.add_argument("--steps", type=int, default=0, metavar="N", help="batches (default: all of one pass)")
    learn.add_argument("--minutes", type=float, default=0, metavar="M", help="end after M minutes, of all pieces")
    learn.add_argument("--rate", type=float, default=2e-4, metavar="R", help="highest rate of learning (2e-4)")
    learn.add_argument("--seed", type=int, default=1, metavar="N", help="which mix and order (default 1)")
    figures = command("reader", "how well the reader alone tells right sentences from wrong ones", _READER)
    figures.add_argument("--model", default="", metavar="FOLDER", help="another reader: a cross-encoder's folder")
    figures.add_argument("--out", type=Path, metavar="FILE", help="write every sentence's probability, as JSON lines")
    figures.add_argument("--json", metavar="FILE", help="write the figures there, as JSON; - is standard output")
    pack = command("pack", "write a trained network as it ships", _PACK)
    pack.add_argument("network", type=Path, metavar="NETWORK")
    pack.add_argument("file", type=Path, metavar="FILE")
    pack.add_argument("--mean-with", type=Path, metavar="WEIGHTS", help="write the mean with these, also as they ship")


def written_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of pairs in ``folder``, always in the same order."""
    return tuple(sorted(folder.glob("*.jsonl")))


def train(options: argparse.Namespace, work: Path) -> int:
    """Train for as many steps as wanted; go on from a checkpoint where one is there; pack what ships where wanted."""
    from encoder import e5_file, e5_weights
    from evaluation.training.curve import draw
    from evaluation.training.train import Plan, train

    source = e5_file.find_weights()
    if source is None:
        raise UsageError("The embedder's weights are not there: run `whrd setup` first.")
    e5_weights.unpack(source, work / "embedder")
    plan = Plan(
        options.data,
        options.out,
        written_files(options.written),
        options.start,
        options.steps,
        options.minutes,
        options.rate,
        options.seed,
    )
    train(plan, work / "embedder")
    draw(options.out)
    return DONE


def figures(options: argparse.Namespace, _work: Path) -> int:
    """Measure the reader on the hand-checked sentences."""
    from evaluation.reader_figures import read_all, summarise, table
    from reader.opening import open_reader

    reader = open_reader(options.model)
    if reader is None:
        raise UsageError("There is no reader to measure: run `whrd setup` first.")
    reads = read_all(reader)
    summary = summarise(reads)
    rows = ({"id": read.item.id, "wrong": read.item.wrong, "probability": read.probability} for read in reads)
    write_outcome(options, table(summary), summary, rows)
    return DONE


def pack(options: argparse.Namespace, _work: Path) -> int:
    """Write a trained network as it ships, and print its SHA-256."""
    from reader.weights import mean, unpack
    from reader.weights import pack as pack_weights

    files = [file for file in (options.network, options.mean_with) if file is not None]
    for file in files:
        if not file.is_file():
            raise UsageError(f"{file} is missing: train first.")
    sha256 = pack_weights(mean([unpack(file) for file in files]), options.file)
    print(f"{options.file}: SHA-256 {sha256}")
    return DONE
