"""Which quotes are shown at once, and in what order."""

from __future__ import annotations

from app.arrangement import SHOWN, SHOWN_CHARACTERS, Arrangement, Quote, arrange
from ingest.documents import BlockKind
from vectorstore.records import StoredSentence

LATER = "Later, after the vote, the limit became two years in the whole country."


def sentence(place: int, text: str, document: str = "a", passage: int = 1) -> StoredSentence:
    start = place * 1000
    spans = f"[[1, {start}, {start + len(text)}]]"
    number = place + (1000 if document != "a" else 0)
    return StoredSentence(number, passage, document, place, spans, text, BlockKind.BODY, "")


def told(arrangement: Arrangement) -> list[int]:
    return [quote[0].ordinal for quote in arrangement.quotes]


def arranged(
    quotes: list[Quote], around: list[StoredSentence], against: tuple[str, ...] = (), near: float = 0.8
) -> Arrangement:
    scores = {each.id: near for each in around} | {quote[0].id: 1 - 0.01 * n for n, quote in enumerate(quotes)}
    return arrange(quotes, scores, around, lambda one, other: {one.text, other.text} == set(against))


PAGE = [sentence(n, f"Sentence number {n} tells what the women of the union did next in the town.") for n in range(20)]


def test_quotes_stand_as_the_report_tells_them_and_the_best_is_known() -> None:
    arrangement = arranged([(PAGE[n],) for n in (9, 2, 15)], [])
    assert told(arrangement) == [2, 9, 15]
    assert arrangement.best == 1
    assert arrangement.folds == ()


def test_the_report_with_the_best_quote_comes_first() -> None:
    other = sentence(0, "Another report tells of the march in the capital and of its end.", "b", 7)
    assert [quote[0].document for quote in arranged([(other,), (PAGE[3],)], []).quotes] == ["b", "a"]


def test_few_are_shown_at_once_and_those_are_the_best() -> None:
    arrangement = arranged([(PAGE[n],) for n in (19, 0, 4, 8, 12, 16, 2)], [])
    assert told(arrangement) == [0, 2, 4, 8, 12, 16, 19]
    assert [arrangement.quotes[n][0].ordinal for n in arrangement.folds] == [2, 16]
    assert len(arrangement.quotes) - len(arrangement.folds) == SHOWN


def test_an_answer_begins_with_what_is_shown() -> None:
    arrangement = arranged([(PAGE[n],) for n in (19, 5, 8, 12, 16, 0, 14)], [])
    assert told(arrangement) == [5, 8, 12, 14, 16, 19, 0]
    assert [arrangement.quotes[n][0].ordinal for n in arrangement.folds] == [14, 0]


def test_one_alone_is_not_folded() -> None:
    assert arranged([(PAGE[n],) for n in (0, 4, 8, 12, 16, 19)], []).folds == ()


def test_a_long_quote_leaves_room_for_no_other() -> None:
    long = sentence(1, "The court held that the law was void " + "and that it had been void " * 30 + ".")
    assert len(long.text) > SHOWN_CHARACTERS
    arrangement = arranged([(long,), (PAGE[8],), (PAGE[12],)], [])
    assert [arrangement.quotes[n][0].ordinal for n in arrangement.folds] == [8, 12]


def test_the_best_quote_brings_its_neighbours_of_the_same_paragraph() -> None:
    limit = sentence(5, "The limit for making a complaint was once thirty-five days in that country.")
    later = sentence(6, LATER)
    elsewhere = sentence(7, "The next paragraph is about something else that happened in the town.", passage=2)
    assert told(arranged([(later,)], [limit, later, elsewhere])) == [5, 6]
    assert told(arranged([(later,)], [limit, later, elsewhere], near=0.3)) == [6]


def test_what_little_stands_between_two_that_are_shown_is_shown_once() -> None:
    arrangement = arranged([(PAGE[n],) for n in (4, 7, 2)], PAGE[2:4] + PAGE[5:8])
    assert told(arrangement) == [2, 3, 4, 5, 6, 7]


def test_what_contradicts_a_shown_one_is_never_folded() -> None:
    quotes: list[Quote] = [(PAGE[n],) for n in (0, 4, 8, 12, 16, 19, 2)]
    arrangement = arranged(quotes, [], (PAGE[0].text, PAGE[2].text))
    assert [arrangement.quotes[n][0].ordinal for n in arrangement.folds] in ([19], [])
    assert 2 in told(arrangement)


def test_nothing_is_arranged_where_nothing_was_found() -> None:
    assert arranged([], []) == Arrangement()
