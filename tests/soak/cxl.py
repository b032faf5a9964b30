"""Boot random machines with CXL memory, make regions in them, and compare each with the plan.

SRATTOOL_QEMU=qemu-system-x86_64 python -m tests.soak.cxl --count 30 [--first 0]

QEMU must have volatile CXL devices and generic ports, else nothing is booted and the reason is
printed. The kernels are those of $SRATTOOL_KERNEL (`:` between several); their modules are in a
folder `modules` next to them, or in the tree of their package.
"""

from __future__ import annotations

import argparse
import base64
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from srat_tool.api.guest_session import GuestSession, guest_session
from srat_tool.api.trial import choose_kernel, find_kernels
from srat_tool.api.trial_events import read_user_space
from srat_tool.api.values import events_of
from srat_tool.base.errors import SratToolError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.compare.steps import GuestStep, parse_snapshot, step_parts
from srat_tool.compare.tiers import tier_parts
from srat_tool.compare.verified import Verdict, VerifiedPart
from srat_tool.observe.bootlog import before_answer
from srat_tool.observe.late_sysfs import SeenTiers, parse_late_sysfs
from srat_tool.plan.cxl_values import CxlDevice
from srat_tool.plan.observed import observe, observed_machine
from srat_tool.plan.pipeline import plan_inputs
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.sources.found import Evidence, Role
from tests.soak.cxl_machines import CxlMachine, CxlRegion, cxl_machine

QEMU_VARIABLE = "SRATTOOL_QEMU"
_NEEDED = (("-device", "cxl-type3", "volatile-memdev"), ("-object", "acpi-generic-port", "pci-bus"))
# An order in which each finds what it needs; libnvdimm is needed by cxl_pmem alone.
_MODULES = (
    *("device_dax", "kmem", "libnvdimm", "cxl_pmem", "cxl_mem", "cxl_acpi", "cxl_pci"),
    *("dax_hmem", "dax_cxl"),
)
_BUILT_IN_OR = ("cxl_acpi", "cxl_pci", "cxl_mem", "device_dax", "kmem", "dax_cxl")
_TABLES = ("SRAT", "SLIT", "HMAT", "CEDT", "APIC")
_PRINTING = (
    "nokaslr console=ttyS0 earlyprintk=ttyS0 ignore_loglevel memblock=debug panic=-1 no_timer_check"
)
_ENDPOINT = (
    "for m in /sys/bus/cxl/devices/mem[0-9]*; do read s <$m/serial; "
    "for e in /sys/bus/cxl/devices/endpoint*; do "
    '[ $($B readlink -f $e/uport) = $($B readlink -f $m) ] && echo "$s ${e##*/endpoint} '
    '$($B cat $($B dirname $($B readlink -f $m))/current_link_speed | $B cut -d " " -f 1) '
    "$($B cat $($B dirname $($B readlink -f $m))/current_link_width) "
    '$($B base64 -w 0 $e/CDAT)"; done; done'
)


class _Endpoint(NamedTuple):
    """A device as the guest sees it: the number of its port, and the inputs of the plan."""

    number: int
    device: CxlDevice


class _Region(NamedTuple):
    start: int
    size: int


def missing(qemu: str) -> str | None:
    """Return what a QEMU lacks for such machines; None when it lacks nothing."""
    for option, name, word in _NEEDED:
        argv = [qemu, option, f"{name},help"]
        try:
            done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{qemu}: {error}"
        if word not in done.stdout + done.stderr:
            return f"{qemu} has no {name} with {word}"
    return None


def modules_of(kernel: Path, folder: Path) -> list[str]:
    """Return the modules of a kernel image, in order, unpacked into a folder where they are packed.

    Raises:
        SratToolError: when one that is needed is nowhere.
    """
    places = (kernel.parent / "modules", *kernel.parent.parent.glob("**/lib/modules"))
    found = []
    for name in _MODULES:
        files = (f for place in places for f in sorted(place.rglob(f"{name}.ko*")))
        file = next(files, None)
        if file is None and name in _BUILT_IN_OR:
            raise SratToolError(f"no module {name}", where=str(kernel.parent))
        if file is not None and file.suffix == ".xz":
            unpacked = folder / f"{name}.ko"
            unpacked.write_bytes(lzma.decompress(file.read_bytes()))
            file = unpacked
        if file is not None:
            found.append(str(file))
    return found


def _base64(session: GuestSession, command: str) -> bytes:
    return base64.b64decode("".join(session.ask(f"run {command}")))


def _tables(session: GuestSession) -> Iterator[RawTable]:
    for name in _TABLES:
        path = f"/sys/firmware/acpi/tables/{name}"
        data = _base64(session, f"[ -e {path} ] && $B base64 {path}")
        if data:
            yield RawTable(origin=Origin(path=path), data=data)


def _endpoints(session: GuestSession, machine: CxlMachine) -> dict[int, _Endpoint]:
    """Return the devices by their number."""
    found = {}
    for line in session.ask(f"run {_ENDPOINT}"):
        serial, number, speed, width, cdat = line.split()
        at = int(serial, 16) - 1
        found[at] = _Endpoint(
            int(number),
            CxlDevice(
                label=f"device {at}",
                cdat=base64.b64decode(cdat),
                speed=int(float(speed) * 1000),
                width=int(width),
                bridge=machine.buses[at],
            ),
        )
    return found


