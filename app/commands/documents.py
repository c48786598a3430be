"""The commands that keep the library: ingest, documents, remove, verify, rebuild and setup."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.inputs import one_document, open_library, open_ready_library, prepare_models, say_step
from app.commands.parsing import DONE, FAILED, WHICH_DOCUMENT, Commands, add_json_option, count_of
from app.console import ask_user, json_line, print_json, say, say_line, warn
from app.errors import AppError, UsageError

if TYPE_CHECKING:
    import argparse

    from app.progress import ProgressLine
    from app.settings import Settings
    from vectorstore.records import Added, DocumentRecord
    from vectorstore.same_names import SameName
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
    parser.add_argument(
        "--replace", action="store_true", help="replace documents that have the name of a new file and other content"
    )
    add_json_option(parser)
    add_json_option(commands.add("documents", "list the documents in the library", documents, "whrd documents --json"))
    parser = commands.add("remove", "remove a document", remove, "whrd remove report.pdf")
    parser.add_argument("document", metavar="DOC", help=WHICH_DOCUMENT)
    add_json_option(commands.add("verify", "check that catalogue, index and files agree", verify, "whrd verify"))
    parser = commands.add(
        "rebuild",
        "rebuild the search indexes; read originals that the list does not know, or an earlier version read",
        rebuild,
        "whrd rebuild",
        "whrd rebuild --from-files",
    )
    parser.add_argument("--from-files", action="store_true", help="read all originals again")
    commands.add("setup", "set up the embedding model (once, about a minute)", setup, "whrd setup")


def ingest(options: argparse.Namespace, settings: Settings) -> int:
    """Add files; done when every one of them is ready."""
    from app.fetching import consent_error, fetch_all, is_address
    from app.progress import progress_bar
    from ingest.documents import Status
    from ingest.finding import Found, find_files
    from ingest.load import sha256_of
    from vectorstore.sources import Source

    addresses = list(filter(is_address, options.paths))
    if addresses and not options.fetch:
        raise consent_error(addresses[0])
    files = find_files(Path(path) for path in options.paths if path not in addresses)
    if not files and not addresses:
        raise UsageError(f"No file in {', '.join(options.paths)}: give a file or a folder with files.")
    if files and not addresses and not any(file.exists for file in files):
        raise AppError(str(files[0].problem))
    library = open_ready_library(settings)
    ready = True
    with tempfile.TemporaryDirectory(prefix="whrd-") as folder, progress_bar(len(files) + len(addresses)) as progress:
        fetched = fetch_all(addresses, Path(folder))
        sources = {sha256_of(each.path): Source(each.address, each.at) for each in fetched}
        adding = library.add_all(
            [*files, *(Found(each.path) for each in fetched)],
            on_progress=progress.report,
            on_start=progress.start,
            replaces=_replaces(options, progress),
        )
        for added in adding:
            if added.status is Status.READY and added.id in sources:
                library.note_source(added.id, sources[added.id])
            ready = ready and added.status is Status.READY
            if options.json:
                progress.say(_ingest_line(added))
            elif added.status is Status.READY:
                counts = f"{count_of(added.pages, 'page')}, {count_of(added.passages, 'passage')}"
                progress.say(f"{added.document}: {counts}, {added.message}{_hint(added)}")
            else:
                progress.say(f"{added.status}: {added.message}")
    return DONE if ready else FAILED


def _replaces(options: argparse.Namespace, progress: ProgressLine) -> SameName:
    """Return who decides about a new file that has the name of a document with other content."""

    def ask(name: str, others: Sequence[DocumentRecord]) -> bool:
        if options.replace:
            return True
        day = others[-1].added_at[:10]
        question = (
            f"{name} is already here with other content, added on {day}. Replace it? Both are kept otherwise. [y/N]"
        )
        with progress.paused():
            answer = ask_user(question)
        return answer is not None and answer.casefold() in ("y", "yes")

    return ask


def _hint(added: Added) -> str:
    return "; `--replace` replaces it" if added.same_name else ""


def documents(options: argparse.Namespace, settings: Settings) -> int:
    """List the documents."""
    from ingest.documents import Status
    from vectorstore.same_names import same_names
    from vectorstore.upkeep import FULL_TEXT_ONLY

    library = open_library(settings)
    found, sources = library.catalogue.documents(), library.catalogue.sources.all()
    if options.json:
        for document in found:
            print_json(_document_json(document, sources.get(document.id)))
        for note in library.notes():
            warn(note)
        return DONE
    notes = library.notes()
    if not found and not notes:
        say_line(f"The library at {settings.home} is empty: add a report with `whrd ingest FILE`.")
    for document in found:
        ready = document.status is Status.READY
        what = f"{count_of(document.pages, 'page')}, “{document.title}”" if ready else str(document.message)
        what += "" if document.embedded else f"; {FULL_TEXT_ONLY}"
        twin = ready and same_names(found, document.name, document.id)
        what += f"; added on {document.added_at[:10]}, another of this name is here" if twin else ""
        if source := sources.get(document.id):
            what += f"; from {source.address}, fetched {source.fetched[:10]}"
        say_line(f"{document.id[:8]}  {document.status:<11}  {document.name}  {what}")
    for note in notes:
        say_line(f"{str(note)[0].upper()}{str(note)[1:]}.")
    return DONE


def _ingest_line(added: Added) -> str:
    values = {
        "document": added.document,
        "status": added.status,
        "pages": added.pages,
        "passages": added.passages,
        "message": str(added.message),
    }
    return json_line(values)


def _document_json(document: DocumentRecord, source: Source | None) -> dict[str, Any]:
    return {
        "document": document.name,
        "id": document.id,
        "title": document.title,
        "author": document.author,
        "year": document.year,
        "publisher": document.publisher,
        "symbol": document.symbol,
        "date": document.date,
        "case": document.case,
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
    document = one_document(library, options.document)
    library.remove(document.id)
    say_line(f"Removed {document.name}.")
    return DONE


def verify(options: argparse.Namespace, settings: Settings) -> int:
    """Check that catalogue, index and files agree, and how exact the index is; failed when they do not agree."""
    from app.incoming import left_uploads
    from vectorstore.errors import IndexDamaged
    from vectorstore.restoring import earlier_notes
    from vectorstore.upkeep import incomplete

    library = open_library(settings)
    # Nothing can be completed where nothing can be written: then it is told, and no fault.
    waiting = incomplete(library.stores) if library.stores.read_only else []
    problems = [problem for problem in library.verify() if problem not in waiting]
    notes = waiting + [str(note) for note in earlier_notes(library.stores)]
    problems += [
        f"{name} lies in incoming/: the chat was stopped while it was being added, the next `whrd chat` adds it"
        for name in left_uploads(settings.home)
    ]
    try:
        recall = library.index_recall()
    except IndexDamaged:  # it is among the problems
        recall = None
    if options.json:
        found = {"found": round(recall.found, 1), "nearest": recall.nearest} if recall is not None else None
        print_json({"problems": problems, "notes": notes, "index": found})
        return FAILED if problems else DONE
    for line in problems:
        say_line(line)
    say_line("Run `whrd rebuild` to repair the library." if problems else "All is well.")
    for line in notes:
        say_line(f"{line[0].upper()}{line[1:]}.")
    if recall is not None:
        say_line(f"The search index finds {recall.found:.1f} of the {recall.nearest} nearest passages, on average.")
    return FAILED if problems else DONE


def rebuild(options: argparse.Namespace, settings: Settings) -> int:
    """Rebuild the indexes from the catalogue, and what the catalogue lacks from the originals."""
    from app.progress import progress_bar
    from vectorstore.mending import mend

    for line in mend(settings.home):
        warn(line)
    library = open_ready_library(settings)
    with progress_bar(1) as progress:
        progress.start(1, "rebuild")
        unread = library.rebuild(progress.report, options.from_files)
    for line in unread:
        warn(line)
    say("Indexes rebuilt.")
    return FAILED if unread else DONE


def setup(_options: argparse.Namespace, settings: Settings) -> int:
    """Download and make the embedding model, so that no later command has to wait for it."""
    from encoder.errors import WeightsUnavailable
    from reader.opening import open_reader
    from vectorstore.embeddings import fetch_embedder, open_embedder

    try:
        fetch_embedder(settings.embedder, say_step)
    except WeightsUnavailable as unavailable:
        if settings.embedder:
            raise
        warn(unavailable)
    prepare_models(open_embedder(settings.embedder), open_reader(settings.reader))
    say("Insights is set up.")
    return DONE
