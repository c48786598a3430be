"""PowerPoint presentations, read by python-pptx: one page a slide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.documents import BlockKind, Metadata, Page, PageState, PageUnit
from ingest.errors import too_much_text
from ingest.formats.builder import TextBuilder
from ingest.formats.html_tree import STRUCK
from ingest.formats.safety import check_archive
from ingest.formats.slide_shapes import CHART, OBJECT, PICTURE, SlideReader, paragraph_text
from ingest.formats.strict import common_form
from ingest.limits import Limits
from ingest.messages import Message, message

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_NOTES = "Notes"
_STRUCK_OUT = ".//a:rPr[@strike and @strike != 'noStrike']"


def read_pptx(path: Path, limits: Limits) -> Iterator[Metadata | Page | Message]:
    """Read a presentation: titles as headings, points of lists, tables, diagrams; the speaker's notes below a slide.

    Hidden slides are not shown, so they are left out and told; they count all the same, as PowerPoint counts them.

    Raises:
        TooBig: it would unpack to more than the limits allow, or has more slides or text.
    """
    import pptx

    check_archive(path, limits)
    source = common_form(path)
    presentation = pptx.Presentation(str(source) if isinstance(source, Path) else source)
    yield _metadata(presentation)
    hidden: list[int] = []
    unread: dict[str, list[int]] = {PICTURE: [], CHART: [], OBJECT: []}
    characters = struck = 0
    for number, slide in enumerate(presentation.slides, start=1):
        if slide._element.get("show") in ("0", "false"):
            hidden.append(number)
            yield Page(number, "", state=PageState.EMPTY)
            continue
        builder = TextBuilder()
        reader = SlideReader(builder)
        reader.read(slide)
        _add_notes(builder, slide)
        for what in reader.unread:
            unread[what].append(number)
        struck += len(slide._element.xpath(_STRUCK_OUT))
        text = builder.text
        characters += len(text)
        if characters > limits.characters:
            raise too_much_text(path.name, limits)
        yield Page(number, text, tuple(builder.blocks), state=PageState.TEXT if builder.blocks else PageState.EMPTY)
    if hidden:
        yield message("hidden slides are not read: {slides}", slides=_numbers(hidden))
    if struck:
        yield STRUCK
    if unread[PICTURE]:
        yield message("pictures are not read: on slides {slides}", slides=_numbers(unread[PICTURE]))
    if unread[CHART]:
        yield message("charts are not read: on slides {slides}", slides=_numbers(unread[CHART]))
    if unread[OBJECT]:
        yield message("embedded objects are not read: on slides {slides}", slides=_numbers(unread[OBJECT]))


def _metadata(presentation: Presentation) -> Metadata:
    properties = presentation.core_properties
    title = "" if properties.title == "PowerPoint Presentation" else properties.title
    return Metadata(title, properties.author, unit=PageUnit.SLIDE)


def _add_notes(builder: TextBuilder, slide: Slide) -> None:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is None or not frame.text.strip():
        return
    builder.add(_NOTES, BlockKind.HEADING, 3)
    for paragraph in frame.paragraphs:
        builder.add(paragraph_text(paragraph))


def _numbers(slides: list[int]) -> str:
    return ", ".join(map(str, slides))
