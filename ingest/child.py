"""What runs inside the sandbox: ``python -m ingest.child PARENT read|render …``; one JSON object a line on stdout.

PARENT is the number of the process that started it.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ingest.confinement import confine, end_with_parent
from ingest.documents import FileType, Metadata, Page
from ingest.errors import DamagedFile, IngestError, too_many_sentences
from ingest.filetype import detect_file_type
from ingest.limits import Limits
from ingest.messages import Message, message, message_data
from ingest.shut_off import shut_off

_BEAT_SECONDS = 5.0
_DESCRIBED = ("title", "author", "year", "unit", "language", "symbol", "publisher", "date", "case")


def _say(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data) + "\n")
    sys.stdout.flush()


def _read(path: Path, limits: Limits) -> None:
    from ingest.page_rows import page_rows
    from ingest.reading import read_as

    file_type = detect_file_type(path)
    _say({"file_type": file_type})
    metadata, pages = Metadata(), list[Page]()
    for item in read_as(file_type, path, limits):
        match item:
            case Page():
                _say({"page": page_rows(item)})
                pages.append(item)
            case Message():
                _say({"remark": message_data(item)})
            case _:
                metadata = item
    _split(path, file_type, metadata, pages, limits)


class _Beat:
    """Tells the parent now and then that splitting goes on."""

    def __init__(self) -> None:
        """Begin now."""
        self._told = time.monotonic()

    def __call__(self) -> None:
        """Tell it, if a while has gone by."""
        if time.monotonic() - self._told > _BEAT_SECONDS:
            self._told = time.monotonic()
            _say({"beat": True})


def _split(path: Path, file_type: FileType, metadata: Metadata, pages: list[Page], limits: Limits) -> None:
    """Make a document of its pages, and passages of the document."""
    from ingest.cases import assign_cases
    from ingest.description import describe
    from ingest.passage_rows import passage_rows
    from ingest.passages import split_passages

    document = describe(path, file_type, metadata, pages)
    _say({"document": {field: getattr(document, field) for field in _DESCRIBED}})
    passages = split_passages(document, _Beat())
    if sum(len(passage.sentences) for passage in passages) > limits.sentences:
        raise too_many_sentences(path.name, limits)
    for passage in assign_cases(document, passages):
        _say({"passage": passage_rows(passage)})


def _render(path: Path, request: dict[str, Any]) -> None:
    from ingest.pdf.page_image import render_png

    png, boxes = render_png(path, request)
    _say({"png": base64.b64encode(png).decode(), "boxes": boxes})


def _scratch() -> Path | None:
    """Return the folder for files of a moment, which Tesseract needs; None where no disk takes one."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return None


def main(arguments: list[str]) -> int:
    """Do one piece of work; an expected failure is a message, not a crash."""
    parent, verb, file, parameters = arguments
    shut_off(_scratch())
    end_with_parent(int(parent))
    confine(Limits(**json.loads(parameters)) if verb == "read" else Limits())
    path = Path(file)
    try:
        if verb == "read":
            _read(path, Limits(**json.loads(parameters)))
        else:
            _render(path, json.loads(parameters))
    except IngestError as error:
        _say({"error": message_data(error.message), "status": error.status})
    except MemoryError:
        full = message("{name} needs too much memory to read: split it.", name=path.name)
        _say({"error": message_data(full), "status": "too_big"})
    except OSError as error:
        raise SystemExit(f"{path.name}: {error}") from error
    except Exception as error:  # the parser's own: whatever a broken file makes it raise is a damaged file
        problem = message(
            "{name} is damaged ({detail}): fetch or print it again.",
            name=path.name,
            detail=f"{type(error).__name__}: {error}".replace(str(path), path.name),
        )
        _say({"error": message_data(problem), "status": DamagedFile.status})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
