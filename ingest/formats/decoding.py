"""The letters of a text file, whatever its encoding."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import DamagedFile
from ingest.messages import message


def decode(path: Path) -> str:
    """Return the file's text: UTF-8, a byte-order mark's encoding, else the likeliest one.

    Raises:
        DamagedFile: no encoding fits.
    """
    data = path.read_bytes()
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "utf-16"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise DamagedFile(message("{name} is in no known text encoding: save it as UTF-8.", name=path.name))
    return str(guess)
