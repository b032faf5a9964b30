"""The history of the kernel's behaviour on x86 in 2.6, oldest first."""

from __future__ import annotations

from srat_tool.kernel.evidence import ProfileChange, between, logged, read
from srat_tool.kernel.history import row
from srat_tool.kernel.printk_words import Printk
from srat_tool.kernel.profile import KernelProfile, MemnodeTable, NumaDriver

V2_6_18 = KernelProfile(
    name="2.6.18",
    since=(2, 6),
    numa_driver=NumaDriver.MEMNODE,
    memnode_table=MemnodeTable.STATIC,
    memnode_line=128,
    hides_first_page=False,
    xen_turns_numa_off=False,
    caps_zones=False,
    nodes_of_whole_pages=True,
    finds_movable_zone=False,
    printk=Printk(
        srat="",
        hot="",
        non_volatile="",
        distance_table=False,
        overlap="NUMA: ",
        zone_width=10,
        device_zone=False,
        page_frames=True,
        decimal=True,
        zone_lines=False,
        movable_line=False,
        empty_zones=False,
    ),
    changes=(ProfileChange("nodes are registered with unmerged SRAT ranges; no zone is printed"),),
    rests_on=(
        logged("excerpts of 2.6.17"),
        read("arch/x86_64/mm/srat.c of 2.6.18 in Red Hat Enterprise Linux 5"),
    ),
)

V2_6_19 = row(
    V2_6_18,
    "2.6.19",
    (2, 6, 19),
    ProfileChange(
        "zones are printed",
        '"Have x86_64 use add_active_range() and free_area_init_nodes" (v2.6.19)',
    ),
    seen=(logged("2.6.19-rc6, a machine of four nodes"),),
    says={"zone_lines": True},
)

V2_6_21 = row(
    V2_6_19,
    "2.6.21",
    (2, 6, 21),
    ProfileChange(
        "the table that hashes addresses to nodes is allocated",
        '"x86-64: Allocate the NUMA hash function nodemap dynamically" (v2.6.21)',
    ),
    seen=(between("the logs of 2.6.19-rc6", "that of 2.6.24"),),
    memnode_table=MemnodeTable.NODES,
)

V2_6_23 = row(
    V2_6_21,
    "2.6.23",
    (2, 6, 23),
    ProfileChange("ZONE_MOVABLE exists", '"Create the ZONE_MOVABLE zone" (v2.6.23)'),
    seen=(logged("2.6.24 of Ubuntu, a machine of two nodes"),),
    says={"movable_line": True},
)

V2_6_27 = row(
    V2_6_23,
    "2.6.27",
    (2, 6, 27),
    ProfileChange(
        "the table that hashes addresses to nodes is made of ranges",
        '"srat, x86: add support for nodes spanning other nodes" (v2.6.27)',
    ),
    ProfileChange("page frames are hexadecimal"),
    seen=(
        logged("excerpts of 2.6.25 and 2.6.27"),
        between("the log of 2.6.24", "that of 2.6.32"),
    ),
    memnode_table=MemnodeTable.BLOCKS,
    says={"decimal": False},
)

V2_6_32 = row(
    V2_6_27,
    "2.6.32",
    (2, 6, 30),
    ProfileChange(
        "cache lines of 64 bytes",
        '"x86: change the default cache size to 64 bytes" (v2.6.30)',
    ),
    seen=(logged("2.6.32 of Red Hat Enterprise Linux 6"),),
    memnode_line=64,
)

V2_6_34 = row(
    V2_6_32,
    "2.6.34",
    (2, 6, 34),
    ProfileChange("the first page is no RAM", '"x86: Remove BIOS data range from e820" (v2.6.34)'),
    ProfileChange(
        "a zone without pages is called empty",
        '"mm: suppress pfn range output for zones without pages" (v2.6.34)',
    ),
    seen=(
        read("the change of the zone lines, posted in February 2010"),
        between("the log of 2.6.32", "the source of 3.2"),
    ),
    hides_first_page=True,
    says={"empty_zones": True},
)

V2_6 = (V2_6_18, V2_6_19, V2_6_21, V2_6_23, V2_6_27, V2_6_32, V2_6_34)
