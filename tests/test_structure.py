"""What holds for the code as a whole: imports run one way, and modules stay short."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "evaluation", "ingest", "prompts", "vectorstore")
MOST_LINES = 300


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    first, *others = PACKAGES
    return grimp.build_graph(first, *others, cache_dir=None)


def test_no_module_imports_itself_by_way_of_others(graph: grimp.ImportGraph) -> None:
    # Imports within functions and for the type checker count too.
    assert circles(graph) == []


def test_a_circle_is_found(graph: grimp.ImportGraph) -> None:
    graph.add_import(importer="ingest.documents", imported="ingest.load")
    assert any({"ingest.documents", "ingest.load"} <= circle for circle in circles(graph))


def circles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Return the groups of modules that reach each other: what is left when modules without a way on are taken away."""
    left = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while ends := {module for module, imported in left.items() if not imported & left.keys()}:
        left = {module: imported for module, imported in left.items() if module not in ends}
    found: list[set[str]] = []
    for module in sorted(left):
        reached, new = {module}, {module}
        while new := {target for one in new for target in left[one] & left.keys()} - reached:
            reached |= new
        circle = {other for other in reached if _reaches(left, other, module)}
        if len(circle) > 1 and circle not in found:
            found.append(circle)
    return found


def _reaches(imports: dict[str, set[str]], start: str, goal: str) -> bool:
    reached, new = {start}, {start}
    while new := {target for one in new for target in imports[one] & imports.keys()} - reached:
        reached |= new
    return goal in reached


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_needs_a_map(package: str) -> None:
    paths = (ROOT / package).rglob("*.py")
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert {path for path, lines in sizes.items() if lines > MOST_LINES} == set()
