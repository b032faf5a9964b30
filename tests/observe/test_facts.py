"""A log without facts."""

from __future__ import annotations

from srat_tool.observe.facts import NO_LINE, BootLog, MemblockDump


def test_an_empty_log_has_no_facts() -> None:
    """Whatever is not in the log is empty or None, never a guess."""
    log = BootLog()
    assert (log.release, log.memory_map, log.answer_line) == (None, None, None)
    assert not log.shows_memory
    assert not log.is_kernels
    assert not log.srat_memory
    assert MemblockDump().line == NO_LINE
