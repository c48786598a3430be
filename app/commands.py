"""What each command of ``whrd`` does; arguments are parsed in ``app.cli``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UsageError
from app.progress import progress_bar
from app.settings import Settings
from ingest.documents import Status
from ingest.language.countries import parse_country
from vectorstore.library import Library
from vectorstore.records import Scope
from vectorstore.upkeep import FULL_TEXT_ONLY

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from app.follow_ups.reading import Reading
    from vectorstore.embeddings import Embedder

DONE, FAILED = 0, 1


def open_library(settings: Settings) -> Library:
    """Return the library that the settings name."""
    from vectorstore.embeddings import open_embedder
    from vectorstore.reranker import open_reranker

    embedder, reranker = open_embedder(settings.embedder), open_reranker(settings.reranker)
    return Library(settings.home, embedder, settings.chroma_url, reranker)


def setup(options: argparse.Namespace, settings: Settings) -> int:
    """Make the embedding model, so that no later command has to wait for it."""
    prepare_embedder(open_library(settings).embedder)
    print("Insights is set up.")
    return DONE


def prepare_embedder(embedder: Embedder) -> None:
    """Make the embedding model where it is missing, and say so: it takes a minute."""
    from vectorstore.embeddings import OnnxEmbedder

    if isinstance(embedder, OnnxEmbedder) and not embedder.is_ready():
        embedder.prepare(lambda step: print(f"whrd: {step} …", file=sys.stderr, flush=True))


def ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Add files; done when every one of them is ready."""
    from ingest.load import find_files

    files = find_files(options.paths)
    if not files:
        raise UsageError(f"No file in {', '.join(map(str, options.paths))}: give a file or a folder with files.")
    library = open_library(settings)
    prepare_embedder(library.embedder)
    ready = True
    with progress_bar(len(files)) as progress:
        for added in library.add_all(files, on_progress=progress.report, on_start=progress.start):
            ready = ready and added.status is Status.READY
            if options.json:
                keys = ("document", "status", "pages", "passages", "message")
                values = {key: getattr(added, key) for key in keys} | {"message": str(added.message)}
                progress.say(json.dumps(values, ensure_ascii=False))
            elif added.status is Status.READY:
                counts = f"{_count(added.pages, 'page')}, {_count(added.passages, 'passage')}"
                progress.say(f"{added.document}: {counts}, {added.message}")
            else:
                progress.say(f"{added.status}: {added.message}")
    return DONE if ready else FAILED


def documents(options: argparse.Namespace, settings: Settings) -> int:
    """List the documents."""
    found = open_library(settings).catalogue.documents()
    if options.json:
        for d in found:
            _print_json(
                {
                    "document": d.name,
                    "id": d.id,
                    "title": d.title,
                    "author": d.author,
                    "year": d.year,
                    "status": d.status,
                    "pages": d.pages,
                    "passages": d.passages,
                    "message": str(d.message),
                    "added": d.added_at,
                    "embedded": d.embedded,
                }
            )
    elif not found:
        print(f"The library at {settings.home} is empty: add a report with `whrd ingest FILE`.")
    for d in found if not options.json else ():
        what = f"{_count(d.pages, 'page')}, “{d.title}”" if d.status is Status.READY else str(d.message)
        what += "" if d.embedded else f"; {FULL_TEXT_ONLY}"
        print(f"{d.id[:8]}  {d.status:<11}  {d.name}  {what}")
    return DONE


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Remove a document, from both stores and with its file."""
    library = open_library(settings)
    found = library.find_documents(options.document)
    if len(found) > 1:
        ids = ", ".join(document.id[:8] for document in found)
        raise UsageError(f"{len(found)} documents are called {options.document}: give one of the ids {ids}.")
    library.remove(found[0].id)
    print(f"{found[0].name} is removed.")
    return DONE


def verify(options: argparse.Namespace, settings: Settings) -> int:
    """Look for disagreements; failed when there are any."""
    problems = open_library(settings).verify()
    if options.json:
        _print_json({"problems": problems})
    else:
        print("\n".join([*problems, "Run `whrd rebuild` to mend the indexes."] if problems else ["All is well."]))
    return FAILED if problems else DONE


def rebuild(options: argparse.Namespace, settings: Settings) -> int:
    """Make the indexes anew."""
    library = open_library(settings)
    prepare_embedder(library.embedder)
    with progress_bar(1) as progress:
        progress.start(1, "rebuild")
        library.rebuild(progress.report)
    print("The indexes are made anew.")
    return DONE


def search(options: argparse.Namespace, settings: Settings) -> int:
    """Find passages."""
    from vectorstore.retriever import retrieve

    library = open_library(settings)
    prepare_embedder(library.embedder)

    def results(question: str, scope: Scope) -> list[dict[str, Any]]:
        names = {document.id: document.name for document in library.catalogue.documents()}
        return [
            {
                "document": names[item.passage.document],
                "page": item.passage.page,
                "pages": item.passage.pages,
                "start": item.passage.spans[0].start,
                "end": item.passage.spans[0].end,
                "text": item.passage.text,
                "score": round(item.score, 4),
            }
            for item in retrieve(library, question, scope).best(options.k)
        ]

    if options.batch:
        for line in _batch(options.batch, "question"):
            scope = _scope(library, options, line.get("docs") or ())
            _print_json({"id": line.get("id", ""), "results": results(line["question"], scope)})
        return DONE
    found = results(_required(options.question, "QUESTION"), _scope(library, options))
    if options.json:
        _print_json({"id": "", "results": found})
        return DONE
    for number, item in enumerate(found, start=1):
        print(f"[{number}] {item['document']}, p. {item['page']}\n    {' '.join(item['text'].split())}\n")
    if not found:
        print("Nothing found.")
    return DONE


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Answer a question."""
    from app.answers import answer_json
    from app.assistant import ask as answer
    from app.exports.command import check_export_options, take_away
    from app.follow_ups.reading import read_as, read_question
    from app.follow_ups.rephrase import rephrase_question

    check_export_options(options)
    library = open_library(settings)
    prepare_embedder(library.embedder)
    model = _model(options, settings)

    def read(question: str, earlier: Sequence[str], scope: Scope) -> Reading:
        return rephrase_question(model, question, earlier, scope) if model else read_question(question, earlier, scope)

    if options.batch:
        for line in _batch(options.batch, "question"):
            earlier = [*options.after, *map(str, line.get("after") or ())]
            reading = read(line["question"], earlier, _scope(library, options, line.get("docs") or ()))
            result = answer(library, reading.question, reading.scope, model)
            _print_json(answer_json(result, str(line.get("id", "")), reading.asked))
        return DONE
    reading = read(_required(options.question, "QUESTION"), options.after, _scope(library, options))
    if options.json and not options.mask_preview:
        options.format = "json"
    if reading.rewritten and options.format != "json":
        print(f"{read_as(reading)}\n", file=sys.stderr if options.format else sys.stdout, flush=True)
    result = answer(library, reading.question, reading.scope, model)
    take_away(options, result, library, options.model or settings.model, asked=reading.asked)
    return DONE


