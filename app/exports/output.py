"""Write the outcome of a command as its export options say: to a file or the terminal, masked or not."""

from __future__ import annotations

import argparse

from app.console import say, tell, warn
from app.errors import UsageError
from app.exports.formats import FORMATS, PACK_NOT_MASKED, export, format_of, has_known_ending
from app.exports.manuscript import Outcome
from vectorstore.library import Library

_BINARY = frozenset({"docx", "pack"})


def check_export_options(options: argparse.Namespace) -> None:
    """Refuse what cannot be done before anything long begins.

    Raises:
        UsageError: the message says what to change.
    """
    form = chosen_format(options)
    if getattr(options, "batch", None) and (is_masked(options) or options.output or form not in ("text", "json")):
        raise UsageError(
            "--batch prints the JSON of every line as it is: masks, formats and -o work with one question at a time."
        )
    if form == "pack" and is_masked(options):
        raise UsageError(PACK_NOT_MASKED)
    if options.mask_preview:
        return
    named = options.output if options.output is not None and not options.format else None
    if named is not None and named.suffix and not has_known_ending(named):
        endings = ", ".join(form.ending for form in FORMATS.values())
        raise UsageError(f"{named.name} ends in none of {endings}: name the file so, or give --format.")
    if options.output is None and form in _BINARY:
        raise UsageError(
            f"A {FORMATS[form].title} file cannot be printed: name one with -o, such as -o case{FORMATS[form].ending}."
        )
    if options.output is not None and options.output.exists() and not options.force:
        raise UsageError(f"{options.output} exists already: give another name with -o, or --force to replace it.")


def chosen_format(options: argparse.Namespace) -> str:
    """Return the format that is asked for."""
    return str(options.format or (format_of(options.output) if options.output else "text"))


def is_masked(options: argparse.Namespace) -> bool:
    """Return whether anything is to be masked."""
    return bool(options.mask or options.mask_preview or options.mask_term or options.keep_term)


def write_outcome(
    options: argparse.Namespace, outcome: Outcome, library: Library, model: str = "", asked: str = ""
) -> None:
    """Write ``outcome`` as the options say, to the file or the screen; or show what would be masked.

    ``asked`` is the question as typed, where a follow-up question was completed.
    """
    plan = None
    if is_masked(options):
        from app.exports.masking.plan import MAY_MISS, plan_masks, preview

        plan = plan_masks(outcome, options.mask_term, options.keep_term)
        if options.mask_preview:
            say(preview(plan))
            return
        masked = f"{len(plan.shown)} names and terms are masked; --mask-preview lists them, --mask-term adds one."
        warn(f"{masked} {MAY_MISS}")
    made = export(outcome, chosen_format(options), library, model, plan, asked)
    if options.output is None:
        say(made.content.decode(), end="")
        return
    options.output.write_bytes(made.content)
    tell(f"Wrote {options.output}.")
