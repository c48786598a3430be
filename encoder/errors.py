"""Errors of the models; every message says what to do."""

from __future__ import annotations


class ModelMissing(Exception):
    """A model that Insights runs itself is not there, or not the right one."""


class EmbedderMissing(ModelMissing):
    """The embedding model is not where the setting says."""


class WeightsUnavailable(EmbedderMissing):
    """The weights of the multilingual model could not be downloaded, or are not the right ones."""


class RerankerMissing(ModelMissing):
    """The cross-encoder that was asked for is not there; the message says where it was looked for."""


class ReaderMissing(ModelMissing):
    """The model that reads is not there, or not one that can be used."""
