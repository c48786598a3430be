"""Does a sentence say what its quotes say? Negation, hedges, who says it, how many, why, who did it to whom.

Rules over words: they see what a cue word shows and nothing else. docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.verification.cues import Cues, Phrase
from app.verification.fact_checks import same_figure
from app.verification.figures import Figure
from app.verification.wording import ARTICLES, Word, Wording, matches, verb_places

Quotes = Sequence[Wording]
_MIN_OVERLAP = 0.5
_NEAR = 4
"""Content words behind a cue that it speaks of."""
_THAT = frozenset("that que qu что أن إن".split())
_BUT = frozenset("but while whereas although mais pero но لكن तर".split())


def negation(sentence: Wording, quotes: Quotes) -> list[str]:
    """A "not" that stands in only one of sentence and quote, at the same words."""
    words = [word for quote in quotes for word in quote.content]
    for clause in sorted({word.clause for word in sentence.words}):
        own = [word for word in sentence.content if word.clause == clause]
        aligned = [(word, found) for word in own if (found := _same_sense(word, words, sentence))]
        denied = [word for word in own if word.denied]
        if denied:
            firsts = [(word, found) for word, found in aligned if word.denied_first]
            if firsts and not any(other.denied for _, found in aligned for other in found):
                return [f"the quotes do not deny “{firsts[0][0].text}”"]
            if not any(word.denied for word in words) and not _opposite_in(denied, sentence, quotes):
                return ["a “not” stands in the sentence and not in its quotes"]
            continue
        if _negated_elsewhere(sentence, clause):
            continue
        lost = [word for word, found in aligned if all(other.denied for other in found)]
        first = [word for word, found in aligned if word in lost and any(other.denied_first for other in found)]
        if first or (len(lost) >= 2 and 2 * len(lost) > len(aligned)):
            return [f"the “not” at “{(first or lost)[0].text}” was lost"]
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
    spans = sentence.find(cues.negators) + sentence.find(cues.denials)
    return any(sentence.words[start].clause == clause for start, _ in spans)


def _opposite_in(denied: Iterable[Word], sentence: Wording, quotes: Quotes) -> bool:
    """Whether a denied word's opposite stands in the quotes: "not paid" of "unpaid"."""
    cues = sentence.cues
    assert cues is not None
    stems = {word.stem for quote in quotes for word in quote.words}
    prefixes = {word.folded[2:] for quote in quotes for word in quote.words if word.folded.startswith(("un", "in"))}
    return any(
        word.folded in prefixes
        or any((word.stem in a and b & stems) or (word.stem in b and a & stems) for a, b in cues.opposites)
        for word in denied
    )


def opposite(sentence: Wording, quotes: Quotes) -> list[str]:
    """A word whose opposite stands in the quotes, and it does not: "passed" of "rejected"."""
    cues = sentence.cues
    assert cues is not None
    theirs = {word.stem for quote in quotes for word in quote.words}
    denied = {word.stem for quote in quotes for word in quote.words if word.denied}
    for index, word in enumerate(sentence.words):
        if word.stem in theirs and not word.denied:
            exchanged = _opposite_there(index, sentence, quotes, cues)
            if exchanged:
                return [exchanged]
        if word.stem in theirs or word.denied:
            continue
        for one, other in cues.opposites:
            for mine, against in ((one, other), (other, one)):
                met = against & theirs - denied
                if word.stem in mine and met and not mine & theirs:
                    shown = next(w.text for quote in quotes for w in quote.words if w.stem in met)
                    return [f"the quotes say “{shown}”, the sentence “{word.text}”"]
        folded = word.folded
        for prefix in ("un", "in", "im", "il", "dis", "non-") if cues.language == "en" else ():
            plain = folded.removeprefix(prefix)
            words = {w.folded for quote in quotes for w in quote.words}
            held = {w.folded for quote in quotes for w in quote.words if not w.denied}
            if (plain != folded and plain in held and len(plain) > 3) or (len(folded) > 3 and prefix + folded in words):
                return [f"“{word.text}” is the opposite of what the quotes say"]
    return []


