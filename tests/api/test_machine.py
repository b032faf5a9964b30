from pathlib import Path

import pytest

from srat_tool.api import machine as module
from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.cli.main import run
from tests.support import ROOT

RISER = str(ROOT / "fixtures/bin/two-sockets-removable-riser")
SPEC = "example:two-sockets-removable-riser"
LOG = "[    0.000000] Linux version 6.1.0-56-amd64 (x) #1\n[    0.000000] Command line: quiet\n"
MAP = "BIOS-e820: [mem 0x0000000000000000-0x000000007fffffff] usable\n"


def test_ranges_and_labels() -> None:
    """`START-END` and `START+SIZE`; a reservation may have a name."""
    options = PlanOptions(
        reserve=("1M-2M=mine", "4G+1M"), kernel_image="16M+44M", initrd="0x100-512"
    )
    machine = load(RISER, options)
    assert [(r.span, r.what) for r in machine.reservations] == [
        (Span(MIB, 2 * MIB), "mine"),
        (Span(4 * GIB, 4 * GIB + MIB), "--reserve"),
    ]
    assert machine.kernel_image == Span(16 * MIB, 60 * MIB)
    assert machine.initrd == Span(256, 512)


@pytest.mark.parametrize("word", ["x", "1M", "2M-1M", "1M-1M", "1M-x", "-"])
def test_what_is_no_range(word: str) -> None:
    """The option is named in the message."""
    with pytest.raises(SratToolError, match="--reserve"):
        load((RISER,), PlanOptions(reserve=(word,)))


def test_a_spec_brings_its_whole_machine() -> None:
    """Map, kernel, image, initrd and command line; options go over it."""
    machine = load((SPEC,), PlanOptions(kernel="6.12"))
    assert machine.memory_map is not None
    assert machine.profile == "6.12"
    assert machine.kernel_image == Span(16 * MIB, 60 * MIB)
    assert machine.command_line is not None
    assert len(machine.tables) == 2


def test_logs_maps_and_configurations(tmp_path: Path) -> None:
    """From files."""
    log, memory, config = tmp_path / "dmesg", tmp_path / "map", tmp_path / "config-6.1"
    log.write_text(LOG)
    memory.write_text(MAP)
    config.write_text("CONFIG_NODES_SHIFT=6\n# CONFIG_ZONE_DMA is not set\n# a comment\n")
    machine = load(
        (),
        PlanOptions(
            boot_log=str(log), memory_map=str(memory), config=(str(config), "CONFIG_ZONE_DEVICE=n")
        ),
    )
    assert machine.boot_log is not None
    assert machine.boot_log.release == "6.1.0-56-amd64"
    assert machine.memory_map is not None
    assert machine.config == {"NODES_SHIFT": "6", "ZONE_DMA": "n", "ZONE_DEVICE": "n"}


def test_a_folder_of_the_firmware_map(tmp_path: Path) -> None:
    """As /sys/firmware/memmap has it; a spec's map works too."""
    entry = tmp_path / "0"
    entry.mkdir()
    for name, text in (("start", "0x0"), ("end", "0x7fffffff"), ("type", "System RAM")):
        (entry / name).write_text(f"{text}\n")
    machine = load((RISER,), PlanOptions(memory_map=str(tmp_path)))
    assert machine.memory_map is not None
    assert machine.memory_map.entries[0][:2] == (0, 2 * GIB)
    assert load((RISER,), PlanOptions(memory_map=SPEC)).memory_map is not None


def test_evidence_beside_the_tables_is_used(tmp_path: Path) -> None:
    """A folder as a support case has it."""
    for table in Path(RISER).iterdir():
        (tmp_path / table.name).write_bytes(table.read_bytes())
    (tmp_path / "dmesg").write_text(LOG + MAP)
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/cmdline").write_text("movable_node\n")
    machine = load((str(tmp_path),))
    assert machine.boot_log is not None
    assert machine.command_line == "movable_node"


@pytest.mark.parametrize("word", ["NODES_SHIFT", "/nonexistent/config"])
def test_what_is_no_configuration(word: str) -> None:
    """Neither a value nor a file."""
    with pytest.raises(SratToolError, match="--config"):
        load((RISER,), PlanOptions(config=(word,)))


