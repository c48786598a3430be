"""OpenDocument text as one XML file."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from makers.source import Block, Source, SourcePage, grouped, in_text, note_of, runs

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
    for name, what in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "meta": "meta",
        "presentation": "presentation",
    }.items()
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def meta(source: Source) -> str:
    """Return the document's own statement of its title and language."""
    return f"<office:meta><dc:title>{escape(source.title)}</dc:title></office:meta>"


def text(source: Source) -> str:
    """Return the document."""
    body = "".join(_page(page, number) for number, page in enumerate(source.pages, start=1))
    masters = "".join(_master(page, number) for number, page in enumerate(source.pages, start=1))
    return (
        f'{HEAD}<office:document {NAMES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.text">{meta(source)}'
        f"<office:styles>{_styles(source)}</office:styles>"
        f"<office:automatic-styles>{_breaks(source)}{_layout(source)}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles>"
        f"<office:body><office:text>{_tracked(source)}{body}</office:text></office:body></office:document>"
    )


def _styles(source: Source) -> str:
    font = source.options.get("fonts", ["Liberation Serif"])[0]
    right = ' style:writing-mode="rl-tb" fo:text-align="start"' if source.script in {"Arabic", "Hebrew"} else ""
    fonts = f"style:font-name-asian={quoteattr(font)} style:font-name-complex={quoteattr(font)} fo:font-family={quoteattr(font)}"
    fonts += f" style:font-family-asian={quoteattr(font)} style:font-family-complex={quoteattr(font)}"
    fonts += ' fo:language="' + source.language + '"'
    sizes = 'fo:font-size="11pt" style:font-size-asian="11pt" style:font-size-complex="11pt"'
    big = 'fo:font-size="16pt" style:font-size-asian="16pt" style:font-size-complex="16pt" fo:font-weight="bold"'
    headings = "".join(
        f'<style:style style:name="Heading_20_{n}" style:display-name="Heading {n}" style:family="paragraph"'
        f' style:parent-style-name="Standard" style:default-outline-level="{n}">'
        f'<style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.2cm"/><style:text-properties {big}/></style:style>'
        for n in (1, 2, 3)
    )
    marks = "".join(_list_style(mark, name) for mark, name in _LISTS.items())
    return (
        f'<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties'
        f' fo:margin-bottom="0.25cm"{right}/><style:text-properties {fonts} {sizes}/></style:style>{headings}'
        '<style:style style:name="Caption" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:text-align="center"/></style:style>'
        '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="Box" style:family="graphic"><style:graphic-properties fo:border="0.05cm solid #333333"'
        ' fo:padding="0.2cm" style:wrap="none" style:vertical-pos="from-top" style:vertical-rel="paragraph"/></style:style>'
        f"{marks}"
    )


_LISTS = {"•": "Dots", "–": "Dashes", "1.": "Numbers", "(a)": "Letters"}


def _list_style(mark: str, name: str) -> str:
    level = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm"'
        ' fo:margin-left="1.2cm"/></style:list-level-properties>'
    )
    if mark in "•–":
        rule = f'<text:list-level-style-bullet text:level="1" text:bullet-char="{mark}">{level}</text:list-level-style-bullet>'
    else:
        form = "1" if "1" in mark else "a"
        before, after = mark.split(form)
        rule = (
            f'<text:list-level-style-number text:level="1" style:num-format="{form}" style:num-prefix="{before}"'
            f' style:num-suffix="{after}">{level}</text:list-level-style-number>'
        )
    return f'<text:list-style style:name="{name}">{rule}</text:list-style>'


def _breaks(source: Source) -> str:
    return "".join(
        f'<style:style style:name="Begin{n}_{kind}" style:family="paragraph" style:parent-style-name="{parent}"'
        f' style:master-page-name="Page{n}"/>'
        for n in range(1, len(source.pages) + 1)
        for kind, parent in (("body", "Standard"), ("h1", "Heading_20_1"), ("h2", "Heading_20_2"))
    )


def _layout(source: Source) -> str:
    wide, high = ("29.7cm", "21cm") if source.options.get("landscape") else ("21cm", "29.7cm")
    columns = source.options.get("columns", 1)
    parts = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    return (
        f'<style:page-layout style:name="Paper"><style:page-layout-properties fo:page-width="{wide}"'
        f' fo:page-height="{high}" fo:margin="2.2cm">{parts}</style:page-layout-properties>'
        "<style:header-style/><style:footer-style/></style:page-layout>"
    )


def _master(page: SourcePage, number: int) -> str:
    head = f"<style:header><text:p>{escape(page.head)}</text:p></style:header>" if page.head else ""
    foot = (
        f'<style:footer><text:p text:style-name="Footer">{escape(page.foot)}</text:p></style:footer>'
        if page.foot
        else ""
    )
    return (
        f'<style:master-page style:name="Page{number}" style:page-layout-name="Paper">{head}{foot}</style:master-page>'
    )