def _opposite_there(index: int, sentence: Wording, quotes: Quotes, cues: Cues) -> str:
    """Whether the quotes have both opposites, and the other one at what this one speaks of: "after the raid"."""
    word = sentence.words[index]
    against = {
        stem for one, other in cues.opposites for a, b in ((one, other), (other, one)) if word.stem in a for stem in b
    }
    spoken = next((other for other in sentence.words[index + 1 :] if other.content), None)
    if not against or spoken is None or spoken.clause != word.clause:
        return ""
    before: list[Word] = []
    for quote in quotes:
        for place, other in enumerate(quote.words):
            if matches(spoken, [other]) and other.content:
                earlier = (w for w in reversed(quote.words[:place]) if w.clause == other.clause)
                before += next(([w] for w in earlier if w.stem in against | {word.stem}), [])
            if other.stem == word.stem and any(w.folded in cues.pronouns for w in quote.words[place + 1 : place + 2]):
                return ""  # "after it"
    met = [other for other in before if other.stem in against]
    if met and all(other.stem != word.stem for other in before):
        return f"the quotes say “{met[0].text} … {spoken.text}”, the sentence “{word.text} … {spoken.text}”"
    return ""


def trend(sentence: Wording, quotes: Quotes) -> list[str]:
    """A rise or fall that the sentence works out for itself."""
    cues = sentence.cues
    assert cues is not None
    told = {word.stem for quote in quotes for word in quote.words}
    for start, _ in sentence.find(cues.trend):
        word = sentence.words[start]
        side = next((one for pair in cues.opposites for one in pair if word.stem in one), frozenset({word.stem}))
        if not told & side:
            return [f"the quotes do not say “{word.text}”"]
    return []


def exchanged(sentence: Wording, quotes: Quotes) -> list[str]:
    """Words that changed their prepositions: "from A to B" became "from B to A"."""
    cues = sentence.cues
    assert cues is not None
    mine = _governed(sentence, cues)
    for quote in quotes:
        theirs = _governed(quote, cues)
        places = [
            (word, preposition, {p for p, other in theirs if matches(word, [other])}) for preposition, word in mine
        ]
        for word, preposition, found in places:
            for other, another, met in places:
                if preposition != another and found == {another} and met == {preposition}:
                    shown = (
                        f"“{preposition} {word.text}”".replace("“ ", "“"),
                        f"“{another} {other.text}”".replace("“ ", "“"),
                    )
                    return [f"{shown[0]} and {shown[1]} are the other way round in the quotes"]
    return []


def _governed(wording: Wording, cues: Cues) -> list[tuple[str, Word]]:
    """Return the content words and the preposition that each stands behind."""
    found = []
    preposition = ""
    verbs = {wording.words[index].start for index in verb_places(wording)}
    for word in wording.words:
        if word.folded in cues.prepositions:
            preposition = word.folded
        elif word.content and (preposition or word.start not in verbs):
            found.append((preposition, word))
            preposition = ""
    return found


def attribution(sentence: Wording, quotes: Quotes) -> list[str]:
    """Who says it was lost: what the quotes tell as somebody's words became a fact."""
    cues = sentence.cues
    assert cues is not None
    if sentence.find(cues.attribution):
        return _other_source(sentence, quotes, cues)
    if sentence.find(cues.hedges):
        return []
    for quote in quotes:
        for start, end in quote.find(cues.attribution):
            said = _complement(quote, start, end)
            if sum(word.content for word in quote.words[end:]) < 2 or _frames(quote, start, end):
                said = [word for word in quote.words if word.content]
            mine = [word for word in sentence.content if matches(word, quote.content)]
            under = [word for word in mine if matches(word, said)]
            if mine and len(under) > 0.5 * len(mine):
                shown = " ".join(word.text for word in quote.words[start:end])
                return [f"who says it was lost: the quote has “{shown}”"]
    return []


def _other_source(sentence: Wording, quotes: Quotes, cues: Cues) -> list[str]:
    """Whether the words are laid into another mouth than the quotes do."""
    spoken = [word for quote in quotes for place in quote.find(cues.attribution) for word in _source(quote, *place)]
    mine = [word for place in sentence.find(cues.attribution)[:1] for word in _source(sentence, *place)]
    if spoken and mine and not any(matches(word, spoken) for word in mine):
        return [f"in the quotes it is not “{mine[-1].text}” who says it"]
    return []


