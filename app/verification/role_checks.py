"""Does a sentence swap who did something and to whom, or from where and to where?

Rules over word order; docs/verification.md says what each is worth.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Message, message
from app.verification.cues import Cues
from app.verification.wording import ARTICLES, Word, Wording, matches, verb_places
from ingest.language.function_words import function_words

Quotes = Sequence[Wording]


def swapped_places(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Words that swapped their prepositions: "from A to B" became "from B to A"."""
    cues = sentence.cues
    assert cues is not None
    if sentence.nodes:
        return []  # ``relation_checks`` reads it from the tree
    mine = _governed(sentence, cues)
    for quote in quotes:
        theirs = _governed(quote, cues)
        places = [
            (word, preposition, {p for p, other in theirs if matches(word, [other])}) for preposition, word in mine
        ]
        for word, preposition, found in places:
            for other, another, met in places:
                if preposition != another and found == {another} and met == {preposition}:
                    return [
                        message(
                            "the quotes have “{words}” and “{other}” the other way round",
                            words=f"{preposition} {word.text}".strip(),
                            other=f"{another} {other.text}".strip(),
                        )
                    ]
    return []


def _governed(wording: Wording, cues: Cues) -> list[tuple[str, Word]]:
    """Return the content words, each with the preposition before it."""
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


def roles(sentence: Wording, quotes: Quotes) -> list[Message]:
    """Who did it and to whom were swapped, as far as word order, "by" and the passive show it."""
    cues = sentence.cues
    assert cues is not None
    if not (cues.verb_suffixes or cues.irregular_verbs):
        return []
    for index in verb_places(sentence):
        judged = (_other_roles(index, sentence, quote, quotes, cues) for quote in quotes)
        found = [reasons for reasons in judged if reasons is not None]
        if found and all(found):
            return found[0]
    return _swapped_around(sentence, quotes, cues)


def _other_roles(index: int, sentence: Wording, quote: Wording, quotes: Quotes, cues: Cues) -> list[Message] | None:
    """Return a reason where a quote's verb has other arguments, none where the same; None where it has no such verb."""
    verb = sentence.words[index]
    doer, done_to = _arguments(sentence, index, cues)
    others = [i for i in verb_places(quote) if matches(verb, quote.words[i : i + 1])]
    if len(others) > 1:
        return []
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
        # "people arrested in May were freed": a verb after it shows that this one is not finite
        finite = not any(
            w.folded in cues.passive or i in verb_places(sentence) for i, w in enumerate(sentence.words) if i > index
        )
        if undone and finite and _is_passive(quote, others[0], cues) and not _is_passive(sentence, index, cues):
            whom = undone[0].text
            return [
                message(
                    "in the quotes “{whom}” did not do this, it was done to them: “{verb}”", whom=whom, verb=verb.text
                )
            ]
        if mine is doer:
            strange = bool(right) and not any(matches(word, [*right, *wide]) for word in mine)
            if strange and right[-1].clause == place.clause and elsewhere and len(elsewhere) == len(mine):
                return [
                    message(
                        "in the quotes “{who}” did this, not “{other}”: “{verb}”",
                        who=right[-1].text,
                        other=elsewhere[-1].text,
                        verb=verb.text,
                    )
                ]
        elif strange and elsewhere and len(away) == len(mine):
            return [
                message(
                    "in the quotes this was done to “{who}”, not to “{other}”: “{verb}”",
                    who=right[0].text,
                    other=elsewhere[0].text,
                    verb=verb.text,
                )
            ]
        if right and held and not any(matches(word, right) for word in held):
            who = held[0].text
            return [message("in the quotes “{who}” has another part in this: “{verb}”", who=who, verb=verb.text)]
    return []


def _swapped_around(sentence: Wording, quotes: Quotes, cues: Cues) -> list[Message]:
    """Words before and after the same word that a quote has the other way round: "A trains B"."""
    if any(word.folded in cues.by for word in sentence.words) or any(
        w.folded in cues.by for q in quotes for w in q.words
    ):
        return []
    for index, pivot in enumerate(sentence.words):
        if not pivot.content or pivot.capital:
            continue
        before = _free(sentence.words[:index], pivot.clause, cues)
        following = _free(sentence.words[index + 1 :], pivot.clause, cues)
        for quote in quotes:
            places = [i for i, word in enumerate(quote.words) if word.content and word.stem == pivot.stem]
            if len(places) != 1 or not before or not following:
                continue
            if _is_passive(sentence, index, cues) != _is_passive(quote, places[0], cues):
                continue
            clause = quote.words[places[0]].clause
            ahead = _free(quote.words[: places[0]], clause, cues)
            after = _free(quote.words[places[0] + 1 :], clause, cues)
            if (
                any(matches(word, after) for word in before[-1:])
                and any(matches(word, ahead) for word in following)
                and not any(matches(word, ahead) for word in before)
                and not any(matches(word, after) for word in following)
            ):
                return [
                    message("the quotes have the words before and after “{word}” the other way round", word=pivot.text)
                ]
    return []


def _tells_doer(wording: Wording, index: int, cues: Cues) -> bool:
    """Whether a verb is no bare participle: "l’État condamné à verser"."""
    if not cues.auxiliaries:
        return True
    return any(word.folded in cues.auxiliaries | cues.passive for word in wording.words[max(0, index - 3) : index])


def _arguments(wording: Wording, index: int, cues: Cues) -> tuple[list[Word], list[Word]]:
    """Return who does it and to whom: the words before a verb (not after a preposition), and those after it."""
    words = wording.words
    clause = words[index].clause
    made = [i for i in range(index) if words[i].folded in cues.causative and words[i].clause == clause]
    if made and any(word.content for word in words[made[-1] : index]):
        caused = [word for word in words[made[-1] :] if word.content and word.clause == clause and word != words[index]]
        return _free(words[: made[-1]], clause, cues), caused
    before = _free(words[:index], clause, cues)
    while not before and clause:  # "… tore up placards and threw eggs": the subject is in the clause before
        clause -= 1
        earlier = [word for word in words[:index] if word.clause == clause]
        verbs = [i for i in verb_places(wording) if words[i].clause == clause]
        stop = verbs[0] if verbs else index
        before = _free([w for i, w in enumerate(words[:stop]) if w in earlier], clause, cues)
    following = [word for word in words[index + 1 :] if word.clause == words[index].clause]
    if not _is_passive(wording, index, cues):
        return before, [word for word in following if word.content]
    by = next((i for i, word in enumerate(following) if word.folded in cues.by), None)
    doer = [word for word in following[by + 1 :] if word.content] if by is not None else []
    return doer, before


def _is_passive(wording: Wording, index: int, cues: Cues) -> bool:
    before, following = wording.words[max(0, index - 3) : index], wording.words[index + 1 : index + 2]
    return any(word.folded in cues.passive for word in before) or any(word.folded in cues.by for word in following)


def _free(words: Sequence[Word], clause: int, cues: Cues) -> list[Word]:
    """Return the content words of a clause that follow no preposition."""
    found: list[Word] = []
    governed = False
    for word in words:
        if word.clause != clause:
            continue
        if word.folded in cues.prepositions:
            governed = True
        elif word.content and not governed:
            found.append(word)
        elif word.folded in function_words(cues.language) - ARTICLES - cues.passive:
            governed = False
    return found
