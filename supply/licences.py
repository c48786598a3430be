"""The page of licences, docs/licences.md: ``make licences`` writes it, ``make check`` holds it.

A package's licence is what its installed metadata says. Where that is not an SPDX expression, ``licences.toml`` says
what it means. What is licensed besides packages (weights, data, fonts) is in ``licences.md`` in this folder.
"""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from supply.requirements import ROOT, versions

PAGE = ROOT / "docs" / "licences.md"
_HERE = Path(__file__).resolve().parent
_SHOULD_BE = "{package} {version}: {licence} is not among the licences in supply/licences.toml."
_OUT_OF_DATE = "docs/licences.md is out of date: run `make licences`."


@dataclass(frozen=True)
class Rules:
    """What ``licences.toml`` says: SPDX identifiers that are permitted, and what other words mean in SPDX."""

    permitted: frozenset[str]
    written: dict[str, str]
    read: dict[str, str]
    elsewhere: dict[str, str]


def load_rules() -> Rules:
    """Return what ``licences.toml`` says."""
    content = tomllib.loads((_HERE / "licences.toml").read_text(encoding="utf-8"))
    return Rules(frozenset(content["permitted"]), content["written"], content["read"], content["elsewhere"])


def licence_of(package: str, rules: Rules) -> str:
    """Return the SPDX expression of ``package``, or words that are none where nothing says its licence."""
    try:
        installed = distribution(package)
    except PackageNotFoundError:
        return rules.elsewhere.get(package, "unknown, because it is not installed")
    return _field(installed, "License-Expression") or rules.read.get(package) or _meaning(installed, rules)


def _field(installed: Distribution, name: str) -> str:
    """Return a field of the metadata, empty where it is missing (with importlib_metadata, ``[]`` fails there)."""
    return str(next(iter(installed.metadata.get_all(name) or [""]))).strip()


def _meaning(installed: Distribution, rules: Rules) -> str:
    """Return in SPDX what the free text says or, where there is none, the classifiers."""
    classifiers = installed.metadata.get_all("Classifier") or []
    words = [_field(installed, "License")]
    words = words if words[0] else [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    return " AND ".join(rules.written.get(word, word) for word in words) or "no licence"


def is_permitted(expression: str, permitted: frozenset[str]) -> bool:
    """Whether ``expression`` is SPDX and can be met by licences in ``permitted`` alone; exceptions only add rights."""
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression:
        return False
    return _holds(re.findall(r"[()]|[^\s()]+", re.sub(r" WITH [^\s()]+", "", canonical)), permitted)


def _holds(tokens: list[str], permitted: frozenset[str]) -> bool:
    """Take one expression off the front of ``tokens``, up to its closing bracket; ``AND`` binds before ``OR``."""
    alternatives = [True]
    while tokens:
        token = tokens.pop(0)
        if token == ")":
            break
        if token == "OR":
            alternatives.append(True)
        elif token != "AND":
            held = _holds(tokens, permitted) if token == "(" else token in permitted
            alternatives[-1] = alternatives[-1] and held
    return any(alternatives)


def page(rules: Rules) -> str:
    """Return the page as it should be."""
    run = versions("run")
    more = {name: version for name, version in versions("test").items() if name not in run}
    return (
        (_HERE / "licences.md")
        .read_text(encoding="utf-8")
        .format(run=_table(run, rules), more=_table(more, rules), permitted=", ".join(sorted(rules.permitted)))
    )


def _table(packages: dict[str, str], rules: Rules) -> str:
    rows = [f"| {name} | {version} | {licence_of(name, rules)} |" for name, version in sorted(packages.items())]
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows])


def problems(rules: Rules) -> list[str]:
    """Return a line for each package whose licence is unknown or not permitted, and one if the page is out of date."""
    found = []
    for package, version in (versions("run") | versions("test")).items():
        licence = licence_of(package, rules)
        if not is_permitted(licence, rules.permitted):
            found.append(_SHOULD_BE.format(package=package, version=version, licence=licence[:80]))
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page(rules):
        found.append(_OUT_OF_DATE)
    return found


def main(arguments: list[str]) -> None:
    """Write the page, or with ``--check`` say what is wrong with it; exit status 1 where something is wrong."""
    rules = load_rules()
    if "--check" not in arguments:
        PAGE.write_text(page(rules), encoding="utf-8")
    if found := problems(rules):
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main(sys.argv[1:])