def _tracked(source: Source) -> str:
    changes = []
    for number, block in enumerate(block for page in source.pages for block in page.blocks):
        for place, run in enumerate(runs(block.text)):
            about = "<office:change-info><dc:creator>An editor</dc:creator><dc:date>2024-02-01T09:00:00</dc:date></office:change-info>"
            if run.style == "inserted":
                changes.append(_change(f"c{number}_{place}", f"<text:insertion>{about}</text:insertion>"))
            elif run.style == "deleted":
                gone = f"<text:p>{escape(run.text)}</text:p>"
                changes.append(_change(f"c{number}_{place}", f"<text:deletion>{about}{gone}</text:deletion>"))
    return (
        f'<text:tracked-changes text:track-changes="false">{"".join(changes)}</text:tracked-changes>' if changes else ""
    )


def _change(name: str, what: str) -> str:
    return f'<text:changed-region xml:id="{name}" text:id="{name}">{what}</text:changed-region>'


def _page(page: SourcePage, number: int) -> str:
    first = True
    parts = []
    for kind, blocks in grouped(in_text(page)):
        parts.append(_group(kind, blocks, page, number if first else 0))
        first = False
    return "".join(parts)


def _group(kind: str, blocks: list[Block], page: SourcePage, begins: int) -> str:
    first = blocks[0]
    if kind == "box":
        inner = "".join(
            _group(one, members, page, 0) for one, members in grouped([replace(b, group="") for b in blocks])
        )
        return (
            '<text:p text:style-name="Standard"><draw:frame draw:style-name="Box" text:anchor-type="paragraph"'
            f' svg:width="15cm" draw:z-index="0"><draw:text-box fo:min-height="1cm">{inner}</draw:text-box></draw:frame></text:p>'
        )
    if kind == "item":
        kind = "1." if first.mark[:1].isdigit() else "(a)" if first.mark.startswith("(") else first.mark
        style = _LISTS[kind]
        rows = "".join(
            f'<text:list-item{_goes_on(b)}><text:p text:style-name="{f"Begin{begins}_body" if begins and b is first else "Standard"}">'
            f"{content(b, page)}</text:p></text:list-item>"
            for b in blocks
        )
        return f'<text:list text:style-name="{style}">{rows}</text:list>'
    if kind == "row":
        return _table(blocks, page)
    if kind == "heading":
        style = f"Begin{begins}_h{min(first.level, 2)}" if begins else f"Heading_20_{first.level}"
        return f'<text:h text:style-name="{style}" text:outline-level="{first.level}">{content(first, page)}</text:h>'
    style = "Caption" if kind == "caption" else "Standard"
    style = f"Begin{begins}_body" if begins else style
    return "" if kind == "picture" else f'<text:p text:style-name="{style}">{content(first, page)}</text:p>'


def _goes_on(block: Block) -> str:
    """A list that begins with "(c)" goes on with the one of the page before."""
    number = ord(block.mark[1]) - ord("a") + 1 if block.mark.startswith("(") else 1
    return f' text:start-value="{number}"' if number > 1 else ""


def _table(blocks: list[Block], page: SourcePage) -> str:
    def cell(words: str, span: int) -> str:
        wide = f' table:number-columns-spanned="{span}"' if span > 1 else ""
        covered = "<table:covered-table-cell/>" * (span - 1)
        inner = content(Block("body", (words,)), page)
        return (
            f'<table:table-cell{wide}><text:p text:style-name="Standard">{inner}</text:p></table:table-cell>{covered}'
        )

    def row(block: Block) -> str:
        return f"<table:table-row>{''.join(cell(words, span) for words, span in block.cells)}</table:table-row>"

    heads = "".join(row(block) for block in blocks if block.head)
    rows = "".join(row(block) for block in blocks if not block.head)
    columns = sum(span for _, span in blocks[0].cells)
    head = f"<table:table-header-rows>{heads}</table:table-header-rows>" if heads else ""
    return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{head}{rows}</table:table>'


def content(block: Block, page: SourcePage | None = None) -> str:
    """Return a text with its markup."""
    parts = []
    for place, run in enumerate(runs(block.text)):
        words = escape(run.text)
        if run.style == "note" and page is not None:
            note = content(note_of(page, run.text))
            parts.append(
                f'<text:note text:note-class="footnote"><text:note-citation text:label="{words}">{words}</text:note-citation>'
                f'<text:note-body><text:p text:style-name="Standard">{note}</text:p></text:note-body></text:note>'
            )
        elif run.style == "hidden":
            parts.append(f'<text:span text:style-name="Hidden">{words}</text:span>')
        elif run.style in {"inserted", "deleted"} and page is not None:
            name = f"c{_place(block, page)}_{place}"
            if run.style == "deleted":
                parts.append(f'<text:change text:change-id="{name}"/>')
            else:
                parts.append(
                    f'<text:change-start text:change-id="{name}"/>{words}<text:change-end text:change-id="{name}"/>'
                )
        else:
            parts.append(words)
    return "".join(parts)


def _place(block: Block, page: SourcePage) -> int:
    return page.blocks.index(block)
