"""Errors of the application, split by what the user does next."""

from __future__ import annotations


class AppError(Exception):
    """The command cannot be done; the message is one line with the remedy."""


class UsageError(AppError):
    """The command was called wrongly: look at its help."""


class ModelError(AppError):
    """The chat model cannot be used: its package, key, server or name is missing."""
