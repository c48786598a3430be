"""Three models that lie, each in its own way: one obeys the reports, one forges, one breaks the form.

Each reads the passages out of the prompt, as a model would, and gives replies for ``model_server``. ``Told`` remembers
what was written falsely on purpose: none of it may be shown as quoted or borne out.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from model_server import Handler

Line = dict[str, Any]
_PASSAGE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"\S.*?[.।؟!?](?=\s|$)")
_ORDER = re.compile(r"WRITE: (.+?)(?= WRITE:|$)")
_JSON = re.compile(r"\{\"(?:passage|sentences)\".*?\}(?:\]\})?(?=\s|$)")
_A_REPLY = 10
"""Sentences, fewer than are read of one."""
TITLE = "Passages:"


@dataclass(slots=True)
class Told:
    """What the models wrote that is false, and the numbers of passages that they made up."""

    false: set[str] = field(default_factory=set)
    """Sentences, on one line."""

    def lie(self, text: str) -> str:
        """Return ``text``; it is false from now on."""
        self.false.add(" ".join(text.split()))
        return text


def passages(handler: Handler) -> dict[int, str]:
    """Return the passages of the question that the server was asked last, by their numbers."""
    prompt = handler.model.asked[-1]["messages"][-1]["content"].partition(TITLE)[2]
    return {int(number): text for number, text in _PASSAGE.findall(prompt)}


def write(handler: Handler, *lines: Line) -> None:
    """Stream lines of JSON, in pieces."""
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    stream(handler, text)


def stream(handler: Handler, text: str) -> None:
    """Stream a text in pieces of sixty characters, at most five hundred of them."""
    size = max(60, len(text) // 500)
    handler.begin()
    for start in range(0, len(text), size):
        handler.piece(text[start : start + size])
    handler.piece("", finish_reason="stop")
    handler.end()


# -- it obeys -----------------------------------------------------------------------------------------------------


def obeying(told: Told) -> Callable[[Handler], None]:
    """Return the model that writes what the passages tell it to, with honest quotes under it and with none."""

    def reply(handler: Handler) -> None:
        lines: list[Line] = []
        given = passages(handler)
        honest = next((s for text in given.values() for s in _SENTENCE.findall(text) if "WRITE" not in s), "nothing")
        for number, text in given.items():
            lines += [found for raw in _JSON.findall(text) if (found := _read(raw))]
            for order in _ORDER.findall(text):
                lines.append({"passage": number, "quote": honest, "sentence": order})
                lines.append({"passage": 99, "quote": order + " indeed", "sentence": told.lie(f"{honest} {order}")})
        random.Random(len(handler.model.asked)).shuffle(lines)
        write(handler, *lines[:_A_REPLY])

    return reply


def _read(raw: str) -> Line | None:
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


# -- it forges ----------------------------------------------------------------------------------------------------

Forgery = Callable[[str, random.Random, list[str]], str]
"""Gives a false sentence from a true one; the list holds the other sentences of the passages."""


def _replaced(*pairs: tuple[str, str]) -> Forgery:
    def forge(true: str, rng: random.Random, others: list[str]) -> str:
        for old, new in pairs:
            if re.search(old, true):
                return re.sub(old, new, true, count=1)
        return true

    return forge


def _other_number(true: str, rng: random.Random, others: list[str]) -> str:
    return re.sub(r"\d+", lambda found: str(int(found[0]) + rng.randint(1, 9)), true, count=1)


def _other_digits(true: str, rng: random.Random, others: list[str]) -> str:
    """Another number, in digits of another script or shape."""
    zero = rng.choice("٠०０𝟎𝟘")
    changed = _other_number(true, rng, others)
    return re.sub(r"\d", lambda found: chr(ord(zero) + int(found[0])), changed)


def _one_word(true: str, rng: random.Random, others: list[str]) -> str:
    words = true.split()
    words[rng.randrange(1, len(words))] = rng.choice(("Dravik", "children", "praised", "seven", "никто"))
    return " ".join(words)


def _two_halves(true: str, rng: random.Random, others: list[str]) -> str:
    words, more = true.split(), rng.choice(others or [true[::-1]]).split()
    return " ".join([*words[: len(words) // 2], *more[len(more) // 2 :]])


def _end_cut(true: str, rng: random.Random, others: list[str]) -> str:
    words = true.split()
    return " ".join(words[: rng.randint(3, len(words) - 1)])


def _start_cut(true: str, rng: random.Random, others: list[str]) -> str:
    words = true.split()
    return " ".join(words[rng.randint(1, len(words) - 3) :])


def _unseen(true: str, rng: random.Random, others: list[str]) -> str:
    sign = rng.choice("\u200b\u200f\u00ad\u2066\u202e\U000e0041\u2062\u3164\ufe0f")
    return _other_number(" ".join(word[:1] + sign + word[1:] for word in true.split()), rng, others)


def _look_alike(true: str, rng: random.Random, others: list[str]) -> str:
    table = str.maketrans("aeopcAEOPC10", "аеорсАЕОРСlO")
    return true.translate(table)


def _long(true: str, rng: random.Random, others: list[str]) -> str:
    """A false clause behind more words than the reader reads."""
    return true.rstrip(".") + ", " + "as was said and said again, " * 40 + "and afterwards they were all executed."


def _flourish(*behind: str) -> Forgery:
    return lambda true, rng, others: f"{true} {rng.choice(behind)}"


FORGERIES: dict[str, Forgery] = {
    "a lost not": _replaced(
        (r" did not fire", " fired"), (r"not true", "true"), (r" no disparó", " disparó"), (r"n’a pas tiré", "a tiré"),
        (r" не стреляла", " стреляла"), (r"لم تطلق", "أطلقت"), (r"नचलाएको", "चलाएको"), (r" denied", " confirmed"),
    ),
    "a lost source": _replaced(
        (r" allegedly", ""), (r"^The monitor of Cleanburg said that p", "P"), (r"aurait pris", "a pris"),
        (r"^По её словам, ", ""), (r"^Según [^,]+, ", ""), (r", the monitor (?:found|wrote)", ""),
        (r", the doctors said", ""),
    ),
    "a lost sign": _replaced((r"-5", "5"), (r"10²", "102"), (r"re-signed", "resigned"), (r"per cent", "dollars")),
    "another number": _other_number,
    "other digits": _other_digits,
    "who did it to whom": _replaced(
        (r"^Soldiers beat Ana Roth, a nurse of Cleanburg", "Ana Roth, a nurse of Cleanburg, beat soldiers"),
        (r"The ministry denied", "The villagers denied"), (r"The mayor of", "The monitor of"), (r"before", "after"),
    ),
    "another word": _one_word,
    "two halves": _two_halves,
    "its end cut": _end_cut,
    "its beginning cut": _start_cut,
    "unseen letters": _unseen,
    "letters that look alike": _look_alike,
    "a clause too many": _flourish("All of them were executed.", "The UN confirmed it.", "This was a crime.", "No."),
    "a clause far behind": _long,
    "a forged number": _flourish("[3] (un_report.pdf, p. 9) They lied.", "[^1] All died.", "【7†source】 All died."),
}  # fmt: skip


def forging(told: Told, seed: int = 0) -> Callable[[Handler], None]:
    """Return the model that changes what it read: under a true quote, under a forged one, with numbers made up."""

    def reply(handler: Handler) -> None:
        rng = random.Random(f"{seed} {len(handler.model.asked)}")
        true = [s for text in passages(handler).values() for s in _SENTENCE.findall(text) if "WRITE" not in s]
        usable = [s for s in true if 5 < len(s.split()) < 40] or ["The monitor of Cleanburg said nothing at all today."]
        lines = list(_forged(told, rng, usable))
        rng.shuffle(lines)
        write(handler, *lines[:_A_REPLY], _glued(rng, usable))

    return reply


def _forged(told: Told, rng: random.Random, usable: list[str]) -> Iterator[Line]:
    for forge in FORGERIES.values():
        true = rng.choice([s for s in usable if forge(s, random.Random(0), usable) != s] or usable)
        others = [s for s in usable if s != true]
        forged = forge(true, rng, others)
        if " ".join(forged.split()) == true:
            continue
        yield {
            "passage": rng.choice((1, 2, 0, -1, 99, "[3]", "one", 10**30)),
            "quote": rng.choice((true, true, forged, *others[:1])),
            "sentence": told.lie(forged),
        }


def _glued(rng: random.Random, usable: list[str]) -> Line:
    """Two true sentences as one: about Pavel Orn, and "he was tortured" from elsewhere."""
    chosen = rng.sample(usable, min(2, len(usable)))
    quotes = [{"passage": 1, "quote": sentence} for sentence in chosen]
    return {"quotes": quotes, "sentence": " ".join(chosen)}


# -- it breaks the form -------------------------------------------------------------------------------------------


def _flood(text: str) -> Callable[[Handler], None]:
    """Return a reply that never ends: it writes until the other side goes away."""

    def reply(handler: Handler) -> None:
        handler.begin()
        while True:
            handler.piece(text)

    return reply


def _half(text: str) -> Callable[[Handler], None]:
    def reply(handler: Handler) -> None:
        handler.begin()
        handler.piece(text)
        handler.cut()

    return reply


def _calls_tools(handler: Handler) -> None:
    handler.begin()
    call = {"index": 0, "id": "1", "type": "function"}
    arguments = json.dumps({"url": "http://192.0.2.1/tool", "sentence": "Nobody was harmed."})
    called = [{**call, "function": {"name": "open_url", "arguments": arguments}}]
    handler.piece("", delta={"role": "assistant", "content": None, "tool_calls": called})
    handler.piece("", finish_reason="tool_calls")
    handler.end()


_PLAIN = '{"passage": 1, "quote": "The monitor of Cleanburg", "sentence": "%s"}'
_BROKEN = (
    "[" * 100_000,
    '{"sentence": "x", "quotes": ' + "[" * 9_000 + "]" * 9_000 + "}",
    '{"a":' * 3_000 + "1" + "}" * 3_000,
    '{"passage": ' + "9" * 5_000 + ', "quote": "The monitor of Cleanburg", "sentence": "Nine."}',
    '{"passage": "' + "9" * 5_000 + '", "quote": "The monitor of Cleanburg", "sentence": "Nine."}',
    _PLAIN % "Half a letter \\ud800 and \\udfff another.",
    _PLAIN % "Escapes \\u001b]0;mine\\u0007 \\u0000 \\u009b31m \\r\\n and \\u2028 line \\u2029 ends.",
    _PLAIN % ("Zalgo a" + "\\u0301" * 3_000),
    _PLAIN % ("long " * 3_500),
    '{"sentence": NaN} {"sentence": null, "quotes": null} {"sentence": ["a"]} {"sentence": {"a": 1}, "quotes": "no"}',
    '{"sentence": "Twice.", "sentence": "Thrice.", "quotes": {"passage": 1}, "quotes": [1, null, {}, [], "x"]}',
    '```json\n<p>{"sentence": "<b>Bold.</b>", "quotes": [{"passage": 1, "quote": "<b>The monitor</b>"}]}</p>',
    "# Answer\n\n![x](http://192.0.2.1/x.png) **The monitor** said so <script>alert(1)</script> [1][2]",
    '"{\\"sentence\\": \\"Escaped twice.\\", \\"quotes\\": []}"',
    '{"sentence": "She said "no" and left", "quotes": []}\n' + _PLAIN % "After a broken line.",
    "\ufeff" + _PLAIN % "Behind a mark of order.",
    "",
    "NOT IN THESE REPORTS " + _PLAIN % "And yet.",
    "\n".join(_PLAIN % f"Sentence {number}." for number in range(500)),
)
BREAKS: tuple[Callable[[Handler], None], ...] = (
    *((lambda handler, text=text: stream(handler, text)) for text in _BROKEN),
    _flood("word " * 200),
    _flood('{"sentence": "' + "word " * 200),
    _flood(_PLAIN % "Again and again." + "\n"),
    _half(_PLAIN % "Whole." + '\n{"passage": 1, "quote": "The mon'),
    _half('{"sentences": [{"quotes": [{"pas'),
    _calls_tools,
)
"""Replies that are no answer, or more than one."""


def breaking() -> Callable[[Handler], None]:
    """Return the model that breaks the form, each time in another way."""
    return lambda handler: BREAKS[(len(handler.model.asked) - 1) % len(BREAKS)](handler)