def test_an_empty_log_is_refused(tmp_path: Path) -> None:
    """There is nothing to plan from."""
    log = tmp_path / "dmesg"
    log.write_text("\n")
    with pytest.raises(SratToolError, match="no line of a kernel log"):
        load((), PlanOptions(boot_log=str(log)))


def test_a_log_is_enough_beside_an_empty_folder(tmp_path: Path) -> None:
    """A boot without a table is planned from its log, and that is reported."""
    log = tmp_path / "dmesg"
    log.write_text("Linux version 6.1.0-56-cloud-amd64 (x)\n")
    (tmp_path / "tables").mkdir()
    machine = load((str(tmp_path / "tables"),), PlanOptions(boot_log=str(log)))
    assert machine.tables == ()
    (note,) = machine.notes
    assert note.endswith("planning from the log alone")


def test_a_command_that_works_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that an error suggests works in any folder: its example is shipped."""
    monkeypatch.chdir(tmp_path)
    assert run(module._what_works().split()[1:]) == 0


def test_a_machine_without_tables(tmp_path: Path) -> None:
    """Two of the three reasons: no folder, and no SRAT in it; they name a command that works."""
    missing = str(tmp_path / "firmware" / "acpi" / "tables")
    with pytest.raises(SratToolError, match="no such file"):
        module._own_tables(missing)  # a container: nothing of the firmware is to be seen
    (tmp_path / "firmware" / "memmap").mkdir(parents=True)
    with pytest.raises(SratToolError, match=r"no ACPI tables.*try srattool plan"):
        module._own_tables(missing)
    (tmp_path / "FACP").write_bytes((Path(RISER) / "SLIT.bin").read_bytes())
    with pytest.raises(SratToolError, match=r"no SRAT among 1 tables.*try srattool plan"):
        module._own_tables(str(tmp_path))


def test_the_same_machine_seen_twice(tmp_path: Path) -> None:
    """A folder with the tables as files and as a dump is one machine."""
    srat = (Path(RISER) / "SRAT.bin").read_bytes()
    (tmp_path / "SRAT.bin").write_bytes(srat)
    rows = [
        f"    {at:04X}: {' '.join(f'{b:02X}' for b in srat[at : at + 16])}  ."
        for at in range(0, len(srat), 16)
    ]
    (tmp_path / "acpidump.txt").write_text("\n".join(["SRAT @ 0x0000000000000000", *rows, ""]))
    assert len(load((str(tmp_path),)).tables) == 1


def test_more_than_one_machine(tmp_path: Path) -> None:
    """Plans are for one."""
    other = str(ROOT / "fixtures/bin/all-hotpluggable")
    with pytest.raises(SratToolError, match="tables of 2 machines"):
        load((RISER, other))


def test_a_log_among_the_tables(tmp_path: Path) -> None:
    """A log needs no option of its own, and one of its boots can be chosen."""
    log = tmp_path / "dmesg"
    log.write_text(LOG + LOG.replace("6.1.0", "6.6.0"))
    last = load(str(log))
    assert last.boot_log is not None
    assert (last.boot_log.release, last.boot_log.boots) == ("6.6.0-56-amd64", 2)
    first = load(str(log), PlanOptions(boot="first"))
    assert first.boot_log is not None
    assert first.boot_log.release == "6.1.0-56-amd64"
    with pytest.raises(SratToolError, match="no such boot"):
        load(str(log), PlanOptions(boot="3"))


def test_what_runs_tells_nothing_of_another_boot(tmp_path: Path) -> None:
    """The memory blocks of a report count unless a kernel or boot options are asked for."""
    (tmp_path / "SRAT.bin").write_bytes((Path(RISER) / "SRAT.bin").read_bytes())
    folder = tmp_path / "sos_commands/memory"
    folder.mkdir(parents=True)
    row = "0x0000000000000000-0x0000000007ffffff 128M online yes Normal 0 0"
    title = "RANGE SIZE STATE REMOVABLE ZONES NODE BLOCK"
    (folder / "lsmem").write_text(f"{title}\n{row}\n\nMemory block size: 128M\n")
    seen = load(str(tmp_path)).seen_blocks
    assert seen is not None
    assert seen.size == 128 * MIB
    for options in (PlanOptions(kernel="6.12"), PlanOptions(movable_node=True)):
        assert load(str(tmp_path), options).seen_blocks is None
