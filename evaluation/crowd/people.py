"""People at the chat: each asks, reads for a while, asks again, and begins a new chat now and then."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from websockets.exceptions import WebSocketException

from evaluation.crowd.window import ShownError, Window, open_window

_SETTLED = 300
"""Seconds after which memory must be flat; a fifth of a run shorter than 25 minutes."""
_PATIENCE = 120
"""Seconds that an answer is waited for; the window is opened anew then."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who asks what, and how often."""

    people: int
    seconds: float
    """After which nobody asks any more; what was asked is waited for."""
    think: float
    """Mean seconds between an answer and the next question of the same person."""
    turns: int
    """Questions after which a person begins a new chat."""
    questions: tuple[str, ...]
    """They are all asked before any is asked again: what the server remembers of one helps as late as possible."""

    @property
    def settled(self) -> float:
        """Seconds after which everybody is there: nothing may grow from then on, and reports begin to be added."""
        return min(_SETTLED, self.seconds / 5)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what came of it. An error leaves its text in ``problem`` and no seconds."""

    at: float
    """Seconds since the crowd began."""
    again: bool
    """Whether somebody had asked the same before."""
    seconds: float | None = None
    first_seconds: float | None = None
    sentences: int = 0
    problem: str = ""
    """What the page showed, or what became of the connection; empty where nothing went wrong."""


class Gathering:
    """A crowd at work, and what it has seen so far."""

    def __init__(self, crowd: Crowd, port: int) -> None:
        """``port`` is the chat's on this computer."""
        self._crowd, self._port = crowd, port
        self._deck = _deck(crowd.questions)
        self._started = time.perf_counter()
        self.asked: list[Asked] = []

    async def run(self) -> list[Asked]:
        """Let everybody ask until the time is over; return all questions in the order in which they ended."""
        self._started = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for number in range(self._crowd.people):
                group.create_task(self._attend(random.Random(number)))
        return self.asked

    def elapsed(self) -> float:
        """Return the seconds since the crowd began."""
        return time.perf_counter() - self._started

    async def _attend(self, chance: random.Random) -> None:
        """Be one person until the time is over, with a new window whenever the old one is gone."""
        # People come one by one, and all are there before it is looked at what the server holds.
        await asyncio.sleep(chance.uniform(0, min(self._crowd.think, self._crowd.settled)))
        while self.elapsed() < self._crowd.seconds:
            began = self.elapsed()
            try:
                async with open_window(self._port) as window:
                    await self._sit_at(window, chance)
            except (ShownError, OSError, WebSocketException) as error:
                self.asked.append(Asked(began, False, problem=f"no window: {error or type(error).__name__}"))
                await self._read(chance)

    async def _sit_at(self, window: Window, chance: random.Random) -> None:
        """Ask in one window, once at least, until the time is over or an answer does not come."""
        while True:
            if window.turns >= self._crowd.turns:
                await window.new_chat()
            asked = await self._ask(window)
            self.asked.append(asked)
            await self._read(chance)
            if asked.seconds is None or self.elapsed() >= self._crowd.seconds:
                return

    async def _ask(self, window: Window) -> Asked:
        question, again = next(self._deck)
        at = self.elapsed()
        try:
            async with asyncio.timeout(_PATIENCE):
                shown = await window.ask(question)
        except TimeoutError:
            return Asked(at, again)
        except (ShownError, OSError, WebSocketException) as error:
            return Asked(at, again, problem=str(error) or type(error).__name__)
        return (
            Asked(at, again) if shown is None else Asked(at, again, shown.seconds, shown.first_seconds, shown.sentences)
        )

    async def _read(self, chance: random.Random) -> None:
        """Read for a while. The seconds are exponential: people do not know of one another, and sometimes all ask."""
        seconds = chance.expovariate(1 / self._crowd.think) if self._crowd.think else 0.0
        await asyncio.sleep(max(0.0, min(seconds, self._crowd.seconds - self.elapsed())))


def _deck(questions: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield questions without end, and whether each was there before; shuffled anew, and alike in every run."""
    chance = random.Random(0)
    for number in itertools.count():
        for question in chance.sample(list(questions), len(questions)):
            yield question, number > 0
