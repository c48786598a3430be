"""Find the files that are to be read: those that are named, and those in folders that are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.messages import Message, message
from ingest.names import shown_name


def not_regular(name: str) -> Message:
    """Return what to say of what is no file."""
    return message("{name} is a pipe, a device or the like, not a file: it is not read.", name=name)


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or something that was found in place of one, with the reason why it is not read."""

    path: Path
    problem: Message | None = None
    exists: bool = True
    called: str = ""
    """Its name, where that is another one than the path's."""

    @property
    def name(self) -> str:
        """What the file is called, as it can be shown."""
        return self.called or shown_name(self.path.name or str(self.path))


def find_files(paths: Iterable[Path]) -> list[Found]:
    """Return the files among ``paths`` and below the folders among them, in order of name.

    Hidden files in folders are left out. Links that lead out of a folder are not followed: whoever made the folder
    could otherwise choose among the files of this computer. They are returned with that as their problem, and so is
    everything else that cannot be read.
    """
    found: dict[Path, Found] = {}
    for path in paths:
        for item in _look(path):
            found.setdefault(item.path, item)
    return list(found.values())


def _look(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            yield from sorted(_below(path), key=lambda found: found.path)
            return
        path.stat()
    except FileNotFoundError:
        name = shown_name(str(path))
        problem = message("{name} does not exist: check the spelling of the path.", name=name)
        yield Found(path, problem, exists=False)
        return
    except OSError as error:
        yield Found(path, cannot_be_read(shown_name(str(path)), error))
        return
    yield Found(path, None if path.is_file() else not_regular(shown_name(path.name)))


def _below(root: Path) -> Iterator[Found]:
    folders, inside = [root], root.resolve()
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield Found(folder, cannot_be_read(shown_name(str(folder)), error))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                yield from _behind(path, inside)
            elif entry.is_dir():
                folders.append(path)
            elif entry.is_file():
                yield Found(path)
            else:
                yield Found(path, not_regular(shown_name(entry.name)))


def _behind(link: Path, inside: Path) -> Iterator[Found]:
    """Yield the file that a link leads to, if it is in the folder too; a folder in it is looked through anyway."""
    name = shown_name(link.name)
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # Python 3.11 tells a circle of links by the second
        yield Found(link, message("{name} is a link that leads nowhere: it is not followed.", name=name))
        return
    if not target.is_relative_to(inside):
        problem = message(
            "{name} is a link out of its folder: it is not followed. Add {target} itself if it is wanted.",
            name=name,
            target=shown_name(str(target)),
        )
        yield Found(link, problem)
    elif target.is_file():
        yield Found(link)


def cannot_be_read(name: str, error: OSError) -> Message:
    """Return what is said of a file that the system does not let us read."""
    return message("{name} cannot be read: {reason}.", name=name, reason=error.strerror or str(error))
