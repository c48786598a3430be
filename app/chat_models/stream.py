"""Read a chat model's answer as it is written: with time-outs, retries, and a way to stop it at any moment.

The request runs on an event loop in a thread of its own, for the life of one answer: a task on a loop can be cancelled
while it waits, which closes its connection, and a blocking call cannot.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from app.chat_models.errors import explain, is_transient, retry_after
from app.errors import ModelError, Stopped
from app.messages import Message, message

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk
    from langchain_core.runnables import Runnable

    from app.chat_models.address import ModelAddress

_POLL_SECONDS = 0.1
_END_SECONDS = 5.0


class StopSign(Protocol):
    """Asked every 0.1 s whether to go on; a ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Return whether to stop. What it raises ends the answer too."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a model is waited for, in seconds."""

    first: float = 180.0
    """For the first words: a model without a graphics card reads eight passages in 20 to 60 s."""
    next: float = 60.0
    """From any words to the next ones."""
    total: float = 600.0
    waits: tuple[float, ...] = (1.0, 3.0)
    """Before each further try when a request fails that may succeed a moment later."""
    longest_wait: float = 20.0
    """That a server may ask for before a further try."""


def stream_text(
    model: Runnable[Any, Any],
    prompt: str,
    address: ModelAddress,
    stop: StopSign | None = None,
    patience: Patience | None = None,
) -> Generator[str]:
    """Yield what the model writes, piece by piece. Closing the iterator closes the connection.

    Args:
        model: A chat model, or one with options bound to it.
        prompt: What it is asked.
        address: For what is said when it fails.
        stop: Set, from any thread, to end the answer.
        patience: How long it is waited for.

    Raises:
        Stopped: ``stop`` was set.
        ModelError: it failed, or was too slow; nothing is tried again after its first words.
    """
    limits = patience or Patience()
    pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
    reader = _Reader(model, prompt, pieces, limits)
    reader.start()
    try:
        yield from _take(pieces, address, stop, limits)
    finally:
        reader.end()


def _take(
    pieces: queue.SimpleQueue[str | BaseException | None],
    address: ModelAddress,
    stop: StopSign | None,
    limits: Patience,
) -> Iterator[str]:
    begun = time.monotonic()
    waited_from, allowed = begun, limits.first
    while True:
        try:
            piece = pieces.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            piece = ""
        now = time.monotonic()
        if stop is not None and stop.is_set():
            raise Stopped(message("Stopped."))
        if piece is None:
            return
        if isinstance(piece, BaseException):
            raise explain(piece, address) from piece
        if piece:
            yield piece
            waited_from, allowed = time.monotonic(), limits.next
        elif now - waited_from > allowed or now - begun > limits.total:
            raise ModelError(
                message(
                    "The chat model wrote nothing for {seconds} s: is it too large for its computer?",
                    seconds=round(now - waited_from),
                )
                if now - waited_from > allowed
                else _too_long(now - begun)
            )
        if now - begun > limits.total:
            raise ModelError(_too_long(now - begun))


def _too_long(seconds: float) -> Message:
    return message("The chat model had not finished after {seconds} s and was stopped.", seconds=round(seconds))


class _Reader(threading.Thread):
    """Puts a model's words into a queue, then None, or the error that ended it."""

    def __init__(
        self,
        model: Runnable[Any, Any],
        prompt: str,
        pieces: queue.SimpleQueue[str | BaseException | None],
        limits: Patience,
    ) -> None:
        super().__init__(name="read the chat model", daemon=True)
        self._model, self._prompt, self._pieces, self._limits = model, prompt, pieces, limits
        self._loop = asyncio.new_event_loop()
        self._task = self._loop.create_task(self._read())

    def run(self) -> None:
        from langsmith import tracing_context

        try:
            # Whatever the environment says: prompts hold passages, and go to nobody but the model.
            with tracing_context(enabled=False):
                self._loop.run_until_complete(self._task)
            self._pieces.put(None)
        except asyncio.CancelledError:
            self._pieces.put(None)
        except Exception as error:  # every provider has its own tree of errors; the caller explains it
            self._pieces.put(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def end(self) -> None:
        """End the request, and wait until its connection is closed."""
        if self.is_alive():
            with suppress(RuntimeError):  # the loop was closed in this moment: it is done
                self._loop.call_soon_threadsafe(self._task.cancel)
            self.join(_END_SECONDS)

    async def _read(self) -> None:
        for wait in (*self._limits.waits, None):
            begun = False
            stream = self._model.astream(self._prompt)
            try:
                async for chunk in stream:
                    if text := chunk_text(chunk):
                        begun = True
                        self._pieces.put(text)
                return
            except Exception as error:
                if begun or wait is None or not is_transient(error):
                    raise
                asked = retry_after(error)
                if asked > self._limits.longest_wait:
                    raise
                await asyncio.sleep(max(wait, asked))
            finally:
                await stream.aclose()  # type: ignore[attr-defined]  # every runnable's stream is a generator


def chunk_text(chunk: BaseMessageChunk) -> str:
    """Return the words of a piece of an answer: what was said, and what was filled into a tool's form."""
    forms = getattr(chunk, "tool_call_chunks", ())
    return str(chunk.text) + "".join(form.get("args") or "" for form in forms)
