"""What the parsers of all commands share: how a command is registered, its options, and values of options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.console import printable

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from app.settings import Settings

DONE, FAILED, WRONG_USAGE = 0, 1, 2
Run = Callable[[argparse.Namespace, "Settings"], int]
"""A command's function: the parsed options and the settings; returns the exit status."""
WHICH_DOCUMENT = "its file name, title, or the beginning of its id"
_MOST_SENTENCES = 100


class Parser(argparse.ArgumentParser):
    """A parser that repeats what was typed without what would steer a terminal."""

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        super()._print_message(printable(message) if message else message, file)


class Commands:
    """The commands of a parser; each names the function that runs it."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def add(
        self, name: str, summary: str, run: Run, *examples: str, aliases: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        """Add a command, also under ``aliases``, and return its parser; ``summary`` begins with a small letter."""
        parser = self._parsers.add_parser(
            name,
            aliases=list(aliases),
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog="\n  ".join(["examples:" if len(examples) > 1 else "example:", *examples]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.set_defaults(run=run)
        return parser


def add_document_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--document``."""
    parser.add_argument(
        "--document", action="append", default=[], metavar="NAME", help="search only this document (repeatable)"
    )


def add_country_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--country``."""
    parser.add_argument(
        "--country", action="append", default=[], metavar="NAME", help="search only this country (repeatable)"
    )


def add_batch_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--batch``."""
    parser.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help="one question or country per line; prints JSON"
    )


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="print JSON, one object per line")


def positive_number(text: str) -> int:
    """Return an option's value that counts something."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("give a number from 1")
    return number


def sentence_count(text: str) -> int:
    """Return an option's value that says how long a summary is."""
    number = int(text)
    if not 1 <= number <= _MOST_SENTENCES:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {_MOST_SENTENCES}")
    return number


def count_of(number: int, noun: str) -> str:
    """Return "1 page", "1,200 pages"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
