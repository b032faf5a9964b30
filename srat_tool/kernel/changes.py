"""Changes that several rows of the histories share: backports, and those of both architectures."""

from __future__ import annotations

from srat_tool.kernel.evidence import ProfileChange

SMALL_NODES = ProfileChange(
    "nodes of less than 4 MiB are registered",
    'a1e2b8b36820 ("x86/mm: Drop the 4 MB restriction on minimal NUMA node memory size") (v6.7)',
)
NO_START_PAST_END = ProfileChange(
    "a ZONE_MOVABLE that would begin past the end of its node is dropped",
    'ddbc84f3f595 ("mm/pages_alloc.c: don\'t create ZONE_MOVABLE beyond the end of a node") '
    "(v5.18)",
)
TABLES_RESERVED = ProfileChange(
    "the memory of ACPI tables is reserved, and so makes its node a kernel node",
    '1a1c130ab757 ("ACPI: tables: x86: Reserve memory occupied by ACPI tables") (v5.12)',
)
UNIFORM_SPLIT = ProfileChange(
    "numa=fake=NU fails where any node gives too few nodes",
    '3a3fc1dfd6a9 ("mm/fake-numa: fix under-allocation detection in uniform split") (v7.2)',
)
WINDOWS_PARSED = ProfileChange(
    "the node of a CXL window is possible even where it has no RAM",
    "24f0692bfd41 (\"ACPI: NUMA: Add CXL CFMWS 'nodes' to the possible nodes set\") (v6.1)",
)
FILL_WINDOWS = ProfileChange(
    "a CXL window stretches the SRAT ranges that it overlaps",
    '8f1004679987 ("ACPI/NUMA: Apply SRAT proximity domain to entire CFMWS window") (v6.7)',
)
FILL_EXACTLY = ProfileChange(
    "a block that begins where a CXL window ends is left alone, and blocks are stretched in the "
    "order of their starts",
    '9b99c17f7510 ("x86/numa: Fix the address overlap check in numa_fill_memblks()"), '
    'b626070ffc14 ("x86/numa: Fix the sort compare func used in numa_fill_memblks()") (v6.8)',
)
COVERAGE_BLIND = ProfileChange(
    "RAM that no SRAT range has goes unnoticed: its node is MAX_NUMNODES, and -1 is counted",
    'ff6c3d81f2e8 ("NUMA: optimize detection of memory with no node id assigned by firmware") '
    "(v6.8)",
)
COVERAGE_COUNTED = ProfileChange(
    "RAM that no SRAT range has is counted in memblock",
    '3ac36aa73073 ("x86/mm/numa: Use NUMA_NO_NODE when calling memblock_set_node()") (v6.10)',
)
FAKE_DOMAINS = ProfileChange(
    "fake nodes take over the proximity domains of their nodes; with fewer fake nodes than nodes, "
    "and no SLIT, the kernel dies",
    '63db8170bf34 ("mm/fake-numa: allow later numa node hotplug") (v6.14)',
)
WINDOW_FIRST = ProfileChange(
    "the node of an address is looked up in CXL windows and absent ranges first",
    'f043a93fff9e ("mm: numa_memblks: Identify the accurate NUMA ID of CFMW") (v7.0)',
)
ABOVE_KERNEL_NO_MORE = ProfileChange(
    "with movable_node, early allocations begin at low addresses, not above the kernel image",
    '2dcb39645441 ("memblock: do not start bottom-up allocations with kernel_end") (v5.11)',
)
AUTO_MOVABLE = ProfileChange(
    "memory_hotplug.online_policy=auto-movable",
    'e83a437faa62 ("mm/memory_hotplug: introduce "auto-movable" online policy") (v5.15)',
)
MIRROR_IF_ASKED = ProfileChange(
    "mirrored memory is taken first with kernelcore=mirror only",
    '902c2d91582c ("memblock: Disable mirror feature if kernelcore is not specified") (v6.0)',
)
NEEDS_MIRROR = ProfileChange(
    "kernelcore=mirror is ignored where no memory is mirrored",
    '0db31d63f27e ("mm: disable kernelcore=mirror when no mirror memory") (v6.6)',
)
WINDOWS_RESERVE = ProfileChange(
    "a CXL window only reserves addresses for later: it never makes RAM part of a node",
    '"mm: numa_memblks: introduce numa_add_reserved_memblk" (v6.16)',
)
QUIET_DISTANCES = ProfileChange(
    "the size of the distance table is printed at debug level only",
    'd045c3154080 ("mm/numa_memblks: Use pr_debug instead of printk(KERN_DEBUG)") (v6.17)',
)
WINDOWS_NEED_CXL = ProfileChange(
    "CXL windows are read only with CONFIG_CXL_ACPI",
    "a change posted in March 2026; the source of 7.2 has it",
)
MIRROR_ZONES_APART = ProfileChange(
    "with kernelcore=mirror, zones of a node no longer overlap",
    "mm/mm_init.c of 7.2 and of 7.3, compared",
)
INVALID_RANGE = ProfileChange(
    "a range that wraps around is reported in other words",
    "mm/numa_memblks.c of 7.2 and of 7.3, compared",
)
