"""What the export options of the commands do, and the commands ``check`` and ``chats``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from app import VERSION
from app.chat_history import Chat, UnknownChat, list_chats, load_chat
from app.errors import UsageError
from app.exports.formats import FORMATS, PACK_NOT_MASKED, export, format_of
from app.exports.manuscript import Outcome
from app.settings import Settings
from vectorstore.library import Library

DONE, FAILED = 0, 1
_BINARY = frozenset({"docx", "pack"})


def check_export_options(options: argparse.Namespace) -> None:
    """Refuse what cannot be done before anything long begins.

    Raises:
        UsageError: the message says what to change.
    """
    form = chosen_format(options)
    if getattr(options, "batch", None) and (is_masked(options) or options.output or form not in ("text", "json")):
        raise UsageError(
            "--batch prints the JSON of every line as it is: masks, formats and -o take one question a call."
        )
    if form == "pack" and is_masked(options):
        raise UsageError(PACK_NOT_MASKED)
    if options.mask_preview:
        return
    if options.output is None and form in _BINARY:
        raise UsageError(
            f"A {FORMATS[form].title} file is no text: give a file with -o, as -o case{FORMATS[form].ending}."
        )
    if options.output is not None and options.output.exists() and not options.force:
        raise UsageError(f"{options.output} is there already: give another name with -o, or --force to replace it.")


def chosen_format(options: argparse.Namespace) -> str:
    """Return the format that is asked for."""
    return str(options.format or (format_of(options.output) if options.output else "text"))


def is_masked(options: argparse.Namespace) -> bool:
    """Return whether anything is to be masked."""
    return bool(options.mask or options.mask_preview or options.mask_term or options.keep_term)


def take_away(
    options: argparse.Namespace, outcome: Outcome, library: Library, model: str = "", asked: str = ""
) -> None:
    """Write ``outcome`` as the options say, to the file or the screen; or show what would be masked.

    ``asked`` are the words as typed, where a follow-up question was made to stand alone.
    """
    plan = None
    if is_masked(options):
        from app.exports.masking.plan import MAY_MISS, plan_masks, preview

        plan = plan_masks(outcome, options.mask_term, options.keep_term)
        if options.mask_preview:
            print(preview(plan))
            return
        masked = f"whrd: {len(plan.shown)} names and terms are masked; --mask-preview shows them, --mask-term adds one."
        print(masked, MAY_MISS, file=sys.stderr)
    made = export(outcome, chosen_format(options), library, model, plan, asked)
    if options.output is None:
        print(made.content.decode(), end="")
        return
    options.output.write_bytes(made.content)
    print(f"{options.output} is written.", file=sys.stderr)


def chats(options: argparse.Namespace, library: Library) -> int:
    """List the stored chats, or take one away."""
    if options.chat is not None:
        if options.json:
            options.format = "json"
        check_export_options(options)
        take_away(options, find_chat(library.home, options.chat), library)
        return DONE
    found = list_chats(library.home)
    for line in found:
        if options.json:
            print(
                json.dumps(
                    {"id": line.id, "title": line.title, "created": line.created, "damage": line.damage},
                    ensure_ascii=False,
                )
            )
        else:
            print(f"{line.id[:8]}  {line.created[:16].replace('T', ' '):<16}  {line.title}")
    if not found and not options.json:
        print("No chats yet: `whrd chat` opens the screen.")
    return DONE


def find_chat(home: Path, beginning: str) -> Chat:
    """Return the chat whose id begins so.

    Raises:
        UnknownChat: there is none, or more than one.
    """
    found = [line.id for line in list_chats(home) if line.id.startswith(beginning.lower())]
    if len(found) != 1:
        many = f"{len(found)} chats begin with {beginning!r}: give more of the id."
        raise UnknownChat(many if found else f"No chat {beginning!r}: `whrd chats` lists them.")
    return load_chat(home, found[0])


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Verify an evidence pack; failed when anything in it is wrong."""
    from app.exports.check import check_against_files, check_against_library, check_pack, fingerprint
    from app.exports.unpack import open_pack, printable

    pack = open_pack(options.pack)
    findings = list(check_pack(pack, VERSION))
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
        print(
            json.dumps(
                {"pack": options.pack.name, "fingerprint": fingerprint(pack), "intact": not wrong, "findings": lines},
                ensure_ascii=False,
            )
        )
        return FAILED if wrong else DONE
    for finding in findings:
        print(f"{ {True: 'right', False: 'WRONG', None: '  –  '}[finding.right] }  {printable(finding.line)}")
    print(f"\nfingerprint {fingerprint(pack)}")
    print(
        f"{options.pack.name}: "
        + (f"{len(wrong)} of {len(findings)} checks failed." if wrong else "everything is right.")
    )
    return FAILED if wrong else DONE
