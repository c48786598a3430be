"""Hostile files, class by class: what a damaged disk, a careless writer or an adversary may put into a folder."""

from __future__ import annotations

import io
import os
import random
import socket
import string
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "data" / "fidelity" / "documents"
WORDS = "The commission recorded forty arrests in March and named the officers who had ordered them".split()
MB = 1_000_000
SIZE = 200_000
"""Letters of a text that is long for what it is; what is read must be embedded too, and that takes its time."""
Maker = Callable[[random.Random, Path, int], None]
"""Writes about so many files into a folder."""


def cut(rng: random.Random, folder: Path, count: int) -> None:
    """Real files of every format, cut off anywhere."""
    for number, (name, data) in enumerate(_real(rng, count)):
        (folder / f"{number:04}-{name}").write_bytes(data[: rng.randrange(1, len(data))])


def flipped(rng: random.Random, folder: Path, count: int) -> None:
    """Real files in which one to fifty bits are turned."""
    for number, (name, data) in enumerate(_real(rng, count)):
        changed = bytearray(data)
        for _ in range(rng.randrange(1, 50)):
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        (folder / f"{number:04}-{name}").write_bytes(changed)


def spliced(rng: random.Random, folder: Path, count: int) -> None:
    """The beginning of one real file and the end of another, under the name of either."""
    for number in range(count):
        (name, first), (_, second) = _real(rng, 2)
        data = first[: rng.randrange(len(first))] + second[rng.randrange(len(second)) :]
        (folder / f"{number:04}-{name}").write_bytes(data)


def misnamed(rng: random.Random, folder: Path, count: int) -> None:
    """Real files with the ending of another format."""
    endings = sorted({file.suffix for file in REAL.iterdir()})
    for number, (name, data) in enumerate(_real(rng, count)):
        (folder / f"{number:04}-{name}{rng.choice(endings)}").write_bytes(data)


