"""Keys of chat models in the system's keyring: macOS, Windows, GNOME or KDE keep them, encrypted. Never in a file.

The package keyring can also be taught to write plain files; those are passed over here. A key belongs to its server's
address: it is never sent to another one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.chat_models.address import parse_model
from app.errors import AppError
from app.messages import message

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
_SERVICE = "Insights: chat model"
_TRUSTED = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows")
)
"""Modules of what the operating systems bring; all else is passed over."""


class NoKeyring(AppError):
    """This computer has no keyring that a program may use, or it stays locked."""


def keep_key(spec: str, key: str, keyring: KeyringBackend | None = None) -> None:
    """Keep the key of the model ``spec``; ``keyring`` is the system's where none is given.

    Raises:
        NoKeyring: there is none, or the user did not unlock it.

    """
    _used(keyring, lambda own: own.set_password(_SERVICE, parse_model(spec).url, key))


def kept_key(spec: str, keyring: KeyringBackend | None = None) -> str:
    """Return the key of the model ``spec``, empty where none is kept.

    Raises:
        NoKeyring: see ``keep_key``.

    """
    return _used(keyring, lambda own: own.get_password(_SERVICE, parse_model(spec).url)) or ""


def forget_key(spec: str, keyring: KeyringBackend | None = None) -> None:
    """Take the key of the model ``spec`` out of the keyring.

    Raises:
        NoKeyring: see ``keep_key``.

    """
    if kept_key(spec, keyring):
        _used(keyring, lambda own: own.delete_password(_SERVICE, parse_model(spec).url))


def system_keyring() -> KeyringBackend:
    """Return the operating system's keyring.

    Raises:
        NoKeyring: there is none.

    """
    from keyring.backend import get_all_keyring

    own = [backend for backend in get_all_keyring() if type(backend).__module__ in _TRUSTED]
    if not own:
        raise NoKeyring(
            message(
                "This computer has no keyring that programs may use: the key stays in memory until Insights is closed."
            )
        )
    return max(own, key=lambda backend: backend.priority)


def _used(keyring: KeyringBackend | None, use: Callable[[KeyringBackend], T]) -> T:
    from keyring.errors import KeyringError

    try:
        return use(keyring or system_keyring())
    except KeyringError as error:
        raise NoKeyring(
            message(
                "The keyring of this computer stayed locked ({detail}): unlock it, or give the key again.",
                detail=type(error).__name__,
            )
        ) from error
