"""What was added to a PDF's pages: values of form fields, text typed over the page, and readers' comments."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium_raw

from ingest.pdf.upright import Rect
from ingest.pdf.wide_strings import wide_string

_UNSEEN = 2 | 32
"""Flags of an annotation that no viewer shows: Hidden, NoView."""
_PASSWORD = 1 << 13
"""Flag of a field whose letters are shown as stars."""
_COMMENTS = frozenset(
    getattr(pdfium_raw, f"FPDF_ANNOT_{kind}")
    for kind in (
        "TEXT LINE SQUARE CIRCLE POLYGON POLYLINE HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT CARET INK STAMP".split()
    )
)
_TEXTS = (pdfium_raw.FPDF_FORMFIELD_TEXTFIELD,)
_CHOICES = (pdfium_raw.FPDF_FORMFIELD_COMBOBOX, pdfium_raw.FPDF_FORMFIELD_LISTBOX)
_BOXES = (pdfium_raw.FPDF_FORMFIELD_CHECKBOX, pdfium_raw.FPDF_FORMFIELD_RADIOBUTTON)
_LABEL_REACH = 320.0
"""Points from a field within which its label is printed."""
_LINES_ABOVE = 18.0
"""Points over a field within which a label stands that is not beside it."""
FILLED_IN, TICKED, TYPED_ON = "filled in", "ticked", "typed onto the page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value, a ticked box or a text that was added to a page."""

    text: str
    box: Rect
    """Left, bottom, right, top on the page as it is stored, in points."""
    label: str = ""
    """The words printed beside or over it; else what the form calls the field."""
    manner: str = FILLED_IN
    printed: bool = False
    """Whether the label is printed on the page."""


@dataclass(slots=True)
class Added:
    """All that was added to a page."""

    entries: list[Entry] = field(default_factory=list)
    comments: int = 0
    """Remarks of readers, which are not part of the page."""
    files: list[str] = field(default_factory=list)
    """Names of files that are attached to a place on the page."""


def read_added(page: pypdfium2.PdfPage) -> Added:
    """Return what was added to ``page``; hidden annotations are left out.

    Fields are read only where ``init_forms`` was called before the page was loaded.
    """
    added = Added()
    env = page.formenv.raw if page.formenv else None
    fields: list[tuple[pdfium_raw.FPDF_ANNOTATION, Rect]] = []
    for index in range(pdfium_raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium_raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        kind = pdfium_raw.FPDFAnnot_GetSubtype(annotation)
        if kind in (pdfium_raw.FPDF_ANNOT_LINK, pdfium_raw.FPDF_ANNOT_POPUP):
            pdfium_raw.FPDFPage_CloseAnnot(annotation)
            continue
        box = _box(annotation)
        if pdfium_raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN or not _is_on(page, box):
            pass
        elif kind == pdfium_raw.FPDF_ANNOT_WIDGET:
            if env is not None:
                fields.append((annotation, box))
                continue
        elif kind == pdfium_raw.FPDF_ANNOT_FREETEXT:
            if text := _string(annotation, b"Contents"):
                added.entries.append(Entry(text, box, manner=TYPED_ON))
        elif kind == pdfium_raw.FPDF_ANNOT_FILEATTACHMENT:
            added.files.append(_file_name(annotation))
        elif kind in _COMMENTS:
            added.comments += bool(_string(annotation, b"Contents"))
        pdfium_raw.FPDFPage_CloseAnnot(annotation)
    if fields:
        added.entries += _values(page, env, fields)
        for annotation, _ in fields:
            pdfium_raw.FPDFPage_CloseAnnot(annotation)
    return added


def _box(annotation: pdfium_raw.FPDF_ANNOTATION) -> Rect:
    box = pdfium_raw.FS_RECTF()
    pdfium_raw.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _is_on(page: pypdfium2.PdfPage, box: Rect) -> bool:
    """Return whether any of ``box`` is on what is shown of the page."""
    left, bottom, right, top = page.get_bbox()
    inside = max(left, box[0]) < min(right, box[2]) and max(bottom, box[1]) < min(top, box[3])
    return inside or (box[0] == box[2] and left <= box[0] <= right)  # a sticky note may have no size


def _string(annotation: pdfium_raw.FPDF_ANNOTATION, key: bytes) -> str:
    text = wide_string(lambda buffer, size: int(pdfium_raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)))
    return " ".join(text.split())


def _file_name(annotation: pdfium_raw.FPDF_ANNOTATION) -> str:
    handle = pdfium_raw.FPDFAnnot_GetFileAttachment(annotation)
    if not handle:
        return "?"
    name = wide_string(lambda buffer, size: int(pdfium_raw.FPDFAttachment_GetName(handle, buffer, size)))
    return " ".join(name.split()) or "?"


