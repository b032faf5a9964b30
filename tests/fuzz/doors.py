"""The doors of the program: what an outsider can put in, and the command that takes it.

Each door is a function of bytes. It calls the command line in this process as a shell would, from
a folder of its own, and expects what holds for any input: see `limits`. It has one command, so that
an input costs milliseconds and many of them fit into the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.sources.tiano import EFI_STANDARD, TIANO, decompress
from tests.cli.test_verify import LOG, ZONEINFO
from tests.fuzz.limits import command
from tests.fuzz.samples import samples
from tests.sources.samples import dump, efi_compress, found_in, noise, srat
from tests.sources.test_tar import archive
from tests.support import CORPUS, ROOT

EXAMPLES = ROOT / "srat_tool" / "data" / "examples"
TABLES = ROOT / "fixtures" / "bin"
MACHINE = str(TABLES / "two-sockets-removable-riser")
SMALL = {"unpacked": 64 << 20}
SMALLEST_LOGS = 12
# Larger tables take longer, and have nothing that small ones have not.
LARGEST_TABLE = 1024


class Door(NamedTuple):
    """A way in.

    Attributes:
        name: as `--door` takes it.
        seeds: sound inputs.
        enter: gives an input to the program, from within an empty folder.
    """

    name: str
    seeds: Callable[[], list[bytes]]
    enter: Callable[[bytes], None]


def _file(name: str, line: str) -> Callable[[bytes], None]:
    """Write the input as a file, and call a command, in which `%` is that file."""
    words = [name if word == "%" else word for word in line.split()]

    def enter(data: bytes) -> None:
        Path(name).write_bytes(data)
        command(words, size=len(data))

    return enter


def _doors(
    kind: str, seeds: Callable[[], list[bytes]], name: str, lines: dict[str, str]
) -> Iterator[Door]:
    """Yield a door for each of several commands that take the same file."""
    for what, line in lines.items():
        yield Door(f"{kind}-{what}", seeds, _file(name, line))


def _specs() -> list[bytes]:
    return [path.read_bytes() for path in sorted(EXAMPLES.rglob("*.toml"))]


def _tables() -> list[bytes]:
    found = [path.read_bytes() for path in sorted(TABLES.rglob("*.bin"))]
    return [data for data in found if len(data) <= LARGEST_TABLE]


def _logs() -> list[bytes]:
    recorded = sorted((CORPUS / "dmesg").glob("*.log"), key=lambda path: path.stat().st_size)
    return [LOG.encode(), *(path.read_bytes() for path in recorded[:SMALLEST_LOGS])]


def _maps() -> list[bytes]:
    e820 = "\n".join(line for line in LOG.splitlines() if "e820" in line).encode()
    iomem = (
        b"00001000-0009ffff : System RAM\n00100000-bfffffff : System RAM\n  01000000-02 : Kernel\n"
    )
    efi = b"efi: mem00: [Conventional Memory|   |  |  |WB] range=[0x1000-0x9ffff] (0MB)\n"
    return [e820, iomem, efi, b"BIOS-e820: [mem 0x0-0x3fffffff] usable\n"]


def _nodes() -> dict[str, bytes]:
    system = "h/sys/devices/system"
    return {
        "h/proc/zoneinfo": ZONEINFO.encode(),
        "h/proc/iomem": b"00001000-0009ffff : System RAM\n00100000-3ffdffff : System RAM\n",
        "h/proc/cmdline": b"quiet movable_node kernelcore=1G\n",
        "h/uname": b"Linux h 6.1.0-13-amd64 #1 SMP x86_64 GNU/Linux\n",
        "h/sos_commands/kernel/dmesg": LOG.encode(),
        "h/sos_commands/memory/lsmem": b"RANGE SIZE STATE REMOVABLE BLOCK NODE ZONES\n"
        b"0x0000000000000000-0x000000003fffffff 1G online yes 0-7 0 DMA32\n",
        "h/sos_commands/numa/numactl_--hardware": b"available: 2 nodes (0-1)\nnode 0 cpus: 0 1\n"
        b"node 0 size: 900 MB\nnode 1 cpus:\nnode 1 size: 1 MB\nnode distances:\nnode   0   1\n"
        b"  0:  10  20\n  1:  20  10\n",
        f"{system}/node/possible": b"0-1\n",
        f"{system}/node/online": b"0\n",
        f"{system}/node/node0/cpulist": b"0-3,8\n",
        f"{system}/node/node0/distance": b"10 20\n",
        f"{system}/node/node0/meminfo": b"Node 0 MemTotal:  1006788 kB\n",
        f"{system}/memory/block_size_bytes": b"8000000\n",
        f"{system}/memory/memory8/state": b"online\n",
        f"{system}/memory/memory8/valid_zones": b"Normal Movable\n",
        "h/sys/firmware/memmap/0/start": b"0x0\n",
        "h/sys/firmware/memmap/0/end": b"0x3fffffff\n",
        "h/sys/firmware/memmap/0/type": b"System RAM\n",
        "h/boot/config-6.1.0-13-amd64": b"CONFIG_NUMA=y\nCONFIG_NODES_SHIFT=10\n",
        "h/sys/firmware/acpi/tables/SRAT": srat(2),
    }


_MARK = b"\n%%%% "


def _evidence_seeds() -> list[bytes]:
    """Return files of one machine as one text that damage can reach into."""
    return [b"".join(_MARK + name.encode() + b"\n" + data for name, data in _nodes().items())]


def _evidence(line: str) -> Callable[[bytes], None]:
    """Make an archive of the files that an input names, and give it to a command."""

    def enter(data: bytes) -> None:
        Path("sos.tar").write_bytes(archive(_files_in(data)))
        command(line.split(), size=len(data))

    return enter


def _files_in(data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for part in data.split(_MARK):
        name, _, body = part.partition(b"\n")
        text = name.decode("utf-8", "replace").replace("\0", "")[:90]
        if text and not text.startswith("/"):
            files[text] = body
    return files


def _configurations() -> list[bytes]:
    first = (
        b'[lint]\nprofile = "linux"\nselect = ["SRAT", "SLIT"]\nignore = ["SRAT017"]\n'
        b'fail-on = "warning"\n[lint.per-path-ignores]\n"templates/*.bin" = ["SRAT013"]\n'
    )
    return [first, b'[lint]\nkernel = "6.12"\nbaseline = "known.json"\n']


def _baselines() -> list[bytes]:
    entry = {"count": 1, "id": "SRAT013", "table": "SRAT", "message": "no memory"}
    return [json.dumps({"schema": "srattool.baseline/1", "known": {"f" * 32: entry}}).encode()]


def _kernel_configs() -> list[bytes]:
    text = (
        b"#\n# Linux/x86 6.1.0 Kernel Configuration\n#\nCONFIG_NUMA=y\nCONFIG_NODES_SHIFT=10\n"
        b"CONFIG_X86_64=y\n# CONFIG_MEMORY_HOTPLUG is not set\nCONFIG_NUMA_EMU=y\n"
    )
    return [text]


# One word a line; damage reaches words and values. `%` is a machine with hot-pluggable memory.
_ARGUMENTS = (
    "plan|%|--movablecore=50%|--kernelcore|1G|--reserve|1M-2M=x|--kernel-image|16M-64M",
    "plan|%|--initrd|1G+64M|--assume-memory|8G|--config|NODES_SHIFT=6|--direct-map|2M",
    "plan|%|--explain|1",
    "plan|%|--explain|4G-8G",
    "plan|%|--explain|0x100000000",
    "plan|%|--add|dimm:8G+1G,pxm=1|--format|json",
    "plan|%|--add|offline:8G+1G|--add|remove:node1",
    "plan|%|--cmdline|numa=fake=4 mem=4G memmap=1G$2G movable_node crashkernel=256M|--width|80",
    "plan|%|--kernel|6.12|--arch|x86_64|--boot|1|--hardware|virtual|--boot-path|efi",
    "plan|%|--compare|--format|svg",
    "why|1|%",
    "why|4G-6G|%",
    "advise|%|--removable|1,3-5|--kernel-memory|4G",
    "diff|%|%",
    "edit|%|--set-hotplug|1|--clear-hotplug|0..4G|-o|out",
    "edit|%|--renumber|1=7|--drop|2|-o|out",
    "edit|%|--set-hotplug|4G+30G|-o|out",
    "inspect|%|--hex|--all|--max-table|1M|--max-unpacked|64M|--max-depth|3",
    "inspect|example:two-sockets-removable-riser|--source|spec",
    "lint|-j1|%|--kernel|6.1|--phys-bits|46|--boot-cpu|0|--type|SRAT|--select|SRAT|--ignore|MOV",
    "lint|-j1|%|--kernel-config|NODES_SHIFT=6|--cmdline|kernelcore=1G|--profile|xen",
    "lint|--explain|SRAT101",
    "decompile|%|--all",
    "extract|%|--list",
    "verify|%|--kernel|6.1|--boot|last",
    "qemu|%|--arch|arm64",
    "override|%|-o|out",
    "glossary|node",
    "kernels|6.1|6.12",
)


def _argument_seeds() -> list[bytes]:
    return [line.replace("|", "\n").encode() for line in _ARGUMENTS]


def _enter_arguments(data: bytes) -> None:
    words = data.decode("utf-8", "surrogateescape").replace("\0", "").split("\n")
    # No command that runs other programs, no word that names a place outside, nothing that waits.
    words = ["x" if "/" in word or word in {"--live", "-"} else word for word in words]
    words = [MACHINE if word == "%" else word for word in words]
    if words[0] != "boot":
        command(words, size=len(data))


def _stream(data: bytes) -> None:
    """Unpack a bare stream in both dialects."""
    for dialect in (EFI_STANDARD, TIANO):
        try:
            decompress(data, 5000, dialect)
        except SourceError:
            continue


def _reread(data: bytes) -> None:
    """Read any source, and write what it gave as a spec that is built again."""
    Path("in.bin").write_bytes(data)
    if command(["decompile", "--all", "in.bin", "-o", "spec.toml"], size=len(data)) == 0:
        status = command(["build", "spec.toml", "-o", "built"], size=len(data))
        assert status == 0, "a decompiled spec is not built"
        for made in Path("built").iterdir():
            made.unlink()


def _fleet() -> Iterator[Door]:
    if find_spec("srat_tool.fleet") is not None:
        machines = {f"m{at}/{name}": data for at in range(2) for name, data in _nodes().items()}
        enter = _file("fleet.tar", "fleet % --jobs 1")
        yield Door("fleet", lambda: [archive(machines)], enter)


def _stream_seeds() -> list[bytes]:
    return [efi_compress(noise(40) + bytes(900), dialect=TIANO)[8:]]


@cache
def doors() -> tuple[Door, ...]:
    """Return every door."""
    acpidumps = [dump(srat(3), srat(9))]
    logs = {
        "plan": f"plan --boot-log % {MACHINE}",
        "alone": "plan --format json --boot-log %",
        "verify": "verify %",
    }
    tables = {
        "inspect": "inspect %",
        "json": "inspect --format json %",
        "csv": "inspect --format csv %",
        "plan": "plan --format json %",
        "explain": "plan --explain %",
        "lint": "lint -j1 --isolated --show info %",
        "diff": f"diff {MACHINE} %",
        "advise": "advise %",
        "report": "report %",
    }
    specs = {"build": "build % -o built", "plan": "plan %", "lint": "lint -j1 --isolated %"}
    evidence = {"verify": "verify sos.tar", "plan": "plan sos.tar", "lint": "lint -j1 sos.tar"}
    return (
        Door("sources", lambda: list(samples().values()), _read),
        Door("stream", _stream_seeds, _stream),
        Door("extract", lambda: list(samples().values()), _file("in", "extract --list %")),
        Door("decompile", lambda: [*_tables(), *acpidumps], _reread),
        *_doors("table", _tables, "SRAT.bin", tables),
        *_doors("spec", _specs, "spec.toml", specs),
        *_doors("log", _logs, "boot.log", logs),
        Door("map", _maps, _file("map.txt", f"plan --memory-map % {MACHINE}")),
        *(
            Door(f"evidence-{what}", _evidence_seeds, _evidence(line))
            for what, line in evidence.items()
        ),
        Door("edit", _tables, _file("T.bin", "edit % --set-hotplug 4G..8G --drop 1 -o out")),
        Door("configuration", _configurations, _file("c.toml", f"lint -j1 --config % {MACHINE}")),
        Door("baseline", _baselines, _file("b", f"lint -j1 --isolated --baseline % {MACHINE}")),
        Door(
            "kernel-config", _kernel_configs, _file("config", f"plan --config ./config {MACHINE}")
        ),
        Door("arguments", _argument_seeds, _enter_arguments),
        *_fleet(),
    )


def _read(data: bytes) -> None:
    found_in(data, **SMALL)
