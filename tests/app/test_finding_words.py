"""Words are found as they are printed, across line breaks, and cut from the page."""

from __future__ import annotations

from app.finding_words import find_words

PAGES = [
    (1, "The march began at noon.\nPolice\n  detained fifty marchers."),
    (2, "Nobody was told why the police detained them. A re-signed act, and -5 degrees."),
]


def test_places_come_in_order_with_their_surroundings() -> None:
    found = find_words(PAGES, "police  DETAINED")
    assert [(one.page, PAGES[one.page - 1][1][one.start : one.end]) for one in found] == [
        (1, "Police\n  detained"),
        (2, "police detained"),
    ]
    assert [one.words for one in found] == ["Police detained", "police detained"]
    assert found[0].before.endswith("began at noon. ")
    assert found[1].after.startswith(" them. A re-signed act")


def test_nothing_but_the_words_is_found() -> None:
    assert not find_words(PAGES, "resigned")
    assert not find_words(PAGES, "   ")
    assert [one.words for one in find_words(PAGES, "-5")] == ["-5"]
    assert not find_words(PAGES, "+5")
    assert not find_words(PAGES, ".*")
