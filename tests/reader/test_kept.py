"""Values kept by content: made once, bounded by their size, the longest unused given up."""

from __future__ import annotations

from collections.abc import Sequence

from reader.kept import Kept


class Made:
    """Makes values and notes what was asked for."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def __call__(self, keys: Sequence[str]) -> list[bytes]:
        self.keys += keys
        return [key.encode() for key in keys]


def test_each_key_is_made_once_and_given_for_every_place_that_wants_it() -> None:
    kept, make = Kept[str, bytes](10), Made()
    assert kept.all(["a", "b", "a"], make) == [b"a", b"b", b"a"]
    assert kept.all(["b", "c"], make) == [b"b", b"c"]
    assert make.keys == ["a", "b", "c"]


def test_what_was_used_longest_ago_goes_when_the_sizes_come_to_too_much() -> None:
    kept, make = Kept[str, bytes](6, len), Made()
    kept.all(["aaa", "bb"], make)
    kept.all(["aaa"], make)
    assert kept.all(["cc"], make) == [b"cc"]  # seven bytes: "bb" goes
    kept.all(["aaa", "cc"], make)
    assert make.keys == ["aaa", "bb", "cc"]
    kept.all(["bb"], make)
    assert make.keys == ["aaa", "bb", "cc", "bb"]


def test_a_value_larger_than_all_room_is_given_and_not_kept() -> None:
    kept, make = Kept[str, bytes](2, len), Made()
    assert kept.all(["aaa"], make) == [b"aaa"]
    assert kept.all(["aaa"], make) == [b"aaa"]
    assert make.keys == ["aaa", "aaa"]
