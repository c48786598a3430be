"""The commands that keep the library: ingest, documents, remove, verify, rebuild and setup."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.inputs import open_library, open_ready_library, prepare_embedder, say_step
from app.commands.parsing import DONE, FAILED, Commands, add_json_option, count_of, print_json
from app.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from app.settings import Settings
    from vectorstore.adding import Added
    from vectorstore.records import DocumentRecord
    from vectorstore.sources import Source


def add_document_commands(commands: Commands) -> None:
    """Add the commands to the parser."""
    parser = commands.add(
        "ingest",
        "add files, folders or web addresses to the library",
        ingest,
        "whrd ingest reports/ testimony.docx",
        "whrd ingest --fetch https://example.org/report.pdf",
    )
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a file (PDF, DOCX, ODT, RTF, PPTX, XLSX, CSV, EPUB, HTML, MHT, EML, Markdown or text), a folder, or a web"
        " address",
    )
    parser.add_argument(
        "--fetch", action="store_true", help="fetch the web addresses: connects to the computers that they name"
    )
    add_json_option(parser)
    add_json_option(commands.add("documents", "list the documents in the library", documents, "whrd documents --json"))
    parser = commands.add("remove", "remove a document", remove, "whrd remove report.pdf")
    parser.add_argument("document", metavar="DOC", help="its file name, title, or the beginning of its id")
    add_json_option(commands.add("verify", "check that catalogue, index and files agree", verify, "whrd verify"))
    commands.add("rebuild", "rebuild the search indexes from the catalogue", rebuild, "whrd rebuild")
    commands.add("setup", "set up the embedding model (once, about a minute)", setup, "whrd setup")


def ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Add files; done when every one of them is ready."""
    from app.fetching import consent_error, fetch_all, is_address
    from app.progress import progress_bar
    from ingest.documents import Status
    from ingest.load import find_files, sha256_of
    from vectorstore.sources import Source

    addresses = list(filter(is_address, options.paths))
    if addresses and not options.fetch:
        raise consent_error(addresses[0])
    files = find_files(Path(path) for path in options.paths if path not in addresses)
    if not files and not addresses:
        raise UsageError(f"No file in {', '.join(options.paths)}: give a file or a folder with files.")
    library = open_ready_library(settings)
    ready = True
    with tempfile.TemporaryDirectory(prefix="whrd-") as folder, progress_bar(len(files) + len(addresses)) as progress:
        fetched = fetch_all(addresses, Path(folder))
        paths = [*files, *(each.path for each in fetched)]
        sources = {sha256_of(each.path): Source(each.address, each.at) for each in fetched}
        for added in library.add_all(paths, on_progress=progress.report, on_start=progress.start):
            if added.status is Status.READY and added.id in sources:
                library.note_source(added.id, sources[added.id])
            ready = ready and added.status is Status.READY
            if options.json:
                progress.say(_ingest_line(added))
            elif added.status is Status.READY:
                counts = f"{count_of(added.pages, 'page')}, {count_of(added.passages, 'passage')}"
                progress.say(f"{added.document}: {counts}, {added.message}")
            else:
                progress.say(f"{added.status}: {added.message}")
    return DONE if ready else FAILED


def documents(options: argparse.Namespace, settings: Settings) -> int:
    """List the documents."""
    from ingest.documents import Status
    from vectorstore.upkeep import FULL_TEXT_ONLY

    catalogue = open_library(settings).catalogue
    found, sources = catalogue.documents(), catalogue.sources.all()
    if options.json:
        for document in found:
            print_json(_document_json(document, sources.get(document.id)))
        return DONE
    if not found:
        print(f"The library at {settings.home} is empty: add a report with `whrd ingest FILE`.")
    for document in found:
        ready = document.status is Status.READY
        what = f"{count_of(document.pages, 'page')}, “{document.title}”" if ready else str(document.message)
        what += "" if document.embedded else f"; {FULL_TEXT_ONLY}"
        if source := sources.get(document.id):
            what += f"; from {source.address}, fetched {source.fetched[:10]}"
        print(f"{document.id[:8]}  {document.status:<11}  {document.name}  {what}")
    return DONE


def _ingest_line(added: Added) -> str:
    values = {
        "document": added.document,
        "status": added.status,
        "pages": added.pages,
        "passages": added.passages,
        "message": str(added.message),
    }
    return json.dumps(values, ensure_ascii=False)


def _document_json(document: DocumentRecord, source: Source | None) -> dict[str, Any]:
    return {
        "document": document.name,
        "id": document.id,
        "title": document.title,
        "author": document.author,
        "year": document.year,
        "status": document.status,
        "pages": document.pages,
        "passages": document.passages,
        "message": str(document.message),
        "added": document.added_at,
        "embedded": document.embedded,
        "address": source.address if source else "",
        "fetched": source.fetched if source else "",
    }


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Remove a document, its file and its index entries."""
    library = open_library(settings)
    found = library.find_documents(options.document)
    if len(found) > 1:
        ids = ", ".join(document.id[:8] for document in found)
        raise UsageError(f"{len(found)} documents are called {options.document}: give one of the ids {ids}.")
    library.remove(found[0].id)
    print(f"Removed {found[0].name}.")
    return DONE


def verify(options: argparse.Namespace, settings: Settings) -> int:
    """Check that catalogue, index and files agree, and how exact the index is; failed when they do not agree."""
    from vectorstore.errors import IndexDamaged

    library = open_library(settings)
    problems = library.verify()
    try:
        recall = library.index_recall()
    except IndexDamaged:  # it is among the problems
        recall = None
    if options.json:
        found = {"found": round(recall.found, 1), "nearest": recall.nearest} if recall is not None else None
        print_json({"problems": problems, "index": found})
        return FAILED if problems else DONE
    print("\n".join([*problems, "Run `whrd rebuild` to repair the indexes."] if problems else ["All is well."]))
    if recall is not None:
        print(f"The search index finds {recall.found:.1f} of the {recall.nearest} nearest passages, on average.")
    return FAILED if problems else DONE


def rebuild(_options: argparse.Namespace, settings: Settings) -> int:
    """Rebuild the indexes from the catalogue."""
    from app.progress import progress_bar

    library = open_ready_library(settings)
    with progress_bar(1) as progress:
        progress.start(1, "rebuild")
        library.rebuild(progress.report)
    print("Indexes rebuilt.")
    return DONE


def setup(_options: argparse.Namespace, settings: Settings) -> int:
    """Download and make the embedding model, so that no later command has to wait for it."""
    from vectorstore.embeddings import fetch_embedder, open_embedder
    from vectorstore.errors import WeightsUnavailable

    try:
        fetch_embedder(settings.embedder, say_step)
    except WeightsUnavailable as unavailable:
        if settings.embedder:
            raise
        print(f"whrd: {unavailable}", file=sys.stderr, flush=True)
    prepare_embedder(open_embedder(settings.embedder))
    print("Insights is set up.")
    return DONE
