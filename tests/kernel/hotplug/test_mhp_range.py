"""Which addresses the kernel can have memory at."""

from __future__ import annotations

import pytest

from srat_tool.kernel.hotplug.history import hotplug_rules
from srat_tool.plan.event_values import EventAnswer
from tests.hotplug import answers

_SHOWN = "E2BIG: Hotplug memory [{}] exceeds maximum addressable range [0x0-{}]"


def _answer(event: str, profile: str, cmdline: str = "nokaslr", **more: object) -> EventAnswer:
    (answer,) = answers(event, profile=profile, cmdline=cmdline, **more)
    return answer


def test_five_levels_of_page_tables_reach_more() -> None:
    """No table declares whether a processor has them; no5lvl turns them off."""
    beyond = "dimm:64T+1G,pxm=1"
    assert _answer("dimm:65535G+1G,pxm=1", "6.12").accepted
    answer = _answer(beyond, "6.12")
    assert (answer.accepted, answer.error) == (None, None)
    assert "only with five-level page tables (LA57)" in answer.why
    assert answer.blocks == ()
    refused = _answer(beyond, "6.12", "nokaslr no5lvl")
    assert refused.error == _SHOWN.format("0x400000000000-0x400040000000", "0x3fffffffffff")
    assert _answer("dimm:65535G+2G,pxm=1", "6.12", "nokaslr no5lvl").accepted is False


def test_older_kernels_check_last_or_not_at_all() -> None:
    """5.12 looks first, 5.5 when the pages are added, in other words; before nothing does."""
    at = "dimm:0x400000000000+1G,pxm=1"
    old = _answer(at, "5.10", "nokaslr no5lvl")
    assert old.error == (
        "E2BIG: Hotplugged memory exceeds maximum addressable address, "
        "range=0x400000000000-0x40003fffffff, maximum=0x7fffffffffff"
    )
    unaligned = _answer("dimm:0x400000000000+1M,pxm=1", "5.10", "nokaslr no5lvl")
    assert unaligned.error is not None
    assert unaligned.error.startswith("EINVAL: Block size")
    oldest = _answer(at, "4.19", "nokaslr no5lvl")
    assert (oldest.accepted, oldest.error) == (None, None)
    assert "does not check addresses" in oldest.why


@pytest.mark.parametrize(
    ("profile", "accepted", "words"),
    [
        ("4.4", True, ""),
        ("6.1", None, "this kernel does not check that"),
        ("6.12", None, "with nokaslr"),
        ("6.18", True, ""),
        ("7.2", True, ""),
    ],
)
def test_the_direct_map_ends_above_ram_with_kaslr(
    profile: str, accepted: bool | None, words: str
) -> None:
    """10 TiB above RAM, rounded up to a TiB; kernels with P2PDMA keep all of it since 6.15."""
    assert _answer("dimm:10T+1G,pxm=1", profile, "").accepted
    answer = _answer("dimm:11T+1G,pxm=1", profile, "")
    assert answer.accepted is accepted
    assert words in answer.why
    assert _answer("dimm:11T+1G,pxm=1", profile, "nokaslr").accepted


def test_the_rules_name_what_keeps_the_direct_map_whole() -> None:
    """Users of P2PDMA first, then all of ZONE_DEVICE."""
    assert hotplug_rules((6, 18)).direct_map_symbol == "PCI_P2PDMA"
    assert hotplug_rules((6, 19)).direct_map_symbol == "ZONE_DEVICE"


def test_virtio_mem_uses_the_part_of_its_region_that_can_be_mapped() -> None:
    """The rest stays unplugged, and is no error."""
    answer = _answer("virtio-mem:65535G+2G,requested=2G,pxm=1", "6.12", "nokaslr no5lvl")
    assert answer.accepted
    assert sum(run.end - run.start for run in answer.blocks) == 1 << 30
