"""Strict Open XML, the form of Office files that few programs read: its names in the common form."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_COMMON = rb"http://schemas.openxmlformats.org/\1/2006/"
_RENAMED = (
    (b"/2006/extendedProperties", b"/2006/extended-properties"),
    (b"/2006/customProperties", b"/2006/custom-properties"),
)


def common_form(path: Path) -> Path | io.BytesIO:
    """Return an Office file whose names (XML name spaces and kinds of relations) are those of transitional Open XML.

    That is the file itself, unless it is strict; then it is a copy in memory. The archive must have been checked.
    """
    with zipfile.ZipFile(path) as archive:
        if not _STRICT.search(archive.read("_rels/.rels")):
            return path
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for entry in archive.infolist():
                data = archive.read(entry)
                if entry.filename.endswith((".xml", ".rels")):
                    data = _STRICT.sub(_COMMON, data)
                    for strict, common in _RENAMED:
                        data = data.replace(strict, common)
                target.writestr(entry.filename, data)
    copy.seek(0)
    return copy
