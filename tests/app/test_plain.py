"""Text of reports is shown letter by letter, whatever Markdown would make of it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from app.incoming import safe_name
from app.plain import escape_markdown, one_line, shorten

JOINER = "\u2060"
# What Streamlit's plug-ins still rewrite in the finished text.
REWRITTEN = re.compile(r":[+\w-]+:|(?:https?|ftp)://|www\.|[\w.+-]+@[\w-]+\.|--|->|<-|>=|<=|~=", re.IGNORECASE)
MARKUP = st.lists(
    st.one_of(
        st.sampled_from("$ < > [ ] ( ) ! ` # * _ ~ : | \\ & ; - + . / @ = ^ { } \" '".split()),
        st.sampled_from(
            [
                " ",
                "\n",
                ":smile:",
                ":red[",
                "http://a.example",
                "ftp://a.example",
                "www.a.example",
                "a@b.example",
                "<b>",
                "1. ",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=20,
).map("".join)


@given(MARKUP)
@example("![x](http://a.example/x.png)")
@example("    code")
@example("- a\n- b")
@example("&lt;script&gt;")
def test_markdown_shows_the_very_text(text: str) -> None:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(escape_markdown(text))
    shown = re.sub(r"^<p>|</p>\n$", "", rendered)
    # The parser puts U+FFFD for U+0000.
    assert html.unescape(shown).replace(JOINER, "") == one_line(text).replace(JOINER, "").replace("\0", "\ufffd")
    assert "<" not in shown


@given(MARKUP)
@example(":a:b:")
@example("---->")
def test_nothing_is_left_for_emoji_links_and_signs(text: str) -> None:
    finished = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escape_markdown(text))
    assert not REWRITTEN.search(finished)


def test_shortening_keeps_whole_words_and_drops_leader_dots() -> None:
    assert shorten("one two\nthree", 9) == "one two …"
    assert shorten("one two", 9) == "one two"
    assert shorten("What happened . . . . . . . . 10 Next", 90) == "What happened … 10 Next"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\reports\\a b.pdf", "a b.pdf"),
        ("Доклад 2020.pdf", "Доклад 2020.pdf"),
        ("..", "report"),
        ("", "report"),
        ("a\x00b\n.md", "ab.md"),
    ],
)
def test_an_upload_keeps_its_name_and_nothing_of_a_path(name: str, kept: str) -> None:
    assert safe_name(name) == kept
