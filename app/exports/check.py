"""Verify an evidence pack: within itself, against a library that has its documents, and against the originals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers import Citation, Verdict
from app.cases.summary import NO_EVIDENCE, NOT_SHOWN, nearest_case, nothing_but
from app.exports.bibliography import to_bibtex, to_csl
from app.exports.manuscript import NONE_FOUND, NOT_FOUND, REFUSALS, Kind, coverage
from app.exports.markdown import to_markdown
from app.exports.pack import EVIDENCE, MANIFEST, READABLE, manifest, page_member
from app.exports.unpack import Pack
from app.messages import Message
from app.omission import is_shortened
from app.verbatim import find_words, page_words, quote_with
from app.verification import verify_sentence

if TYPE_CHECKING:
    from ingest.documents import Document
    from reader.reader import Reader
    from vectorstore.catalogue import Catalogue

_NEAREST = nearest_case("", "", 0)
_OWN_FORMS = frozenset(
    line.form
    for line in (
        NO_EVIDENCE,
        NOT_SHOWN,
        NOT_FOUND,
        NONE_FOUND,
        *REFUSALS.values(),
        coverage(0, 0),
        _NEAREST,
        nothing_but(_NEAREST),
    )
)
"""Forms of the lines before or in place of sentences, which rest on no quote."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check; ``right`` is None where nothing could be compared."""

    right: bool | None
    line: str


def fingerprint(pack: Pack) -> str:
    """Return the SHA-256 of the manifest, which names the SHA-256 of everything else."""
    return hashlib.sha256(pack.members[MANIFEST]).hexdigest()


def check_pack(pack: Pack, version: str, reader: Reader | None) -> Iterator[Finding]:
    """Yield what the pack says of itself: members, quotes, sentences. ``version`` is this program's."""
    yield from _check_members(pack)
    yield from _check_quotes(pack)
    yield from _check_sentences(pack, reader)
    if pack.evidence.settings.version == version:
        yield from _check_readable(pack)


