"""Prompt texts, one Markdown file each, and the loader that checks their placeholders. Standard library only."""

from __future__ import annotations

from importlib.resources import files
from string import Template

REFUSAL = "NOT IN THESE REPORTS"
"""What a model must answer when the passages do not hold the answer: the prompts, the parser and the tests share it."""


class PromptError(Exception):
    """A prompt's placeholders are not the ones that the caller fills."""


def load_prompt(name: str, **values: str) -> str:
    """Return the prompt ``name`` with its ``$placeholders`` filled.

    Raises:
        PromptError: there is no such prompt, or its placeholders and ``values`` differ.
    """
    file = files("prompts").joinpath(f"{name}.md")
    if not file.is_file():
        raise PromptError(f"There is no prompt {name!r}.")
    template = Template(file.read_text(encoding="utf-8"))
    wanted = set(template.get_identifiers())
    if wanted != set(values):
        difference = ", ".join(sorted(wanted ^ set(values)))
        raise PromptError(f"Prompt {name!r}: placeholders and values differ in {difference}.")
    return template.substitute(values)
