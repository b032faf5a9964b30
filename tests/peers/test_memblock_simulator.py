"""Memblock against the kernel's own: mm/memblock.c, built in user space by its simulator.

The source is that of Debian's linux-source package; it is unpacked and built outside the project.
`MEMBLOCK_SEQUENCES=100000 pytest tests/peers/test_memblock_simulator.py` replays more sequences.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

from srat_tool.kernel.memblock import Memblock, MemblockFlags, MemblockType

SEQUENCES = int(os.environ.get("MEMBLOCK_SEQUENCES", "400"))
BATCH = 2000
PAGE = 4096
WANTED = ("mm/memblock.c", "include/linux/memblock.h", "include/linux/gfp_types.h")
WANTED_FOLDERS = ("tools/testing/memblock/", "tools/include/", "tools/lib/", "tools/arch/x86/")
LINKS = {
    "linux/memblock.h": "../../../../include/linux/memblock.h",
    "asm/asm.h": "../../../arch/x86/include/asm/asm.h",
    "asm/cmpxchg.h": "../../../arch/x86/include/asm/cmpxchg.h",
}
# Reads one call a line; answers allocations at once and `show` with both lists.
DRIVER = r"""
#include <linux/memblock.h>
#include <linux/mm.h>
#undef BUG_ON
#define BUG_ON(condition) do { if (condition) puts("BUG"); } while (0)
#undef __va
#undef __pa
#define __va(address) room_at(address)
#define __pa(pointer) address_of(pointer)
static void *room_at(unsigned long long address);
static unsigned long long address_of(const void *pointer);
#include "../../../mm/memblock.c"
/* Lists that grow are told where they are, but are kept in memory that this program has. */
static struct { unsigned long long address; struct memblock_region regions[1024]; } rooms[256];
static int taken;

static void *room_at(unsigned long long address)
{
    rooms[taken].address = address;
    return rooms[taken++].regions;
}

static unsigned long long address_of(const void *pointer)
{
    for (int i = 0; i < taken; i++)
        if (rooms[i].regions == pointer) return rooms[i].address;
    return 0;
}

bool movable_node_enabled;
static struct memblock_region memory_regions[4096], reserved_regions[4096];

static void reset(int movable_node, int mirror, int bottom_up, int capacity)
{
    struct memblock_region none = { .nid = MAX_NUMNODES };
    memblock.memory.regions = capacity ? memblock_memory_init_regions : memory_regions;
    memblock.reserved.regions = capacity ? memblock_reserved_init_regions : reserved_regions;
    memblock.memory.regions[0] = memblock.reserved.regions[0] = none;
    memblock_can_resize = capacity != 0;
    taken = 0;
    memblock.memory.cnt = memblock.reserved.cnt = 1;
    memblock.memory.max = memblock.reserved.max = capacity ? capacity : 4096;
    memblock.memory.total_size = memblock.reserved.total_size = 0;
    memblock.current_limit = MEMBLOCK_ALLOC_ANYWHERE;
    memblock.bottom_up = bottom_up;
    movable_node_enabled = movable_node;
    mirrored_kernelcore = mirror;
    system_has_some_mirror = false;
}

static void show(struct memblock_type *type)
{
    printf("%s %llx", type->name, (unsigned long long)type->total_size);
    for (unsigned long i = 0; i < type->cnt; i++) {
        struct memblock_region *r = &type->regions[i];
        if (r->size)
            printf(" %llx:%llx:%d:%x", (unsigned long long)r->base,
                   (unsigned long long)r->size, r->nid == MAX_NUMNODES ? -1 : r->nid, r->flags);
    }
    printf("\n");
}

