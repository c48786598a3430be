"""The command check, which verifies an evidence pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app import VERSION
from app.commands.parsing import DONE, FAILED, Commands, add_json_option
from app.console import print_json, say, say_line

if TYPE_CHECKING:
    import argparse

    from app.settings import Settings

_MARKS = {True: "right", False: "WRONG", None: "  –  "}


def add_pack_commands(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add(
        "check",
        "verify an evidence pack: by itself, against this library, against the original files",
        check,
        "whrd check pack.zip",
        "whrd check pack.zip --document report.pdf",
    )
    parser.add_argument("pack", type=Path, metavar="PACK", help="a file that --format pack wrote")
    parser.add_argument(
        "--document", action="append", default=[], type=Path, metavar="FILE", help="an original file (repeatable)"
    )
    add_json_option(parser)


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Verify an evidence pack; failed when anything in it is wrong."""
    from app.exports.check import check_against_files, check_against_library, check_pack, fingerprint
    from app.exports.unpack import open_pack
    from reader.opening import open_reader

    pack = open_pack(options.pack)
    findings = list(check_pack(pack, VERSION, open_reader(settings.reader)))
    file = settings.home / "catalogue.sqlite"
    if file.is_file():
        from vectorstore.catalogue import Catalogue

        catalogue = Catalogue(file)
        try:
            findings += check_against_library(pack, catalogue)
        finally:
            catalogue.close()
    findings += check_against_files(pack, options.document)
    wrong = [finding for finding in findings if finding.right is False]
    if options.json:
        lines = [{"right": finding.right, "line": finding.line} for finding in findings]
        name, mark = options.pack.name, fingerprint(pack)
        print_json({"pack": name, "fingerprint": mark, "intact": not wrong, "findings": lines})
    else:
        for finding in findings:
            say_line(f"{_MARKS[finding.right]}  {finding.line}")
        result = f"{len(wrong)} of {len(findings)} checks failed." if wrong else "everything is right."
        say(f"\nfingerprint {fingerprint(pack)}")
        say_line(f"{options.pack.name}: {result}")
    return FAILED if wrong else DONE
