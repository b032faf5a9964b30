"""The cost of the commands compared with the programs that they replace, in the same run.

CPU time (user and system) and peak memory of whole processes, the best of several interleaved runs.
A row is one of the commands, what it is compared with, and the ratio that it should stay below.
"""

from __future__ import annotations

import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from srat_tool.authoring.acpidump import acpidump_lines
from srat_tool.base.rawtable import Origin, RawTable
from tests.cli.test_verify import LOG
from tests.shapes import write_machine

MACHINES = Path(__file__).parents[1] / "fixtures" / "bin"
ROUNDS = int(os.environ.get("ROUNDS", "7"))
PYTHON = sys.executable
TOOL = str(Path(PYTHON).with_name("srattool"))
# What pip writes since 25.2; older ones import `re` there, which takes longer than `--version`.
LAUNCHER = "import sys; from srat_tool.__main__ import main; sys.exit(main())"
MIB = 1 << 20
IMAGES = (
    Path("/usr/share/OVMF/OVMF_CODE_4M.fd"),
    Path("/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"),
    Path("/usr/share/AAVMF/AAVMF_CODE.fd"),
)


# An installed program has its bytecode on disk; without it we would measure Python's compiler.
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


class Row(NamedTuple):
    """One comparison.

    Attributes:
        name: what is measured.
        ours: our command line.
        peer: the command line to compare with; left out when the program is not there.
        most: CPU of ours over CPU of the peer that the row should stay below.
    """

    name: str
    ours: tuple[str, ...]
    peer: tuple[str, ...]
    most: float


class Cost(NamedTuple):
    """CPU seconds and peak bytes of one process."""

    cpu: float
    memory: int


MEMBLOCK_LINE = "memblock_reserve: [{1}-{1}] memblock_alloc_range_nid+{0:#x}/0x13d"


def big_srat(entries: int) -> bytes:
    """Return a sound SRAT of revision 3: of four entries two memory, one APIC, one x2APIC."""
    size = 128 * MIB
    body = bytearray(struct.pack("<IQ", 1, 0))
    for at in range(entries):
        memory, kind = at // 4 * 2 + at % 2, at % 4
        if kind < 2:
            domain, flags = memory * 128 // entries, 1 + 2 * (memory % 2)
            body += struct.pack("<BBIHQQIIQ", 1, 40, domain, 0, memory * size, size, 0, flags, 0)
        elif kind == 2:
            body += struct.pack("<BBBBIB3sI", 0, 16, at % 64, at % 255, 1, 0, bytes(3), 0)
        else:
            body += struct.pack("<BBHIIIII", 2, 24, 0, at % 64, at, 1, 0, 0)
    head = (b"SRAT", 36 + len(body), 3, 0, b"SRATTL", b"BENCH   ", 1, b"STL ", 1)
    table = bytearray(struct.pack("<4sIBB6s8sI4sI", *head) + body)
    table[9] = -sum(table) & 0xFF
    return bytes(table)


def shape_rows(folder: Path) -> Iterator[Row]:
    """Yield commands on machines of many ranges or nodes; `big` and half of it show growth."""
    for command in ("plan", "plan --format json", "plan --explain", "advise", "lint", "decompile"):
        words = (TOOL, *command.split())
        for shape in ("gaps", "hot", "nested"):
            place = folder / "shapes" / command.replace(" ", "")
            place.mkdir(exist_ok=True)
            half, big = (str(write_machine(place, shape, n)) for n in (500, 1000))
            yield Row(f"{command}, {shape}, 1,000 against 500", (*words, big), (*words, half), 2.1)
    start_up = (PYTHON, "-c", "pass")
    full = write_machine(folder / "shapes", "full", 1024)
    fwts = ("fwts", "hmat", "--dumpfile", str(folder / "full.dat"), "-r", os.devnull)
    tables = [RawTable(Origin(str(path)), path.read_bytes()) for path in sorted(full.iterdir())]
    (folder / "full.dat").write_text("\n".join(acpidump_lines(tables)))
    yield Row("lint, 1,024 nodes with HMAT", (TOOL, "lint", str(full)), fwts, 3)
    yield Row("plan, 1,024 nodes with HMAT", (TOOL, "plan", str(full)), start_up, 80)


def log_rows(folder: Path) -> Iterator[Row]:
    """Yield plans from large logs; half of the log shows growth."""
    for name, line in (("any", "usb 1-{0}: new device {0}"), ("memblock", MEMBLOCK_LINE)):
        logs = [folder / f"{name}-{size}.log" for size in (100_000, 50_000)]
        for log in logs:
            count = int(log.stem.rpartition("-")[2])
            more = (f"[{at:12.6f}] {line.format(at, hex(at << 12))}\n" for at in range(count))
            log.write_text(LOG + "".join(more))
        half = str(logs[1])
        for command in (("plan", "--boot-log"), ("verify",)):
            words = (TOOL, *command, str(logs[0]))
            title = f"{command[0]}, log of 100,000 {name} lines"
            yield Row(title, words, ("gzip", "-c", str(logs[0])), 12)
            yield Row(f"{title}, against 50,000", words, (TOOL, *command, half), 2.1)