def _source(wording: Wording, start: int, end: int) -> list[Word]:
    """Return the content words that name who speaks."""
    words = wording.words
    around = [w for w in words[:start] if w.content and w.clause == words[start].clause]
    if _frames(wording, start, end) or not around:
        around = [w for w in words[end:] if w.content and w.clause == words[start].clause]
    return around


def _complement(quote: Wording, start: int, end: int) -> list[Word]:
    """Return what an attribution speaks of: the rest of its clause; with "that", all up to a "but"."""
    far = any(word.folded in _THAT for word in quote.words[start : end + 2])
    clause = quote.words[end - 1].clause
    said: list[Word] = []
    for word in quote.words[end:]:
        if far and word.folded in _BUT:
            break
        if not far and word.clause > clause and said:
            break
        if word.content:
            said.append(word)
    return said


def _frames(quote: Wording, start: int, end: int) -> bool:
    """Whether an attribution is about the whole sentence: "according to X, …"."""
    return (end - start > 1 and start == 0) or quote.words[start].folded in (
        "according",
        "selon",
        "según",
        "по",
        "بحسب",
        "وفقا",
        "अनुसार",
    )


def hedge(sentence: Wording, quotes: Quotes) -> list[str]:
    """How sure they are was lost: "allegedly", "may", "suspected"."""
    cues = sentence.cues
    assert cues is not None
    if sentence.find(cues.hedges) or sentence.find(cues.attribution):
        return []
    return _lost_cue(sentence, quotes, cues.hedges, "how sure they are was lost: the quote has “{}”", 2)


def modality(sentence: Wording, quotes: Quotes) -> list[str]:
    """What was asked, promised or planned is told as done; or what was done as a duty."""
    cues = sentence.cues
    assert cues is not None
    for mine, theirs in ((cues.duty, cues.permission), (cues.permission, cues.duty)):
        found = sentence.find(mine)
        if found and not any(quote.find(mine) for quote in quotes) and any(quote.find(theirs) for quote in quotes):
            return [f"the quotes do not say “{sentence.words[found[0][0]].text}”: a duty is no permission"]
    kept = [sentence.words[start].clause for start, _ in sentence.find(cues.irrealis)]
    return _lost_cue(sentence, quotes, cues.irrealis, "the quote has “{}”: asked or planned is not done", _NEAR, kept)


def _lost_cue(
    sentence: Wording, quotes: Quotes, cues: Iterable[Phrase], reason: str, near: int, kept_in: Sequence[int] = ()
) -> list[str]:
    """Return a reason where what a cue speaks of stands in the sentence before any clause that keeps such a cue."""
    phrases = frozenset(cues)
    for quote in quotes:
        for start, end in quote.find(phrases):
            spoken = [word for word in quote.words[end:] if word.content][:near]
            clause = quote.words[end - 1].clause
            same = [word for word in spoken if word.clause == clause]
            spoken = same or [word for word in spoken if word.clause == clause + 1]
            kept = [word for word in spoken if matches(word, sentence.content)]
            mine = [word.clause for word in sentence.content if matches(word, kept)]
            if any(clause <= max(mine, default=0) for clause in kept_in):
                continue
            if spoken and 2 * len(kept) >= len(spoken):
                return [reason.format(" ".join(word.text for word in quote.words[start:end]))]
    return []


def condition(sentence: Wording, quotes: Quotes) -> list[str]:
    """An "unless" or "except" that was lost."""
    cues = sentence.cues
    assert cues is not None
    if sentence.find(cues.conditions) or any(
        word.folded in ("if", "without", "si", "sans", "sin", "без") for word in sentence.words
    ):
        return []
    for quote in quotes:
        for start, end in quote.find(cues.conditions):
            ruled = [word for word in quote.words[:start] if word.content]
            mine = [word for word in sentence.content if matches(word, quote.content)]
            if mine and 2 * sum(bool(matches(word, ruled)) for word in mine) > len(mine):
                return [f"the condition “{' '.join(word.text for word in quote.words[start:end])} …” was lost"]
    return []


