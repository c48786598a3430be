"""What a model said of texts, kept by content between questions: saying it again takes no time and is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values by key, those used longest ago given up first. Safe to share between threads."""

    def __init__(self, most: int, size: Callable[[V], int] = lambda value: 1) -> None:
        """Keep values whose sizes come to ``most`` at the most; without ``size`` each counts one."""
        self._most, self._size = most, size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def all(self, keys: Sequence[K], make: Callable[[Sequence[K]], Sequence[V]]) -> list[V]:
        """Return the value of every key; ``make`` gives those of the keys that are not kept, each asked for once."""
        with self._lock:
            found = {key: self._values[key] for key in dict.fromkeys(keys) if key in self._values}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        found.update(zip(missing, make(missing) if missing else [], strict=True))
        with self._lock:
            for key, value in found.items():
                if key not in self._values:
                    self._values[key] = value
                    self._held += self._size(value)
                self._values.move_to_end(key)
            while self._held > self._most:
                self._held -= self._size(self._values.popitem(last=False)[1])
        return [found[key] for key in keys]
