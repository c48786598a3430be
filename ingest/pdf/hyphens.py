"""Line-end hyphens: which ones only divide a word over two lines, and which ones belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from ingest.language.letters import english_words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_APART = frozenset("anti co counter ex mid multi non post pre pro re self semi sub under vice".split())
_COMMON = ("the", "of", "and", "to", "in")
_ENGLISH_SHARE = 0.12
"""Share of the five commonest English words in an English text; about 0.2, less in lists and tables."""

JoinHyphen = Callable[[str, str], bool]


def hyphen_joiner(texts: Iterable[str]) -> JoinHyphen:
    """Return a judge of line-end hyphens that knows the document's own words.

    ``join(left, right)`` is true when the hyphen only divides the word over the line ("govern-ment") and false when
    it belongs to it ("community-based", "non-State"): whichever spelling the document has elsewhere wins; where it
    has neither, the English language, in an English text; then the hyphen stays when both halves are words of the
    document, or English ones, or one of the few beginnings that English sets apart ("re-arrested").
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word.casefold() for word in _WORD.findall(text))
    plain = Counter[str]()
    for word, count in counts.items():
        for part in word.split("-"):
            plain[part] += count
    english = english_words() if _is_english(counts) else frozenset[str]()

    def join(left: str, right: str) -> bool:
        head, tail = _last_word(left), _first_word(right)
        if not head or not tail:
            return False
        joined, kept = counts[head + tail], counts[f"{head}-{tail}"]
        if joined != kept:
            return joined > kept
        if right[:1].isupper() and not left[-2:].isupper():
            return False
        if head + tail in english:
            return True
        # Each half also is at this very line break, hence more than once.
        if (plain[head] > 1 and plain[tail] > 1) or f"{head}-{tail}" in english:
            return False
        return not (tail in english and (head in _APART or (head in english and len(head) > 2)))

    return join


def _is_english(counts: Counter[str]) -> bool:
    return sum(counts[word] for word in _COMMON) > _ENGLISH_SHARE * counts.total()


def _last_word(text: str) -> str:
    match = re.search(r"([^\W\d_]+)$", text)
    return match.group(1).casefold() if match else ""


def _first_word(text: str) -> str:
    match = re.match(r"([^\W\d_]+)", text)
    return match.group(1).casefold() if match else ""
