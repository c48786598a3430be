"""What is left of a page's text where letters cannot be seen: a mark where a reader sees that something is covered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.messages import Message, message
from ingest.page_numbers import page_ranges
from ingest.pdf.visibility import Unseen, runs_of

MASK = "█████"
"""Stands for covered words of any length: the number of their letters could give a name away."""


def count_words(text: str, unseen: Iterable[int]) -> int:
    """Return how many words of ``text`` cannot be seen, in part or whole."""
    hidden = set(unseen)
    return sum(
        1 for index in hidden if text[index].isalnum() and not (index - 1 in hidden and text[index - 1].isalnum())
    )


def without_unseen(text: str, unseen: Mapping[int, Unseen]) -> dict[int, str]:
    """Return how ``text`` changes, by index: unseen letters leave it; a mask stands for covered ones.

    What is covered as a whole line, by something that is no black bar, leaves no trace: a reader sees none.
    """
    changes = dict.fromkeys(unseen, "")
    for run in runs_of(index for index, why in unseen.items() if why is not Unseen.HIDDEN):
        start = max(text.rfind("\n", 0, run[0]), text.rfind("\ufffe", 0, run[0])) + 1
        end = min(at for at in (text.find("\r", run[-1]), text.find("\ufffe", run[-1]), len(text)) if at >= 0)
        rest = any(char.isalnum() and start + at not in unseen for at, char in enumerate(text[start:end]))
        if rest or any(unseen[index] is Unseen.BARRED for index in run):
            changes[run[0]] = MASK
    return changes


def unseen_remarks(words: Sequence[int]) -> Iterator[Message]:
    """Yield what to say of the words that cannot be seen, from their number on every page."""
    count = sum(words)
    pages = page_ranges(number for number, here in enumerate(words, start=1) if here)
    if count == 1:
        yield message("1 hidden or covered word on {pages} is not quoted", pages=pages)
    elif count:
        yield message("{count} hidden or covered words on {pages} are not quoted", count=count, pages=pages)
