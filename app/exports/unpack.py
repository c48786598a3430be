"""Open an evidence pack, which anybody may have made: in memory, within limits, nothing written to disk."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from app.console import printable_line
from app.errors import AppError
from app.exports.pack import EVIDENCE, MANIFEST, Evidence

_MAX_MEMBERS = 5_000
_MAX_BYTES = 256_000_000
"""Of all members together, unpacked."""
_MAX_JSON_BYTES = 32_000_000
_MAX_RATIO = 200
"""Of a member's size to its packed size: text packs by 3 to 10."""
_MEMBER = re.compile(r"[\w.-]+\.(?:md|json|bib)|pages/[0-9a-f]{64}/\d{5,9}\.txt", re.ASCII)


class BadPack(AppError):
    """The file is no evidence pack, or a hostile one."""


@dataclass(frozen=True, slots=True)
class Pack:
    """An opened pack: its members by name, and what its evidence says."""

    members: dict[str, bytes]
    evidence: Evidence


def open_pack(path: Path) -> Pack:
    """Return the pack at ``path``.

    Raises:
        BadPack: it is none, or breaks a cap; the message is one line.
    """
    name = path.name
    if path.stat().st_size > _MAX_BYTES:
        raise BadPack(f"{name} has more than {_MAX_BYTES / 1e6:,.0f} MB, more than is safe.")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_entries(name, entries)
            members = {entry.filename: _read(name, archive, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError) as error:
        raise BadPack(f"{name} is no readable ZIP ({_first_line(error)}): ask for the pack again.") from error
    for needed in (MANIFEST, EVIDENCE):
        if needed not in members:
            raise BadPack(f"{name} has no {needed}: it is no evidence pack, or part of it was taken out.")
    try:
        evidence = _reader().validate_json(members[EVIDENCE], strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        why = printable_line(f"{place[:80]}: {first['msg'][:120]}")
        raise BadPack(f"{name}: {EVIDENCE} cannot be read ({why}).") from error
    except RecursionError as error:
        raise BadPack(f"{name}: {EVIDENCE} cannot be read (too deep).") from error
    return Pack(members, evidence)


@cache
def _reader() -> TypeAdapter[Evidence]:
    return TypeAdapter(Evidence)


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MAX_MEMBERS:
        raise BadPack(f"{name} has {len(entries):,} members, more than the {_MAX_MEMBERS:,} that a pack may have.")
    seen = set()
    for entry in entries:
        shown = ascii(entry.filename)[:80]
        if not _MEMBER.fullmatch(entry.filename):
            raise BadPack(f"{name} has a member {shown} that no evidence pack has: do not unpack it.")
        if entry.filename in seen:
            raise BadPack(f"{name} has two members {shown}: programs would read different ones.")
        seen.add(entry.filename)
        if entry.flag_bits & 1:
            raise BadPack(f"{name}: {shown} is encrypted; packs are not.")
        cap = _MAX_JSON_BYTES if entry.filename.endswith(".json") else _MAX_BYTES
        if entry.file_size > cap or entry.file_size > _MAX_RATIO * max(entry.compress_size, 1):
            raise BadPack(f"{name}: {shown} unpacks to {entry.file_size:,} bytes, more than is safe.")
    if sum(entry.file_size for entry in entries) > _MAX_BYTES:
        raise BadPack(f"{name} unpacks to more than {_MAX_BYTES / 1e6:,.0f} MB, more than is safe.")


def _read(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        return _capped(name, stream, entry.file_size)


def _capped(name: str, stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size + 1)
    if len(content) != size:  # the directory lied
        raise BadPack(f"{name} does not have the number of bytes that it declares: do not unpack it.")
    return content


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
