"""Office files in forms that few programs read (strict Open XML, shows, templates), brought into the common one."""

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
_CONTENT_TYPES = "[Content_Types].xml"
_PRESENTATION = re.compile(
    rb"application/vnd\.(?:ms-powerpoint\.\w+\.macroEnabled"
    rb"|openxmlformats-officedocument\.presentationml\.(?:slideshow|template))\.main\+xml"
)
_COMMON_PRESENTATION = rb"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def common_form(path: Path) -> Path | io.BytesIO:
    """Return an Office file with the names (of XML and of kinds of parts) that all programs know.

    That is the file itself, unless it is strict Open XML, a slide show, a template or has macros, which are never run;
    then it is a copy in memory. The archive must have been checked.
    """
    with zipfile.ZipFile(path) as archive:
        strict = _STRICT.search(archive.read("_rels/.rels"))
        if not strict and not _PRESENTATION.search(archive.read(_CONTENT_TYPES)):
            return path
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for entry in archive.infolist():
                data = archive.read(entry)
                if entry.filename == _CONTENT_TYPES:
                    data = _PRESENTATION.sub(_COMMON_PRESENTATION, data)
                if strict and entry.filename.endswith((".xml", ".rels")):
                    data = common_names(data)
                target.writestr(entry.filename, data)
    copy.seek(0)
    return copy


def common_names(xml: bytes) -> bytes:
    """Return the XML of a part with the names that all programs know in the place of strict Open XML's."""
    xml = _STRICT.sub(_COMMON, xml)
    for name, common in _RENAMED:
        xml = xml.replace(name, common)
    return xml