int main(void)
{
    char op[16];
    unsigned long long a, b, c, d;
    int n, f;
    memblock.memory.name = "memory";
    memblock.reserved.name = "reserved";
    while (scanf("%15s %llx %llx %llx %llx %d %d", op, &a, &b, &c, &d, &n, &f) == 7) {
        int nid = n < 0 ? MAX_NUMNODES : n;
        if (!strcmp(op, "reset")) reset(a, b, c, d);
        else if (!strcmp(op, "add")) memblock_add_node(a, b, nid, f);
        else if (!strcmp(op, "remove")) memblock_remove(a, b);
        else if (!strcmp(op, "reserve")) memblock_add_range(&memblock.reserved, a, b, nid, f);
        else if (!strcmp(op, "phys_free")) memblock_phys_free(a, b);
        else if (!strcmp(op, "set_node")) memblock_set_node(a, b, &memblock.memory, nid);
        else if (!strcmp(op, "node_taken")) memblock_set_node(a, b, &memblock.reserved, nid);
        else if (!strcmp(op, "mark_hotplug")) memblock_mark_hotplug(a, b);
        else if (!strcmp(op, "clear_hotplug")) memblock_clear_hotplug(a, b);
        else if (!strcmp(op, "mark_mirror")) memblock_mark_mirror(a, b);
        else if (!strcmp(op, "mark_nomap")) memblock_mark_nomap(a, b);
        else if (!strcmp(op, "clear_nomap")) memblock_clear_nomap(a, b);
        else if (!strcmp(op, "trim")) memblock_trim_memory(a);
        else if (!strcmp(op, "limit")) memblock.current_limit = a;
        else if (!strcmp(op, "alloc"))
            printf("at %llx\n", (unsigned long long)memblock_alloc_range_nid(a, b, c, d, n, f));
        else if (!strcmp(op, "show")) { show(&memblock.memory); show(&memblock.reserved); }
        else return 3;
    }
    return 0;
}
"""

# C's own printf does not know the kernel's %pap, so the sizes in messages are not compared.
_SIZE = re.compile(r"0x[0-9a-f]+(ap)? bytes")
Call = tuple[str, int, int, int, int, int, int]


def _unpack(archive: Path, to: Path) -> Path:
    """Unpack the few folders that the simulator needs; return its own folder."""
    with tarfile.open(archive) as tar:
        # Debian 12's Python has no filters yet, later ones warn without.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        for member in tar:
            inner = str(PurePosixPath(*PurePosixPath(member.name).parts[1:]))
            if inner in WANTED or inner.startswith(WANTED_FOLDERS):
                tar.extract(member, to)
    return next(to.iterdir()) / "tools/testing/memblock"


def _build(archive: Path, to: Path) -> Path:
    room = _unpack(archive, to)
    for link, target in LINKS.items():
        if not (room / link).exists():
            (room / link).symlink_to(target)
    (room / "driver.c").write_text(DRIVER)
    sources = ["driver.c", "mmzone.c", "lib/slab.c", "../../lib/slab.c"]
    flags = ["-I.", "-I../../include", "-O2", "-w", "-DCONFIG_PHYS_ADDR_T_64BIT"]
    numa = ["-DCONFIG_NUMA", "-DCONFIG_NODES_SHIFT=6"]
    built = subprocess.run(
        ["gcc", *flags, *numa, *sources, "-o", "driver", "-lpthread"],
        cwd=room,
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode:
        pytest.skip(f"{archive.name} does not build: {built.stderr[:300]}")
    return room / "driver"


@pytest.fixture(scope="session")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the simulator, or take the one built before; skip with the reason where neither can."""
    archives = sorted(Path("/usr/src").glob("linux-source-*.tar.xz"))
    if not archives:
        pytest.skip("no /usr/src/linux-source-*.tar.xz (Debian package linux-source)")
    if shutil.which("gcc") is None:
        pytest.skip("no gcc")
    # Unpacking takes a quarter of a minute, so the program is kept where caches belong.
    stat = archives[-1].stat()
    key = hashlib.sha256(f"{archives[-1]} {stat.st_size} {stat.st_mtime_ns} {DRIVER}".encode())
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "srattool-tests"
    kept = cache / f"memblock-{key.hexdigest()[:16]}"
    if not kept.exists():
        built = _build(archives[-1], tmp_path_factory.mktemp("linux"))
        cache.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        shutil.copy2(built, fresh)
        fresh.replace(kept)
    return kept


def _address(rng: random.Random) -> int:
    page = rng.randrange(64) * PAGE
    return page + rng.choice((0, 0, 0, 0, 0x10, 0x800, 0xFFF))


def _size(rng: random.Random) -> int:
    return rng.choice((0, 1, 0x800, PAGE, 2 * PAGE, 3 * PAGE, rng.randrange(1, 30) * PAGE))


def _alloc(rng: random.Random) -> Call:
    size = max(1, _size(rng))
    align = 1 << rng.randrange(0, 15)
    start = rng.choice((0, _address(rng)))
    end = rng.choice((0, _address(rng) + PAGE, 1 << 40))
    return ("alloc", size, align, start, end, rng.choice((-1, -1, 0, 1, 2)), rng.randrange(2))


_RANGE_CALLS = (
    *("add", "add", "add", "reserve", "reserve", "remove", "phys_free"),
    *("set_node", "set_node", "node_taken", "mark_hotplug", "mark_hotplug", "clear_hotplug"),
    *("mark_mirror", "mark_nomap", "clear_nomap"),
)