def _make(session: GuestSession, region: CxlRegion, endpoints: dict[int, _Endpoint]) -> _Region:
    """Make a region, as user space does by hand, and bind it to its driver.

    Raises:
        SratToolError: when the kernel refuses.
    """
    ends = [f"decoder{endpoints[at].number}.0" for at in region.devices]
    lines = [
        "cd /sys/bus/cxl/devices",
        f"read R <decoder0.{region.window}/create_ram_region",
        f"echo $R >decoder0.{region.window}/create_ram_region",
        *(f"echo ram >{end}/mode; echo {region.part:#x} >{end}/dpa_size" for end in ends),
        "echo 256 >$R/interleave_granularity",
        f"echo {len(ends)} >$R/interleave_ways",
        f"echo {region.part * len(ends):#x} >$R/size",
        *(f"echo {end} >$R/target{at}" for at, end in enumerate(ends)),
        "echo 1 >$R/commit",
        'read A <$R/resource; read S <$R/size; read C <$R/commit; echo "region $C $A $S"',
        "echo $R >/sys/bus/cxl/drivers/cxl_region/bind",
    ]
    said = session.ask(f"run {'; '.join(lines)}")
    words = next((line.split() for line in said if line.startswith("region ")), [])
    if len(words) != 4 or words[1] != "1":
        raise SratToolError(f"the kernel makes no region: {' / '.join(said)[-300:]}")
    return _Region(int(words[2], 16), int(words[3], 16))


def _seen(session: GuestSession) -> SeenTiers:
    pairs = (line.partition(" ") for line in session.ask("late"))
    return parse_late_sysfs({path: text for path, _, text in pairs}, whole_sysfs=True)


def boot_and_compare(
    machine: CxlMachine, qemu: str, kernel: Path, user_space: bytes, timeout: float
) -> list[VerifiedPart]:
    """Boot a machine, make its regions, and compare what came of each with the plan.

    Raises:
        SratToolError: when it does not boot, or the kernel refuses a region.
    """
    argv = [qemu, *machine.argv, "-nodefaults", "-display", "none", "-no-reboot"]
    line = " ".join((_PRINTING, *machine.options))
    events, steps = [], []
    with guest_session(argv, kernel, user_space, line, timeout) as session:
        tables = list(_tables(session))
        endpoints = _endpoints(session, machine)
        began, before = _seen(session), session.ask("snap")
        for region in machine.regions:
            made = _make(session, region, endpoints)
            after = session.settled(before)
            ways = len(region.devices)
            events.append(f"kmem:{made.start:#x}+{made.size:#x},source=cxl,ways={ways}")
            steps.append(GuestStep(parse_snapshot(before), parse_snapshot(after)))
            before = after
        ended, log = _seen(session), session.log
    used = [endpoints[at].device for region in machine.regions for at in region.devices]
    plan = _planned(tables, log, events, used)
    parts = list(tier_parts(plan.after_zones, began, untouched=True))
    parts += step_parts(plan.hot_events, steps)
    if plan.after is not None:
        later = tier_parts(plan.after.late, ended, untouched=True)
        parts += [replace(part, name=f"{part.name} after the regions") for part in later]
    return parts


def _planned(
    tables: Sequence[RawTable], log: str, events: Sequence[str], devices: Sequence[CxlDevice]
) -> Plan:
    """Plan the machine by the beginning of its log, its tables, and what was made in it."""
    observed = observe([Evidence(role=Role.BOOT_LOG, label="the log", data=log.encode())])
    told = None if observed.log is None else before_answer(observed.log, keep_srat=False)
    given = observed_machine(tables, observed, log=told)
    given = replace(
        given,
        hot_events=events_of(events),
        cxl_devices=tuple(devices),
        hardware="bare",
        of_logged_boot=True,
    )
    return plan_inputs(read_machine(given))


def main() -> int:
    """Soak; status 1 when a machine differed, 2 when nothing can be booted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=400)
    chosen = parser.parse_args()
    qemu = os.environ.get(QEMU_VARIABLE, "qemu-system-x86_64")
    lacking = missing(qemu)
    if lacking is not None:
        sys.stdout.write(f"skipped: {lacking}\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="srattool-") as folder:
        kernels = find_kernels() or [choose_kernel(None)]
        user_spaces = {}
        for number, kernel in enumerate(kernels):
            unpacked = Path(folder) / str(number)
            unpacked.mkdir()
            user_spaces[kernel] = read_user_space(None, modules_of(kernel, unpacked))
        outcomes: Counter[tuple[str, str]] = Counter()
        for seed in range(chosen.first, chosen.first + chosen.count):
            kernel = kernels[seed % len(kernels)]
            said = _judged(seed, qemu, kernel, user_spaces[kernel], chosen.timeout)
            outcomes[kernel.parent.name, said] += 1
    sys.stdout.writelines(f"{n:6} {name}: {said}\n" for (name, said), n in sorted(outcomes.items()))
    return 1 if any(said == "different" for _, said in outcomes) else 0


def _judged(seed: int, qemu: str, kernel: Path, user_space: bytes, timeout: float) -> str:
    """Boot one machine and print what came of it; return a word for the summary."""
    begin, wrong = time.monotonic(), list[VerifiedPart]()
    try:
        parts = boot_and_compare(cxl_machine(seed), qemu, kernel, user_space, timeout)
        wrong = [part for part in parts if part.verdict is Verdict.DIFFERENT]
        said = "different" if wrong else "equal"
        why = f" in {len(parts)} parts"
    except SratToolError as error:
        said, why = "not judged", f": {error.what}"
    took = time.monotonic() - begin
    sys.stdout.write(f"machine {seed}, {kernel.parent.name}: {said}{why} ({took:.0f} s)\n")
    for part in wrong:
        sys.stdout.write(f"# {part.name}\n#  plan {part.predicted}\n#  seen {part.seen}\n")
    sys.stdout.flush()
    return said


if __name__ == "__main__":
    sys.exit(main())
