"""Does a sentence say the opposite of its quotes? "Not", opposites, and words that are confused with each other.

Rules over cue words; docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.messages import Message, message
from app.verification.cues import Cues
from app.verification.wording import Word, Wording, matches

Quotes = Sequence[Wording]


def negation(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A "not" that only the sentence or only the quotes have, about the same words."""
    words = [word for quote in quotes for word in quote.content]
    for clause in sorted({word.clause for word in sentence.words}):
        own = [word for word in sentence.content if word.clause == clause]
        aligned = [(word, found) for word in own if (found := _same_sense(word, words, sentence))]
        denied = [word for word in own if word.denied]
        if denied:
            firsts = [(word, found) for word, found in aligned if word.denied_first]
            if firsts and (
                not any(other.denied for _, found in aligned for other in found)
                or (
                    len(firsts) > 1
                    and sentence.nodes
                    and any(not any(other.denied for other in found) for _, found in firsts)
                )
            ):
                return [message("the quotes do not deny “{word}”", word=firsts[0][0].text)]
            if not any(word.denied for word in words) and not _opposite_in(denied, sentence, quotes):
                return [message("the sentence says “not”, the quotes do not")]
            continue
        if _negated_elsewhere(sentence, clause):
            continue
        lost = [word for word, found in aligned if all(other.denied for other in found)]
        first = [word for word, found in aligned if word in lost and any(other.denied_first for other in found)]
        if first or (len(lost) >= 2 and 2 * len(lost) > len(aligned)):
            word = (first or lost)[0].text
            return [message("the quotes say “not” about “{word}”, the sentence does not", word=word)]
    return []


def _same_sense(word: Word, words: Sequence[Word], sentence: Wording) -> list[Word]:
    """Return the forms of a word, and its synonyms: "met" of "did not meet"."""
    cues = sentence.cues
    assert cues is not None
    groups = [group for group in cues.synonyms if word.stem in group]
    return matches(word, words) or [other for other in words if any(other.stem in group for group in groups)]


def _negated_elsewhere(sentence: Wording, clause: int) -> bool:
    cues = sentence.cues
    assert cues is not None
    spans = sentence.find(cues.negators) + sentence.find(cues.denials) + sentence.find(cues.near_denials)
    return any(sentence.words[start].clause == clause for start, _ in spans)


def _opposite_in(denied: Iterable[Word], sentence: Wording, quotes: Quotes) -> bool:
    """Whether the quotes have a denied word's opposite: "not paid" of "unpaid"."""
    cues = sentence.cues
    assert cues is not None
    stems = {word.stem for quote in quotes for word in quote.words}
    prefixes = {word.folded[2:] for quote in quotes for word in quote.words if word.folded.startswith(("un", "in"))}
    return any(
        word.folded in prefixes
        or any((word.stem in a and b & stems) or (word.stem in b and a & stems) for a, b in cues.opposites)
        for word in denied
    )


def opposite(sentence: Wording, quotes: Quotes) -> list[Message]:
    """A word whose opposite is in the quotes, and the word itself is not: "passed" of "rejected"."""
    cues = sentence.cues
    assert cues is not None
    theirs = {word.stem for quote in quotes for word in quote.words}
    denied = {word.stem for quote in quotes for word in quote.words if word.denied}
    for index, word in enumerate(sentence.words):
        swapped = _opposite_there(index, sentence, quotes, cues) if word.stem in theirs and not word.denied else None
        if swapped is not None:
            return [swapped]
        if word.stem in theirs or word.denied:
            continue
        for group in cues.contrasts:
            if word.stem in group and group & theirs and not _held(word, quotes):
                shown = next(w.text for quote in quotes for w in quote.words if w.stem in group)
                return [_instead(shown, word.text)]
        for one, other in cues.opposites:
            for mine, against in ((one, other), (other, one)):
                met = against & theirs - denied
                if word.stem in mine and met and not mine & theirs and not _held(word, quotes):
                    shown = next(w.text for quote in quotes for w in quote.words if w.stem in met)
                    return [_instead(shown, word.text)]
        folded = word.folded
        for prefix in ("un", "in", "im", "il", "dis", "non-") if cues.language == "en" else ():
            plain = folded.removeprefix(prefix)
            words = {w.folded for quote in quotes for w in quote.words}
            held = {w.folded for quote in quotes for w in quote.words if not w.denied}
            if (plain != folded and plain in held and len(plain) > 3) or (len(folded) > 3 and prefix + folded in words):
                return [message("“{word}” is the opposite of what the quotes say", word=word.text)]
    return []


def _held(word: Word, quotes: Quotes) -> bool:
    """Whether the quotes have the word in another form: "free" of "freed"."""
    return any(word.folded[:4] == other.folded[:4] and matches(word, [other]) for q in quotes for other in q.content)


def _opposite_there(index: int, sentence: Wording, quotes: Quotes, cues: Cues) -> Message | None:
    """Return a reason where the quotes have both opposites, the other one before the same word: "after the raid"."""
    word = sentence.words[index]
    against = {
        stem for one, other in cues.opposites for a, b in ((one, other), (other, one)) if word.stem in a for stem in b
    }
    spoken = next((other for other in sentence.words[index + 1 :] if other.content), None)
    if not against or spoken is None or spoken.clause != word.clause or any(w.stem in against for w in sentence.words):
        return None
    before: list[Word] = []
    for quote in quotes:
        for place, other in enumerate(quote.words):
            if matches(spoken, [other]) and other.content:
                earlier = (w for w in reversed(quote.words[:place]) if w.clause == other.clause)
                before += next(([w] for w in earlier if w.stem in against | {word.stem}), [])
            if other.stem == word.stem and any(w.folded in cues.pronouns for w in quote.words[place + 1 : place + 2]):
                return None  # "after it"
    met = [other for other in before if other.stem in against]
    if met and all(other.stem != word.stem for other in before):
        return _instead(f"{met[0].text} … {spoken.text}", f"{word.text} … {spoken.text}")
    return None


def _instead(theirs: str, mine: str) -> Message:
    return message("the quotes say “{words}”, the sentence says “{other}”", words=theirs, other=mine)
