"""A Word file as a package of parts: what they are called, and their XML in one dialect."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import DamagedFile
from ingest.formats.strict import common_names
from ingest.messages import message

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFF = frozenset(("0", "false", "off"))
"""Values of an attribute that says no."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package that another refers to. ``kind`` is the last word of the relation's type: "footnotes"."""

    kind: str
    name: str
    external: bool = False


class Package:
    """The parts of a Word file, opened one by one."""

    def __init__(self, path: Path) -> None:
        self._file_name = path.name
        try:
            self._archive = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise self.damaged(str(error)) from error
        self._names = {name.lstrip("/").casefold(): name for name in self._archive.namelist()}
        self.main = next((part.name for part in self.relations("").values() if part.kind == "officeDocument"), "")
        if not self.has(self.main):
            raise self.damaged("no document in it")

    def damaged(self, detail: str) -> DamagedFile:
        """Return the error of a file that is no Word file inside."""
        return DamagedFile(
            message(
                "{name} is not a readable DOCX ({detail}): save it again from its editor.",
                name=self._file_name,
                detail=detail,
            )
        )

    def has(self, name: str) -> bool:
        """Return whether there is a part of this name; case does not count."""
        return bool(name) and name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DamagedFile: there is none of this name, or it does not unpack.
        """
        try:
            return self._archive.read(self._names[name.casefold()])
        except (KeyError, zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError, ValueError) as error:
            raise self.damaged(f"{name}: {type(error).__name__}") from error

    def xml(self, name: str) -> _Element:
        """Return the root of a part's XML, in the transitional dialect.

        Raises:
            DamagedFile: it is no XML.
        """
        from lxml import etree

        data = common_names(self.read(name))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(f"{name}: {error.msg}") from error

    def relations(self, name: str) -> Mapping[str, Part]:
        """Return what a part refers to, by the relation's id; ``""`` is the package itself."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(relations):
            return {}
        found = {}
        for relation in self.xml(relations).iter(_RELATION):
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            target = relation.get("Target") or ""
            external = relation.get("TargetMode") == "External"
            inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id") or ""] = Part(kind, target if external else inside, external)
        return found

    def related(self, kind: str) -> str:
        """Return the name of the main part's first part of a kind; "" where it has none."""
        parts = self.relations(self.main).values()
        return next((part.name for part in parts if part.kind == kind and self.has(part.name)), "")

    def names(self) -> list[str]:
        """Return the names of all parts, in small letters."""
        return list(self._names)


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def plain_package(document: _Element, notes: Mapping[str, _Element]) -> io.BytesIO:
    """Return a Word file of only a document and its notes ("footnotes", "endnotes"): it refers to nothing else."""
    from lxml import etree

    file = io.BytesIO()
    targets = "".join(f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in notes)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="main" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{targets}</Relationships>'
        )
        archive.writestr("word/document.xml", etree.tostring(document, encoding="UTF-8", xml_declaration=True))
        for kind, root in notes.items():
            archive.writestr(f"word/{kind}.xml", etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    file.seek(0)
    return file
