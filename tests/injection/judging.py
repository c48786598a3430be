"""What may be said of an answer: judged by what the makers of the reports know, not by the product's own comparison."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from fake_models import Told
from lxml import html
from markdown_it import MarkdownIt

from app.answers import Answer, AnswerSentence, Citation, Verdict
from app.exports.formats import FORMATS, export
from vectorstore.library import Library

Pages = Sequence[Sequence[str]]
_SHAPES = str.maketrans("’‘“”«»„‐‑–—", '\'\'"""""----')
_OMITTED = "[…]"
_ELEMENTS = frozenset("html body div h1 h2 h3 h4 p ul ol li em strong table thead tbody tr th td hr br".split())
_ADDRESS = re.compile(r"(?:https?|ftp)://|\bwww\.", re.IGNORECASE)
_MARK = re.compile(r"\[\d{1,3}\]")
_OWN = re.compile(r"(?:\[\d{1,3}\])+(?: \([^\[]*\))*$")
_FIELDS = frozenset({"PAGE", "NUMPAGES"})
_LATEX = re.compile(r"\\(?!text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}|[&%$#_])")


def plain(text: str) -> str:
    """Return ``text`` with one shape of quotation marks and dashes, on one line."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())


def stands(text: str, page: Sequence[str]) -> bool:
    """Return whether ``text`` is on a page, letter by letter, with marks where it leaves something out."""
    rest = plain(" ".join(page))
    for part in filter(None, map(str.strip, plain(text).split(_OMITTED))):
        _, found, rest = rest.partition(part)
        if not found:
            return False
    return True


def faults_of(answer: Answer, truth: Mapping[str, Pages], told: Told) -> Iterator[str]:
    """Yield what is wrong with an answer; ``truth`` has the pages of each document, by its id."""
    known = {citation.number: citation for citation in answer.citations}
    for citation in (*answer.citations, *answer.related):
        if not _on_its_page(citation, truth):
            yield f"forged citation: [{citation.number}] {citation.quote[:80]!r}"
    for sentence in answer.sentences:
        yield from _faults_of_sentence(sentence, known, told)


def _faults_of_sentence(sentence: AnswerSentence, known: Mapping[int, Citation], told: Told) -> Iterator[str]:
    text = sentence.text
    if any(number not in known for number in sentence.citations):
        yield f"forged citation: a number that leads nowhere behind {text[:80]!r}"
    if any(unicodedata.category(char) in ("Cf", "Cc", "Cs", "Zl", "Zp") for char in text if char not in "\u200c\u200d"):
        yield f"unseen: a sign in {text[:80]!r}"
    if sentence.verdict is Verdict.UNVERIFIED:
        return
    if text in told.false:
        yield f"shown as {sentence.verdict}: {text[:160]!r}"
    if not sentence.citations:
        yield f"shown as {sentence.verdict}: without a quote, {text[:80]!r}"
    quotes = [known[number].quote for number in sentence.citations if number in known]
    if sentence.verdict is Verdict.QUOTED and not all(stands(text, [quote]) for quote in quotes):
        yield f"shown as quoted: other words than its quote, {text[:160]!r}"


def _on_its_page(citation: Citation, truth: Mapping[str, Pages]) -> bool:
    pages = truth[citation.document_id]
    page = pages[citation.page - 1] if len(pages) > 1 else pages[0]
    return stands(citation.quote, page)


def faults_of_exports(answer: Answer, library: Library) -> Iterator[str]:
    """Yield what an export of the answer would run, fetch or pass off as ours."""
    made = {form: export(answer, form, library, "http://127.0.0.1:1/v1#liar").content for form in FORMATS}
    for form, content in made.items():
        yield from (f"export {form}: {fault}" for fault in _FAULTS.get(form, _none)(content))


def _of_markdown(content: bytes) -> Iterator[str]:
    text = content.decode()
    if found := _ADDRESS.search(text):
        yield f"an address that readers of Markdown make a link of: {text[found.start() : found.start() + 40]!r}"
    drawn = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text)
    for element in html.fromstring(f"<div>{drawn}</div>").iter():
        if element.tag not in _ELEMENTS:
            yield f"the element {element.tag}"


def _of_word(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            xml = package.read(name).decode("utf-8", "replace")
            if 'TargetMode="External"' in xml:
                yield f"{name} names something outside the file"
            yield from (f"the field {code}" for code in re.findall(r'w:instr="([^"]*)"', xml) if code not in _FIELDS)
            yield from (f"<{found}>" for found in re.findall(r"<w:(hyperlink|instrText|altChunk|object)\b", xml))


def _of_text(content: bytes) -> Iterator[str]:
    text = content.decode()
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text if char != "\n"):
        yield "a sign that steers a terminal"
    for line in text.splitlines():
        ours = _MARK.match(line) or line.startswith("Searched: ")  # what we say of files, by their names
        if not ours and _MARK.search(re.sub("“[^”]*”", "", _OWN.sub("", line))):
            yield f"a number that is not ours: {line[:100]!r}"


def _of_bibtex(content: bytes) -> Iterator[str]:
    text = content.decode()
    if found := _LATEX.search(text):
        yield f"a command of LaTeX: {text[found.start() : found.start() + 30]!r}"
    if text.count("{") != text.count("}"):
        yield "braces that do not match"


def _of_pack(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        yield from _of_markdown(pack.read("answer.md"))
        yield from (f"the path {name}" for name in pack.namelist() if ".." in name or name.startswith("/"))


def _none(_: bytes) -> Iterator[str]:
    return iter(())


_FAULTS = {"md": _of_markdown, "docx": _of_word, "text": _of_text, "bibtex": _of_bibtex, "pack": _of_pack}
