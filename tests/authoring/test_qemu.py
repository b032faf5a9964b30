"""The command line that recreates a topology."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.qemu import Topology, qemu_command
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.grammar.registry import decode
from srat_tool.sources.examples import find_example
from srat_tool.tables.hmat import Hmat
from srat_tool.tables.memmap import MemoryType
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat


def topology(text: str) -> Topology:
    """Return the topology of a spec."""
    spec = parse_spec(text)
    tables = [decode(raw.data).table for raw in assemble(spec)]
    memory = spec.memory.entries if spec.memory else ()
    return Topology(
        srat=next(t for t in tables if isinstance(t, Srat)),
        slit=next((t for t in tables if isinstance(t, Slit)), None),
        hmat=next((t for t in tables if isinstance(t, Hmat)), None),
        ram=tuple(e.span for e in memory if e.type == MemoryType.RAM) or None,
    )


def fixture(name: str) -> Topology:
    """Return the topology of a spec of the library."""
    return topology(find_example(name).read_text())


def test_nodes_processors_and_distances() -> None:
    """Each domain becomes a node with its processors, memory and distances."""
    text = "\n".join(map(" ".join, qemu_command(fixture("two-sockets-removable-riser")).groups))
    assert "-numa node,nodeid=1,cpus=8-15,memdev=m1" in text
    assert "-numa dist,src=0,dst=2,val=31" in text
    assert "-object memory-backend-ram,id=m2,size=64G" in text


def test_what_cannot_be_reproduced_is_said() -> None:
    """Gaps in numbering, alternating PXMs and hot-pluggable RAM are notes."""
    assert any("40 is node 1" in n for n in qemu_command(fixture("sparse-domains")).notes)
    assert any("take turns" in n for n in qemu_command(fixture("interleaved-domains")).notes)
    assert any("pc-dimm" in n for n in qemu_command(fixture("all-hotpluggable")).notes)
    assert any("QEMU leaves none" in n for n in qemu_command(fixture("sparse-64t-hotplug")).notes)


def test_a_window_is_room_to_grow() -> None:
    """A hot-pluggable range without RAM is added to maxmem, and to no node."""
    made = qemu_command(fixture("hot-add-window"))
    assert ("-m", "3840M,slots=8,maxmem=64256M") in made.groups
    assert ["hot-plug window of 59G" in note for note in made.notes] == [True]
    assert ("-m", "128G") in qemu_command(fixture("two-sockets-removable-riser")).groups


def test_nothing_to_make() -> None:
    """Without memory there is no machine."""
    with pytest.raises(SpecError, match="no memory"):
        qemu_command(topology("[srat]\nentries = 'apic 0 0'"))


@pytest.mark.peer
@pytest.mark.skipif(
    shutil.which("qemu-system-x86_64") is None, reason="qemu-system-x86_64 is not installed"
)
@pytest.mark.parametrize(
    "name",
    ["two-sockets-removable-riser", "sparse-domains", "cxl-window", "hot-add-window"],
)
def test_qemu_accepts_it(name: str) -> None:
    """QEMU comes up with the options and finds the nodes."""
    argv = [part for group in qemu_command(fixture(name)).groups for part in group]
    argv += ["-display", "none", "-nodefaults", "-S", "-monitor", "stdio", "-accel", "tcg"]
    done = subprocess.run(
        argv, input=b"info numa\nquit\n", capture_output=True, timeout=60, check=True
    )
    nodes = sum("-numa node" in " ".join(g) for g in qemu_command(fixture(name)).groups)
    assert f"{nodes} nodes".encode() in done.stdout


@pytest.mark.parametrize(
    ("revision", "latency", "note"),
    [(1, "latency=7600", "that Linux reads"), (2, "latency=76", ""), (3, "latency=76", "unused")],
)
def test_figures_are_those_that_linux_reads(revision: int, latency: str, note: str) -> None:
    """Revision 1 has other units; where the revision matters, there is a note."""
    made = qemu_command(
        topology(
            "[srat]\nentries = '''\napic 0 0\nmem 0 0+2G\n'''\n"
            f"[hmat]\nrevision = {revision}\nentries = '''\nmemory 0 0\n"
            "locality read-latency 0 0 760 entry_base_unit=100\n'''\n"
        )
    )
    (group,) = (g for g in made.groups if g[1].startswith("hmat-lb"))
    assert group[1].endswith(latency)
    said = [n for n in made.notes if "revision" in n]
    assert len(said) == bool(note)
    assert all(note in n and f"revision {revision}" in n for n in said)
