"""Errors of the measurements, split by what the caller does next."""

from __future__ import annotations


class EvaluationError(Exception):
    """The measurement cannot be made; the message is one line with the remedy."""


class UsageError(EvaluationError):
    """The command was called wrongly, or something that it needs is not there: nothing was measured."""


class RunFailed(EvaluationError):
    """A pipeline broke while it was measured; the others' figures stand."""