def cause(sentence: Wording, quotes: Quotes) -> list[str]:
    """The sentence gives a cause that no quote gives."""
    cues = sentence.cues
    assert cues is not None
    claimed = sentence.find(cues.cause)
    if not claimed:
        return []
    start, end = claimed[0]
    given = [quote for quote in quotes if quote.find(cues.cause_loosely | cues.cause)]
    reason = [word for word in sentence.words[end:] if word.content][:1]
    if any(matches(word, quote.content) for word in reason for quote in given) or (given and not reason):
        return []
    shown = " ".join(word.text for word in sentence.words[start:end])
    return [f"the quotes give no cause, the sentence says “{shown}”"]


def bounds(sentence: Wording, quotes: Quotes) -> list[str]:
    """An "at least", "about" or "up to" before a number that was lost, added or exchanged."""
    for figure in sentence.figures.numbers:
        theirs = [
            (_bound(quote, other), quote)
            for quote in quotes
            for other in quote.figures.numbers
            if same_figure(figure, other)
        ]
        mine = _bound(sentence, figure)
        if (figure.loose and not any(other for other, _ in theirs)) or (figure.kind == "year" and mine != "about"):
            continue
        if theirs and not any(_entails(other, mine) for other, _ in theirs):
            other = theirs[0][0]
            if not mine:
                return [f"the quotes do not say {figure.shown} exactly, the sentence does"]
            return [
                f"the quotes bound {figure.shown} in another way than the sentence"
                if other
                else f"the quotes say {figure.shown} exactly"
            ]
    return []


_ENTAILED = {
    "": ("", "about", "least", "most"),
    "over": ("over", "least"),
    "under": ("under", "most"),
    "least": ("least",),
    "most": ("most",),
    "about": ("about",),
}


def _entails(theirs: str, mine: str) -> bool:
    return mine in _ENTAILED[theirs]


def _bound(wording: Wording, figure: Figure) -> str:
    cues = wording.cues
    assert cues is not None
    words = wording.words
    index = next((i for i, word in enumerate(words) if word.end > figure.start), len(words))
    behind = next((i for i, word in enumerate(words) if word.start >= figure.end), len(words))
    while index and words[index - 1].folded in ARTICLES and words[index - 1].folded not in ("of", "de"):
        index -= 1
    found = [
        (end - start, name)
        for name, phrases in cues.bounds.items()
        for start, end in wording.find(phrases)
        if not (start and words[start - 1].stem in cues.phrasal)
        if index in (end, end + (words[index - 1 : index] != () and words[index - 1].folded in ARTICLES))
        or (start == behind and cues.language in ("ar", "ne"))
    ]
    return max(found)[1] if found else ""


def quantifiers(sentence: Wording, quotes: Quotes) -> list[str]:
    """ "All", "most", "some", "only": one that the quotes do not have, or one of theirs that was lost."""
    cues = sentence.cues
    assert cues is not None
    mine = _quantified(sentence, cues.quantifiers)
    theirs = [
        (name, start, end, quote) for quote in quotes for name, start, end in _quantified(quote, cues.quantifiers)
    ]
    classes = {name for name, *_ in theirs}
    shares = {
        "most" if _share(n) > 0.5 else "few"
        for quote in quotes
        for n in quote.figures.numbers
        if n.kind in ("percent", "fraction")
    }
    for name, start, end in mine:
        shown = " ".join(word.text for word in sentence.words[start:end])
        if name != "some" and name not in classes | shares:
            return [f"the quotes do not say “{shown}”"]
    own = {name for name, *_ in mine}
    for name, start, end, quote in theirs:
        if name in ("some", "few", "most", "almost", "only") and name not in own:
            behind = [word for word in quote.words[end:] if word.content][:1]
            if behind and matches(behind[0], sentence.content) and not sentence.figures.numbers:
                shown = " ".join(word.text for word in quote.words[start:end])
                return [f"“{shown}” of the quotes was lost"]
    return []


def _share(figure: Figure) -> float:
    return float(figure.value) / (100 if figure.kind == "percent" else 1)


def _quantified(wording: Wording, groups: Mapping[str, frozenset[Phrase]]) -> list[tuple[str, int, int]]:
    found = [(name, start, end) for name, phrases in groups.items() for start, end in wording.find(phrases)]
    return [
        (name, start, end)
        for name, start, end in found
        if not any(a <= start and end <= b and b - a > end - start for _, a, b in found)
    ]


