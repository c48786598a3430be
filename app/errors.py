"""Errors of the application, split by what the user does next."""

from __future__ import annotations


class AppError(Exception):
    """The command cannot be done; the message is one line with the remedy."""


class UsageError(AppError):
    """The command was called wrongly: look at its help."""


class ModelError(AppError):
    """The chat model cannot be used: its package, key, server or name is missing."""


class HostNotAllowed(ModelError):
    """Text would go to another computer, and the user has not agreed; ``host`` is which."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The question and passages of your reports would go to {host}: agree with --allow-host {host}"
            f" or WHRD_ALLOW_HOST={host}, or ask without a model."
        )
        self.host = host


class ContextTooLong(ModelError):
    """Question and passages do not fit into the model's window."""


class UnusableReply(ModelError):
    """The model wrote something, and no sentence with a quote."""


class Stopped(AppError):
    """The user stopped the answer."""


class EnglishModelError(AppError):
    """The data of the English model is missing or was changed: reinstall its package."""