def summarise(options: argparse.Namespace, settings: Settings) -> int:
    """Summarise a country's case."""
    from app import cases
    from app.cases.asking import read_case_question
    from app.exports.command import check_export_options, take_away

    check_export_options(options)
    library = open_library(settings)
    prepare_embedder(library.embedder)
    if options.batch:
        for line in _batch(options.batch, "country", "question"):
            asked = read_case_question(str(line.get("question") or ""), str(line.get("country") or ""))
            documents = _document_ids(library, [*options.document, *(line.get("docs") or ())])
            about = options.about or asked.about
            summary = cases.summarise(library, asked.country, documents, about=about, sentences=options.sentences)
            _print_json(cases.summary_json(summary, str(line.get("id", ""))))
        return DONE
    documents = _document_ids(library, options.document)
    country = _required(options.country, "COUNTRY")
    summary = cases.summarise(library, country, documents, about=options.about, sentences=options.sentences)
    take_away(options, summary, library)
    return DONE


def compare(options: argparse.Namespace, settings: Settings) -> int:
    """Set countries side by side."""
    from app import cases
    from app.exports.command import check_export_options, take_away

    check_export_options(options)
    library = open_library(settings)
    prepare_embedder(library.embedder)
    documents = _document_ids(library, options.document)
    take_away(options, cases.compare(library, options.countries, options.question, documents), library)
    return DONE


def chats(options: argparse.Namespace, settings: Settings) -> int:
    """List the stored chats, or take one away."""
    from app.exports import command

    return command.chats(options, open_library(settings))


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Verify an evidence pack."""
    from app.exports import command

    return command.check(options, settings)


def recommendations(options: argparse.Namespace, settings: Settings) -> int:
    """List what the reports recommend; needs no embedding model."""
    from app import cases
    from app.exports.command import check_export_options, take_away

    if options.json:
        options.format = "json"
    check_export_options(options)
    library = open_library(settings)
    documents = _document_ids(library, options.document)
    addressees = [cases.Addressee(name) for name in options.to]
    take_away(options, cases.recommendations(library, options.countries, documents, addressees), library)
    return DONE


def chat(options: argparse.Namespace, settings: Settings) -> int:
    """Open the chat."""
    from app.chat.launch import launch

    prepare_embedder(open_library(settings).embedder)
    return launch(settings)


def _model(options: argparse.Namespace, settings: Settings) -> BaseChatModel | None:
    """Return the chat model, if one is named; text goes to another computer only when the user has agreed."""
    spec = options.model or settings.model
    if not spec:
        return None
    from app.chat_models.address import model_host
    from app.chat_models.opening import open_model
    from app.errors import HostNotAllowed

    allowed = settings.allowed_hosts | {host.lower() for host in options.allow_host}
    window, timeout = settings.model_window, settings.model_timeout
    try:
        model = open_model(spec, allowed, window=window, timeout=timeout)
    except HostNotAllowed as refusal:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise
        print(f"The question and passages of your reports will be sent to {refusal.host}.", file=sys.stderr)
        print("Send them? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().casefold() not in ("y", "yes"):
            raise
        return open_model(spec, allowed | {refusal.host}, window=window, timeout=timeout)
    if host := model_host(spec):
        print(f"whrd: the question and passages of your reports go to {host}.", file=sys.stderr)
    elif sys.stderr.isatty():
        print(f"whrd: {spec} reads the passages; this may take a minute …", file=sys.stderr)
    return model


def _scope(library: Library, options: argparse.Namespace, names: Sequence[str] = ()) -> Scope:
    documents = _document_ids(library, [*options.document, *names])
    try:
        countries = tuple(parse_country(name) for name in options.country)
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Scope(documents, countries)


def _document_ids(library: Library, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(document.id for name in names for document in library.find_documents(name)))


def _batch(path: Path, *keys: str) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path.name}, line {number} is no JSON ({error.msg}): give one object a line.") from error
        if not isinstance(line, dict) or not any(isinstance(line.get(key), str) for key in keys):
            raise UsageError(f"{path.name}, line {number} has no {' or '.join(map(repr, keys))}.")
        yield line


def _required(value: str | None, name: str) -> str:
    if not value or not value.strip():
        raise UsageError(f"Give {name}, or --batch FILE.jsonl.")
    return value


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)
