"""Everything that commands print goes through here: nothing in a text or a name may steer the terminal.

A report, a file's name or a model may hold escape sequences that set a window's title, fill the clipboard or write over
what is above. They come out as replacement signs. In JSON they are escaped, so that the value stays what it is.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from ingest.names import REPLACEMENT, is_safe

_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What ``json.dumps`` leaves as it is and a terminal, or a reader of lines, might act on."""
_UTF8 = "PYTHONUTF8"
_PATIENT = 10
"""Of the priorities that go from -20 to 19: about a tenth of the share of those that have the usual one, 0."""


def prepare_console() -> None:
    """Make sure that every text can be printed, whatever the console's encoding is.

    Into a file or a pipe goes UTF-8, unless the user names another encoding. A console that knows fewer letters shows
    replacement signs for the others.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # a test's
            continue
        if not _is_utf8(stream) and not stream.isatty() and not os.environ.get("PYTHONIOENCODING"):
            reconfigure(encoding="utf-8")
        reconfigure(errors="replace")


def restart_in_utf8() -> None:
    """Start this program again where the system's language says that files and arguments are not UTF-8.

    Python would read names and questions as other letters, or refuse them.
    """
    if os.name != "posix" or sys.flags.utf8_mode or sys.getfilesystemencoding() == "utf-8":
        return
    os.environ[_UTF8] = "1"
    os.execv(sys.executable, sys.orig_argv)


def give_way() -> None:
    """Let others go first who want the processor: nobody waits for this process as for an answer. POSIX alone."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, max(_PATIENT, os.getpriority(os.PRIO_PROCESS, 0)))


def printable(text: str) -> str:
    """Return ``text`` with the replacement sign for what would steer a terminal; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(c if is_safe(c) else REPLACEMENT for c in line) for line in lines)


def printable_line(text: str) -> str:
    """Return ``text`` on one line, without what would steer a terminal."""
    return printable(" ".join(text.split("\n"))) if "\n" in text else printable(text)


def say(text: str = "", end: str = "\n") -> None:
    """Print a text, of one line or more, on standard output."""
    print(printable(text), end=end, flush=True)


def say_line(text: str) -> None:
    """Print one line on standard output; a line end in a name or message makes no second one."""
    say(printable_line(text))


def warn(text: object) -> None:
    """Print one line on standard error, beside the results."""
    print(f"whrd: {printable_line(str(text))}", file=sys.stderr, flush=True)


def tell(text: str) -> None:
    """Print a text on standard error that is no warning."""
    print(printable(text), file=sys.stderr, flush=True)


def ask_user(text: str) -> str | None:
    """Ask on the terminal and return the answer's line; None where there is no terminal to ask on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    print(printable(text), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def json_line(value: Mapping[str, Any], ascii_only: bool = False) -> str:
    """Return one line of JSON whose values are unharmed, and which steers no terminal."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one line of JSON on standard output."""
    print(json_line(value, ascii_only=not _is_utf8(sys.stdout)), flush=True)


def _is_utf8(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-") in ("utf-8", "utf8")
