"""The library's machines on real kernels: the plan against what they print, line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from srat_tool.api.trial import attempt, find_kernels
from srat_tool.api.trial_events import read_user_space
from srat_tool.api.trial_inputs import read_trial
from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.compare.verified import Verdict
from srat_tool.plan.event_text import read_events
from tests.soak.hmat_machines import hmat_machine

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


SPEC = """
[srat]
entries = '''
apic 0  0
mem  0  0+1G
mem  1  4G+1G
mem  1  8G+4G  hotplug
'''
[memory]
ram = ["0..640K", "1M..1G", "4G+1G"]
[kernel]
cmdline = "memhp_default_state=online_movable"
"""
EVENTS = ("dimm:8G+512M,pxm=1", "offline:8G+256M", "online_kernel:8G+128M", "offline:0+128M")


@pytest.mark.skipif(shutil.which("busybox") is None, reason="no busybox for the guest")
@pytest.mark.parametrize("kernel", KERNELS[-1:], ids=lambda kernel: str(kernel.name))
def test_events_go_as_planned(kernel: Path, tmp_path: Path) -> None:
    """A DIMM comes, blocks change their state and zone, a block of the boot refuses."""
    (tmp_path / "machine.toml").write_text(SPEC)
    inputs = read_trial([str(tmp_path / "machine.toml")])
    trial = attempt(
        inputs.tables,
        inputs.ram,
        kernel,
        options=inputs.options,
        initrd=read_user_space(None),
        timeout=300,
        events=read_events(EVENTS),
    )
    parts = [part for part in trial.verification.parts if part.name.startswith("event")]
    assert [part.verdict for part in parts] == [Verdict.EQUAL] * len(EVENTS)
    after = [p.verdict for p in trial.verification.parts if p.name == "zones after the events"]
    assert after == [Verdict.EQUAL]


@pytest.mark.skipif(shutil.which("busybox") is None, reason="no busybox for the guest")
@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: str(kernel.name))
def test_tiers_are_as_planned(kernel: Path) -> None:
    """A machine with three kinds of memory: what its sysfs shows is what was planned."""
    spec = parse_spec(hmat_machine(6))
    assert spec.memory is not None
    trial = attempt(
        assemble(spec),
        [entry.span for entry in spec.memory.entries],
        kernel,
        initrd=read_user_space(None),
        timeout=300,
        sysfs=True,
    )
    assert trial.boot.end == "user space"
    parts = {part.name: part.verdict for part in trial.verification.parts}
    assert Verdict.DIFFERENT not in parts.values()
    assert parts["access"] is Verdict.EQUAL
