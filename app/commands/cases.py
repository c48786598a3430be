"""The commands on country cases: summarise, compare and recommendations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.inputs import document_ids, open_library, open_ready_library, read_batch, required, say_renamed
from app.commands.parsing import (
    DONE,
    Commands,
    add_batch_option,
    add_document_option,
    add_json_option,
    sentence_count,
)
from app.console import print_json
from app.exports.options import add_export_options

if TYPE_CHECKING:
    import argparse

    from app.settings import Settings

ADDRESSEES = ("State", "armed group", "UN", "companies", "donors", "civil society", "other")
"""The names of ``app.cases.Addressee``, spelt out here so that help needs no heavy import."""


def add_case_commands(commands: Commands) -> None:
    """Add the commands to the parser."""
    parser = commands.add(
        "summarise",
        "summarise a country's case under fixed headings",
        summarise,
        "whrd summarise Cambodia",
        "whrd summarise Cambodia -o cambodia.docx",
        aliases=("summarize",),
    )
    parser.add_argument("country", nargs="?", metavar="COUNTRY")
    parser.add_argument("--about", default="", metavar="TOPIC", help='keep to a topic, such as "women and girls"')
    parser.add_argument(
        "--sentences", type=sentence_count, default=12, metavar="N", help="at most this many (default 12)"
    )
    add_batch_option(parser)
    add_document_option(parser)
    add_export_options(parser)
    parser = commands.add(
        "compare",
        "compare countries side by side",
        compare,
        'whrd compare Nepal Kyrgyzstan --question "Who was killed?"',
        "whrd compare Nepal Kyrgyzstan Cambodia -o matrix.docx",
    )
    parser.add_argument("countries", nargs="+", metavar="COUNTRY")
    parser.add_argument("--question", action="append", default=[], metavar="Q", help="a row of the table (repeatable)")
    add_document_option(parser)
    add_export_options(parser)
    parser = commands.add(
        "recommendations",
        "list recommendations, grouped by addressee",
        recommendations,
        'whrd recommendations Nepal --to State --to "civil society" --format md -o nepal.md',
    )
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help="only these cases (default: all reports)")
    parser.add_argument(
        "--to", action="append", default=[], choices=ADDRESSEES, metavar="ADDRESSEE", help=", ".join(ADDRESSEES)
    )
    add_document_option(parser)
    add_json_option(parser)
    add_export_options(parser)


def summarise(options: argparse.Namespace, settings: Settings) -> int:
    """Summarise a country's case."""
    from app import cases
    from app.cases.asking import read_case_question
    from app.exports.output import check_export_options, write_outcome

    check_export_options(options)
    library = open_ready_library(settings)
    if options.batch:
        for line in read_batch(options.batch, "country", "question"):
            asked = read_case_question(str(line.get("question") or ""), str(line.get("country") or ""))
            documents = document_ids(library, [*options.document, *(line.get("docs") or ())])
            about = options.about or asked.about
            summary = cases.summarise(library, asked.country, documents, about=about, sentences=options.sentences)
            print_json(cases.summary_json(summary, str(line.get("id", ""))))
        return DONE
    documents = document_ids(library, options.document)
    country = required(options.country, "COUNTRY")
    say_renamed([country])
    summary = cases.summarise(library, country, documents, about=options.about, sentences=options.sentences)
    write_outcome(options, summary, library)
    return DONE


def compare(options: argparse.Namespace, settings: Settings) -> int:
    """Compare countries side by side."""
    from app import cases
    from app.exports.output import check_export_options, write_outcome

    check_export_options(options)
    library = open_ready_library(settings)
    documents = document_ids(library, options.document)
    say_renamed(options.countries)
    write_outcome(options, cases.compare(library, options.countries, options.question, documents), library)
    return DONE


def recommendations(options: argparse.Namespace, settings: Settings) -> int:
    """List what the reports recommend."""
    from app import cases
    from app.exports.output import check_export_options, write_outcome

    if options.json:
        options.format = "json"
    check_export_options(options)
    library = open_library(settings)
    documents = document_ids(library, options.document)
    addressees = [cases.Addressee(name) for name in options.to]
    say_renamed(options.countries)
    write_outcome(options, cases.recommendations(library, options.countries, documents, addressees), library)
    return DONE
