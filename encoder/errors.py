"""Errors of the models, and what they share with errors of the library; every message says what to do."""

from __future__ import annotations


class LibraryError(Exception):
    """Something is wrong with the library or a model that it needs; the message says what to do."""


class EmbedderMissing(LibraryError):
    """The embedding model is not where the setting says."""


class WeightsUnavailable(EmbedderMissing):
    """The weights of the multilingual model could not be downloaded, or are not the right ones."""


class ReaderMissing(LibraryError):
    """The model that reads is not there, or not one that can be used."""