def _call(rng: random.Random) -> Call:
    kind = rng.choice((*_RANGE_CALLS, "alloc", "alloc", "alloc", "trim", "limit"))
    if kind == "alloc":
        return _alloc(rng)
    if kind == "trim":
        return (kind, PAGE, 0, 0, 0, 0, 0)
    if kind == "limit":
        return (kind, _address(rng), 0, 0, 0, 0, 0)
    base, size = _address(rng), _size(rng)
    if rng.random() < 0.02:
        base, size = rng.choice(((0, (1 << 64) - 1), ((1 << 64) - 2 * PAGE, 5 * PAGE)))
    flags = rng.choice((0, 0, 1, 2, 3)) if kind in ("add", "reserve") else 0
    return (kind, base, size, 0, 0, rng.choice((-1, 0, 1, 2)), flags)


def _sequence(seed: int) -> list[Call]:
    rng = random.Random(seed)  # noqa: S311 (repeatable, nothing secret)
    switches = [int(rng.random() < 0.5) for _ in range(3)]
    capacity = rng.choice((0, 0, 4, 6, 8))
    reset: Call = ("reset", switches[0], switches[1], switches[2], capacity, 0, 0)
    calls = [_call(rng) for _ in range(rng.randrange(2, 60 if capacity else 24))]
    return [reset, *calls, ("show", 0, 0, 0, 0, 0, 0)]


def _shown(type_: MemblockType) -> str:
    words = [type_.name, f"{type_.total_size:x}"]
    for region in type_:
        nid = -1 if region.nid is None else region.nid
        words.append(f"{region.base:x}:{region.size:x}:{nid}:{int(region.flags):x}")
    return " ".join(words)


def _play_range(mb: Memblock, call: Call) -> None:
    op, base, size, _, _, node, flags = call
    nid = None if node < 0 else node
    if op == "add":
        mb.add(base, size, nid, MemblockFlags(flags))
    elif op == "reserve":
        mb.reserve(base, size, nid, MemblockFlags(flags))
    elif op == "set_node":
        mb.set_node(base, size, nid)
    elif op == "node_taken":
        mb.reserved.set_node(base, size, nid)
    else:
        getattr(mb, op)(base, size)


def _play(calls: list[Call]) -> Iterator[str]:
    """Yield what our Memblock answers to one sequence."""
    mb = Memblock()
    for call in calls:
        op, a, b, c, d, node, flag = call
        said = len(mb.messages)
        if op == "reset":
            mb = Memblock(movable_node=bool(a), marks_mirror=bool(b), bottom_up=bool(c))
            if d:
                mb.memory.capacity = mb.reserved.capacity = d
                mb.allow_resize()
        elif op == "alloc":
            nid = None if node < 0 else node
            at = mb.alloc(a, b, c, d, nid=nid, exact_nid=bool(flag))
            yield from _told(mb.messages[said:])
            yield f"at {at or 0:x}"
        elif op == "trim":
            mb.trim_memory(a)
        elif op == "limit":
            mb.current_limit = a
        elif op == "show":
            yield _shown(mb.memory)
            yield _shown(mb.reserved)
        else:
            _play_range(mb, call)
            yield from _told(mb.messages[said:])


def _told(messages: list[str]) -> Iterator[str]:
    return (_SIZE.sub("N bytes", message) for message in messages)


def _kernel(simulator: Path, sequences: list[list[Call]]) -> list[str]:
    text = "".join(
        f"{op} {a:x} {b:x} {c:x} {d:x} {nid} {flag}\n"
        for calls in sequences
        for op, a, b, c, d, nid, flag in calls
    )
    # Warnings about differing nodes and flags go to standard error and change nothing.
    run = subprocess.run(
        [simulator],
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    return _SIZE.sub("N bytes", run.stdout).splitlines()


def _by_sequence(lines: list[str]) -> Iterator[list[str]]:
    """Split the answers after each list of reserved regions, which ends a sequence."""
    found: list[str] = []
    for line in lines:
        found.append(line)
        if line.startswith("reserved "):
            yield found
            found = []


@pytest.mark.peer
def test_random_sequences_leave_the_same_regions(simulator: Path) -> None:
    """Regions, nodes, flags, allocations and messages are the kernel's, sequence by sequence."""
    for first in range(0, SEQUENCES, BATCH):
        seeds = range(first, min(first + BATCH, SEQUENCES))
        sequences = [_sequence(seed) for seed in seeds]
        theirs = list(_by_sequence(_kernel(simulator, sequences)))
        for seed, calls, kernels in zip(seeds, sequences, theirs, strict=True):
            if "BUG" not in kernels:  # such a kernel would not live to do more
                assert list(_play(calls)) == kernels, f"sequence {seed}: {calls}"


def test_the_sequences_use_every_call() -> None:
    """Two hundred sequences hold every call that the driver knows."""
    ops = {call[0] for seed in range(200) for call in _sequence(seed)}
    assert ops == {*_RANGE_CALLS, "alloc", "trim", "limit", "reset", "show"}
