"""The wording of kernel messages on which kernels differ, as the typed fields of one value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Printk:
    """The wording that changed.

    Attributes:
        srat: prefix of the lines of drivers/acpi/numa.
        zero_length: prefix of `[SRAT:0x00] Invalid zero length`.
        hot: after the range of a hot-pluggable entry.
        not_hot: after the range of any other.
        non_volatile: after that, for a non-volatile range.
        cpus: processor entries are printed at a level that reaches the log.
        distance_table: the size of the distance table is printed.
        overlap: prefix of the overlap and invalid block messages.
        invalid_range: the words in front of the node number of a range that wraps around.
        zone_width: characters of an address in zone and node lines.
        device_zone: ZONE_DEVICE is listed.
        plain_numa_off: printed instead of that by arm64's first driver, as it is.
        faked_from_zero: arm64's `Faking a node` begins at 0 and not at the first RAM.
        faked_width: characters of an address in `Faking a node`.
        page_frames: the words of kernels before 3.5: page frames, and ends left out.
        decimal: page frames are decimal numbers.
        zone_lines: zones and node ranges are printed.
        movable_line: where ZONE_MOVABLE begins is printed.
        empty_zones: a zone without pages is called empty, and not given an empty range.
        debug: messages of debug level reach the log.
        driver: prefix of what arm64's own NUMA driver prints.
        no_memory: prefix of `Failed to initialise from firmware`; None where it is not printed.
        region_width: characters of an address in `invalid memblk node`.
        cpus_again: prefix of processor entries that are read again once the processors are known;
            None when they are printed during the walk.
        node_totals: the pages of each node are printed.
        cpus_before_zones: those lines come before the zone lines, not after them.
        numa_off: printed for `numa=off`, after `driver`.
        no_numa: printed where the tables make no nodes; None where nothing is printed.
    """

    srat: str = "ACPI: "
    zero_length: str = "ACPI: "
    hot: str = " hotplug"
    not_hot: str = ""
    non_volatile: str = " non-volatile"
    cpus: bool = True
    distance_table: bool = True
    overlap: str = ""
    invalid_range: str = "invalid memblk node"
    zone_width: int = 18
    device_zone: bool = True
    plain_numa_off: tuple[str, ...] = ()
    faked_from_zero: bool = False
    faked_width: int = 18
    page_frames: bool = False
    decimal: bool = False
    zone_lines: bool = True
    movable_line: bool = True
    empty_zones: bool = True
    debug: bool = True
    driver: str = ""
    no_memory: str | None = None
    region_width: int = 18
    node_totals: bool = False
    cpus_again: str | None = None
    cpus_before_zones: bool = False
    numa_off: str = "NUMA turned off"
    no_numa: str | None = "No NUMA configuration found"
