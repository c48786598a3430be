"""The command ``whrd``. Heavy modules are imported by the command that needs them, so that help is instant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import AppError, UsageError
from app.exports.options import add_export_options
from app.settings import Settings, read_settings
from ingest.errors import IngestError
from vectorstore.errors import LibraryError

FAILED, WRONG_USAGE = 1, 2
ADDRESSEES = ("State", "UN", "companies", "donors", "civil society", "other")
MOST_SENTENCES = 100
_EXAMPLES = """examples:
  whrd ingest report.pdf
  whrd ask "What happened on 8 March 2020 in Bishkek?"
  whrd summarise Nepal -o nepal.docx
  whrd chat

settings (environment or .env): WHRD_HOME, the library's folder; WHRD_MODEL; WHRD_MODEL_WINDOW; WHRD_MODEL_TIMEOUT;
WHRD_ALLOW_HOST; WHRD_EMBEDDER; WHRD_CHROMA_URL; WHRD_PORT
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="whrd",
        description="Ask human-rights reports; every sentence of an answer opens the passage that it rests on.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str, *examples: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog="\n  ".join(["examples:" if len(examples) > 1 else "example:", *examples]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    ingest = command("ingest", "add files or folders to the library", "whrd ingest reports/ testimony.docx")
    ingest.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="PDF, DOCX, HTML, Markdown or text, or a folder"
    )
    documents = command("documents", "list the documents of the library", "whrd documents --json")
    remove = command("remove", "remove a document", "whrd remove report.pdf")
    remove.add_argument("document", metavar="DOC", help="its file name, title, or the beginning of its id")
    verify = command("verify", "look for disagreements of catalogue, index and files", "whrd verify")
    command("rebuild", "make the search indexes anew from the catalogue", "whrd rebuild")
    search = command("search", "find passages", 'whrd search "bride kidnapping penalties" -k 3')
    search.add_argument("question", nargs="?", metavar="QUESTION")
    search.add_argument("-k", type=_positive, default=5, help="how many passages (default 5)")
    ask = command(
        "ask",
        "answer a question with cited quotes",
        'whrd ask "How many were detained?" --country Kyrgyzstan',
        'whrd ask "How many were detained?" -o answer.docx --mask',
        'whrd ask "How many were detained?" --format pack -o evidence.zip',
    )
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--model", metavar="M", help="a chat model: ollama:NAME, openai:NAME, anthropic:NAME or an address"
    )
    ask.add_argument(
        "--after",
        action="append",
        default=[],
        metavar="QUESTION",
        help='a question asked before, so that this one may be a follow-up: --after "Who was detained?" (repeatable)',
    )
    ask.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST",
        help="agree that question and passages go to this host, for a model that is not on this computer",
    )
    for sub in (search, ask):
        sub.add_argument(
            "--document", action="append", default=[], metavar="NAME", help="only this document (repeatable)"
        )
        sub.add_argument(
            "--country", action="append", default=[], metavar="NAME", help="only this country (repeatable)"
        )
    summarise = command(
        "summarise",
        "summarise a country's case under fixed headings",
        "whrd summarise Cambodia",
        "whrd summarise Cambodia -o cambodia.docx",
    )
    summarise.add_argument("country", nargs="?", metavar="COUNTRY")
    compare = command(
        "compare",
        "set countries side by side",
        'whrd compare Nepal Kyrgyzstan --question "Who was killed?"',
        "whrd compare Nepal Kyrgyzstan Cambodia -o matrix.docx",
    )
    summarise.add_argument("--about", default="", metavar="SUBJECT", help='keep to a subject, as "women and girls"')
    summarise.add_argument(
        "--sentences", type=_sentences, default=12, metavar="N", help="how many at the most (default 12)"
    )
    compare.add_argument("countries", nargs="+", metavar="COUNTRY")
    compare.add_argument("--question", action="append", default=[], metavar="Q", help="a row of the table (repeatable)")
    chats = command(
        "chats",
        "list the stored chats, or take one away",
        "whrd chats",
        "whrd chats 3f2a9c01 -o talk.docx",
        "whrd chats 3f2a9c01 --mask-preview",
    )
    chats.add_argument("chat", nargs="?", metavar="CHAT", help="the beginning of its id, as the list shows it")
    for sub in (ask, summarise, compare, chats):
        add_export_options(sub)
    check = command(
        "check",
        "verify an evidence pack: by itself, by this library, by the original files",
        "whrd check pack.zip",
        "whrd check pack.zip --document report.pdf",
    )
    check.add_argument("pack", type=Path, metavar="PACK", help="what --format pack wrote")
    check.add_argument(
        "--document", action="append", default=[], type=Path, metavar="FILE", help="an original file (repeatable)"
    )
    for sub in (search, ask, summarise):
        sub.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="one question or country a line; JSON out")
    recommend = command(
        "recommendations",
        "list what the reports recommend, by whom it is asked of",
        'whrd recommendations Nepal --to State --to "civil society" --format md -o nepal.md',
    )
    recommend.add_argument("countries", nargs="*", metavar="COUNTRY", help="only these cases (default: all reports)")
    recommend.add_argument(
        "--to", action="append", default=[], choices=ADDRESSEES, metavar="ADDRESSEE", help=", ".join(ADDRESSEES)
    )
    add_export_options(recommend)
    for sub in (summarise, compare, recommend):
        sub.add_argument(
            "--document", action="append", default=[], metavar="NAME", help="only this document (repeatable)"
        )
    for sub in (ingest, documents, search, ask, verify, chats, check, recommend):
        sub.add_argument("--json", action="store_true", help="print JSON, one object a line")
    command("setup", "make the language model ready (once, about a minute)", "whrd setup")
    command("chat", "open the chat in the browser, on 127.0.0.1", "whrd chat")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number from 1")
    return number


def _sentences(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_SENTENCES:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {MOST_SENTENCES}")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; errors are one line on standard error that says what to do."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        settings = read_settings()
        return _commands()[options.command](options, settings)
    except UsageError as error:
        print(f"whrd: {error}", file=sys.stderr)
        return WRONG_USAGE
    except (AppError, IngestError, LibraryError) as error:
        print(f"whrd: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        return FAILED
    except OSError as error:
        print(f"whrd: {error.strerror or error}: {error.filename or 'check the path and the disk'}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("whrd: stopped; nothing half done was kept.", file=sys.stderr)
        return FAILED


def _commands() -> dict[str, Callable[[argparse.Namespace, Settings], int]]:
    from app import commands

    return {
        "ingest": commands.ingest,
        "documents": commands.documents,
        "remove": commands.remove,
        "verify": commands.verify,
        "rebuild": commands.rebuild,
        "search": commands.search,
        "ask": commands.ask,
        "summarise": commands.summarise,
        "compare": commands.compare,
        "recommendations": commands.recommendations,
        "chat": commands.chat,
        "chats": commands.chats,
        "check": commands.check,
        "setup": commands.setup,
    }


if __name__ == "__main__":
    raise SystemExit(main())
