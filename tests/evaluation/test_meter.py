"""What a process used is told with what its children used."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("resource")


def measured_after(child: str) -> tuple[float, float]:
    """CPU seconds and MB of a fresh process that has run ``child`` in a process of its own."""
    script = (
        "import subprocess, sys; from evaluation.meter import cpu_seconds, peak_memory_mb\n"
        "subprocess.run([sys.executable, '-c', sys.argv[1]], check=True); print(cpu_seconds(), peak_memory_mb())"
    )
    said = subprocess.run([sys.executable, "-c", script, child], capture_output=True, text=True, check=True).stdout
    cpu, memory = map(float, said.split())
    return cpu, memory


def test_ended_children_count() -> None:
    idle_cpu, idle_memory = measured_after("pass")
    busy = "import time; kept = bytearray(400_000_000)\nwhile time.process_time() < 1: pass"
    cpu, memory = measured_after(busy)
    assert cpu - idle_cpu > 0.6
    assert 400 < memory < 400 + 2 * idle_memory


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux alone")
def test_the_memory_of_the_process_that_started_it_does_not_count() -> None:
    kept = bytearray(300_000_000)
    assert measured_after("pass")[1] < 100
    assert len(kept) == 300_000_000
