"""Line-end hyphens: which ones only divide a word over two lines, and which ones belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

JoinHyphen = Callable[[str, str], bool]


def hyphen_joiner(texts: Iterable[str]) -> JoinHyphen:
    """Return a judge of line-end hyphens that knows the document's own words.

    ``join(left, right)`` is true when the hyphen only divides the word over the line ("govern-ment") and false when
    it belongs to it ("community-based"): whichever spelling the document has elsewhere wins; where neither
    does, the hyphen stays when both halves are words of the document.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.casefold() for word in _WORD.findall(text))
    plain = Counter[str]()
    for word, count in counts.items():
        for part in word.split("-"):
            plain[part] += count

    def join(left: str, right: str) -> bool:
        head, tail = _last_word(left), _first_word(right)
        if not head or not tail:
            return False
        joined, kept = counts[head + tail], counts[f"{head}-{tail}"]
        if joined != kept:
            return joined > kept
        # Each half also is at this very line break, hence more than once.
        return not (plain[head] > 1 and plain[tail] > 1)

    return join


def _last_word(text: str) -> str:
    match = re.search(r"([^\W\d_]+)$", text)
    return match.group(1).casefold() if match else ""


def _first_word(text: str) -> str:
    match = re.match(r"([^\W\d_]+)", text)
    return match.group(1).casefold() if match else ""
