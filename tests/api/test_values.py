"""From the text of options to values."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.values import (
    check_boot,
    config_of,
    initrd_of,
    memory_map_of,
    read_log,
    reservations_of,
    size_of,
    span_of,
)
from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.observe.bootlog import parse_boot_log


def test_ranges_have_two_spellings() -> None:
    """The end is the first byte after the range."""
    assert span_of("16M-60M", "--initrd") == span_of("16M+44M", "--initrd")
    assert span_of("0x100-512", "--initrd") == Span(0x100, 512)
    assert span_of(None, "--initrd") is None


@pytest.mark.parametrize("word", ["", "x", "1M", "2M-1M", "1M-1M", "1M-x", "-"])
def test_what_is_no_range(word: str) -> None:
    """The option is named."""
    with pytest.raises(SratToolError, match="--initrd"):
        span_of(word, "--initrd")


def test_values_pass_through() -> None:
    """What was read already is not read again."""
    log = parse_boot_log("Linux version 6.1.0\n")
    assert read_log(log) is log
    assert read_log(None) is None
    assert memory_map_of(None) is None
    assert span_of(Span(0, 1), "--initrd") == Span(0, 1)


def test_reservations_may_have_labels() -> None:
    """Without one the option is the label."""
    assert [(one.span, one.what) for one in reservations_of(("1M-2M=mine", "4G+1M"))] == [
        (Span(MIB, 2 * MIB), "mine"),
        (Span(4 * GIB, 4 * GIB + MIB), "--reserve"),
    ]


def test_sizes() -> None:
    """None where none is given."""
    assert size_of(None, "--assume-memory") is None
    assert size_of("4G", "--assume-memory") == 4 * GIB


def test_configuration_words_and_files(tmp_path: Path) -> None:
    """Later ones win; what is neither is an error."""
    file = tmp_path / "config-6.1"
    file.write_text("CONFIG_NODES_SHIFT=6\n# CONFIG_ZONE_DMA is not set\n")
    config = config_of((str(file), "CONFIG_NODES_SHIFT=10"))
    assert (config["NODES_SHIFT"], config["ZONE_DMA"]) == ("10", "n")
    with pytest.raises(SratToolError, match="--config"):
        config_of(("nothing",))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Our own error, with the path."""
    with pytest.raises(SourceError, match="missing"):
        read_log(str(tmp_path / "missing"))
    with pytest.raises(SourceError, match="missing"):
        memory_map_of(str(tmp_path / "missing"))


def test_an_initrd_can_be_absent() -> None:
    """An empty range is refused by `span_of`."""
    assert initrd_of("none") == Span(0, 0)
    assert initrd_of("1G+1M") == Span(1 << 30, (1 << 30) + (1 << 20))


def test_a_boot_is_chosen_from_a_log() -> None:
    """Without a log the choice would be ignored silently."""
    check_boot(None, None)
    check_boot("first", parse_boot_log("Linux version 6.1.0\n"))
    with pytest.raises(SratToolError, match=r"--boot: no boot log was read.*got first"):
        check_boot("first", None)
