"""Stream a chat model's answer: with time-outs, retries, and a way to stop it at any moment.

LangChain streams; what it does not offer is an end to a request while its server is silent. So the request is a task on
an event loop, which the caller's own thread runs a tenth of a second at a time: a task can be cancelled while it waits,
which closes its connection. A blocking call cannot. See docs/decisions/0025-langchain-where-its-users-look.md.
"""

from __future__ import annotations

import asyncio
import time
from asyncio import AbstractEventLoop, Queue, Task
from collections.abc import Awaitable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.chat_models.errors import explain, is_transient, retry_after
from app.errors import ModelError, Stopped
from app.messages import message

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk
    from langchain_core.runnables import Runnable

    from app.chat_models.address import ModelAddress

T = TypeVar("T")
_POLL_SECONDS = 0.1
_END_SECONDS = 5.0


class StopSign(Protocol):
    """Asked every 0.1 s whether to go on; a ``threading.Event`` is one."""

    def is_set(self) -> bool:
        """Return whether to stop. An exception raised here ends the answer too."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a model, in seconds."""

    first: float = 180.0
    """For the first words: a model without a graphics card reads eight passages in 20 to 60 s."""
    next: float = 60.0
    """From any words to the next ones."""
    total: float = 600.0
    waits: tuple[float, ...] = (1.0, 3.0)
    """Before each further attempt when a request fails that may succeed a moment later."""
    longest_wait: float = 20.0
    """The longest pause that a server may ask for before a further attempt."""


def stream_text(
    model: Runnable[Any, Any],
    prompt: Any,
    address: ModelAddress,
    stop: StopSign | None = None,
    patience: Patience | None = None,
) -> Generator[str]:
    """Yield what the model writes, piece by piece. Closing the generator closes the connection.

    Args:
        model: A chat model, or a chain that ends in one.
        prompt: The input of ``model``.
        address: Where the model is, for error messages.
        stop: Set it, from any thread, to end the answer.
        patience: How long to wait.

    Raises:
        Stopped: ``stop`` was set.
        ModelError: it failed, or was too slow; nothing is retried after its first words.
    """
    limits = patience or Patience()
    pieces: Queue[str | None] = Queue()
    loop = asyncio.new_event_loop()
    task = loop.create_task(_read(model, prompt, pieces, limits))
    try:
        yield from _take(loop, task, pieces, address, stop, limits)
    finally:
        task.cancel()
        _run(loop, asyncio.wait({task}, timeout=_END_SECONDS))
        _run(loop, loop.shutdown_asyncgens())
        loop.close()  # unlike asyncio.run, it does not wait for a look-up of a name that hangs


def _run(loop: AbstractEventLoop, awaitable: Awaitable[T]) -> T:
    """Return what ``awaitable`` gives on ``loop``, in this thread; beside it where the thread runs a loop already.

    A notebook does, and so does a test that drives a browser: asyncio runs one loop a thread.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return loop.run_until_complete(awaitable)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(loop.run_until_complete, awaitable).result()


def _take(
    loop: AbstractEventLoop,
    task: Task[None],
    pieces: Queue[str | None],
    address: ModelAddress,
    stop: StopSign | None,
    limits: Patience,
) -> Iterator[str]:
    """Yield the pieces of ``task`` as they come, within the limits."""
    begun = time.monotonic()
    waited_from, allowed = begun, limits.first
    while True:
        piece = _run(loop, _next(pieces))
        now = time.monotonic()
        if stop is not None and stop.is_set():
            raise Stopped(message("Stopped."))
        if piece is None:
            try:
                _run(loop, task)
            except Exception as error:  # every provider has its own tree of errors
                raise explain(error, address) from error
            return
        if piece:
            yield piece
            waited_from, allowed = time.monotonic(), limits.next
        elif now - waited_from > allowed:
            raise ModelError(
                message(
                    "The chat model wrote nothing for {seconds} s: is it too large for its computer?",
                    seconds=round(now - waited_from),
                )
            )
        if now - begun > limits.total:
            raise ModelError(
                message(
                    "The chat model had not finished after {seconds} s and was stopped.", seconds=round(now - begun)
                )
            )


async def _next(pieces: Queue[str | None]) -> str | None:
    """Return the next piece, "" where none comes for a moment, None at the end."""
    try:
        return await asyncio.wait_for(pieces.get(), _POLL_SECONDS)
    except TimeoutError:
        return ""


async def _read(model: Runnable[Any, Any], prompt: Any, pieces: Queue[str | None], limits: Patience) -> None:
    """Put the model's words into ``pieces``, and None at the end, after an error too."""
    from langsmith import tracing_context

    try:
        # Whatever the environment says: prompts hold passages, and are sent to the model only.
        with tracing_context(enabled=False):
            for wait in (*limits.waits, None):
                if await _attempt(model, prompt, pieces, wait, limits.longest_wait):
                    return
    finally:
        pieces.put_nowait(None)


async def _attempt(
    model: Runnable[Any, Any], prompt: Any, pieces: Queue[str | None], wait: float | None, longest_wait: float
) -> bool:
    """Stream one request; where it failed and may succeed after ``wait`` seconds, wait and return False."""
    begun = False
    stream = model.astream(prompt)
    try:
        async for chunk in stream:
            if text := chunk_text(chunk):
                begun = True
                pieces.put_nowait(text)
    except Exception as error:
        asked = retry_after(error)
        if begun or wait is None or not is_transient(error) or asked > longest_wait:
            raise
        await asyncio.sleep(max(wait, asked))
        return False
    finally:
        await stream.aclose()  # type: ignore[attr-defined]  # every runnable's stream is a generator
    return True


def chunk_text(chunk: BaseMessageChunk) -> str:
    """Return the words of a piece of an answer: its text, and what was filled into a tool's form."""
    forms = getattr(chunk, "tool_call_chunks", ())
    return str(chunk.text) + "".join(form.get("args") or "" for form in forms)
