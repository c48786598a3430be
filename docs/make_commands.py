"""Write docs/commands.md from the help texts of all commands: ``make docs``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from app import cli as product
from evaluation import cli as measuring

PAGE = Path(__file__).with_name("commands.md")
_COLUMNS = "110"
_TOP = """# Commands

Made from the program's help texts by `make docs`; do not edit it by hand.

- `whrd` asks the reports; every command says its options with `--help`.
- `whrd-eval` measures the product on evaluation sets.
"""


def commands_page() -> str:
    """Return the text of docs/commands.md."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = _COLUMNS  # what argparse takes for the width of the terminal
    try:
        parsers = [parser for root in (product, measuring) for parser in _parsers(root.build_parser())]
        return _TOP + "".join(f"\n## {parser.prog}\n\n```text\n{parser.format_help()}```\n" for parser in parsers)
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def _parsers(root: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield root
    for action in root._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
