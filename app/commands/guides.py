"""The command guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.inputs import one_document, open_ready_library, say_step
from app.commands.parsing import DONE, WHICH_DOCUMENT, Commands, add_json_option
from app.console import print_json, say
from app.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from app.settings import Settings


def add_guide_command(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add(
        "guide",
        "show what a report is about: key figures, dates, names, and questions that it answers",
        guide,
        "whrd guide report.pdf",
        "whrd guide report.pdf --json",
    )
    parser.add_argument("document", metavar="REPORT", help=WHICH_DOCUMENT)
    add_json_option(parser)


def guide(options: argparse.Namespace, settings: Settings) -> int:
    """Show a report's guide; it is made the first time, and kept."""
    from app.cases import countries_of_report
    from app.guide import keep_guide, kept_guide, make_guide, with_questions
    from app.guide.printing import guide_json, guide_text
    from ingest.documents import Status

    library = open_ready_library(settings)
    document = one_document(library, options.document)
    if document.status is not Status.READY:
        raise UsageError(f"{document.name} has no guide, for it could not be read: {document.message}")
    found = kept_guide(library, document)
    if found is None or found.questions is None:
        say_step("making the guide, once")
        found = with_questions(library, document, found or make_guide(library, document))
        keep_guide(library, document, found)
    countries = countries_of_report(library, document.id)
    if options.json:
        print_json(guide_json(document, countries, found))
    else:
        say(guide_text(document, countries, found))
    return DONE
