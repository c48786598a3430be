"""An outcome in any format: its bytes, a file's name and the media type. What the commands and the screen call."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from app import VERSION
from app.answer_json import answer_json
from app.answers import Answer
from app.brief import Brief, brief_json
from app.cases import (
    CaseSummary,
    Comparison,
    Recommendations,
    comparison_json,
    recommendations_json,
    summary_json,
)
from app.chat_history import Chat
from app.console import json_line, printable
from app.errors import UsageError
from app.exports.bibliography import to_bibtex, to_csl
from app.exports.manuscript import Manuscript, Outcome, make_manuscript, masked_remark
from app.exports.markdown import to_markdown
from app.exports.pack import PackSettings, make_pack
from app.exports.text import to_text

if TYPE_CHECKING:
    from app.exports.masking.plan import MaskPlan
    from vectorstore.library import Library

_NAME_CHARACTERS = 60
_UNSAFE = re.compile(r"[^\w ,·()-]+")
PACK_NOT_MASKED = (
    "An evidence pack proves quotes letter by letter, so nothing in it can be masked:"
    " take --format docx or md with --mask, or the pack without."
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what people call it, its files' ending and its media type."""

    title: str
    ending: str
    mime: str


FORMATS = {
    "text": Format("Text", ".txt", "text/plain"),
    "md": Format("Markdown", ".md", "text/markdown"),
    "docx": Format("Word", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "json": Format("JSON", ".json", "application/json"),
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex"),
    "csl": Format("CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json"),
    "pack": Format("Evidence pack", ".zip", "application/zip"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file."""

    content: bytes
    name: str
    mime: str


def format_of(path: Path) -> str:
    """Return the format that a file's ending asks for; "text" where it asks for none."""
    name = path.name.lower()
    fitting = [key for key, form in FORMATS.items() if name.endswith(form.ending)]
    return max(fitting, key=lambda key: len(FORMATS[key].ending), default="text")


def has_known_ending(path: Path) -> bool:
    """Return whether the ending of a file's name says what it is to hold."""
    return any(path.name.lower().endswith(form.ending) for form in FORMATS.values())


def export(
    outcome: Outcome, form: str, library: Library, model: str = "", plan: MaskPlan | None = None, asked: str = ""
) -> Export:
    """Return ``outcome`` as a file.

    Args:
        outcome: An answer, a chat, a case's summary, a comparison or a brief.
        form: A key of ``FORMATS``.
        library: Where its documents are; only an evidence pack reads them.
        model: The chat model that wrote it; "" for verbatim quotes. A chat's turns know their own.
        plan: What to mask; nothing where none is given.
        asked: The question as typed, where a follow-up question was completed; JSON has both.

    Raises:
        UsageError: a masked evidence pack.
        UnknownDocument: a document that a pack needs was removed.
    """
    masks = plan.shown if plan else ()
    if plan:
        outcome = plan.apply_to(outcome)
    manuscript = make_manuscript(outcome, model_name(model), masks)
    if form == "pack":
        if plan:
            raise UsageError(PACK_NOT_MASKED)
        content = make_pack(manuscript, _pack_settings(outcome, library, model), _pages_of(library))
    elif form == "docx":
        from app.exports.word import to_docx

        content = to_docx(manuscript)
    elif form == "json":
        content = (json_line(to_json(outcome, masks, asked)) + "\n").encode()
    else:
        content = printable(_WRITERS[form](manuscript)).encode()
    return Export(content, file_name(manuscript.title, form), FORMATS[form].mime)


def to_json(outcome: Outcome, masks: tuple[str, ...] = (), asked: str = "") -> dict[str, Any]:
    """Return the contract's JSON of an outcome; a masked one lists its masks under "masked"."""
    if isinstance(outcome, Answer):
        value = answer_json(outcome, asked="" if masks else asked)
    elif isinstance(outcome, CaseSummary):
        value = summary_json(outcome)
    elif isinstance(outcome, Comparison):
        value = comparison_json(outcome)
    elif isinstance(outcome, Recommendations):
        value = recommendations_json(outcome)
    elif isinstance(outcome, Brief):
        value = brief_json(outcome)
    else:
        turns = [{"asked": turn.asked, "model": turn.model} | to_json(turn.outcome) for turn in outcome.turns]
        value = {"id": outcome.id, "title": outcome.title, "created": outcome.created, "turns": turns}
    return value | ({"masked": list(masks), "note": masked_remark(masks)} if masks else {})


def file_name(title: str, form: str) -> str:
    """Return a name for the file that every system can keep: "Who was detained.docx"."""
    safe = " ".join(_UNSAFE.sub(" ", title).split())
    if len(safe) > _NAME_CHARACTERS:
        safe = safe[:_NAME_CHARACTERS].rsplit(" ", 1)[0]
    return (safe or "export") + FORMATS[form].ending


def model_name(spec: str) -> str:
    """Return the model as an export may name it: of an address neither a user's name nor a password."""
    if "://" not in spec:
        return spec
    parts = urlsplit(spec)
    host = (parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    return f"{parts.fragment} at {host}" if parts.fragment else f"at {host}"


def _text(manuscript: Manuscript) -> str:
    return to_text(manuscript) + "\n"


_WRITERS: dict[str, Callable[[Manuscript], str]] = {
    "text": _text,
    "md": to_markdown,
    "bibtex": lambda manuscript: to_bibtex(manuscript.citations),
    "csl": lambda manuscript: to_csl(manuscript.citations),
}


def _pages_of(library: Library) -> Callable[[str, int], str]:
    return lambda document_id, number: library.page(document_id, number).text


def _pack_settings(outcome: Outcome, library: Library, model: str) -> PackSettings:
    models = {turn.model for turn in outcome.turns if turn.model} if isinstance(outcome, Chat) else {model} - {""}
    answerer = ", ".join(sorted(map(model_name, models))) or "extractive"
    return PackSettings(VERSION, library.embedder.name, answerer)
