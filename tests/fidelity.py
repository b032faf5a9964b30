"""How a plan is scored against what a real kernel printed and did, category by category.

A log is cut off before the kernel's answer; the plan has to compute what follows. An empty string
means right, anything else is the first difference.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.memmap import read_memory_map
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.render.plan.as_json import plan_value

Score = dict[str, str]

STAMP = re.compile(r"^(?:<\d+>)?\[\s*\d+\.\d+\](?:\[\s*[TC]\d+\])? ?")
_ANSWER = re.compile(
    r"^(?:ACPI: )?(?:\[SRAT:|SRAT: |SLIT: |\[Firmware Bug\]: SRAT)|^NUMA|^No NUMA|^Faking a node"
    r"|^NODE_DATA|^Zone ranges:|^CFMWS"
)
_AFTER_SRAT = re.compile(
    r"^NUMA|^No NUMA|^Faking a node|^NODE_DATA|^ *NODE_DATA|^Zone ranges:"
    r"|^(?:Warning: )?node \d+ \[mem|^Initmem setup|^Bootmem setup|^On node |^Reserving|^ \["
)
CATEGORIES = {
    "srat": re.compile(
        r"^(?:ACPI: )?SRAT: Node \d+ PXM|^(?:ACPI: )?SRAT: (?!PXM)|^(?:ACPI: )?\[SRAT:"
    ),
    "cpus": re.compile(r"^SRAT: PXM"),
    "numa": re.compile(
        r"^NUMA: |^NUMA turned off|^No NUMA|^Faking a node|^(?:Warning: )?node -?\d+ \[mem"
        r"|^Warning: invalid memblk|^ACPI: SLIT(?:: | table looks)|^too many memblk"
    ),
    "zones": re.compile(
        r"^Zone ranges:|^  (?:DMA|DMA32|Normal|HighMem|Movable|Device) +(?:\[mem|empty)"
    ),
    "movable": re.compile(r"^Movable zone start|^  Node \d+: 0x"),
    "nodes": re.compile(r"^Early memory node ranges|^  node +-?\d+: \[mem"),
    "initmem": re.compile(r"^Initmem setup node|^Initializing node"),
}
_DMESG_CATEGORIES = ("numa", "zones", "movable", "nodes")
_FLAGS = {"HOTPLUG": 1, "MIRROR": 2, "NOMAP": 4, "DRIVER_MANAGED": 8}
DEBUG_ONLY = re.compile(
    r"memblock_|^MEMBLOCK configuration|^ memory|^ reserved|memblock: |^efi: +(?:mem\d+|0x)"
)
MAP_LINE = re.compile(r"BIOS-e820|efi: +0x|efi: mem")
_USABLE_MAP = re.compile(r"e820: ?\[mem .*\] usable|e820: .*\(usable\)")


def score_boot(path: Path, view: str = "full") -> Score:
    """Score one recorded boot.

    Args:
        path: the record.
        view: what the plan is made from: `full`, the log up to the kernel's answer; `ordinary`, the
            same without lines that only debug options print; `before`, no log, but the memory map,
            the release and the command line. There, ZONE_MOVABLE is right where an alternative is.
    """
    record = json.loads(gzip.decompress(path.read_bytes()))
    lines = record["log"].splitlines()
    tables = tuple(
        RawTable(origin=Origin(path=name), data=base64.b64decode(text))
        for name, text in sorted(record["input"]["tables"].items())
    )
    got = plan_value(make_plan(_machine(record, _cut(lines, _ANSWER), tables, view)))
    plain = [STAMP.sub("", line) for line in lines]
    score = _score_lines(plain, got["log"], CATEGORIES)
    observed = record["observed"]
    if view == "before" and _in_alternatives(got, observed):
        score["movable"] = ""
    if observed["end"] == "panic":  # only what was printed before the end counts
        printed = _pick(plain, "initmem")
        score["initmem"] = _differ(printed, _pick(got["log"], "initmem")[: len(printed)])
    return {**score, **_score_state(record, observed, got)}


def _machine(
    record: dict[str, Any], lines: list[str], tables: tuple[RawTable, ...], view: str
) -> Machine:
    given = record["input"]
    if view == "before":
        bare = (STAMP.sub("", line) for line in record["log"].splitlines())
        text = "\n".join(line for line in bare if MAP_LINE.match(line))
        return Machine(
            tables=tables,
            memory_map=read_memory_map(text, where="the record"),
            profile=given["kernel"]["release"],
            command_line=given["cmdline"],
        )
    is_late = view == "ordinary" and given["kernel"]["arch"] != "x86_64"
    if view == "ordinary":
        lines = [line for line in lines if not DEBUG_ONLY.search(STAMP.sub("", line))]
    log = parse_boot_log("\n".join(lines) + "\n")
    return Machine(boot_log=log, tables=tables, command_line=given["cmdline"] if is_late else None)


def _in_alternatives(got: dict[str, Any], observed: dict[str, Any]) -> bool:
    found = observed.get("movable_zone_start") or {}
    want = sorted((int(nid), start) for nid, start in found.items())
    return any(
        sorted((start["nid"], start["start"]) for start in other["movable_start"]) == want
        for other in got["alternatives"]
    )


def score_dmesg(path: Path) -> Score:
    """Score one boot log of a real machine, whose SRAT is known from its lines only."""
    lines = path.read_text(errors="replace").splitlines()
    plain = [STAMP.sub("", line) for line in lines]
    last = max((i for i, line in enumerate(lines) if "SRAT: " in line), default=-1)
    given = [*lines[: last + 1], *_cut(lines[last + 1 :], _AFTER_SRAT)]
    names = [name for name in _DMESG_CATEGORIES if _pick(plain, name)]
    return _score_lines(plain, _plan(given, ())["log"], names)


def is_scorable(path: Path) -> bool:
    """Return whether a log contains the memory map, SRAT lines and node ranges."""
    text = path.read_text(errors="replace")
    return bool(
        _USABLE_MAP.search(text)
        and re.search(r"SRAT: Node \d+ PXM", text)
        and re.search(r"arly memory node ranges|early_node_map", text)
    )


def _plan(lines: Sequence[str], tables: tuple[RawTable, ...]) -> dict[str, Any]:
    log = parse_boot_log("\n".join(lines) + "\n")
    return plan_value(make_plan(Machine(boot_log=log, tables=tables)))


def _cut(lines: list[str], first: re.Pattern[str]) -> list[str]:
    for index, line in enumerate(lines):
        if first.search(STAMP.sub("", line)):
            return lines[:index]
    return lines


def _pick(lines: Iterable[str], category: str) -> list[str]:
    return [line.rstrip() for line in lines if CATEGORIES[category].search(line)]


def _differ(want: Sequence[object], got: Sequence[object]) -> str:
    for index in range(max(len(want), len(got))):
        a = want[index] if index < len(want) else "(nothing)"
        b = got[index] if index < len(got) else "(nothing)"
        if a != b:
            return f"#{index}: kernel {a!r}, plan {b!r}"
    return ""


def _score_lines(plain: list[str], log: list[str], names: Iterable[str]) -> Score:
    return {name: _differ(_pick(plain, name), _pick(log, name)) for name in names}


def _score_state(record: dict[str, Any], observed: dict[str, Any], got: dict[str, Any]) -> Score:
    """Score what is not in the log: memblock, zones, block size and distances."""
    score: Score = {}
    runtime = observed.get("runtime") or {}
    dumps = [dump for dump in observed["memblock_dumps"] if dump["phase"] == "after-numa"]
    if dumps:
        want = [(r["start"], r["end"] + 1, r["nid"], r["flags"]) for r in dumps[-1]["memory"]]
        score["memblock"] = _differ(want, [_region(r) for r in got["memblock"]["memory"]])
    zones = (observed.get("before_hotadd") or {}).get("zones") or runtime.get("zoneinfo")
    if zones and not {"pc-dimm", "pc-dimm-at-boot", "virtio-mem"} & set(record["case"]["features"]):
        score["pages"] = _differ(*_pages(zones, got["zones"]))
    if runtime.get("memory_block_size"):
        score["block"] = _differ([runtime["memory_block_size"]], [got["memory_block_bytes"]])
    nodes = runtime.get("nodes")
    if nodes and all(node.get("distance") for node in nodes.values()):
        score["distance"] = _differ(*_distances(nodes, got["distances"]))
    return score


def _region(region: dict[str, Any]) -> tuple[int, int, int, int]:
    flags = sum(_FLAGS.get(name, 1 << 20) for name in region["flags"])
    return region["start"], region["end"], region["nid"], flags


def _pages(zoneinfo: list[Any], zones: list[Any]) -> tuple[list[Any], list[Any]]:
    seen = [zone for zone in zoneinfo if zone["spanned"]]
    # /proc/zoneinfo names no start_pfn for a zone without managed pages.
    unknown = {(z["node"], z["zone"]) for z in seen if z.get("start_pfn") is None}
    want = [
        (z["node"], z["zone"], z.get("start_pfn") or 0, z["spanned"], z["present"]) for z in seen
    ]
    have = [
        (
            zone["nid"],
            zone["name"],
            0 if (zone["nid"], zone["name"]) in unknown else zone["start_pfn"],
            zone["spanned_pages"],
            zone["present_pages"],
        )
        for zone in zones
    ]
    return sorted(want), sorted(have)


def _distances(nodes: dict[str, Any], table: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    nids = sorted(int(nid) for nid in nodes)
    index = {nid: place for place, nid in enumerate(table["nids"])}
    matrix = table["matrix"]
    have = [[matrix[index[a]][index[b]] for b in nids if b in index] for a in nids if a in index]
    return [nodes[str(nid)]["distance"] for nid in nids], have
