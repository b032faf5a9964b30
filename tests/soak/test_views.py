"""What a boot of the soak is compared with, here with a log that is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.base.errors import PeerError
from srat_tool.compare.verified import Verdict
from srat_tool.plan.block_values import BlocksAlike, MemoryBlocks, Offline
from srat_tool.plan.offline_reason import OfflineBecause, OfflineReason
from tests.machines import mem, srat
from tests.plan.support import plan
from tests.soak import views
from tests.soak.guests import architecture_of


@pytest.mark.parametrize(
    ("machine", "name"),
    [
        (0x8664, "x86_64"),
        (0xAA64, "aarch64"),
        (0x5064, "riscv64"),
        (0x6264, "loongarch64"),
    ],
)
def test_an_image_names_its_architecture(tmp_path: Path, machine: int, name: str) -> None:
    """Every kernel with an EFI stub has the header of such a program."""
    head = bytearray(b"MZ".ljust(0x40, b"\0") + b"PE\0\0" + machine.to_bytes(2, "little"))
    head[0x3C] = 0x40
    image = tmp_path / "vmlinuz"
    image.write_bytes(head)
    assert architecture_of(image).name == name
    image.write_bytes(bytes(128))
    with pytest.raises(PeerError, match="not a kernel image"):
        architecture_of(image)


def test_only_promises_about_blocks_are_compared() -> None:
    """What may or may not go offline proves nothing."""
    size = 1 << 27
    answers: tuple[Offline, ...] = ("yes", "maybe", "no")
    runs = tuple(
        BlocksAlike(
            at * size,
            (at + 1) * size,
            0,
            ("Movable",),
            offline,
            OfflineReason(OfflineBecause.MOVABLE),
        )
        for at, offline in enumerate(answers)
    )
    made = plan(srat(mem(0, 0, 8 << 30)))
    object.__setattr__(made, "blocks", MemoryBlocks(size=size, runs=runs))
    told = views._blocks(made, {0: True, 1: False, 2: True, 9: True})
    assert told.verdict is Verdict.DIFFERENT
    assert (told.predicted[told.at or 0], told.at) == ("block 2 cannot go offline", 1)


def test_an_alternative_counts_only_where_the_plan_is_wrong() -> None:
    """Else it would hide differences of other parts."""
    table = srat(mem(0, 0, 2 << 30, hot=True), mem(1, 4 << 30, 6 << 30, hot=True))
    made = plan(table, "movable_node", kernel_image=None)
    assert not views._in_alternatives(made, "[    0.0]   Node 1: 0x0000000100000000\n")
    assert views._in_alternatives(made, "[    0.0] Movable zone start for each node\n")
    assert not views._in_alternatives(made, "[    0.0]   Node 1: 0x0000000140000000\n")
