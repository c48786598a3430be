"""The command ``whrd``: its parser, and how errors become one line and an exit status."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from app.commands.cases import add_case_commands
from app.commands.chats import add_chat_commands
from app.commands.documents import add_document_commands
from app.commands.guides import add_guide_command
from app.commands.packs import add_pack_commands
from app.commands.parsing import FAILED, WRONG_USAGE, Commands, Parser
from app.commands.questions import add_question_commands
from app.console import give_way, prepare_console, restart_in_utf8, warn
from app.errors import AppError, UsageError
from app.settings import read_settings
from ingest.errors import IngestError
from vectorstore.errors import FULL, LibraryError

_EXAMPLES = """examples:
  whrd ingest report.pdf
  whrd ask "What happened on 8 March 2020 in Bishkek?"
  whrd summarise Nepal -o nepal.docx
  whrd chat

settings (environment or .env): WHRD_HOME, the library's folder; WHRD_MODEL; WHRD_MODEL_WINDOW; WHRD_MODEL_TIMEOUT;
WHRD_ALLOW_HOST; WHRD_EMBEDDER; WHRD_CHROMA_URL; WHRD_PORT; WHRD_ANY_USER
"""
_PATIENT = ("ingest", "rebuild")
"""Commands that work for minutes, beside a chat in which somebody waits."""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(
        prog="whrd",
        description="Ask human-rights reports; every sentence of an answer opens the passage that it rests on.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = Commands(parser)
    add_document_commands(commands)
    add_guide_command(commands)
    add_question_commands(commands)
    add_case_commands(commands)
    add_chat_commands(commands)
    add_pack_commands(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; errors are one line on standard error that says what to do."""
    if arguments is None:
        restart_in_utf8()
    prepare_console()
    options = build_parser().parse_args(arguments)
    if arguments is None and options.command in _PATIENT:
        give_way()
    try:
        return int(options.run(options, read_settings()))
    except UsageError as error:
        warn(error)
        return WRONG_USAGE
    except (AppError, IngestError, LibraryError) as error:
        warn(error)
        return FAILED
    except BrokenPipeError:
        return FAILED
    except OSError as error:
        if error.errno in FULL:
            warn(f"The disk is full: make room for {error.filename or 'what was to be written'}, then try again.")
        else:
            warn(f"{error.strerror or error}: {error.filename or 'check the path and the disk'}")
        return FAILED
    except KeyboardInterrupt:
        warn("Interrupted; no partial changes were saved.")
        return FAILED


if __name__ == "__main__":
    raise SystemExit(main())