def check_against_library(pack: Pack, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield, for every cited document that the library has, whether its pages contain the quotes."""
    for document_id, citations in _by_document(pack).items():
        record = catalogue.document(document_id)
        name = citations[0].document
        if record is None:
            yield Finding(None, f"{name}: not in this library; give the file with --document to compare with it")
            continue
        for citation in citations:
            page = catalogue.page(document_id, citation.page)
            yield _compare(citation, page.text if page else None, "this library's")


def check_against_files(pack: Pack, files: Sequence[Path]) -> Iterator[Finding]:
    """Yield, for every given file, whether it is a cited document and contains its quotes. The file is read again.

    Raises:
        IngestError: a file cannot be read.
    """
    from ingest.load import load, sha256_of

    cited = _by_document(pack)
    for path in files:
        digest = sha256_of(path)
        if digest not in cited:
            yield Finding(False, f"{path.name}: none of the pack's documents is this file (SHA-256 {digest[:12]} …)")
            continue
        yield Finding(True, f"{path.name}: the file that the pack cites (SHA-256 {digest[:12]} …)")
        document = load(path)
        for citation in cited[digest]:
            yield _compare(citation, _page_text(document, citation.page), "the file's")


def _check_members(pack: Pack) -> Iterator[Finding]:
    others = {name: content for name, content in pack.members.items() if name != MANIFEST}
    expected = manifest(others)
    if pack.members[MANIFEST] == expected:
        yield Finding(True, f"all {len(others)} members are as the manifest says")
        return
    held = pack.members[MANIFEST].decode("utf-8", "replace")
    changed = [
        name for name, content in others.items() if f'"{name}": "{hashlib.sha256(content).hexdigest()}"' not in held
    ]
    what = (
        ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        if changed
        else "the manifest itself, or a member left out"
    )
    yield Finding(False, f"changed since the pack was made: {what}")


def _check_quotes(pack: Pack) -> Iterator[Finding]:
    for citation in pack.evidence.manuscript.citations:
        content = pack.members.get(page_member(citation.document_id, citation.page))
        text = content.decode("utf-8", "replace") if content is not None else None
        yield _verbatim(citation, text)


def _verbatim(citation: Citation, text: str | None) -> Finding:
    what = f"quote [{citation.number}], {citation.document}, {citation.place}"
    if text is None:
        return Finding(False, f"{what}: the pack does not contain this page")
    if 0 <= citation.start < citation.end and text[citation.start : citation.end] == citation.quote:
        return Finding(True, f"{what}: verbatim at its position")
    return Finding(False, f"{what}: the page has other words at its position")


def _check_sentences(pack: Pack, reader: Reader | None) -> Iterator[Finding]:
    manuscript = pack.evidence.manuscript
    quotes = {citation.number: citation.quote for citation in manuscript.citations}
    if len(quotes) < len(manuscript.citations):
        yield Finding(False, "two citations have the same number")
    for number, sentence in enumerate(manuscript.sentences(), start=1):
        missing = [n for n in sentence.citations if n not in quotes]
        if missing:
            yield Finding(False, f"sentence {number}: there is no citation [{missing[0]}]")
            continue
        held = [quotes[n] for n in sentence.citations]
        if sentence.verdict is Verdict.QUOTED and is_shortened(sentence.text, " ".join(held)):
            yield Finding(True, f"sentence {number}: {sentence.verdict} by its quotes, with marks of omission")
            continue
        found = verify_sentence(sentence.text, held, reader)
        if sentence.verdict is Verdict.UNVERIFIED:
            yield Finding(None, f"sentence {number}: was unverified when the pack was made ({sentence.reason})")
        elif sentence.verdict is Verdict.SUPPORTED and found.reworded:  # another reader may have made the pack
            yield Finding(None, f"sentence {number}: not confirmed by the reader here ({found.reason})")
        elif found.verdict is Verdict.UNVERIFIED or (
            sentence.verdict is Verdict.QUOTED and not _is_quoted(sentence.text, held)
        ):
            yield Finding(
                False, f"sentence {number}: is not {sentence.verdict} by its quotes ({found.reason or 'other words'})"
            )
        else:
            yield Finding(True, f"sentence {number}: {sentence.verdict} by its quotes")


def _is_quoted(sentence: str, quotes: Sequence[str]) -> bool:
    return bool(page_words(sentence, quotes) or quote_with(sentence, [" ".join(quotes)]))


def _check_readable(pack: Pack) -> Iterator[Finding]:
    """Yield whether what people read says what was verified: it is written from it, by this very version."""
    manuscript = pack.evidence.manuscript
    for section in manuscript.sections:
        if manuscript.kind is Kind.BRIEF and section.lead:
            yield Finding(None, f"a note by whoever made the brief, which rests on no quote: {str(section.lead)[:80]}")
        elif not is_own_words(section.lead):
            yield Finding(False, f"words that rest on no quote: {str(section.lead)[:80]}")
    written = {
        READABLE: to_markdown(manuscript),
        "bibliography.bib": to_bibtex(manuscript.citations),
        "bibliography.json": to_csl(manuscript.citations),
    }
    for name, text in written.items():
        same = pack.members.get(name) == text.encode()
        yield Finding(same, f"{name} {'says' if same else 'does not say'} what {EVIDENCE} says")


def is_own_words(lead: Message | str) -> bool:
    """Return whether ``lead`` is a line that this program puts before or in place of sentences."""
    if isinstance(lead, str):
        return not lead
    return lead.form in _OWN_FORMS and all(_is_own_value(name, value) for name, value in lead.values)


def _is_own_value(name: str, value: str | int | Message) -> bool:
    if isinstance(value, Message):
        return is_own_words(value)
    return isinstance(value, int) or name in ("country", "name") or (name == "page" and value.isdigit())


def _compare(citation: Citation, text: str | None, whose: str) -> Finding:
    what = f"quote [{citation.number}], {citation.document}, {citation.place}"
    if text is None:
        return Finding(False, f"{what}: {whose} text has no such page")
    if text[citation.start : citation.end] == citation.quote:
        return Finding(True, f"{what}: verbatim in {whose} text")
    if find_words(citation.quote, [text]):
        return Finding(True, f"{what}: in {whose} text of the page, at another position (read by another version)")
    return Finding(False, f"{what}: not in {whose} text of the page")


def _by_document(pack: Pack) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = {}
    for citation in pack.evidence.manuscript.citations:
        found.setdefault(citation.document_id, []).append(citation)
    return found


def _page_text(document: Document, number: int) -> str | None:
    return next((page.text for page in document.pages if page.number == number), None)