def overlap(sentence: Wording, quotes: Quotes) -> list[str]:
    """Too few of the sentence's words, or none of a whole part of it, stand in the quotes."""
    words = [word for quote in quotes for word in quote.content]
    own = sentence.content
    held = {word.start for word in own if matches(word, words)}
    if own and len(held) < _MIN_OVERLAP * len(own):
        return ["sentence and quotes share too few words"]
    for run in zip(own, own[1:], own[2:], strict=False):
        if not any(word.start in held for word in run):
            return [f"nothing in the quotes speaks of “{sentence.text[run[0].start : run[-1].end]}”"]
    for clause in sorted({word.clause for word in own}):
        part = [word for word in own if word.clause == clause]
        if len(part) > 1 and not any(word.start in held for word in part):
            shown = sentence.text[part[0].start : part[-1].end]
            return [f"nothing in the quotes speaks of “{shown}”"]
    return []


def new_words(sentence: Wording, quotes: Quotes) -> list[str]:
    """Words that the quotes have in no form and no known synonym: an addition, as far as a word list can tell."""
    cues = sentence.cues
    assert cues is not None
    words = [word for quote in quotes for word in quote.content]
    stems = {word.stem for quote in quotes for word in quote.words}
    known = {phrase[0][0] for phrase in cues.attribution | cues.hedges | cues.irrealis | cues.denials}
    new = [
        word.text
        for word in sentence.content
        if word.folded not in cues.light
        and not known & {word.stem, word.folded}
        and not any(word.stem in group and group & stems for group in cues.synonyms)
        and not matches(word, words)
    ]
    return [f"the quotes do not say “{'”, “'.join(new)}”"] if new else []


def roles(sentence: Wording, quotes: Quotes) -> list[str]:
    """Who did it and to whom were exchanged, as far as word order, "by" and the passive show it."""
    cues = sentence.cues
    assert cues is not None
    if not (cues.verb_suffixes or cues.irregular_verbs):
        return []
    for index in verb_places(sentence):
        found = [
            reason for quote in quotes if (reason := _exchanged_roles(index, sentence, quote, quotes, cues)) is not None
        ]
        if found and all(found):
            return [found[0]]
    return _turned(sentence, quotes, cues)


def _exchanged_roles(index: int, sentence: Wording, quote: Wording, quotes: Quotes, cues: Cues) -> str | None:
    """Return how a quote's verb has other arguments, "" where it has the same, None where the verb is not in it."""
    verb = sentence.words[index]
    doer, done_to = _arguments(sentence, index, cues)
    others = [i for i in verb_places(quote) if matches(verb, quote.words[i : i + 1])]
    if len(others) > 1:
        return ""
    if not others or not _tells_doer(sentence, index, cues) or not _tells_doer(quote, others[0], cues):
        return None
    their_doer, their_done_to = _arguments(quote, others[0], cues)
    place = quote.words[others[0]]
    wide = [word for word in quote.content if word.clause == place.clause and word.start < place.start]
    gapped = {word.clause for word in quote.words} - {quote.words[i].clause for i in verb_places(quote)}
    for mine, right, wrong in ((doer, their_doer, their_done_to), (done_to, their_done_to, their_doer)):
        held = [word for word in mine if matches(word, [*right, *wrong])]
        away = [word for word in mine if not matches(word, quote.content)]
        others_hold = [
            word for word in away if any(matches(word, other.content) for other in quotes if other is not quote)
        ]
        here = [] if held else [word for word in mine if word not in away]
        here = [word for word in here if not any(other.clause in gapped for other in matches(word, quote.content))]
        elsewhere = [] if held else others_hold or here
        strange = bool(right) and not any(matches(word, [*mine, *wide] if mine is doer else mine) for word in right)
        undone = [word for word in mine if matches(word, their_done_to)] if mine is doer and not their_doer else []
        # "people arrested in May were freed": a verb behind it says that this one is no finite one
        finite = not any(
            w.folded in cues.passive or i in verb_places(sentence) for i, w in enumerate(sentence.words) if i > index
        )
        if undone and finite and _is_passive(quote, others[0], cues) and not _is_passive(sentence, index, cues):
            return f"in the quotes it is done to “{undone[0].text}”: “{verb.text}”"
        if mine is doer:
            strange = bool(right) and not any(matches(word, [*right, *wide]) for word in mine)
            if strange and right[-1].clause == place.clause and elsewhere and len(elsewhere) == len(mine):
                return f"who “{verb.text}” is “{right[-1].text}” in the quotes, not “{elsewhere[-1].text}”"
        elif strange and elsewhere and len(away) == len(mine):
            return f"“{verb.text}” is said of “{right[0].text}” in the quotes, not of “{elsewhere[0].text}”"
        if right and held and not any(matches(word, right) for word in held):
            return f"the quotes do not say of “{held[0].text}” what the sentence does: who “{verb.text}” whom"
    return ""


