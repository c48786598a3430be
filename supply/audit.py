"""Compare the locked versions with published advisories: ``make audit``, by pip-audit and the database OSV.

Exit status: 0 when no advisory applies, 1 when one does, 3 when the audit is not complete: the service is out of reach,
or does not know a package. It needs the network, so it is no part of the tests.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from supply.requirements import file_of

EXCEPTIONS = Path(__file__).resolve().parent / "audit-exceptions.toml"
AUDITED = ("run", "test", "supply")
_NOT_COMPLETE = 3
_UNREACHED = re.compile(r"ConnectionError|Timeout|ServiceError")
_OUT_OF_REACH = "the database of advisories (OSV) is out of reach. Try again with a network that lets you reach it."


@dataclass(frozen=True)
class Exempt:
    """An advisory that is passed over: its identifier, whose it is, since when and why."""

    id: str
    package: str
    date: date
    reason: str


def exceptions() -> list[Exempt]:
    """Return what ``audit-exceptions.toml`` lists."""
    content = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    return [Exempt(**entry) for entry in content["exception"]]


def judge(report: dict[str, Any], exempt: list[Exempt]) -> tuple[int, list[str]]:
    """Return the exit status for pip-audit's JSON ``report``, and the lines to print."""
    lines, status = [], 0
    reasons = {(entry.package, entry.id): entry.reason for entry in exempt}
    for package in report["dependencies"]:
        for advisory in package.get("vulns", ()):
            names = [advisory["id"], *advisory["aliases"]]
            reason = next((reasons.pop(key) for name in names if (key := (package["name"], name)) in reasons), None)
            status = status if reason else 1
            mended = (
                f"mended in {', '.join(advisory['fix_versions'])}" if advisory["fix_versions"] else "not mended yet"
            )
            lines.append(f"{package['name']} {package['version']}: {', '.join(names)}: {reason or mended}")
    lines += [f"{package}: {name} no longer applies: take it out of {EXCEPTIONS.name}." for package, name in reasons]
    skipped = [package["skip_reason"] for package in report["dependencies"] if "skip_reason" in package]
    if skipped:
        return status or _NOT_COMPLETE, [*lines, *skipped, f"Not audited: {len(skipped)} packages."]
    return status, [*lines, f"{len(report['dependencies'])} packages were audited."]


def main(arguments: list[str]) -> int:
    """Run pip-audit, print what it found and return the exit status; ``arguments`` go to pip-audit."""
    files = [option for name in AUDITED for option in ("--requirement", str(file_of(name)))]
    how = ["--require-hashes", "--disable-pip", "--vulnerability-service", "osv", "--format", "json"]
    command = ["pip-audit", *how, "--progress-spinner", "off", *files, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        unreached = _UNREACHED.search(done.stderr)
        print(f"Nothing was audited: {_OUT_OF_REACH if unreached else done.stderr}", file=sys.stderr)
        return _NOT_COMPLETE
    status, lines = judge(report, exceptions())
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
