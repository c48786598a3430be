"""Training as it is done, on a handful of pairs: it goes on from checkpoints, and what it makes can ship."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encoder.e5_file import find_weights
from evaluation.errors import EvaluationError
from evaluation.training.batches import batches
from evaluation.training.data import mixed, read_data
from evaluation.training.examples import LABELS, Data, Pair, Question, Ranking, held_out
from reader import weights

SAID = ["The police detained fifty marchers.", "Wages rose to $190.", "The court freed two editors.", "Wells are deep."]
WRITTEN = Path(__file__).resolve().parents[2] / "evaluation" / "training" / "written"


def _write(file: Path, rows: list[dict[str, Any]]) -> None:
    with gzip.open(file, "wt", encoding="utf-8") as target:
        target.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    pairs = [
        {"premise": said, "hypothesis": other, "label": "entailed" if said == other else "contradicted"}
        | {"lang": "en", "source": "vitaminc-real", "group": f"g{number}"}
        for number, said in enumerate(SAID * 8)
        for other in (said, SAID[(number + 1) % 4])
    ]
    _write(folder / "nli.jsonl.gz", pairs)
    _write(folder / "nli_rules.jsonl.gz", [pairs[0] | {"source": "rule-role", "group": "r"}])
    questions = [
        {"question": "How many?", "passage": said, "answerable": number == 0, "lang": "en", "source": "qed"}
        | ({"answer_start": 20, "answer_text": "fifty"} if number == 0 else {"answer_start": -1, "answer_text": ""})
        for number, said in enumerate(SAID)
    ]
    _write(folder / "answerability.jsonl.gz", questions)
    ranking = {
        "question": "Who was detained?",
        "positive": SAID[0],
        "negatives": SAID[1:],
        "lang": "en",
        "source": "qed",
    }
    _write(folder / "rerank.jsonl.gz", [ranking] * 3)
    return folder


def test_groups_are_held_out_whole_and_no_source_lacks_a_weight(data: Path) -> None:
    learned, kept = read_data(data, sorted(WRITTEN.glob("*.jsonl")))
    groups = [
        {one.group for one in part.pairs} | {one.group for one in part.questions} | {one.group for one in part.rankings}
        for part in (learned, kept)
    ]
    assert not groups[0] & groups[1]
    assert all(held_out(one) for one in kept.pairs)
    assert mixed(learned, random.Random(1)).pairs
    unknown = Data([Pair("a", "b", 0, "nowhere", "g", "en")], [], [])
    with pytest.raises(EvaluationError, match=r"no weight for nowhere: add it"):
        mixed(unknown, random.Random(1))
    with pytest.raises(EvaluationError, match=r"nli.jsonl.gz is missing"):
        read_data(data / "elsewhere")


def test_pairs_written_by_hand_are_sound() -> None:
    groups = [json.loads(line) for file in WRITTEN.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    assert len({group["id"] for group in groups}) == len(groups) > 1_000
    for group in groups:
        sentences = [one["text"] for one in group["right"] + group["wrong"]]
        assert len(set(sentences)) == len(sentences), group["id"]
        for answered in group["answered"]:
            assert any(answered["answer"] in quote for quote in group["premise"]), group["id"]


def test_batches_hold_every_example_once_and_keep_groups_together() -> None:
    pairs = [Pair(f"s{n} " * (n % 40), "p " * (n % 90), n % 2, "s", f"g{n // 4}", "en") for n in range(400)]
    questions = [Question("q", "p " * n, False, -1, -1, "s", f"q{n}", "en") for n in range(60)]
    rankings = [Ranking("q", ("a " * n, "b", "c"), "s", f"r{n}", "en") for n in range(30)]
    made = batches(Data(pairs, questions, rankings), random.Random(1), lambda texts: [len(t.split()) for t in texts])
    own = [batch for batch in made if batch["part"] == "pairs"]
    seen = [pair for batch in own for pair in zip(batch["first"], batch["second"], strict=True)]
    assert sorted(seen) == sorted((one.sentence, one.premise) for one in pairs)
    assert sum(len(batch["label"]) for batch in made if batch["part"] == "rankings") == 30
    assert len({batch["part"] for batch in made[:20]}) > 1


@pytest.mark.parametrize("label", LABELS)
def test_the_losses_fall_where_the_network_is_right(label: str) -> None:
    torch = pytest.importorskip("torch")
    from evaluation.training.losses import contrast_loss, entailment_loss, ranking_loss, span_loss

    place = LABELS.index(label)
    right, wrong = torch.zeros(1, 4), torch.zeros(1, 4)
    right[0, min(place, 2)], wrong[0, (min(place, 2) + 1) % 3 if place < 3 else 0] = 5.0, 5.0
    wanted = torch.tensor([place])
    assert entailment_loss(right, wanted) < 0.1
    assert entailment_loss(wrong, wanted) > 1
    both = torch.cat([torch.tensor([[5.0, 0, 0, 0]]), torch.tensor([[-5.0, 0, 0, 0]])])
    assert contrast_loss(both, torch.tensor([[0, 7], [1, 7]])) < 0.01
    assert contrast_loss(both, torch.tensor([[1, 7], [0, 7]])) > 5
    assert contrast_loss(both, torch.tensor([[1, 7], [0, 8]])) == 0
    assert ranking_loss(torch.tensor([5.0, 0, 0, 0, 5.0]), [3, 2]) == pytest.approx(2.5, abs=0.1)
    spans = torch.zeros(1, 6, 2)
    spans[0, 2, 0] = spans[0, 4, 1] = 9.0
    assert span_loss(spans, torch.tensor([[2, 4]]), torch.ones(1, 6)) < 0.01
    assert span_loss(spans, torch.tensor([[-1, -1]]), torch.ones(1, 6)) == 0


@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_answers_are_found_among_the_tokens(unpacked_e5: Path) -> None:
    torch = pytest.importorskip("torch")
    from evaluation.training.tokens import Tokens

    rows = Tokens(unpacked_e5).rows(["How many?", "Who?"], [SAID[0], "word " * 400 + "Anna"])
    late = len("word " * 400)
    found = rows.spans(torch.tensor([[1, 20, 25], [1, late, late + 4]]))
    assert found[1].tolist() == [-1, -1], "what is cut off is no answer"
    first, last = found[0].tolist()
    begins = len(rows.first[0]) + 1
    places = rows.offsets[0][first - begins : last + 1 - begins]
    assert SAID[0][places[0][0] : places[-1][1]].strip() == "fifty"


@pytest.mark.slow
@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_a_run_goes_on_where_it_ended_and_what_it_made_can_ship(data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "evaluation.cli"]
    run, more = tmp_path / "run", tmp_path / "more"
    first = [*command, "train", str(data), "--out", str(run), "--written", str(tmp_path), "--steps", "3"]
    subprocess.run(first, check=True, capture_output=True)
    log = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    assert "end" in log[-1]
    assert (run / "curve.png").stat().st_size > 5_000
    learned = weights.unpack(run / "network.safetensors")
    subprocess.run([*first[:-1], "4"], check=True, capture_output=True)
    log = [json.loads(line) for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    assert log[-1]["step"] == 4
    moved = weights.unpack(run / "network.safetensors")
    assert max(np.abs(moved[name] - one).max() for name, one in learned.items()) < 0.01, "one step on, not begun anew"
    again = [*command, "train", str(data), "--out", str(more), "--written", str(tmp_path), "--steps", "1"]
    subprocess.run([*again, "--from", str(run / "network.safetensors")], check=True, capture_output=True)
    both = tmp_path / "mean.safetensors"
    means = [*command, "pack", str(more / "network.safetensors"), str(both), "--mean-with", str(weights.shipped())]
    subprocess.run(means, check=True, capture_output=True)
    one, other, middle = (
        weights.unpack(file)["1.norm.bias"] for file in (more / "network.safetensors", weights.shipped(), both)
    )
    assert np.allclose(middle, (one + other) / 2)
    packed = tmp_path / "weights.safetensors"
    done = subprocess.run(
        [*command, "pack", str(more / "network.safetensors"), str(packed)], check=True, capture_output=True, text=True
    )
    assert "SHA-256" in done.stdout
    assert weights.unpack(packed).keys() == weights.unpack(weights.shipped()).keys()
    assert np.isfinite(np.concatenate([one.ravel() for one in weights.unpack(packed).values()])).all()


@pytest.mark.skipif(find_weights() is None, reason="`whrd setup` has not fetched multilingual-e5-small")
def test_texts_that_were_kept_read_like_those_laid_out_anew(unpacked_e5: Path) -> None:
    torch = pytest.importorskip("torch")
    from encoder.onnx_model import filled
    from encoder.tokens import PAD
    from evaluation.training.tokens import Tokens
    from evaluation.training.vectors import Vectors
    from reader.network import load_weights, new_network, parts

    network = new_network(unpacked_e5)
    load_weights(network, weights.unpack(weights.shipped()))
    vectors = Vectors(parts(network)[0])
    rows = Tokens(unpacked_e5).rows([SAID[0], SAID[1], SAID[0]], [SAID[2], SAID[2], SAID[3]])
    laid = {
        name: torch.from_numpy(filled(texts, PAD)) for name, texts in (("first", rows.first), ("second", rows.second))
    }
    with torch.inference_mode():
        vectors.both(rows.first[:1], rows.second[:1])
        kept = network(vectors.both(rows.first, rows.second))["scores"]
        anew = network(laid)["scores"]
    assert torch.allclose(kept, anew, atol=0.15), "kept in bfloat16"
    assert (anew[:, 0].argsort() == kept[:, 0].argsort()).all()
