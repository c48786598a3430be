"""An evidence pack: a ZIP from which every quote of an answer can be verified again, offline and years later.

It contains the text and its citations (``evidence.json``), the stored text of every cited page, readable Markdown, the
bibliography, and a manifest of the members' SHA-256. The same answer gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from app.exports.bibliography import to_bibtex, to_csl
from app.exports.manuscript import Manuscript
from app.exports.markdown import to_markdown

FORMAT = "whrd-evidence-pack"
VERSION = 1
EVIDENCE, MANIFEST, READABLE = "evidence.json", "manifest.json", "answer.md"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can say: packs do not record when they were made."""
_README = """# Evidence pack

Every sentence of `answer.md` rests on quotes. This pack contains what is needed to verify them again without the
program's library, and without a network:

- `evidence.json`: the question, the sentences with their verdicts, and every quote with its document (SHA-256), page
  and place: `start` and `end` are counted in characters of the page's stored text, the end exclusive. Also the
  settings under which it was made.
- `pages/`: the stored text of every cited page, in a folder named by the document's SHA-256.
- `bibliography.bib`, `bibliography.json`: the cited documents as BibTeX and CSL-JSON.
- `manifest.json`: the SHA-256 of every other file.

Verify it with `whrd check PACK`; with `--document FILE` also against the original file. By hand: take the characters
from `start` to `end` of the page's text and compare them with the quote.

A pack proves that its parts belong together. The original document shows that the whole pack is not forged; so does
the fingerprint that `whrd check` prints, if the sender gave it to you through another channel.
"""


@dataclass(frozen=True, slots=True)
class PackSettings:
    """Under which settings the text was made."""

    version: str
    """Of this program."""
    embedder: str
    answerer: str
    """"extractive", or the chat model."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What ``evidence.json`` contains."""

    manuscript: Manuscript
    settings: PackSettings


def make_pack(manuscript: Manuscript, settings: PackSettings, page_text: Callable[[str, int], str]) -> bytes:
    """Return the pack of ``manuscript``.

    Args:
        manuscript: Not a masked one: a pack proves quotes letter by letter.
        settings: Under which it was made.
        page_text: Gives the stored text of a document's page, by id and number.
    """
    if manuscript.masks:
        raise ValueError("a masked manuscript proves nothing")
    members = {
        "README.md": _README,
        READABLE: to_markdown(manuscript),
        EVIDENCE: _json(asdict(Evidence(manuscript, settings))),
        "bibliography.bib": to_bibtex(manuscript.citations),
        "bibliography.json": to_csl(manuscript.citations),
    }
    for citation in manuscript.citations:
        name = page_member(citation.document_id, citation.page)
        if name not in members:
            members[name] = page_text(citation.document_id, citation.page)
    encoded = {name: text.encode() for name, text in members.items()}
    return _zip({MANIFEST: manifest(encoded), **encoded})


def page_member(document_id: str, page: int) -> str:
    """Return the name of the member that contains a page's text."""
    return f"pages/{document_id}/{page:05d}.txt"


def manifest(members: Mapping[str, bytes]) -> bytes:
    """Return the manifest of ``members``: there is one way to write it, so that no byte of it is free."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(members.items())}
    return _json({"format": FORMAT, "version": VERSION, "members": digests}).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    # Stored, not packed: the bytes must not depend on a version of zlib.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
