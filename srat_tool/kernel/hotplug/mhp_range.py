"""Which addresses the kernel can have memory at.

*Mirrors:* mm/memory_hotplug.c `mhp_range_allowed` (5.12 and later) and
`check_hotplug_memory_addressable` (5.5 to 5.11); `arch_get_mappable_range` of each architecture;
arch/x86/mm/kaslr.c `kernel_randomize_memory`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from srat_tool.base.architecture import PageTables
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, U64, align_down, align_up
from srat_tool.kernel.boot import Boot
from srat_tool.kernel.config import turned_off
from srat_tool.kernel.hotplug.answers import KernelError
from srat_tool.kernel.hotplug.rules import DirectMapRule, HotplugRules, RangeRule

_TIB = 1 << 40
_PADDING = 10
"""CONFIG_RANDOMIZE_MEMORY_PHYSICAL_PADDING of kernels with memory hotplug, in TiB."""


class MappableRange(NamedTuple):
    """Where memory can be, in bytes, half open.

    Attributes:
        surely: this can be mapped whatever is not known.
        at_most: outside of it nothing can be mapped.
        printed: the range that the kernel prints as mappable.
        unknown: on what the rest depends; empty when there is no rest.
        known: why the range ends where it does.
    """

    surely: Span
    at_most: Span
    printed: Span
    unknown: str
    known: str


class RangeAnswer(NamedTuple):
    """The kernel's answer for a range: its error, or why that cannot be known, or neither."""

    refusal: KernelError | None = None
    unknown: str = ""


def mhp_get_pluggable_range(
    boot: Boot, rules: HotplugRules, config: Mapping[str, str], *, kaslr_off: bool
) -> MappableRange:
    """Return where this kernel can have memory.

    Args:
        boot: the finished boot.
        rules: this kernel's rules.
        config: its configuration, as far as it is known.
        kaslr_off: KASLR is known to be off.
    """
    kinds = [kind for kind in boot.profile.arch.page_tables if _is_possible(kind, boot, config)]
    least, most = _reach(boot, kinds[0]), _reach(boot, kinds[-1])
    if least.start and not kaslr_off:
        most = Span(0, most.end)
    known = f"{kinds[0].name} map {kinds[0].bits} address bits, to {least.end:#x}"
    padded = _randomized(boot, rules, config, kaslr_off=kaslr_off)
    if padded is not None and padded < least.end:
        known = f"KASLR ends the direct map {_PADDING} TiB above RAM, at {padded:#x}"
        trimmed = Span(0, padded)
        if rules.direct_map is DirectMapRule.TRIMMED_UNLESS_MAPPED:
            return MappableRange(trimmed, trimmed, trimmed, "", known)
        return MappableRange(trimmed, most, least, _kaslr_words(rules), known)
    unknown = f"only with {kinds[-1].name} can the kernel take it" if len(kinds) > 1 else ""
    return MappableRange(least, most, least, unknown, known)


def _kaslr_words(rules: HotplugRules) -> str:
    if rules.direct_map is DirectMapRule.TRIMMED:
        return "with nokaslr, or where a point release has 7ffb791423c7, the kernel takes it"
    return "this kernel does not check that; with nokaslr it can take it"


def _is_possible(kind: PageTables, boot: Boot, config: Mapping[str, str]) -> bool:
    given = any(boot.options.has(option) for option in kind.options)
    return kind.since <= boot.profile.since and not given and not turned_off(config, kind.symbol)


def _reach(boot: Boot, kind: PageTables) -> Span:
    start = 0
    if kind.from_ram:
        start = align_down(
            min((region.span.start for region in boot.memblock.memory), default=0), GIB
        )
    return Span(start, min(start + (1 << kind.bits), 1 << kind.physmem_bits))


def _randomized(
    boot: Boot, rules: HotplugRules, config: Mapping[str, str], *, kaslr_off: bool
) -> int | None:
    """Return where KASLR lets the direct map end; None where it leaves it alone."""
    rule = rules.direct_map
    if not boot.profile.arch.has_e820 or rule is DirectMapRule.WHOLE or kaslr_off:
        return None
    if turned_off(config, "RANDOMIZE_MEMORY") or turned_off(config, "RANDOMIZE_BASE"):
        return None
    if rule is DirectMapRule.TRIMMED_UNLESS_MAPPED and not turned_off(
        config, rules.direct_map_symbol
    ):
        return None
    end = max((region.span.end for region in boot.memblock.memory), default=0)
    return align_up(end, _TIB) + _PADDING * _TIB


def mhp_range_allowed(rules: HotplugRules, limits: MappableRange, span: Span) -> RangeAnswer:
    """Return the kernel's answer for a range of new memory.

    Args:
        rules: this kernel's rules.
        limits: of `mhp_get_pluggable_range`.
        span: bytes, half open.
    """
    if _inside(span, limits.surely):
        return RangeAnswer()
    if _inside(span, limits.at_most):
        return RangeAnswer(unknown=f"{limits.known}; {limits.unknown}")
    if rules.range_check is RangeRule.NONE:
        return RangeAnswer(unknown=f"{limits.known}; this kernel does not check addresses")
    return RangeAnswer(KernelError("E2BIG", _line(rules, limits.printed, span)))


def _inside(span: Span, limit: Span) -> bool:
    return limit.start <= span.start and span.end <= limit.end


def _line(rules: HotplugRules, limit: Span, span: Span) -> str:
    if rules.range_check is RangeRule.LATE:
        return (
            f"Hotplugged memory exceeds maximum addressable address, "
            f"range={span.start:#x}-{span.end - 1:#x}, maximum={2 * limit.end - 1:#x}"
        )
    return (
        f"Hotplug memory [{span.start:#x}-{span.end & U64:#x}] exceeds maximum addressable range "
        f"[{limit.start:#x}-{limit.end - 1:#x}]"
    )
