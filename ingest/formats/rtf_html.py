"""From the marks of an RTF file to the elements of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.formats.html_tree import HIDDEN, STRUCK
from ingest.formats.remarks import COMMENTS, OBJECTS, tracked_changes, unread_parts
from ingest.formats.rtf_flow import Flow
from ingest.formats.rtf_tokens import Mark, charset, code_page, tokens
from ingest.formats.rtf_words import PLACES, SIGNS, SKIPPED, STARRED
from ingest.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_DEEP = 2_000
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|заголовок)\s*(\d)", re.I)
_BULLET = "o"
"""In the font that Word takes for points of the second level."""
_NUMBER = re.compile(r"[([]?((?:[\dA-Za-z]{1,6}\.)*[\dA-Za-z]{1,6})[.)\]]*")


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it."""

    place: str = "body"
    """What its text is: of the page ("body"), of nothing ("skip"), or of a table of the file."""
    font: int = 0
    skip: int = 1
    """Letters that stand in for each ``\\u``, for old readers."""
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    struck: bool = False
    raised: bool = False


class RtfConverter:
    """Makes HTML of an RTF file, and keeps what it says of itself."""

    def __init__(self) -> None:
        self.title = self.author = ""
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, int] = {}
        self._state = _State()
        self._stack: list[tuple[_State, Flow | None]] = []
        self._bytes = bytearray()
        self._to_skip = 0
        self._starred = False
        self._flows: list[Flow] = []
        self._notes: list[Flow] = []
        self._label = ""
        self._style = 0
        self._last = ""
        self._counts = dict.fromkeys(("hidden", "deleted", "inserted", "struck", "comment", "object"), 0)

    def html(self, data: bytes) -> _Element:
        """Return the body of an RTF file; its notes come last."""
        from lxml import etree

        body = etree.Element("body")
        self._flows.append(Flow(body))
        for mark, value, number in tokens(data.decode("latin-1")):
            if mark is not Mark.BYTE:
                self._end_bytes()
            self._take(mark, value, number)
        self._end_bytes()
        while self._flows:
            self._flows.pop().close()
        body.extend(note.root for note in self._notes)
        return body

    def remarks(self) -> Iterator[Message]:
        """Yield what the file holds and is not read."""
        counts = self._counts
        yield from tracked_changes(counts["inserted"], counts["deleted"])
        if counts["hidden"]:
            yield HIDDEN
        if counts["struck"]:
            yield STRUCK
        if counts["comment"]:
            yield COMMENTS
        yield from unread_parts([OBJECTS] if counts["object"] else [])

    def _take(self, mark: Mark, value: str, number: int | None) -> None:
        match mark:
            case Mark.OPEN:
                self._open()
            case Mark.CLOSE:
                self._close()
            case Mark.TEXT:
                self._text(value)
            case Mark.BYTE:
                self._byte(value)
            case Mark.SIGN:
                self._sign(value)
            case Mark.WORD:
                starred, self._starred = self._starred, False
                self._to_skip = 0
                self._word(value, number, starred)

    def _open(self) -> None:
        if len(self._stack) >= _MOST_DEEP:
            raise ValueError("groups within groups without end")
        self._stack.append((self._state, None))
        self._state = replace(self._state)
        self._to_skip = 0

    def _close(self) -> None:
        self._to_skip = 0
        if not self._stack:
            return
        ended, (self._state, flow) = self._state, self._stack.pop()
        if flow is not None:
            flow.close()
            self._flows.remove(flow)
        if ended.place == "label" and self._state.place != "label":
            self._end_label()

    def _begin_flow(self, tag: str, name: str) -> None:
        """Read the group that has begun apart from the text around it."""
        from lxml import etree

        root = etree.Element(tag)
        root.set("class", name)
        flow = Flow(root)
        if tag == "aside":
            self._notes.append(flow)
        else:
            self._flows[0].root.append(root)
        self._flows.append(flow)
        self._stack[-1] = (self._stack[-1][0], flow)
        self._state = _State(font=self._state.font, skip=self._state.skip)

    def _byte(self, value: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(int(value, 16))

    def _end_bytes(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._state.font) or self._encoding
            text = bytes(self._bytes).decode(encoding, "replace")
            self._bytes.clear()
            self._write(text)

    def _text(self, value: str) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(value))
            self._to_skip -= skipped
            value = value[skipped:]
        if not value.isascii():
            value = value.encode("latin-1").decode(self._fonts.get(self._state.font) or self._encoding, "replace")
        self._write(value)

    def _sign(self, value: str) -> None:
        self._to_skip = 0
        if value == "*":
            self._starred = True
        elif value in "\r\n":
            self._flow.end_paragraph()
        else:
            self._write({"~": "\xa0", "_": "-", "-": ""}.get(value, value if value in "{}\\" else ""))

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _write(self, text: str) -> None:
        state = self._state
        match state.place:
            case "body" if state.hidden or state.deleted or state.struck:
                self._count("hidden" if state.hidden else "deleted" if state.deleted else "struck", text)
            case "body":
                self._flow.add(text, "sup" if state.raised else "")
                self._count("inserted" if state.inserted else "", text)
            case "label":
                self._label += text
            case "title":
                self.title += text
            case "author":
                self.author += text
            case "style":
                heading = _HEADING.match(text.strip())
                if heading or text.strip().lower().rstrip(";") == "title":
                    self._styles[self._style] = int(heading[1]) if heading else 1

    def _count(self, what: str, text: str) -> None:
        """Count the places with words of a kind, "" for plain text; one that goes on is counted once."""
        if text.strip():
            if what and self._last != what:
                self._counts[what] += 1
            self._last = what

    def _end_label(self) -> None:
        """Note what is printed before an item of a list."""
        label, self._label = self._label.strip(), ""
        kind = self._flow.kind
        kind.item = kind.item or 1
        found = _NUMBER.fullmatch(label)
        counts = found is not None and (any(map(str.isdigit, label)) or (len(found[1]) < 3 and label != _BULLET))
        kind.number = found[1] if found and counts else ""

    def _word(self, word: str, number: int | None, starred: bool) -> None:
        state = self._state
        if state.place == "skip" or self._begin_group(word, number, starred):
            return
        if word == "u" and number is not None:
            self._write(chr(number % 0x10000))
            self._to_skip = state.skip
        elif word == "uc":
            state.skip = max(number or 0, 0)
        elif word in ("ansicpg", "mac", "pc", "pca"):
            self._encoding = code_page(word, number)
        elif word == "f":
            state.font = number or 0
        elif word in SIGNS:
            self._write(SIGNS[word])
        elif state.place == "fonts" and word == "fcharset":
            self._fonts[state.font] = charset(number)
        elif state.place == "style" and word == "s":
            self._style = number or 0
        elif state.place == "body" and word == "s":
            self._flow.kind.heading = self._styles.get(number or 0, 0)
        elif state.place == "body" and not self._set_character(word, number):
            self._flow.take(word, number)

    def _begin_group(self, word: str, number: int | None, starred: bool) -> bool:
        """Note what the group that has begun is for; return whether the word says so."""
        state = self._state
        if state.place == "info":
            state.place = word if word in ("title", "author") else "skip"
        elif word in PLACES:
            state.place = PLACES[word]
        elif word in SKIPPED:
            self._counts["comment"] += word == "annotation"
            self._counts["object"] += word == "objdata"
            if word == "pn":
                self._flow.kind.item = self._flow.kind.item or 1
            state.place = "skip"
        elif word == "footnote":
            self._begin_flow("aside", "footnote")
        elif word in ("shptxt", "dptxbxtext"):
            self._begin_flow("div", "box")
        elif starred and word not in STARRED:
            state.place = "skip"
        else:
            return False
        return True

    def _set_character(self, word: str, number: int | None) -> bool:
        state, on = self._state, number != 0
        match word:
            case "plain":
                state.hidden = state.deleted = state.inserted = state.struck = state.raised = False
            case "v":
                state.hidden = on
            case "deleted":
                state.deleted = on
            case "revised":
                state.inserted = on
            case "strike" | "striked":
                state.struck = on
            case "super":
                state.raised = on
            case "up":
                state.raised = (number or 0) > 0
            case "nosupersub" | "sub" | "dn":
                state.raised = False
            case _:
                return False
        return True
