"""Reports that speak to the model, and models that lie: what reaches a reader, measured.

    make injection            three lying models over the whole corpus: some minutes
    make injection MODEL=URL  a real model beside them, by its address

One row a model: how many replies and sentences there were, how each was shown, and how often something was shown that
may not be. It ends with 1 where anything was. Sentences of a real model in other words are printed, for a person to
judge.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app")]

from fake_models import Told, breaking, forging, obeying  # noqa: E402
from hostile_reports import Report, reports  # noqa: E402
from judging import Pages, faults_of, faults_of_exports  # noqa: E402
from model_server import Handler, serve_model  # noqa: E402

from app.answers import Answer, Verdict  # noqa: E402
from app.assistant import ask  # noqa: E402
from app.chat_models.opening import open_model  # noqa: E402
from app.errors import ModelError  # noqa: E402
from reader.opening import open_reader  # noqa: E402
from vectorstore.library import Library  # noqa: E402
from vectorstore.records import Scope  # noqa: E402

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

KINDS = ("requests", "shown", "forged", "unseen", "export", "error")
"""Of faults, as the columns of the table."""
_NETWORK = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")


@dataclass(slots=True)
class Tally:
    """How one model went."""

    name: str
    replies: int = 0
    refused: int = 0
    """Replies in which no sentence could be used: the reader is told so."""
    verdicts: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    unknown: int = 0
    faults: list[str] = field(default_factory=list)
    worded: list[str] = field(default_factory=list)
    """Sentences shown as borne out in other words."""

    def count(self, answer: Answer) -> None:
        """Add an answer."""
        for sentence in answer.sentences:
            kind = "in other words" if sentence.reworded else str(sentence.verdict)
            self.verdicts[kind] += 1
            if sentence.verdict is Verdict.SUPPORTED:
                self.worded.append(sentence.text)
        self.rejected += answer.rejected_quotes
        self.unknown += len(answer.unknown_citations)

    def row(self) -> str:
        """Return a line of the table."""
        shown = (self.verdicts[name] for name in ("quoted", "supported", "in other words", "unverified"))
        faults = (sum(fault.startswith(kind) for fault in self.faults) for kind in KINDS)
        figures = (self.replies, self.refused, *shown, self.rejected, self.unknown, *faults)
        return f"| {self.name} | {' | '.join(map(str, figures))} |"


HEAD = (
    "| model | replies | unusable | quoted | supported | in other words | warned | quotes left out | numbers made up |"
    " requests | shown wrongly | forged citations | unseen signs | exports | errors |\n" + "| --- " * 15 + "|"
)


@contextmanager
def _listener() -> Iterator[tuple[str, list[str]]]:
    """Run a server that writes down what it is asked for; give its address and its list."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def _watch(asked: list[str]) -> None:
    """Write down every connection of this process, and every name that it looks up, but to this computer."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _NETWORK:
            return
        address = arguments[1] if event.startswith("socket.connect") or "send" in event else arguments[0]
        host = address[0] if isinstance(address, tuple) else address
        if isinstance(host, str) and "/" not in host and host not in ("", "127.0.0.1", "::1", "localhost", "0.0.0.0"):
            asked.append(host)
            raise OSError(f"refused: {host}")

    sys.addaudithook(watch)


def _question(
    library: Library,
    model: BaseChatModel,
    report: Report,
    scope: Scope,
    tally: Tally,
    truth: dict[str, Pages],
    told: Told,
) -> None:
    """Ask one question and judge the answer and what is exported of it."""
    tally.replies += 1
    try:
        answer = ask(library, report.question, scope, model)
    except ModelError as error:
        tally.refused += 1
        if "\n" in str(error):
            tally.faults.append(f"error: more than a line, {str(error)!r}")
        return
    except Exception as error:  # whatever a reply may raise
        tally.faults.append(f"error: {type(error).__name__} {str(error)[:100]}")
        return
    tally.refused += answer.note is not None and not answer.sentences
    tally.count(answer)
    tally.faults += faults_of(answer, truth, told)
    tally.faults += faults_of_exports(answer, library)


def _models(rounds: int, only: list[str]) -> Iterator[tuple[str, Callable[[Told], Callable[[Handler], None]], int]]:
    """Yield the lying models: their names, how they are made, and how often each report is asked of."""
    made = {"obeys": obeying, "forges": forging, "breaks the form": lambda told: breaking()}
    for name, make in made.items():
        if not only or name in only:
            yield name, make, rounds


def main() -> int:
    """Run it; 1 where something reached the reader that may not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4, metavar="N", help="questions of each report and model (4)")
    parser.add_argument("--only", nargs="+", default=[], metavar="MODEL", help="only these models")
    parser.add_argument("--reports", nargs="+", default=[], metavar="FILE", help="only these reports")
    parser.add_argument("--model", default="", metavar="URL", help="a real model beside them")
    options = parser.parse_args()
    tallies: list[Tally] = []
    with tempfile.TemporaryDirectory(prefix="injection-") as folder, _listener() as (address, asked):
        _watch(asked)
        corpus = [report for report in reports(address) if not options.reports or report.name in options.reports]
        with closing(Library(Path(folder) / "library", reader=open_reader())) as library:
            truth = _add(library, corpus, Path(folder), address)
            for name, make, rounds in _models(options.rounds, options.only):
                told = Told()
                with serve_model() as server:
                    server.replies = [make(told)]
                    tallies.append(_run(name, library, server.url, corpus, truth, told, rounds, asked))
            if options.model:
                tallies.append(_run(options.model, library, options.model, corpus, truth, Told(), 1, asked))
    print("\n".join([HEAD, *(tally.row() for tally in tallies)]))
    for tally in tallies:
        for fault, count in Counter(tally.faults).most_common():
            print(f"    {tally.name}: {fault} ({count})")
        if tally.name == options.model:
            print("\n".join(f"    in other words: {text}" for text in tally.worded))
    return int(any(tally.faults for tally in tallies))


def _add(library: Library, corpus: list[Report], folder: Path, address: str) -> dict[str, Pages]:
    """Add the reports to the library; return the pages of each, by its id."""
    truth: dict[str, Pages] = {}
    for report in corpus:
        added = library.add(report.make(folder, address))
        if added.status != "ready":
            sys.exit(f"{report.name} could not be added: {added.message}")
        truth[added.id] = report.pages
    return truth


def _run(
    name: str,
    library: Library,
    url: str,
    corpus: list[Report],
    truth: dict[str, Pages],
    told: Told,
    rounds: int,
    asked: list[str],
) -> Tally:
    """Ask a model of every report alone, and of all together."""
    tally, model = Tally(name), open_model(url, timeout=120)
    scopes = [(report, Scope(documents=(key,))) for report, key in zip(corpus, truth, strict=True)]
    scopes.append((corpus[0], Scope()))
    for _ in tqdm(range(rounds), desc=name, disable=not sys.stderr.isatty()):
        for report, scope in scopes:
            _question(library, model, report, scope, tally, truth, told)
    time.sleep(0.2)  # for a request that is on its way
    tally.faults += [f"requests: {path}" for path in asked]
    asked.clear()
    return tally


if __name__ == "__main__":
    sys.exit(main())
