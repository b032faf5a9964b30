"""The options that select the machine and the kernel of a plan; a command gets them as one value.

Every command that plans shares them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.base.text import printable
from srat_tool.cli.options import arch_option, boot_option, kernel_option
from srat_tool.cli.saying import say

if TYPE_CHECKING:
    from srat_tool.plan.machine import Machine

_TABLES = click.argument("tables", nargs=-1, type=click.Path())
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--boot-log",
        metavar="FILE",
        help="Kernel log (- for standard input): memory map, command line, release, reservations, "
        "and the SRAT lines where no table is given. It may be cut off at any line.",
    ),
    boot_option,
    click.option(
        "--memory-map",
        metavar="FILE",
        help="e820 or EFI lines, /proc/iomem, a /sys/firmware/memmap folder, or a spec.",
    ),
    click.option(
        "--assume-memory",
        metavar="SIZE",
        help="Assume this much RAM, from the lowest address on, where no memory map is known.",
    ),
    click.option(
        "--reserve",
        metavar="START-END[=LABEL]",
        multiple=True,
        help="Add an early reservation. May be repeated.",
    ),
    click.option("--kernel-image", metavar="START-END", help="Address range of the kernel image."),
    click.option(
        "--initrd",
        metavar="START-END|none",
        help="Where the initrd is; by default the log's, else where the boot path loads it.",
    ),
    click.option(
        "--boot-path",
        type=click.Choice(("bios", "efi", "direct")),
        help="How the kernel is started, which decides where the initrd and other early memory are "
        "assumed to be: bios (GRUB), efi (EFI stub or GRUB), direct (QEMU -kernel). By default as "
        "the memory map suggests.",
    ),
    click.option("--cmdline", metavar="TEXT", help="Kernel command line; replaces the log's."),
    click.option(
        "--movablecore",
        metavar="acpi|SIZE|N%",
        help="Boot option movablecore=. With acpi, the option of the 2013 series, hot-pluggable "
        "memory of the SRAT becomes ZONE_MOVABLE, except on nodes in which the kernel resides, and "
        "sizes have no effect.",
    ),
    click.option("--kernelcore", metavar="mirror|SIZE|N%", help="Boot option kernelcore=."),
    click.option("--movable-node", is_flag=True, help="Boot option movable_node."),
    kernel_option(
        "Kernel release, such as 6.12, or acpi2013 or acpi2013-v2-posted; default: the log's.",
        metavar="PROFILE",
    ),
    arch_option,
    click.option(
        "--config",
        metavar="NAME=VALUE|FILE",
        multiple=True,
        help="Kernel configuration: one value, or a /boot/config-* file; may be repeated.",
    ),
    click.option(
        "--add",
        metavar="EVENT",
        multiple=True,
        help="What happens to memory after the boot, in order: dimm:8G+1G,pxm=1, "
        "virtio-mem:16G+8G,requested=2G, kmem:64G+4G,source=cxl, online_movable:8G+128M, "
        "offline:8G+128M, resize:d0=1G, remove:d0; may be repeated.",
    ),
    click.option(
        "--cdat",
        metavar="FILE[,NAME=VALUE]...",
        multiple=True,
        help="A CXL device: its CDAT, as /sys/bus/cxl/devices/endpointN/CDAT gives it; speed=GT "
        "and width=LANES of its link (LnkSta of lspci -vv), flit=68 or 256, and bridge=UID, the "
        "_UID of the host bridge above it. Regions of --add kmem:...,source=cxl,ways=N consist of "
        "these devices; may be repeated.",
    ),
    click.option(
        "--hardware",
        type=click.Choice(("virtual", "bare")),
        help="Whether processors report a hypervisor: it decides the size of memory blocks from "
        "64 GiB on. By default taken from the log, else from the maker of the tables.",
    ),
    click.option(
        "--direct-map",
        type=click.Choice(("1G", "2M", "4K")),
        help="Largest page that the processor maps memory with; the 2013 series sizes node-local "
        "page tables by it.",
    ),
)


def plan_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command TABLES and the options of a plan; it gets them as `tables` and `options`."""
    return _TABLES(kernel_options(function))


def kernel_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a plan but TABLES; it gets them as `options`."""

    @wraps(function)
    def wrapper(**values: Any) -> Any:
        own = {name: values.pop(name) for name in PlanOptions._fields if name in values}
        return function(options=PlanOptions(**own), **values)

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper


def loaded(tables: tuple[str, ...], options: PlanOptions, read: ReadOptions) -> Machine:
    """Load a machine, and print what that had to do without to standard error.

    Raises:
        SratToolError: when something cannot be read, or an option is wrong.
    """
    from srat_tool.api.machine import load

    machine = load(tables, options, read)
    for note in machine.notes:
        say(printable(f"srattool: {note}"))
    return machine
