"""The running machine's own account of its memory: kernel log, zones, maps, node folders.

What another user than root may not read is refused with its reason, like anything else.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

from srat_tool.base.text import printable
from srat_tool.sources.found import Evidence, Found, Refusal, Role

_FILES = (
    ("proc/zoneinfo", Role.ZONEINFO),
    ("proc/iomem", Role.IOMEM),
    ("proc/cmdline", Role.COMMAND_LINE),
    ("proc/version", Role.RELEASE),
)
_NODE_FILES = (
    *("distance", "cpulist", "access[01]/initiators/*_*"),
    *(f"memory_side_cache/index[0-9]*/{name}" for name in ("*size", "indexing", "write_policy")),
)
_NODE_LINKS = ("node/node[0-9]*/memory[0-9]*", "node/node[0-9]*/access[01]/initiators/node[0-9]*")
_TIER_FILES = (
    "devices/virtual/memory_tiering/memory_tier[0-9]*/nodelist",
    "kernel/mm/mempolicy/weighted_interleave/*",
)
_BLOCK_FILES = ("state", "valid_zones")
_KMSG = "dev/kmsg"
_MAX_FILE = 16 << 20
_MAX_RECORD = 8192
_MAX_RECORDS = 1 << 20


def read_live(root: Path = Path("/")) -> Found:
    """Read what a running Linux reports about nodes and zones.

    Args:
        root: `/`, or a folder that holds a copy of the same files.
    """
    found = Found()
    for name, role in _FILES:
        _read(root / name, role, found)
    _read_log(root / _KMSG, found)
    for path in _firmware_map(root / "sys/firmware/memmap"):
        _read(path, Role.FIRMWARE_MAP, found)
    devices = root / "sys/devices/system"
    for path in (*_nodes(devices / "node"), *_blocks(devices / "memory")):
        _read(path, Role.NODE_FILE, found)
    for path in (path for name in _TIER_FILES for path in sorted((root / "sys").glob(name))):
        _read(path, Role.NODE_FILE, found)
    for link in (link for name in _NODE_LINKS for link in sorted(devices.glob(name))):
        found.evidence.append(_evidence(Role.NODE_FILE, str(link), b""))
    return found


def _evidence(role: Role, label: str, data: bytes) -> Evidence:
    return Evidence(role=role, label=label, data=data)


def _read(path: Path, role: Role, found: Found) -> None:
    try:
        with path.open("rb") as stream:
            found.evidence.append(_evidence(role, str(path), stream.read(_MAX_FILE)))
    except OSError as error:
        found.refused.append(Refusal(label=str(path), reason=_why(error)))


def _why(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "only root may read it"
    return printable((error.strerror or str(error)).lower())


def _firmware_map(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.glob("[0-9]*")):
        yield from (entry / name for name in ("start", "end", "type"))


def _nodes(folder: Path) -> Iterator[Path]:
    masks = ("online", "possible", "has_memory", "has_normal_memory", "has_cpu")
    yield from (folder / name for name in masks if (folder / name).exists())
    for node in sorted(folder.glob("node[0-9]*")):
        yield from (path for name in _NODE_FILES for path in sorted(node.glob(name)))


def _blocks(folder: Path) -> Iterator[Path]:
    if (folder / "block_size_bytes").exists():
        yield folder / "block_size_bytes"
    for block in sorted(folder.glob("memory[0-9]*")):
        yield from (block / name for name in _BLOCK_FILES if (block / name).exists())


def _read_log(path: Path, found: Found) -> None:
    try:
        records = list(_records(path))
    except OSError as error:
        found.refused.append(Refusal(label=str(path), reason=_why(error)))
        return
    if not records or not _is_first(records[0]):
        found.refused.append(Refusal(label=str(path), reason="the start of the log is gone"))
        return
    text = b"".join(_message(record) + b"\n" for record in records)
    found.evidence.append(_evidence(Role.BOOT_LOG, str(path), text))


def _records(path: Path) -> Iterator[bytes]:
    """Yield the records of the ring buffer: `level,sequence,time,flag;message`, one a read."""
    if path.is_file():
        yield from path.read_bytes().splitlines()
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for _ in range(_MAX_RECORDS):
            try:
                yield os.read(descriptor, _MAX_RECORD)
            except BrokenPipeError:
                continue  # overwritten while it was read; the next read goes on after it
            except BlockingIOError:
                return
    finally:
        os.close(descriptor)


def _is_first(record: bytes) -> bool:
    head = record.partition(b";")[0].split(b",")
    return len(head) > 1 and head[1] == b"0"


def _message(record: bytes) -> bytes:
    return record.partition(b";")[2].partition(b"\n")[0].replace(b"\\x09", b"\t")
