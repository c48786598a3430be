"""A few compute at once, and nobody overtakes those that wait."""

from __future__ import annotations

import threading
import time

import pytest

from app.chat.state.in_turn import InTurn

SECONDS = 20


def wait_until(line: InTurn, count: int) -> None:
    until = time.monotonic() + SECONDS
    while len(line._waiting) < count:
        assert time.monotonic() < until
        time.sleep(0.001)


def test_those_that_wait_go_on_in_the_order_in_which_they_came() -> None:
    line, order, threads = InTurn(1), list[int](), list[threading.Thread]()

    def take(number: int) -> None:
        with line:
            order.append(number)

    with line:
        for number in range(8):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            wait_until(line, number + 1)
        assert order == []
    for thread in threads:
        thread.join(SECONDS)
    assert order == list(range(8))


def test_no_more_go_on_at_once_than_there_are_places() -> None:
    line, inside, most = InTurn(2), list[int](), list[int]()

    def take(number: int) -> None:
        with line:
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.01)
            inside.remove(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert (max(most), len(most)) == (2, 12)


def test_a_place_is_given_back_after_an_error() -> None:
    line = InTurn(1)
    with pytest.raises(ValueError, match="wrong"), line:
        raise ValueError("wrong")
    entered = threading.Event()

    def take() -> None:
        with line:
            entered.set()

    threading.Thread(target=take, daemon=True).start()
    assert entered.wait(SECONDS)
