"""Whatever bytes a file holds, its reader gives pages or an error of its own, and the offsets hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from offset_checks import check_offsets

from ingest.documents import Document, FileType, Page, PageUnit
from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.reading import read_as

PIECES: dict[FileType, Sequence[bytes]] = {
    FileType.TEXT: (b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\x0c", "नमस्ते។".encode(), b"\x1b[31m", b"\xe2\x80\xae"),
    FileType.MARKDOWN: (b"# ", b"![", b"](", b"```", b"> ", b"| a | b |\n|---|---|\n", b"<p>", b"[^1]: ", b"$$", b"&#"),
    FileType.HTML: (
        b"<table><tr><td rowspan=9999>",
        b"<p>",
        b"</div>",
        b"<!--",
        b"<![CDATA[",
        b"<script>",
        b"&#xD800;",
    ),
    FileType.CSV: (b'"', b";", b",", b"\t", b'""', b"\r\n", b"=1+1", b"a,b\n"),
    FileType.EMAIL: (
        b"Subject: =?utf-8?b?",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n",
        b"--b\n",
    ),
}
"""What each format gives a meaning to."""
NOISE = (
    b"The women marched on 8 March.",
    b" ",
    b"\n",
    b"\n\n",
    b"said \xe2\x80\x9cno\xe2\x80\x9d",
    b"\x85",
    b"\xc3\xa9",
    b"1. ",
)


@pytest.mark.parametrize("file_type", PIECES)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@example(data=None)
def test_any_bytes_are_read_or_refused(
    file_type: FileType, data: st.DataObject | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pieces = st.sampled_from([*PIECES[file_type], *NOISE]) | st.binary(max_size=12)
    content = b"".join(data.draw(st.lists(pieces, max_size=30)) if data else [*PIECES[file_type], *NOISE])
    path = tmp_path_factory.getbasetemp() / f"fuzz.{file_type.value}"
    path.write_bytes(content)
    try:
        pages = tuple(item for item in read_as(file_type, path, Limits()) if isinstance(item, Page))
    except IngestError:
        return
    check_offsets(Document("0" * 64, "made", file_type, pages, unit=PageUnit.NONE))