def _values(
    page: pypdfium2.PdfPage, env: pdfium_raw.FPDF_FORMHANDLE, fields: Sequence[tuple[pdfium_raw.FPDF_ANNOTATION, Rect]]
) -> Iterator[Entry]:
    text = page.get_textpage()
    boxes = [box for _, box in fields]
    for annotation, box in fields:
        kind = pdfium_raw.FPDFAnnot_GetFormFieldType(env, annotation)
        if kind in _BOXES:
            if pdfium_raw.FPDFAnnot_IsChecked(env, annotation):
                yield _ticked(text, env, annotation, box, boxes)
            continue
        value = ""
        if kind in _TEXTS and not pdfium_raw.FPDFAnnot_GetFormFieldFlags(env, annotation) & _PASSWORD:
            value = _field(env, annotation, pdfium_raw.FPDFAnnot_GetFormFieldValue)
        elif kind in _CHOICES:
            value = _chosen(env, annotation) or _field(env, annotation, pdfium_raw.FPDFAnnot_GetFormFieldValue)
        if value:
            label = _beside(text, box, boxes, left=True) or _above(text, box, boxes)
            yield Entry(value, box, label or _field_name(env, annotation), printed=bool(label))


def _field(env: pdfium_raw.FPDF_FORMHANDLE, annotation: pdfium_raw.FPDF_ANNOTATION, ask: object) -> str:
    text = wide_string(lambda buffer, size: int(ask(env, annotation, buffer, size)))  # type: ignore[operator]
    return " ".join(text.split())


def _field_name(env: pdfium_raw.FPDF_FORMHANDLE, annotation: pdfium_raw.FPDF_ANNOTATION) -> str:
    """Return what the form calls a field: for people where it says so, else for programs ("victim_name")."""
    spoken = _field(env, annotation, pdfium_raw.FPDFAnnot_GetFormFieldAlternateName)
    return spoken or _field(env, annotation, pdfium_raw.FPDFAnnot_GetFormFieldName).replace("_", " ")


def _chosen(env: pdfium_raw.FPDF_FORMHANDLE, annotation: pdfium_raw.FPDF_ANNOTATION) -> str:
    """Return the options of a list that are chosen, as they are shown."""
    chosen = [
        wide_string(lambda b, n, i=index: int(pdfium_raw.FPDFAnnot_GetOptionLabel(env, annotation, i, b, n)))  # type: ignore[misc]
        for index in range(max(0, pdfium_raw.FPDFAnnot_GetOptionCount(env, annotation)))
        if pdfium_raw.FPDFAnnot_IsOptionSelected(env, annotation, index)
    ]
    return "; ".join(" ".join(text.split()) for text in chosen)


def _ticked(
    text: pypdfium2.PdfTextPage,
    env: pdfium_raw.FPDF_FORMHANDLE,
    annotation: pdfium_raw.FPDF_ANNOTATION,
    box: Rect,
    boxes: Sequence[Rect],
) -> Entry:
    words = _beside(text, box, boxes, left=False) or _beside(text, box, boxes, left=True)
    words = words or _field_name(env, annotation)
    row = (box[0] - _LABEL_REACH, box[1], box[2] + _LABEL_REACH, box[3])
    return Entry(words, box, _above(text, row, boxes), TICKED)


def _beside(text: pypdfium2.PdfTextPage, box: Rect, boxes: Sequence[Rect], *, left: bool) -> str:
    """Return the words at one side of a field, up to the next field in its row."""
    row = [other for other in boxes if min(other[3], box[3]) - max(other[1], box[1]) > 2 and other != box]
    height = box[3] - box[1]
    bottom, top = (box[1], box[3]) if height < 2 * _LINES_ABOVE else (box[3] - _LINES_ABOVE, box[3])
    if left:
        edge = max([other[2] for other in row if other[2] <= box[0] + 1], default=box[0] - _LABEL_REACH)
        return _words(text, max(edge, box[0] - _LABEL_REACH), bottom, box[0], top)
    edge = min([other[0] for other in row if other[0] >= box[2] - 1], default=box[2] + _LABEL_REACH)
    return _words(text, box[2], bottom, min(edge, box[2] + _LABEL_REACH), top)


def _above(text: pypdfium2.PdfTextPage, box: Rect, boxes: Sequence[Rect]) -> str:
    """Return the words over a field, where no other field is in between."""
    top = box[3] + _LINES_ABOVE
    between = any(o[1] < top and o[3] > box[3] + 1 and o[0] < box[2] and box[0] < o[2] for o in boxes)
    return "" if between else _words(text, box[0] - 4, box[3], box[2], top)


def _words(text: pypdfium2.PdfTextPage, left: float, bottom: float, right: float, top: float) -> str:
    found = " ".join(text.get_text_bounded(left, bottom, right, top).replace("\ufffe", "").split())
    return found if any(char.isalpha() for char in found) else ""
