"""The library's machines on real kernels: the plan against what they print, line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from srat_tool.api.trial import attempt, find_kernels
from srat_tool.api.trial_inputs import read_trial
from srat_tool.compare.verified import Verdict

KERNELS = [kernel for kernel in find_kernels() if kernel.is_file()]
# What is odd enough to be worth three seconds each.
MACHINES = (
    "two-sockets-removable-riser",
    "all-hotpluggable",
    "kernel-node-hot-memory",
    "interleaved-domains",
    "memoryless-and-processorless",
    "sparse-domains",
    "overlap-two-domains",
    "uncovered-memory",
    "revision-1-domains",
    "slit-bad-diagonal",
)

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        shutil.which("qemu-system-x86_64") is None, reason="qemu-system-x86_64 is not installed"
    ),
    pytest.mark.skipif(not KERNELS, reason="no kernel image: none in $SRATTOOL_KERNEL nor /boot"),
]


def _spec(name: str) -> str:
    return f"example:{name}"


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: str(kernel.name))
@pytest.mark.parametrize("name", MACHINES)
def test_the_kernel_does_as_planned(name: str, kernel: Path) -> None:
    """Every line about SRAT, NUMA, nodes and zones, and every region of memblock, is as planned."""
    inputs = read_trial([_spec(name)])
    trial = attempt(inputs.tables, inputs.ram, kernel, options=inputs.options, timeout=120)
    assert trial.boot.end == "zones"
    assert [part for part in trial.verification.parts if part.verdict is not Verdict.EQUAL] == []
