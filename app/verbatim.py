"""Compare words with a page's own: nothing fuzzier than white space, the shape of a mark, and signs that nobody sees.

Two texts are the same where they have the same characters in the same order. These differences alone do not count:

- how long a run of white space is, and whether it holds a line break; white space beside quotation marks and before
  ``; : ! ?``, which languages set differently; white space between letters of scripts that set none between words;
- the shape of quotation marks, apostrophes and dashes, but not whether there is one;
- a hyphen between letters at a line's end, which may belong to the word or only part it;
- soft hyphens, zero-width signs and signs that turn the direction;
- whether a letter with an accent is one character or two, ligatures (ﬁ), and the forms of Arabic and of wide letters.

So a minus sign, a superscript, a blank inside a word or between numbers, and a hyphen inside a word all count. What is
shown as a quote is cut from the page, at the offsets that are found here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import permutations

import regex

from ingest.language.folding import UNSEEN, UNSPACED

_SAME = dict.fromkeys("’‘‚‛ʼʻ`´", "'") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"…": "..."}
_SAME_LETTER = frozenset(("<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>"))
_LIGATURES = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")
_HYPHENS = frozenset("-‐‑")
_SIGNS = frozenset("-‐‑‒–−+±")
"""Before a number they belong to it, or to the range that it ends."""
_POINTS = frozenset(".,٫٬")
_JOINTS = _HYPHENS | frozenset("'’ʼ")
"""Between letters they make one word: "re-signed", "can't"."""
_NO_BLANK_BEFORE = frozenset(';:!?"')
_LINE_ENDS = frozenset("\n\r\v\f\u2028\u2029\u0085")
_AROUND = "\"'“”‘’«»… \t\n"
"""Stand around a quote and are no part of it."""
_CLOSING = ".!?\"'”’»"
"""Belong to the quote that they end."""
_LEADING_DOTS = regex.compile(r"^\.{2,}\s*")
_UNSPACED = regex.compile(f"[{UNSPACED}]")
_IN_A_ROW = 4
"""Quotes that may make up one sentence."""

Letters = list[tuple[str, int, int]]
"""What must match: character, number of its part, offset there."""


def squeeze(text: str) -> str:
    """Return what of ``text`` must match: see the module."""
    return _text(squeezed([text]))


def squeezed(parts: Iterable[str], *, joined: bool = False) -> Letters:
    """Return the characters of ``parts``, one after another, that must match.

    ``joined`` drops a hyphen between letters at a line's end; without it the hyphen stays. The break goes either way.
    """
    found: Letters = []
    gap, broken, last = False, False, ""
    for number, text in enumerate(parts):
        gap, broken = gap or number > 0, broken or number > 0
        for offset, raw in enumerate(text):
            if raw in UNSEEN:
                continue
            if raw.isspace():
                gap, broken = True, broken or raw in _LINE_ENDS
                continue
            if gap and found:
                parted = broken and last in _HYPHENS and len(found) > 1 and found[-2][0].isalpha() and raw.isalpha()
                if parted and joined:
                    found.pop()
                elif not parted and _blank_counts(found[-1][0], _SAME.get(raw, raw)):
                    found.append((" ", number, offset))
            gap, broken, last = False, False, raw
            found += [(piece, number, offset) for piece in _pieces(raw)]
    return found


def _blank_counts(last: str, char: str) -> bool:
    if last == '"' or char in _NO_BLANK_BEFORE:
        return False
    return not (_UNSPACED.match(last) and _UNSPACED.match(char))


@lru_cache(maxsize=4096)
def _pieces(char: str) -> str:
    if char in _SAME:
        return _SAME[char]
    tag = unicodedata.decomposition(char).partition(" ")[0]
    form = "NFKD" if tag in _SAME_LETTER or char in _LIGATURES else "NFD"
    return unicodedata.normalize(form, char)  # type: ignore[arg-type]  # one of the two


def find_words(words: str, parts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return where ``words`` are in ``parts``, which follow each other: (number of the part, start, end) for each part.

    They are found as whole words: not where a letter, a sign or a digit of theirs goes on outside. Marks and dots
    around ``words`` need not be there; those that end what is found belong to it. Empty where they are not found.
    """
    needles = {_needle(words, joined=False), _needle(words, joined=True)} - {""}
    for joined in (False, True):
        letters = squeezed(parts, joined=joined)
        text = _text(letters)
        for needle in sorted(needles):
            start = text.find(needle)
            while start >= 0:
                found = letters[start : start + len(needle)]
                if _is_whole(letters, start, start + len(needle)) and _stands_alone(found, parts):
                    return _places(found, parts)
                start = text.find(needle, start + 1)
    return []


