"""The command ``whrd``. Heavy modules are imported by the command that needs them, so that help is instant."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.errors import AppError, UsageError
from app.settings import Settings, read_settings
from ingest.errors import IngestError
from vectorstore.errors import LibraryError

FAILED, WRONG_USAGE = 1, 2
_EXAMPLES = """examples:
  whrd ingest report.pdf
  whrd ask "What happened on 8 March 2020 in Bishkek?"
  whrd summarise Nepal --format docx -o nepal.docx
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

    def command(name: str, summary: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=f"example:\n  {example}",
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
        "ask", "answer a question with cited quotes", 'whrd ask "How many were detained?" --country Kyrgyzstan'
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
    summarise = command("summarise", "summarise a country's case under fixed headings", "whrd summarise Cambodia")
    summarise.add_argument("country", nargs="?", metavar="COUNTRY")
    compare = command(
        "compare", "set countries side by side", 'whrd compare Nepal Kyrgyzstan --question "Who was killed?"'
    )
    compare.add_argument("countries", nargs="+", metavar="COUNTRY")
    compare.add_argument("--question", action="append", default=[], metavar="Q", help="a row of the table (repeatable)")
    for sub in (summarise, compare):
        sub.add_argument("--format", choices=("text", "md", "docx", "json"), default="text", help="default: text")
        sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to the screen")
    for sub in (search, ask, summarise):
        sub.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="one question or country a line; JSON out")
    for sub in (ingest, documents, search, ask, verify):
        sub.add_argument("--json", action="store_true", help="print JSON, one object a line")
    command("setup", "make the language model ready (once, about a minute)", "whrd setup")
    command("chat", "open the chat in the browser, on 127.0.0.1", "whrd chat")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number from 1")
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
        "chat": commands.chat,
        "setup": commands.setup,
    }


if __name__ == "__main__":
    raise SystemExit(main())
