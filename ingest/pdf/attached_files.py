"""What a PDF holds besides its pages: attached files, and forms that only Adobe's own programs show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.messages import Message, message
from ingest.page_numbers import page_ranges
from ingest.pdf.lines import Line
from ingest.pdf.sheets import Sheet
from ingest.pdf.wide_strings import wide_string

_MOST_NAMED = 5
_MOST_ON_SHELL = 1_200
"""Letters of a page that only says that another program is needed."""
_SHELL = re.compile(
    r"please wait|eventually replaced|pdf portfolio|bitte warten|pdf-portfolio|veuillez (?:patienter|attendre)"
    r"|espere|por favor|aguarde|attendere|подождите|请稍候|请等待",
    re.I,
)


def attached_names(pdf: pypdfium2.PdfDocument, path: Path) -> list[str]:
    """Return the names of the files that are attached to the document as a whole, as viewers list them."""
    names = []
    for index in range(pdf.count_attachments()):
        handle = pdfium_raw.FPDFDoc_GetAttachment(pdf.raw, index)
        name = wide_string(lambda buffer, size, h=handle: int(pdfium_raw.FPDFAttachment_GetName(h, buffer, size)))  # type: ignore[misc]
        names.append(" ".join(name.split()) or "?")
    if not names:
        return []
    listed = _listed_names(path)
    return [
        name if key in ("", name) else f"{key} ({name})"
        for key, name in zip(listed if len(listed) == len(names) else [""] * len(names), names, strict=True)
    ]


def _listed_names(path: Path) -> list[str]:
    """Return the names under which the file lists its attached files, which pdfium does not give; [] where unknown."""
    import pypdf  # takes a while to import, and few reports have attached files

    try:
        return [
            " ".join(attached.name.encode("utf-8", "replace").decode().split())
            for attached in pypdf.PdfReader(path).attachment_list
        ]
    except (pypdf.errors.PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []  # damaged, or locked in a way that only pdfium opens: pdfium's names are enough


def attached_message(names: Iterable[str]) -> Message | None:
    """Return the clause that names attached files as unread; None without such files."""
    names = list(dict.fromkeys(names))
    if not names:
        return None
    shown = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    if len(names) == 1:
        return message("holds an attached file that is not read: {names}: save it and add it", names=shown)
    return message(
        "holds {count} attached files that are not read: {names}: save and add them", count=len(names), names=shown
    )


def is_shell(pdf: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]]) -> bool:
    """Return whether the pages only say that another program shows what the file holds."""
    text = " ".join(line.text for page in pages for line in page)
    if len(text) > _MOST_ON_SHELL:
        return False
    form = pdf.get_formtype()
    if form == pdfium_raw.FORMTYPE_XFA_FULL:
        return True
    return bool((form == pdfium_raw.FORMTYPE_XFA_FOREGROUND or pdf.count_attachments()) and _SHELL.search(text))


def document_remarks(
    pdf: pypdfium2.PdfDocument, path: Path, sheets: Sequence[Sheet], marks: Sequence[str], *, shell: bool
) -> Iterator[Message]:
    """Yield what a reader must know of the whole file, one clause each."""
    form = pdf.get_formtype()
    if form in (pdfium_raw.FORMTYPE_XFA_FULL, pdfium_raw.FORMTYPE_XFA_FOREGROUND) and shell:
        yield message(
            "an XFA form, whose content shows in Adobe Reader only: open it there, print it to PDF and add that"
        )
    elif form == pdfium_raw.FORMTYPE_XFA_FULL:
        yield message("an XFA form, which may show more in Adobe Reader: compare, and print it to PDF there if it does")
    attached = attached_message([*attached_names(pdf, path), *(name for sheet in sheets for name in sheet.added.files)])
    if attached is not None:
        yield attached
    filled = sum(len(sheet.added.entries) for sheet in sheets)
    if filled == 1:
        yield message("holds one filled-in field")
    elif filled:
        yield message("holds {count} filled-in fields", count=filled)
    comments = sum(sheet.added.comments for sheet in sheets)
    if comments == 1:
        yield message("holds one comment in the margin, which is not quoted")
    elif comments:
        yield message("holds {count} comments in the margin, which are not quoted", count=comments)
    drawings = [number for number, sheet in enumerate(sheets, start=1) if sheet.drawing]
    if drawings:
        yield message("a picture that fills the page is not read on {pages}", pages=page_ranges(drawings))
    if marks:
        yield message("bears the mark “{mark}”", mark=marks[0])