def many_rows(folder: Path) -> Iterator[Row]:
    """Yield lint of many machines, with one process and with one on each core."""
    kinds = [path for path in sorted(MACHINES.iterdir()) if path.is_dir()]
    for at in range(1000):
        shutil.copytree(kinds[at % len(kinds)], folder / "many" / f"{at // 100}" / f"{at}")
    for jobs in (1, 2):
        words = (TOOL, "lint", "--statistics", "--jobs", str(jobs), str(folder / "many"))
        hashes = ("sh", "-c", f"find {folder}/many -type f -exec sha256sum {{}} +")
        yield Row(f"lint, 1,000 machines, --jobs {jobs}", words, hashes, 200)


def rows(folder: Path) -> Iterator[Row]:
    """Yield the comparisons; inputs are made in `folder`."""
    start_up = (PYTHON, "-c", "pass")
    yield Row("--version", (PYTHON, "-c", LAUNCHER, "--version"), start_up, 1.2)
    yield Row("--help", (PYTHON, "-c", LAUNCHER, "--help"), start_up, 5)
    machine = Path(__file__).parents[1] / "fixtures" / "bin" / "epyc-8-nodes"
    yield Row("lint, three tables of a machine", (TOOL, "lint", str(machine)), start_up, 12)
    for entries in (18, 64_000):
        table = folder / f"SRAT-{entries}"
        table.write_bytes(big_srat(entries))
        iasl = ("iasl", "-p", str(folder / "listing"), "-d", str(table))
        if entries < 1000:
            yield Row("inspect, small table", (TOOL, "inspect", str(table)), start_up, 12)
            yield Row("lint, small table, with a plan", (TOOL, "lint", str(table)), start_up, 14)
            continue
        json = (TOOL, "inspect", "--format", "json", str(table))
        yield Row(f"inspect --format json, {entries} entries", json, iasl, 1)
        yield Row(f"inspect, {entries} entries", (TOOL, "inspect", str(table)), iasl, 2)
        # fwts' srat test takes 2.5 times as long as iasl -d, and finds less.
        yield Row(f"lint, {entries} entries", (TOOL, "lint", str(table)), iasl, 2.5)
        decompiled = (TOOL, "decompile", str(table), "-o", str(folder / "spec.toml"))
        yield Row(f"decompile, {entries} entries", decompiled, iasl, 3)
        plan = (TOOL, "plan", "--format", "json", str(table))
        yield Row(f"plan --format json, {entries} entries", plan, start_up, 80)


def firmware_rows(folder: Path) -> Iterator[Row]:
    """Yield the comparisons on Debian's firmware images with what UEFIExtract needs for them."""
    for image in IMAGES:
        if image.exists():
            # UEFIExtract writes its dump next to the image, and only where there is none yet.
            copy = folder / image.name
            shutil.copy(image, copy)
            theirs = ("sh", "-c", f"rm -rf {copy}.dump; exec UEFIExtract {copy}")
            peer = theirs if shutil.which("UEFIExtract") else ("UEFIExtract",)
            yield Row(f"extract, {image.name}", (TOOL, "extract", "--list", str(copy)), peer, 0.5)


def measure(command: tuple[str, ...]) -> Cost:
    """Run a command with its output thrown away and return what it cost."""
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    pid = os.posix_spawnp(command[0], command, _ENVIRONMENT, file_actions=nowhere)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def compare(row: Row) -> str:
    """Return one line of the report."""
    if shutil.which(row.peer[0]) is None:
        return f"{row.name:<40} {row.peer[0]} is not installed"
    pairs = [(measure(row.ours), measure(row.peer)) for _ in range(ROUNDS)]
    ours, peer = (min(costs) for costs in zip(*pairs, strict=True))
    ratio = ours.cpu / peer.cpu
    verdict = "ok" if ratio <= row.most else "OVER"
    return (
        f"{row.name:<40} {ours.cpu * 1000:6.0f} ms {ours.memory // MIB:4} MiB"
        f"   {Path(row.peer[0]).name:<12} {peer.cpu * 1000:6.0f} ms {peer.memory // MIB:4} MiB"
        f"   ratio {ratio:5.2f}, should be below {row.most:g}: {verdict}"
    )


def main() -> None:
    """Print the report."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shapes").mkdir()
        for row in chain(
            *(of(Path(folder)) for of in (rows, firmware_rows, shape_rows, log_rows, many_rows))
        ):
            sys.stdout.write(compare(row) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