def texts(rng: random.Random, folder: Path, count: int) -> None:
    """Text that no writer means: endless lines and words, signs of control, lost encodings, directions turned."""
    makers: list[Callable[[], str | bytes]] = [
        lambda: " ".join(rng.choices(WORDS, k=SIZE // 6)),
        lambda: "".join(rng.choices(string.ascii_letters, k=SIZE)),
        lambda: b"a,b,c\n" + b"".join(b"%d,forty,arrests\n" % row for row in range(200_000)),
        lambda: ",".join(rng.choices(WORDS, k=SIZE // 6)),
        lambda: "`" * SIZE,
        lambda: "# " * SIZE,
        lambda: "> " * 50_000 + "arrests",
        lambda: "[" * 50_000 + "](x)" * 50_000,
        lambda: "\x1b]0;title\x07\x1b[2J\r\b" * 500 + " ".join(WORDS),
        lambda: " ".join(WORDS) + "\u202e 41 \u202c\u200b" * 500,
        lambda: rng.randbytes(rng.randrange(1, MB)),
        lambda: bytes(rng.randrange(1, MB)),
        lambda: (" ".join(WORDS) * 50).encode(rng.choice(["utf-16", "utf-32", "utf-16-le", "cp1251", "big5", "utf-7"])),
        lambda: " ".join(WORDS).encode() + b"\0" * rng.randrange(10_000),
        lambda: "\n\n".join(chr(rng.randrange(1, 0xD800)) * 20 for _ in range(5_000)),
        lambda: b"",
    ]
    for number in range(count):
        made = makers[number % len(makers)]()
        data = made if isinstance(made, bytes) else made.encode()
        (folder / f"{number:04}{rng.choice(['.txt', '.md', '.csv'])}").write_bytes(data)


def markup(rng: random.Random, folder: Path, count: int) -> None:
    """HTML and mail that never end: depth, attributes, comments, parts within parts."""
    said = " ".join(WORDS)
    makers: list[tuple[str, Callable[[], str]]] = [
        (".html", lambda: "<div>" * 100_000 + said),
        (".html", lambda: "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{said}</p>"),
        (".html", lambda: "<!-- -->" * 20_000 + f"<p>{said}</p>"),
        (".html", lambda: f"<table><tr><td colspan=1000000000 rowspan=1000000000>{said}</td></tr></table>"),
        (".html", lambda: '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>' + "<p>&c;</p>" * 10_000),
        (
            ".html",
            lambda: f'<img src="http://203.0.113.9/x.png"><iframe src="file:///etc/passwd"></iframe><p>{said}</p>',
        ),
        (".html", lambda: "<b><i>" * 30_000 + said + "</b></i>" * 30_000),
        (".eml", lambda: "From: a@b\nSubject: x\nContent-Type: text/html\n\n" + "<span>" * 30_000 + said),
        (".eml", lambda: "".join(_part(n) for n in range(rng.randrange(200, 800))) + said),
        (".eml", lambda: "Content-Transfer-Encoding: base64\nSubject: x\n\n" + "AAAA" * MB),
        (".eml", lambda: "Subject: " + "=?utf-8?q?" + "a" * 100_000 + "?=\n\n" + said),
        (".mht", lambda: "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + "--b\n\n" * 50_000),
        (".rtf", lambda: r"{\rtf1 " + "{" * 50_000 + said + "}" * 50_000 + "}"),
        (".rtf", lambda: r"{\rtf1 \bin2000000000 " + said + "}"),
        (".rtf", lambda: r"{\rtf1 " + r"\u-10179?\u-8704?" * 50_000 + "}"),
    ]
    for number in range(count):
        ending, make = makers[number % len(makers)]
        (folder / f"{number:04}{ending}").write_text(make(), encoding="utf-8")


def archives(rng: random.Random, folder: Path, count: int) -> None:
    """Bombs of every format that is an archive: too large, too many, too deep, badly named, or not what they say."""
    inner = {
        ".docx": "word/document.xml",
        ".xlsx": "xl/worksheets/sheet1.xml",
        ".pptx": "ppt/slides/slide1.xml",
        ".odt": "content.xml",
        ".epub": "OEBPS/one.xhtml",
    }
    real = {ending: next(f for f in sorted(REAL.iterdir()) if f.suffix == ending).read_bytes() for ending in inner}
    harms: list[Callable[[str, str], dict[str, bytes]]] = [
        lambda ending, name: {name: bytes(600 * MB)},
        lambda ending, name: {name: b"<a>" * 200_000},
        lambda ending, name: {name: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'},
        lambda ending, name: {name: _billion_laughs()},
        lambda ending, name: {f"extra/{n}.xml": b"<a/>" for n in range(20_000)},
        lambda ending, name: {"../../../../tmp/torture-was-here.txt": b"out", "/tmp/torture-was-here.txt": b"out"},
        lambda ending, name: {"[Content_Types].xml": rng.randbytes(5_000), "META-INF/container.xml": rng.randbytes(99)},
        lambda ending, name: {name: rng.randbytes(50_000)},
    ]
    for number in range(count):
        ending = rng.choice(sorted(inner))
        data = _with_parts(real[ending], harms[number % len(harms)](ending, inner[ending]))
        (folder / f"{number:04}{ending}").write_bytes(data)


def pdfs(rng: random.Random, folder: Path, count: int) -> None:
    """PDFs that point at themselves, claim what they do not hold, or ask the reader to act."""
    kinds = [
        "/Type /Pages /Kids [2 0 R] /Count 1",
        f"/Type /Pages /Kids [{'3 0 R ' * 20_000}] /Count 20000",
        "/Type /Pages /Kids [3 0 R] /Count 2147483647",
        "/Type /Pages /Kids [3 0 R] /Count -1",
    ]
    pages = [
        "/MediaBox [0 0 1e9 1e9]",
        "/MediaBox [0 0 0 0]",
        "/MediaBox [0 0 612 792] /Rotate 45",
        "/MediaBox [0 0 612 792] /AA << /O << /S /JavaScript /JS (app.alert(1)) >> >>",
        "/MediaBox [0 0 612 792] /AA << /O << /S /Launch /F (/bin/sh) >> >>",
        "/MediaBox [0 0 612 792] /AA << /O << /S /URI /URI (http://203.0.113.9/) >> >>",
    ]
    contents = [
        "BT /F1 12 Tf 72 700 Td (" + " ".join(WORDS) + ".) Tj ET",
        "BT /F1 12 Tf 3 Tr 72 700 Td (" + " ".join(WORDS) + ".) Tj ET",
        "q " * 100_000,
        "BT " + "(x) Tj " * 100_000 + "ET",
        "/X Do " * 1_000,
    ]
    for number in range(count):
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< {kinds[number % len(kinds)]} >>",
            f"<< /Type /Page /Parent 2 0 R {pages[number % len(pages)]} /Contents 4 0 R"
            " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>"
            " /XObject << /X 5 0 R >> >> >>",
            _stream(contents[number % len(contents)]),
            _stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
        ]
        rng.shuffle(contents)
        (folder / f"{number:04}.pdf").write_bytes(_pdf(objects))


def names(rng: random.Random, folder: Path, count: int) -> None:
    """Names and things that are no plain files: pipes, sockets, links that loop or lead out, letters of no encoding."""
    text = " ".join(WORDS).encode()
    odd = [
        "a\nb.txt",
        "\x1b[31m.txt",
        "\u202etxt.exe",
        "'; rm -rf .txt",
        "<img src=x>.txt",
        "😀.txt",
        "$(id).txt",
        " .txt",
    ]
    for number in range(count):
        (folder / f"{number:04}{odd[number % len(odd)]}").write_bytes(text + b" %d." % number)
    (folder / ("n" * 250 + ".txt")).write_bytes(text)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.txt")).write_bytes(text)
    os.mkfifo(folder / "pipe.txt")
    socket.socket(socket.AF_UNIX).bind(os.path.relpath(folder / "s.txt"))
    (folder / "loop").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "zero.txt").symlink_to("/dev/zero")
    deep = folder
    for _ in range(60):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_bytes(text)


def tiny(rng: random.Random, folder: Path, count: int) -> None:
    """Thousands of files of a few words."""
    for number in range(count * 10):
        (folder / f"{number:05}.txt").write_text(f"{' '.join(rng.choices(WORDS, k=9))} {number}.", encoding="utf-8")


CLASSES: dict[str, Maker] = {
    made.__name__: made for made in (cut, flipped, spliced, misnamed, texts, markup, archives, pdfs, names, tiny)
}


def _real(rng: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    files = sorted(REAL.iterdir())
    return ((file.name, file.read_bytes()) for file in rng.choices(files, k=count))


def _part(number: int) -> str:
    return f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n"


def _billion_laughs() -> bytes:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{rows}]><a>&l9;</a>'.encode()


def _with_parts(archive: bytes, parts: dict[str, bytes]) -> bytes:
    """Return an archive with ``parts`` in place of its own of these names, packed tightly."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename not in parts:
                new.writestr(item.filename, old.read(item))
        for name, data in parts.items():
            new.writestr(name, data)
    return made.getvalue()


def _stream(content: str, head: str = "") -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf(objects: list[str]) -> bytes:
    body, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{end}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()