def _turned(sentence: Wording, quotes: Quotes, cues: Cues) -> list[str]:
    """Words that stand before and behind the same word, and the other way round in a quote: "A trains B"."""
    if any(word.folded in cues.by for word in sentence.words) or any(
        w.folded in cues.by for q in quotes for w in q.words
    ):
        return []
    for index, pivot in enumerate(sentence.words):
        if not pivot.content or pivot.capital:
            continue
        before = _free(sentence.words[:index], pivot.clause, cues)
        behind = _free(sentence.words[index + 1 :], pivot.clause, cues)
        for quote in quotes:
            places = [i for i, word in enumerate(quote.words) if word.content and word.stem == pivot.stem]
            if len(places) != 1 or not before or not behind:
                continue
            if _is_passive(sentence, index, cues) != _is_passive(quote, places[0], cues):
                continue
            clause = quote.words[places[0]].clause
            ahead = _free(quote.words[: places[0]], clause, cues)
            after = _free(quote.words[places[0] + 1 :], clause, cues)
            if (
                any(matches(word, after) for word in before[-1:])
                and any(matches(word, ahead) for word in behind)
                and not any(matches(word, ahead) for word in before)
                and not any(matches(word, after) for word in behind)
            ):
                return [f"what stands before and behind “{pivot.text}” was exchanged"]
    return []


def _tells_doer(wording: Wording, index: int, cues: Cues) -> bool:
    """Whether a verb is no bare participle: "l’État condamné à verser"."""
    if not cues.auxiliaries:
        return True
    return any(word.folded in cues.auxiliaries | cues.passive for word in wording.words[max(0, index - 3) : index])


def _arguments(wording: Wording, index: int, cues: Cues) -> tuple[list[Word], list[Word]]:
    """Return the words before a verb behind no preposition, and the words behind it; turned round in the passive."""
    words = wording.words
    clause = words[index].clause
    made = [i for i in range(index) if words[i].folded in cues.causative and words[i].clause == clause]
    if made and any(word.content for word in words[made[-1] : index]):
        caused = [word for word in words[made[-1] :] if word.content and word.clause == clause and word != words[index]]
        return _free(words[: made[-1]], clause, cues), caused
    before = _free(words[:index], clause, cues)
    while not before and clause:  # "… tore up placards and threw eggs": the subject stands a clause before
        clause -= 1
        earlier = [word for word in words[:index] if word.clause == clause]
        verbs = [i for i in verb_places(wording) if words[i].clause == clause]
        stop = verbs[0] if verbs else index
        before = _free([w for i, w in enumerate(words[:stop]) if w in earlier], clause, cues)
    behind = [word for word in words[index + 1 :] if word.clause == words[index].clause]
    if not _is_passive(wording, index, cues):
        return before, [word for word in behind if word.content]
    by = next((i for i, word in enumerate(behind) if word.folded in cues.by), None)
    doer = [word for word in behind[by + 1 :] if word.content] if by is not None else []
    return doer, before


def _is_passive(wording: Wording, index: int, cues: Cues) -> bool:
    before, behind = wording.words[max(0, index - 3) : index], wording.words[index + 1 : index + 2]
    return any(word.folded in cues.passive for word in before) or any(word.folded in cues.by for word in behind)


def _free(words: Sequence[Word], clause: int, cues: Cues) -> list[Word]:
    """Return the content words of a clause that stand behind no preposition."""
    found: list[Word] = []
    governed = False
    for word in words:
        if word.clause != clause:
            continue
        if word.folded in cues.prepositions:
            governed = True
        elif word.content and not governed:
            found.append(word)
        elif word.folded in cues.function - ARTICLES - cues.passive:
            governed = False
    return found
