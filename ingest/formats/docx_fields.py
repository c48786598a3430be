"""Fields of a Word file: what they show is text, what they are made of is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.docx_package import OFF, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSHOWN = {"PAGE", "NUMPAGES", "SECTIONPAGES", "ADVANCE", "TC", "XE", "RD", "TA"}
"""Page numbers, which are those of the print, and entries of an index."""


@dataclass(slots=True)
class _Field:
    begin: _Element
    code: str = ""
    showing: bool = False


def resolve_fields(root: _Element) -> None:
    """Leave of every field what it shows: its result, its check box, or the chosen entry of its list."""
    from lxml import etree

    open_fields: list[_Field] = []
    for element in list(root.iter(W + "fldChar", W + "instrText", W + "t", W + "tab", W + "sym")):
        inner = open_fields[-1] if open_fields else None
        if element.tag == W + "fldChar":
            kind = element.get(W + "fldCharType")
            if kind == "begin":
                open_fields.append(_Field(element))
            elif kind == "separate" and inner is not None:
                inner.showing = True
            elif kind == "end" and inner is not None:
                open_fields.pop()
                shown = _form_value(inner.begin)
                if shown:
                    text = etree.Element(W + "t")
                    text.text = shown
                    inner.begin.addprevious(text)
        elif element.tag == W + "instrText":
            if inner is not None:
                inner.code += element.text or ""
        elif any(not each.showing or _is_unshown(each) for each in open_fields):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for element in list(root.iter(W + "fldChar", W + "instrText")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _is_unshown(field: _Field) -> bool:
    return (field.code.split() or [""])[0].upper() in _UNSHOWN


def _form_value(begin: _Element) -> str:
    """Return what a check box or a list of a form shows; "" of all other fields."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(W + "checked")
        state = box.find(W + "default") if state is None else state
        return "☒" if state is not None and (state.get(W + "val") or "1") not in OFF else "☐"
    entries = begin.find(f"{W}ffData/{W}ddList")
    if entries is not None:
        names = [each.get(W + "val") or "" for each in entries.iter(W + "listEntry")]
        chosen = entries.find(W + "result")
        index = chosen.get(W + "val") or "0" if chosen is not None else "0"
        return names[int(index)] if index.isdigit() and int(index) < len(names) else ""
    return ""
