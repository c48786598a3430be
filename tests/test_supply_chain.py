"""What is installed is locked by its hash, its licences are known, and an advisory that is passed over has a reason."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from supply import audit, licences
from supply.requirements import FOLDER, ROOT, entries, normal, versions

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = sorted(FOLDER.glob("*.txt"))
HASHED = re.compile(r"\S+==\S+(?: ; [^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_has_an_exact_version_and_hashes(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = entries(text)
    assert packages
    assert [name for name, entry in packages.items() if not HASHED.fullmatch(entry)] == []
    assert "://" not in text, "a lock names files by their hash, not by where they were found"


def test_a_requirement_without_a_version_is_refused() -> None:
    with pytest.raises(ValueError, match="No exact version: torch>=2"):
        entries("torch>=2 \\\n    --hash=sha256:00\n")


def locked(extra: str | None) -> dict[str, str]:
    return versions("run") | (versions(extra) if extra else {})


@pytest.mark.parametrize("extra", [None, *EXTRAS])
def test_what_pyproject_asks_for_is_locked_in_a_version_that_it_allows(extra: str | None) -> None:
    asked = EXTRAS[extra] if extra else PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    wanted = [one for one in map(Requirement, asked) if one.name != PROJECT["project"]["name"]]
    found = locked(extra)
    missing = [str(one) for one in wanted if not one.specifier.contains(found.get(normal(one.name), "0"))]
    assert missing == []


def test_the_extra_for_tests_holds_what_the_extras_in_it_hold() -> None:
    test = versions("test")
    for extra in ("anthropic", "eval", "ollama", "train"):
        assert versions(extra).items() <= test.items()


@pytest.mark.parametrize("other", [*EXTRAS, "torch-cuda"])
def test_a_package_is_locked_in_run_or_in_an_extra(other: str) -> None:
    assert versions(other).keys() & versions("run").keys() == set()


def test_both_builds_of_torch_are_of_one_version() -> None:
    assert Version(versions("torch-cpu")["torch"]).public == versions("run")["torch"]


def test_pip_refuses_a_file_with_another_hash(tmp_path: Path) -> None:
    wheel = tmp_path / "sample-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    lock = tmp_path / "lock.txt"
    lock.write_text(f"sample==1.0 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    options = ["--no-index", "--find-links", str(tmp_path), "--require-hashes", "--only-binary", ":all:", "--target"]
    command = [sys.executable, "-m", "pip", "install", *options, str(tmp_path / "to"), "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr, "the Makefile looks for these words"


def test_the_makefile_installs_nothing_without_hashes() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    installing = [line for line in lines if "pip install" in line]
    assert installing
    for line in installing:
        assert "--require-hashes" in line or line.startswith("PIP := ")
    using = [line for line in lines if "$(PIP)" in line]
    assert [line.split(" := ")[0] for line in using] == ["INSTALL", "PROJECT"]
    assert "--require-hashes" in using[0]
    assert "--no-deps --no-build-isolation --editable ." in using[1]


@pytest.fixture(scope="module")
def rules() -> licences.Rules:
    return licences.load_rules()


def test_licences_are_permitted_and_the_page_is_in_date(rules: licences.Rules) -> None:
    assert licences.problems(rules) == []


def test_a_licence_that_is_not_permitted_is_named(rules: licences.Rules) -> None:
    found = licences.problems(replace(rules, permitted=rules.permitted - {"LGPL-2.1-only"}))
    assert any(line.startswith("pycountry ") and "LGPL-2.1-only is not among" in line for line in found)


@pytest.mark.parametrize(
    ("expression", "permitted"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (GPL-2.0-only OR Apache-2.0)", True),
        ("(MIT OR GPL-2.0-only) AND GPL-3.0-only", False),
        ("GPL-3.0-only AND MIT OR Apache-2.0", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("LicenseRef-Proprietary", False),
        ("BSD License", False),
        ("no licence", False),
        ("", False),
    ],
)
def test_an_expression_is_permitted_if_permitted_licences_meet_it(
    expression: str, permitted: bool, rules: licences.Rules
) -> None:
    assert licences.is_permitted(expression, rules.permitted) is permitted


def test_licences_given_for_other_computers_are_those_found_here(rules: licences.Rules) -> None:
    known = {package: licences.licence_of(package, rules) for package in rules.elsewhere}
    assert known == rules.elsewhere


def test_a_licence_read_by_hand_is_of_a_locked_package(rules: licences.Rules) -> None:
    assert (rules.read.keys() | rules.elsewhere.keys()) <= locked("test").keys()


def test_every_exception_of_the_audit_has_a_reason_and_is_told_to_readers() -> None:
    exempt = audit.exceptions()
    assert exempt
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for entry in exempt:
        assert len(entry.reason.split()) > 5
        assert entry.package in locked("test")
        assert entry.id in security


def report(package: str, *names: str, skipped: str = "") -> dict[str, Any]:
    """Return what pip-audit writes of one package with one advisory, or of one that was not found."""
    if skipped:
        return {"dependencies": [{"name": package, "skip_reason": skipped}], "fixes": []}
    advisory = {"id": names[0], "aliases": list(names[1:]), "fix_versions": ["9.9"], "description": ""}
    return {"dependencies": [{"name": package, "version": "1.0", "vulns": [advisory]}], "fixes": []}


def test_an_advisory_fails_the_audit_unless_it_is_an_exception_for_that_package() -> None:
    exempt = audit.exceptions()
    known = exempt[0]
    assert audit.judge(report(known.package, "GHSA-1", known.id), exempt)[0] == 0
    assert audit.judge(report("other", "GHSA-1", known.id), exempt)[0] == 1
    status, lines = audit.judge(report(known.package, "GHSA-2"), exempt)
    assert status == 1
    assert lines[0] == f"{known.package} 1.0: GHSA-2: mended in 9.9"
    assert any("no longer applies" in line for line in lines)


def test_a_package_that_the_service_does_not_know_is_not_audited() -> None:
    status, lines = audit.judge(report("sample", skipped="sample was not found"), [])
    assert status == 3
    assert lines[-1] == "Not audited: 1 packages."
