"""Recorded boots of the examples; as a program, it records them anew on the kernels at hand.

A record is the part of the kernel's log that a plan is made from and compared with, in
fixtures/boots/EXAMPLE/RELEASE.log. Every test run compares it with a plan made today.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.guest import guest_madt
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.rawtable import OriginKind, RawTable
from srat_tool.compare.reality import plan_of
from srat_tool.compare.regions import regions_part
from srat_tool.compare.verified import VerifiedPart
from srat_tool.compare.verify import verify
from srat_tool.plan.observed import observe
from srat_tool.sources.examples import find_example
from srat_tool.sources.found import Evidence, Role
from tests.golden.fixtures import FIXTURES, load

FOLDER = FIXTURES / "boots"
RECORDS = sorted(FOLDER.glob("*/*.log"))
# What no plan needs: each allocation's request (its result follows), and devices.
_NEEDLESS = re.compile(
    r"memblock_(?:phys_)?alloc\w*: "
    r"|(?:DMI|tsc|smpboot|CPU topo|IOAPIC\[|x86/PAT|SMBIOS|setup_percpu|pcpu-alloc|kvm-clock|psci"
    r"|clocksource|GICv3|ACPI: (?:INT_SRC|LAPIC|IRQ|HPET|Using|Core rev))"
)
_OPERATION = re.compile(r"_*memblock_\w+: ")
# An empty memblock is dumped as one region of no bytes on node 0.
_PLACED = re.compile(r"^NUMA: |, 0x(?!0+ )\w+ bytes on node ")
_RESERVE = re.compile(r"(_*memblock_reserve: )\[(0x\w+)-(0x\w+)\](.*)")
_STAMP = re.compile(r"^\[[ 0-9.]+\] ")
_BUILDER = re.compile(r"^(Linux version \S+).*")
_BEGIN = re.compile(r"(?m)^.*(?:Booting Linux on physical CPU|Linux version \d)")
_END = re.compile(r"Built \d+ zonelists|Policy zone:")
# The processors of `qemu-system-aarch64 -M virt,gic-version=3 -smp 8`.
(_VIRT_MADT,) = assemble(parse_spec("[madt]\nentries = '''\ngicc 0..7  0..7\n'''", "the guest"))


def record(log: str) -> str:
    """Return the lines of a boot's log that are worth keeping, without their time stamps.

    Reservations one after the other that touch, as page tables do, become one: so does memblock.
    """
    kept = []
    placed = ended = told = False
    first = _BEGIN.search(log)
    for line in log[first.start() if first else 0 :].splitlines():
        text = _BUILDER.sub(r"\1", _STAMP.sub("", line)).rstrip()
        # Once the nodes are known, everything that a plan predicts is decided.
        placed = placed or _PLACED.search(text) is not None
        if not _NEEDLESS.match(text) and not (placed and _OPERATION.match(text)):
            kept.append(text)
            _join(kept)
        ended = ended or _END.match(text) is not None
        told = told or "ommand line: " in text
        if ended and told:
            break
    return "\n".join(kept) + "\n"


def _join(lines: list[str]) -> None:
    """Join the last two lines when both reserve memory for one caller, the later just below."""
    below = _RESERVE.fullmatch(lines[-1])
    above = _RESERVE.fullmatch(lines[-2]) if below and len(lines) > 1 else None
    if not below or not above or (below[1], below[4]) != (above[1], above[4]):
        return
    if int(below[3], 16) + 1 == int(above[2], 16):
        lines[-2:] = [f"{below[1]}[{below[2]}-{above[3]}]{below[4]}"]


def compare(example: str, log: str) -> tuple[VerifiedPart, ...]:
    """Plan the recorded boot of an example, and return what differs from it and what does not."""
    spec = load(find_example(example))
    own_madt = _VIRT_MADT if spec.arch == "aarch64" else guest_madt()
    tables: list[RawTable] = [
        raw._replace(origin=raw.origin._replace(kind=OriginKind.INITRD))
        for raw in assemble(spec)
        if raw.signature != b"APIC"
    ]
    tables.append(own_madt)
    evidence = Evidence(role=Role.BOOT_LOG, label="the record", data=log.encode())
    observed = observe([evidence])
    planned = plan_of(tables, observed)
    assert observed.log is not None
    regions = regions_part(planned.plan, observed.log)
    parts = verify(planned.plan, observed, planned.srat).parts
    return parts if regions is None else (*parts, regions)


def main() -> None:
    """Store the logs named on the command line, `EXAMPLE=LOG`, as `srattool boot -o LOG` wrote."""
    for word in sys.argv[1:]:
        example, _, path = word.partition("=")
        log = record(Path(path).read_text(errors="replace"))
        release = re.search(r"Linux version (\S+)", log)
        assert release is not None, path
        target = FOLDER / example / f"{release[1]}.log"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(log)


if __name__ == "__main__":
    main()
