"""Who computes when: a few at once, the others in the order in which they came."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


class InTurn:
    """Places for a few threads; the others wait in line. Use it with ``with``.

    Forty questions that compute at once on two cores are all slow; in line, most of them are fast. No thread overtakes
    those that wait, as ``threading.Semaphore`` lets whoever comes just when a place is given back.
    """

    def __init__(self, places: int) -> None:
        """``places`` threads go on at once."""
        self._free = places
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    def __enter__(self) -> None:
        """Wait for a place."""
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = Event()
            self._waiting.append(called)
        called.wait()

    def __exit__(self, *error: object) -> None:
        """Give the place to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
