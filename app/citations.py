"""Find quotes in page texts, and check sentences against their quotes. Pure functions; nothing fuzzy.

A quote is found when the same letters stand in the same order: white space, hyphenation and the shape of quotation
marks aside. Models alter quotes (one in ten, by a published count), so what is not found is rejected, not repaired.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.answers import Verdict
from ingest.documents import Span

_SAME = dict.fromkeys("’‘‚", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‑", "-")
_DROPPED = "\u00ad\u200b\u200c\u200d\ufeff\ufffe"
_MIN_LETTERS = 12
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NEGATIONS = frozenset("not no never none neither nor without cannot didn't wasn't weren't isn't aren't don't".split())
_HEDGES = ("according to", *"alleged reported claim said says stated apparently estimated suspected".split())
_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
}
_MIN_OVERLAP = 0.5

Letters = list[tuple[str, int, int]]
"""Squeezed text: character, page, offset."""


def squeeze(text: str) -> str:
    """Return what of ``text`` must match: no white space, hyphens between digits only, plain quotation marks."""
    return "".join(char for char, _, _ in _letters(text, 0, 0))


def _letters(text: str, page: int, offset: int) -> Letters:
    found: Letters = []
    for index, raw in enumerate(text):
        if raw.isspace() or raw in _DROPPED:
            continue
        char = _SAME.get(raw, raw)
        if char == "-" and not (_digit(text, index - 1) and _digit(text, index + 1)):
            continue
        found += [(piece, page, offset + index) for piece in unicodedata.normalize("NFKC", char)]
    return found


def _digit(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isdigit()


def locate_quote(quote: str, spans: Sequence[Span], pages: dict[int, str]) -> tuple[Span, ...]:
    """Return where ``quote`` stands within ``spans``: one span a page, none when it is not there.

    Args:
        quote: The words to find; fewer than twelve letters find nothing, they would stand anywhere.
        spans: Where to look, in reading order; a quote may run from one into the next.
        pages: The text of every page that ``spans`` name.
    """
    needle = squeeze(quote.strip().strip("\"'“”‘’«»…. "))
    if sum(char.isalnum() for char in needle) < _MIN_LETTERS:
        return ()
    hay = [
        letter for span in spans for letter in _letters(pages[span.page][span.start : span.end], span.page, span.start)
    ]
    text = "".join(char for char, _, _ in hay)
    start = text.find(needle)
    while start >= 0:
        found = hay[start : start + len(needle)]
        if _whole_words(found, pages):
            return _spans(found, pages)
        start = text.find(needle, start + 1)
    return ()


def _whole_words(found: Letters, pages: dict[int, str]) -> bool:
    (_, first_page, first), (_, last_page, last) = found[0], found[-1]
    before = pages[first_page][first - 1 : first]
    after = pages[last_page][last + 1 : last + 2]
    inner = pages[first_page][first].isalnum() and before.isalnum()
    return not inner and not (pages[last_page][last].isalnum() and after.isalnum())


def _spans(found: Letters, pages: dict[int, str]) -> tuple[Span, ...]:
    by_page: dict[int, list[int]] = {}
    for _, page, offset in found:
        by_page.setdefault(page, []).append(offset)
    spans = []
    for page, offsets in by_page.items():
        end = offsets[-1] + 1
        # The closing stop and quotation mark belong to the quote that they end.
        while end < len(pages[page]) and pages[page][end] in ".!?\"'”’»":
            end += 1
        spans.append(Span(page, offsets[0], end))
    return tuple(spans)


def check_sentence(sentence: str, quotes: Iterable[str]) -> tuple[Verdict, str]:
    """Return the verdict on a sentence and, when it is unverified, the reason in words.

    ``quotes`` are the ones that were found on their pages. Verbatim is ``quoted``. Else every number and name of the
    sentence must stand in the quotes, half of its words too, and no negation or hedge of theirs may be lost.
    """
    found = list(quotes)
    if not found:
        return Verdict.UNVERIFIED, "no quote of it stands on a page"
    together = " ".join(found)
    if squeeze(sentence).rstrip(".") in squeeze(together):
        return Verdict.QUOTED, ""
    for check in (_missing_numbers, _missing_names, _lost_words, _little_in_common):
        reason = check(sentence, together)
        if reason:
            return Verdict.UNVERIFIED, reason
    return Verdict.SUPPORTED, ""


def _numbers(text: str) -> set[str]:
    digits = {number.replace(",", "").rstrip(".:/") for number in _NUMBER.findall(text)}
    return digits | {_NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _NUMBER_WORDS}


def _missing_numbers(sentence: str, quotes: str) -> str:
    # "one" is more often a pronoun than a count.
    missing = sorted(_numbers(sentence) - _numbers(quotes) - {"1"})
    return f"the quotes do not hold {', '.join(missing)}" if missing else ""


def _missing_names(sentence: str, quotes: str) -> str:
    text = quotes.casefold()
    missing = [
        name for name in _NAME.findall(sentence) if name.casefold().removesuffix("’s").removesuffix("'s") not in text
    ]
    return f"the quotes do not name {', '.join(dict.fromkeys(missing))}" if missing else ""


def _lost_words(sentence: str, quotes: str) -> str:
    own, theirs = sentence.lower().replace("’", "'"), quotes.lower().replace("’", "'")
    negated = [bool(_NEGATIONS & set(re.findall(r"[a-z']+", text))) for text in (own, theirs)]
    if negated[0] != negated[1]:
        return "a “not” stands in only one of sentence and quotes"
    lost = any(hedge in theirs for hedge in _HEDGES) and not any(hedge in own for hedge in _HEDGES)
    return "who says it, or how sure they are, was lost" if lost else ""


def _little_in_common(sentence: str, quotes: str) -> str:
    own = {word[:5] for word in _WORD.findall(sentence.casefold())}
    theirs = {word[:5] for word in _WORD.findall(quotes.casefold())}
    return "" if not own or len(own & theirs) >= _MIN_OVERLAP * len(own) else "sentence and quotes share too few words"
