"""How the product behaves as a library grows: ``python -m evaluation.scale --sizes 1000 10000 100000 --out FOLDER``.

A grown library (``evaluation.grown``) is asked the sample report's questions at every size, in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.refusal.evidence import find_evidence
from app.settings import read_settings
from evaluation.grown import PASSAGES_A_DOCUMENT, NoisyEmbedder, add_grown, grow, grow_document, real_sentences
from evaluation.meter import peak_memory_mb
from evaluation.scale_report import Asked, Report, Size, find_matplotlib, write_report
from ingest.documents import Status
from ingest.finding import find_files
from vectorstore.embeddings import Embedder, open_embedder
from vectorstore.library import Library
from vectorstore.records import Scope

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
SCOPES = ("no filter", "one document", "one country", "a tenth of the documents")
_WARM_UP = 5
_ROUNDS = 2
_COLD_STARTS = 3
_QUESTION = "What happened on 8 March 2020 in Bishkek?"


def build_parser() -> argparse.ArgumentParser:
    """Return the parser."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.scale", description=(__doc__ or "").split("\n")[0])
    add_arguments(parser)
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)  # the process that asks
    return parser


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="PASSAGES")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where scale.json, scale.md and the plots go")
    parser.add_argument("--from", dest="sources", type=Path, metavar="FOLDER", help="more real reports to grow from")
    parser.add_argument("--home", type=Path, help="keep the grown library in this folder (default: a temporary one)")
    parser.add_argument("--embedder", default="", help="as WHRD_EMBEDDER")


def main(arguments: Sequence[str] | None = None) -> int:
    """Grow, ask, write the report."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.ask is not None:
        asked, memory = _ask(options.ask, open_embedder(options.embedder))
        print(json.dumps({"asked": {name: asdict(value) for name, value in asked.items()}, "memory_mb": memory}))
        return 0
    if options.out is None:
        parser.error("give a folder for the report with --out FOLDER")
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Grow a library to every size, measure it there, and write scale.json, scale.md and the plots."""
    find_matplotlib()  # rather than to miss it when all is measured
    sources = [*sorted(SAMPLE.glob("*.pdf")), *([options.sources] if options.sources else [])]
    files = [found.path for found in find_files(sources) if found.problem is None]
    sentences = real_sentences(files)
    embedder = open_embedder(options.embedder)
    print(f"{len(sentences)} real sentences of {len(files)} reports", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        first = min(1_000, *options.sizes)
        rate = _embedding_rate(Path(temporary) / "embedded", embedder, sentences, first)
        home = options.home or Path(temporary) / "grown"
        noisy = NoisyEmbedder(embedder, sentences)
        sizes = tuple(_measure(home, noisy, sentences, size) for size in sorted(options.sizes))
    write_report(Report(embedder.name, len(sentences), first, rate, sizes), options.out)
    return 0


def _embedding_rate(home: Path, embedder: Embedder, sentences: Sequence[str], passages: int) -> float:
    embedder.embed(sentences[:1])  # loading it is not its rate
    library = Library(home, embedder)
    started = time.perf_counter()
    for number, held in enumerate(range(0, passages, PASSAGES_A_DOCUMENT)):
        add_grown(library, grow_document(number, sentences, min(PASSAGES_A_DOCUMENT, passages - held)))
    seconds = time.perf_counter() - started
    library.close()
    return passages / seconds


def _measure(home: Path, embedder: Embedder, sentences: Sequence[str], size: int) -> Size:
    library = Library(home, embedder)
    before, started = library.catalogue.passage_count(), time.perf_counter()
    grow(library, sentences, size, lambda held: None)
    rate = (size - before) / (time.perf_counter() - started)
    documents = len(library.catalogue.documents())
    library.close()
    print(f"{size:,} passages: {rate:.0f} a second, asking …", file=sys.stderr, flush=True)
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6
    done = _run([sys.executable, "-m", "evaluation.scale", "--ask", str(home), "--embedder", embedder.name], home)
    found = json.loads(done)
    asked = {name: Asked(**value) for name, value in found["asked"].items()}
    return Size(size, documents, rate, disk, found["memory_mb"], _cold_start(home, embedder.name), asked)


def _cold_start(home: Path, embedder: str) -> float:
    seconds = []
    for _ in range(_COLD_STARTS):
        started = time.perf_counter()
        _run([sys.executable, "-m", "app.cli", "ask", _QUESTION], home, embedder)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def _run(command: Sequence[str], home: Path, embedder: str = "") -> str:
    root = str(Path(__file__).resolve().parent.parent)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WHRD_")}
    environment |= {"WHRD_HOME": str(home), "WHRD_EMBEDDER": embedder, "PYTHONPATH": root}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _ask(home: Path, embedder: Embedder) -> tuple[dict[str, Asked], float]:
    """Ask the sample report's questions within every scope; return the times, and the peak memory in MB."""
    lines = (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    library = Library(home, embedder, read_settings().chroma_url)
    documents = library.catalogue.documents(Status.READY)
    country = library.catalogue.cases()[0].country
    scopes = {
        "no filter": Scope(),
        "one document": Scope(documents=(documents[0].id,)),
        "one country": Scope(countries=(country,)),
        "a tenth of the documents": Scope(documents=tuple(document.id for document in documents[::10])),
    }
    asked = {}
    for name, scope in scopes.items():
        times, cpu = [], []
        for question in [*questions[:_WARM_UP], *questions * _ROUNDS]:
            started, used = time.perf_counter(), time.process_time()
            find_evidence(library, question, scope)
            times.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - used))
        warm = sorted(times[_WARM_UP:])
        inside = library.catalogue.scope_size(scope) if scope else library.catalogue.passage_count()
        asked[name] = Asked(
            inside, statistics.median(warm), warm[int(0.95 * len(warm))], statistics.median(cpu[_WARM_UP:])
        )
    library.close()
    return asked, peak_memory_mb()


if __name__ == "__main__":
    raise SystemExit(main())
