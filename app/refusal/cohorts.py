"""How near everyday questions in one language are to a library, kept beside it: computing it takes a second.

``cohorts.json`` in the library's folder holds numbers alone, no word of a report or a question. It can be deleted at
any time; it is computed again when the library or its embedder changes.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_FILE = "cohorts.json"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everyday questions in one language, asked of one scope of one library."""

    question_centre: Vectors
    passage_centre: Vectors
    centred: float
    plain: float
    """The mean of their best cosines, of centred vectors and of those that retrieval has."""


def kept_cohort(home: Path, made_of: str, language: str, keep: bool, make: Callable[[], Cohort]) -> Cohort:
    """Return the cohort for ``language`` as it was kept, or made now, and kept if ``keep`` says so.

    What was kept of something else than ``made_of`` does not count.
    """
    found = read_cohort(home, made_of, language)
    if found is None:
        found = make()
        if keep:
            keep_cohort(home, made_of, language, found)
    return found


def read_cohort(home: Path, made_of: str, language: str) -> Cohort | None:
    """Return what was kept for ``language``; None when there is nothing, or it was made of something else."""
    import numpy as np

    data = _read(home)
    kept = data.get("cohorts", {}).get(language) if data.get("made_of") == made_of else None
    if kept is None:
        return None
    centres = (np.asarray(kept[name], dtype=np.float32) for name in ("question_centre", "passage_centre"))
    question_centre, passage_centre = centres
    return Cohort(question_centre, passage_centre, float(kept["centred"]), float(kept["plain"]))


def keep_cohort(home: Path, made_of: str, language: str, cohort: Cohort) -> None:
    """Keep it; a folder that cannot be written to costs a second at every start, and is logged."""
    data = _read(home)
    cohorts = data.get("cohorts", {}) if data.get("made_of") == made_of else {}
    fields = asdict(cohort)
    lists = {name: value if isinstance(value, float) else [float(x) for x in value] for name, value in fields.items()}
    content = json.dumps({"made_of": made_of, "cohorts": cohorts | {language: lists}})
    try:
        handle, partial = tempfile.mkstemp(dir=home, suffix=".partial")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
        os.replace(partial, home / _FILE)
    except OSError as error:
        _LOG.info("%s cannot be kept: %s", _FILE, error)


def _read(home: Path) -> dict[str, Any]:
    try:
        data = json.loads((home / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # not there, or cut off: it is computed again
        return {}
    return data if isinstance(data, dict) else {}