def page_words(sentence: str, quotes: Sequence[str]) -> str:
    """Return the quotes, in their own letters, that ``sentence`` consists of word for word; empty where it does not."""
    return " ".join(quotes_in_a_row(sentence, quotes))


def quotes_in_a_row(sentence: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``quotes`` that ``sentence`` consists of word for word, in its order; none where it does not."""
    wanted = {_bare(_text(squeezed([sentence], joined=joined))) for joined in (False, True)}
    held = [quote for quote in quotes if any(bare in whole for bare in _variants([quote]) for whole in wanted)]
    for length in range(1, len(held[:_IN_A_ROW]) + 1):
        for run in permutations(held[:_IN_A_ROW], length):
            if wanted & _variants(run):
                return run
    return ()


def quote_with(sentence: str, quotes: Sequence[str]) -> str:
    """Return the quote that ``sentence`` is a part of, word for word; empty where it is none."""
    return next((quote for quote in quotes if find_words(sentence, [quote])), "")


def meant(sentence: str, quotes: Sequence[str]) -> str:
    """Return the quote that whoever wrote ``sentence`` meant to copy; empty where they did not.

    They wrote a part of it, or its letters and digits without the blanks or the signs: "5 million" for "-5 million",
    "the rapist" for "therapist", "102" for "10²".
    """
    wanted = _letters_alone(sentence)
    return next((quote for quote in quotes if _letters_alone(quote) == wanted), "") or quote_with(sentence, quotes)


def _letters_alone(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def _variants(run: Sequence[str]) -> set[str]:
    return {_bare(_text(squeezed(run, joined=joined))) for joined in (False, True)}


def _needle(words: str, *, joined: bool) -> str:
    return _bare(_text(squeezed([_LEADING_DOTS.sub("", words.strip(_AROUND))], joined=joined)))


def _bare(text: str) -> str:
    """Return squeezed text without the marks around it; a dot at its beginning may be a decimal point and stays."""
    return text.lstrip("\"' ").rstrip("\"'. ")


def _text(letters: Letters) -> str:
    return "".join(char for char, _, _ in letters)


def _is_whole(letters: Letters, start: int, end: int) -> bool:
    """Return whether no character of the page is cut: an accent from its letter, a letter from its ligature."""
    return not (_are_one(letters[start - 1 : start + 1]) or _are_one(letters[end - 1 : end + 1]))


def _are_one(pair: Letters) -> bool:
    """Return whether two letters are pieces of one character of the page; a blank has the place of what follows it."""
    return len(pair) == 2 and pair[0][0] != " " and pair[0][1:] == pair[1][1:]


def _stands_alone(found: Letters, parts: Sequence[str]) -> bool:
    (_, first_part, first), (_, last_part, last) = found[0], found[-1]
    before = _seen(parts[first_part][:first][::-1])
    after = _seen(parts[last_part][last + 1 :])
    return not _goes_on(parts[first_part][first], before, _SIGNS | _POINTS) and not _goes_on(
        parts[last_part][last], after, frozenset("%‰")
    )


def _seen(text: str) -> str:
    """Return the first two characters of ``text`` that take room."""
    found = ""
    for char in text:
        found += "" if char in UNSEEN else char
        if len(found) == 2:
            break
    return found.ljust(2)


def _goes_on(edge: str, outside: str, with_digits: frozenset[str]) -> bool:
    """Return whether the word at the ``edge`` of a find goes on in the two characters ``outside``, the nearer first."""
    near, far = outside[0], outside[1]
    if not _in_word(edge):
        return False
    if _in_word(near) or (edge.isdigit() and near in with_digits):
        return True
    return _in_word(far) and (near in _JOINTS or (edge.isdigit() and far.isdigit() and near in _POINTS))


def _in_word(char: str) -> bool:
    """Whether a character belongs to a word: letters, digits, and the marks that are written as part of letters."""
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _places(found: Letters, parts: Sequence[str]) -> list[tuple[int, int, int]]:
    by_part: dict[int, list[int]] = {}
    for char, part, offset in found:
        if char != " ":
            by_part.setdefault(part, []).append(offset)
    places = []
    for part, offsets in by_part.items():
        end = offsets[-1] + 1
        while end < len(parts[part]) and parts[part][end] in _CLOSING:
            end += 1
        places.append((part, offsets[0], end))
    return places
