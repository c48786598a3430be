"""The options of every command whose outcome can be exported. Light: the parser is built for every command."""

from __future__ import annotations

import argparse
from pathlib import Path

FORMAT_NAMES = ("text", "md", "docx", "json", "bibtex", "csl", "pack")


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """Add the export options."""
    group = parser.add_argument_group("export")
    group.add_argument(
        "--format",
        choices=FORMAT_NAMES,
        help="default: by the ending of FILE, else text; bibtex and csl list cited documents, pack zips the evidence",
    )
    group.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to the screen")
    group.add_argument("--force", action="store_true", help="replace FILE where it exists")
    masks = parser.add_argument_group("do no harm: mask names of people and places, addresses and numbers")
    masks.add_argument("--mask", action="store_true", help="mask what is found; some may be missed")
    masks.add_argument("--mask-preview", action="store_true", help="show what would be masked, and write nothing")
    masks.add_argument("--mask-term", action="append", default=[], metavar="T", help="mask this too (repeatable)")
    masks.add_argument("--keep-term", action="append", default=[], metavar="T", help="do not mask this (repeatable)")
