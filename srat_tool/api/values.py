"""From the text of options to values: files, ranges, sizes, kernel configurations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from srat_tool.base.errors import BootOptionError, SourceError, SratToolError
from srat_tool.base.span import Span
from srat_tool.base.units import parse_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from srat_tool.observe.facts import BootLog, Reservation
    from srat_tool.plan.event_values import GivenEvent
    from srat_tool.tables.memmap import MemoryMap


def read_text(path: str) -> str:
    """Read a text that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read.
    """
    from srat_tool.observe.containers import log_text
    from srat_tool.sources.filebytes import read_named

    return log_text(read_named(path))


def read_log(path: str | BootLog | None, boot: str | None = None) -> BootLog | None:
    """Read a kernel log; None when none is named.

    Args:
        path: the file, `-` for standard input, or a log that was read already.
        boot: which boot of a log that holds several: a number from 1 on, `first` or `last`.

    Raises:
        SourceError: when it cannot be read, or is not a log.
    """
    if not isinstance(path, str):
        return path
    from srat_tool.observe.bootlog import boot_choice, parse_boot_log
    from srat_tool.observe.containers import log_text
    from srat_tool.sources.filebytes import read_named

    data = read_named(path)
    log = parse_boot_log(log_text(data), boot_choice(boot))
    if not log.is_kernels:
        log = _packed_log(path, data, boot) or log
    if not log.is_kernels:
        raise SourceError(
            "no line of a kernel log", where=path, hint="the output of dmesg or journalctl -k"
        )
    return log


def check_boot(boot: str | None, log: BootLog | None) -> None:
    """Refuse the choice of a boot where no log holds one.

    Raises:
        BootOptionError: when a boot was asked for.
    """
    if boot is not None and log is None:
        raise BootOptionError(
            "no boot log was read, whose boots this chooses from",
            where="--boot",
            got=boot,
            hint="--boot-log FILE, or without --boot",
        )


def _packed_log(path: str, data: bytes, boot: str | None) -> BootLog | None:
    """Read the log in the bytes of a compressed file or an archive.

    Raises:
        SourceError: when a part of it cannot be read: what a boot had to do may be in it.
    """
    from srat_tool.observe.bootlog import boot_choice
    from srat_tool.plan.observed import observe
    from srat_tool.sources.detect import gather_bytes

    found = gather_bytes(path, data)
    if found.evidence and found.missed:
        raise SourceError(found.missed[0].reason, where=found.missed[0].label)
    return observe(found.evidence, boot=boot_choice(boot)).log


def memory_map_of(path: str | MemoryMap | None) -> MemoryMap | None:
    """Read a memory map from a file, a folder or a spec; None when none is named.

    Raises:
        SratToolError: when it cannot be read, or is not a memory map.
    """
    if not isinstance(path, str):
        return path
    from srat_tool.observe.memmap import parse_firmware_memmap, read_memory_map
    from srat_tool.sources.examples import PREFIX

    folder = Path(path)
    if path != "-" and folder.is_dir():
        files = {
            f"{entry.parent.name}/{entry.name}": read_text(str(entry))
            for entry in folder.glob("*/*")
            if entry.is_file()
        }
        return parse_firmware_memmap(files, where=path)
    if folder.suffix == ".toml" or path.startswith(PREFIX):
        from srat_tool.api.inputs import read_spec

        spec = read_spec(path)
        if spec.memory is None:
            raise SourceError("the spec has no memory map", where=path, expected="[memory]")
        return spec.memory
    return read_memory_map(read_text(path), where=path)


def reservations_of(words: Iterable[str]) -> list[Reservation]:
    """Read `START-END[=LABEL]` words.

    Raises:
        SratToolError: when one is not a range.
    """
    from srat_tool.observe.facts import Reservation

    found = []
    for word in words:
        text, _, label = word.partition("=")
        span = span_of(text, "--reserve")
        if span is not None:
            found.append(Reservation(span, label or "--reserve"))
    return found


def span_of(text: str | Span | None, where: str) -> Span | None:
    """Read `START-END` (END is the first byte after) or `START+SIZE`.

    Raises:
        SratToolError: when it is not a range.
    """
    if not isinstance(text, str):
        return text
    for sign in "-+":
        start, found, second = text.partition(sign)
        if found:
            first = parse_size(start, where=where)
            last = parse_size(second, where=where) + (first if sign == "+" else 0)
            if last <= first:
                raise SratToolError("an empty range", where=where, got=repr(text))
            return Span(first, last)
    raise SratToolError(
        "not a range", where=where, got=repr(text), expected="START-END or START+SIZE"
    )


def initrd_of(text: str | Span) -> Span | None:
    """Parse the range of the initrd; `none` gives an empty range, which means no initrd.

    Raises:
        SratToolError: when it is neither.
    """
    return Span(0, 0) if text == "none" else span_of(text, "--initrd")


def size_of(text: str | None, where: str) -> int | None:
    """Read a size; None when none is given.

    Raises:
        SratToolError: when it is not a size.
    """
    return None if text is None else parse_size(text, where=where)


def config_of(words: Iterable[str]) -> dict[str, str]:
    """Read `NAME=VALUE` words and the configuration files of kernels.

    Raises:
        SratToolError: when a word is neither.
    """
    from srat_tool.observe.kernel_config import parse_kernel_config

    config: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and "/" not in name:
            config[name.removeprefix("CONFIG_")] = value
        elif Path(word).exists() and not Path(word).is_dir():  # such as a pipe
            config |= parse_kernel_config(read_text(word))
        else:
            raise BootOptionError(
                "neither a value nor a file",
                where="--config",
                got=repr(word),
                expected="NODES_SHIFT=6 or /boot/config-RELEASE",
            )
    return config


def events_of(words: Sequence[str]) -> tuple[GivenEvent, ...]:
    """Read events after the boot.

    Raises:
        EventError: when one is malformed, or names an unknown device.
    """
    if not words:
        return ()
    from srat_tool.plan.event_text import read_events

    return read_events(words)
