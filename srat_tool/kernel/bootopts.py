"""The kernel command line: how it is split, and the options that decide about memory.

*Mirrors:* kernel/params.c `parse_args`, lib/cmdline.c `memparse`, mm/page_alloc.c
`cmdline_parse_core` and its callers, arch/x86/mm/numa.c `numa_setup`, since 3.10.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from srat_tool.base.errors import SourceError
from srat_tool.base.text import shortened
from srat_tool.base.units import U64
from srat_tool.kernel.profile import KernelProfile, MirrorRule

_MAX_COMMAND_LINE = 1 << 16
"""Characters; the largest COMMAND_LINE_SIZE of the architectures is 4096 (LoongArch)."""
_FOR_INIT = re.compile(r"(?<!\S)--(?!\S)")
# Digits that are converted at once: int() takes a limited number of them.
_CHUNK = 1000
_DIGITS = {8: string.octdigits, 10: string.digits, 16: string.hexdigits}


MOVABLE_OPTIONS = ("movable_node", "movablecore", "kernelcore")
"""Names of the options that decide which memory becomes ZONE_MOVABLE."""


class Param(NamedTuple):
    """One word of a command line; `value` is None without a `=`, `name` has no dashes."""

    name: str
    value: str | None

    @property
    def text(self) -> str:
        """The option as messages show it: as one could write it, cut where it is very long."""
        return shortened(self._word)

    @property
    def quoted(self) -> str:
        """The option as a word of a command line: in double quotes where it has blanks."""
        return f'"{self._word}"' if " " in self._word else self._word

    @property
    def _word(self) -> str:
        return self.name if self.value is None else f"{self.name}={self.value}"


class Unused(NamedTuple):
    """An option that has no effect, and why."""

    option: str
    why: str


class BootOptions(NamedTuple):
    """What the command line means to this kernel.

    Attributes:
        params: every word of it, in order.
        movable_node: hot-pluggable memory is to become ZONE_MOVABLE.
        movablecore_acpi: the same, in the 2013 series.
        kernelcore: pages that kernel zones are to keep; movablecore: that they are not to have.
        kernelcore_percent: the same in percent of all RAM; 0 when not given.
        mirror: kernel zones are to have mirrored memory only.
        numa: what `numa=` turned off: `off`, `noacpi`.
        no_hmat: `numa=nohmat`, the HMAT is not used.
        fake_nodes: what `numa=fake=` asks for.
        acpi_off: no table is looked at.
        ignored: options that have no effect.
    """

    params: tuple[Param, ...] = ()
    movable_node: bool = False
    movablecore_acpi: bool = False
    kernelcore: int = 0
    movablecore: int = 0
    kernelcore_percent: int = 0
    movablecore_percent: int = 0
    mirror: bool = False
    numa: frozenset[str] = frozenset()
    no_hmat: bool = False
    fake_nodes: str | None = None
    acpi_off: bool = False
    ignored: tuple[Unused, ...] = ()

    def last(self, name: str) -> str | None:
        """Return the value of the last occurrence of an option that has one."""
        values = [param.value for param in self.params if param.name == name]
        return values[-1] if values else None

    def has(self, name: str) -> bool:
        """Return whether an option was given, with or without a value."""
        return any(param.name == name for param in self.params)


def simple_strtoull(text: str) -> tuple[int, str]:
    """Read the number that text begins with, base 0; return it modulo 2^64, and the rest."""
    base = 10
    if text[:1] == "0":
        is_hex = text[1:2] in ("x", "X") and text[2:3] in _DIGITS[16] and len(text) > 2
        base = 16 if is_hex else 8
    start = at = 2 if base == 16 else 0
    while at < len(text) and text[at] in _DIGITS[base]:
        at += 1
    return _modulo_64_bits(text[start:at], base), text[at:]


def _modulo_64_bits(digits: str, base: int) -> int:
    """Return a number of any length as the kernel's loop leaves it in 64 bits."""
    value = 0
    for at in range(0, len(digits), _CHUNK):
        chunk = digits[at : at + _CHUNK]
        value = (value * base ** len(chunk) + int(chunk, base)) & U64
    return value


def memparse(text: str, suffixes: str = "kmgtpe") -> tuple[int, str]:
    """Read a size with at most one suffix; return it and the rest. `1.5G` is 1, rest `.5G`."""
    value, rest = simple_strtoull(text)
    at = suffixes.find(rest[:1].lower()) if rest else -1
    if at < 0:
        return value, rest
    return value << 10 * ("kmgtpe".index(suffixes[at]) + 1) & U64, rest[1:]


def without_movable_options(params: Iterable[Param]) -> tuple[str, ...]:
    """Return the words of a command line that leave the choice of ZONE_MOVABLE to others."""
    return tuple(param.quoted for param in params if param.name not in MOVABLE_OPTIONS)


def split(command_line: str) -> tuple[Param, ...]:
    """Split a command line as the kernel does; dashes in names become underscores.

    A word in double quotes may hold blanks. Everything after `--` is for init.

    Raises:
        SourceError: when it is far longer than what any kernel copies.
    """
    if len(command_line) > _MAX_COMMAND_LINE:
        raise SourceError(
            "a kernel command line is too long",
            got=f"{len(command_line)} characters",
            expected=f"at most {_MAX_COMMAND_LINE} (kernels copy 4096 or fewer)",
            hint="a command line as /proc/cmdline shows it",
        )
    params = []
    for word in _words(command_line):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        name = name.replace("-", "_")
        params.append(Param(name, _unquoted(value) if equals else None))
    return tuple(params)


def append(command_line: str, options: Iterable[str]) -> str:
    """Return the command line with options after it, but before what is for init (`--`)."""
    found = _FOR_INIT.search(command_line)
    end = found.start() if found else len(command_line)
    return " ".join([command_line[:end].rstrip(), *options, command_line[end:]]).strip()


def copied(command_line: str, profile: KernelProfile) -> tuple[str, str]:
    """Return what the kernel copies of a command line into COMMAND_LINE_SIZE bytes, and the rest.

    *Mirrors:* `strscpy(boot_command_line, ..., COMMAND_LINE_SIZE)` of `setup_arch`.
    """
    data = command_line.encode(errors="surrogateescape")
    room = profile.command_line_bytes - 1
    kept = data[:room].decode(errors="ignore")
    return (command_line, "") if len(data) <= room else (kept, command_line[len(kept) :])


def _words(text: str) -> Iterator[str]:
    word: list[str] = []
    quoted = False
    for char in text:
        if char.isspace() and not quoted:
            if word:
                yield _unquoted("".join(word))
            word = []
            continue
        quoted ^= char == '"'
        word.append(char)
    if word:
        yield _unquoted("".join(word))


def _unquoted(word: str) -> str:
    if word[:1] == '"':
        return word[1:-1] if word[-1:] == '"' and len(word) > 1 else word[1:]
    return word


def parse(command_line: str, profile: KernelProfile) -> BootOptions:
    """Read a command line as a kernel of this profile does, left to right."""
    options = BootOptions(params=split(command_line))
    for param in options.params:
        handler = _HANDLERS.get(param.name)
        if handler is not None:
            options = handler(options, param, profile)
    return options


def _ignore(options: BootOptions, param: Param, why: str) -> BootOptions:
    return options._replace(ignored=(*options.ignored, Unused(param.text, why)))


def _movable_node(options: BootOptions, param: Param, profile: KernelProfile) -> BootOptions:
    if not profile.knows_movable_node:
        return _ignore(options, param, "this kernel does not know the option")
    return options._replace(movable_node=True)


def _kernelcore(options: BootOptions, param: Param, profile: KernelProfile) -> BootOptions:
    if param.value is None:
        return _ignore(options, param, "malformed: it needs a value")
    if profile.mirror is not MirrorRule.ABSENT and "mirror" in param.value.split(","):
        return options._replace(mirror=True)
    pages, percent = _core(param.value, profile)
    if percent is not None:
        return options._replace(kernelcore_percent=percent)
    return options._replace(kernelcore=pages, kernelcore_percent=0)


def _movablecore(options: BootOptions, param: Param, profile: KernelProfile) -> BootOptions:
    if param.value is None:
        return _ignore(options, param, "malformed: it needs a value")
    if profile.knows_movablecore_acpi:
        # As posted: once the switch is on, no later occurrence is read as a size.
        options = options._replace(
            movablecore_acpi=options.movablecore_acpi or param.value == "acpi"
        )
        if options.movablecore_acpi:
            return options
    elif param.value == "acpi":
        why = "no released kernel has movablecore=acpi, and it reads as a size of zero"
        if profile.knows_movable_node:
            why += "; movable_node is the option that uses the SRAT"
        options = _ignore(options, param, why)
    pages, percent = _core(param.value, profile)
    if percent is not None:
        return options._replace(movablecore_percent=percent)
    return options._replace(movablecore=pages, movablecore_percent=0)


def _core(value: str, profile: KernelProfile) -> tuple[int, int | None]:
    """Read a size (in pages) or a percentage (`cmdline_parse_core`)."""
    number, rest = simple_strtoull(value)
    if profile.knows_percent and rest[:1] == "%":
        return 0, number
    return memparse(value, profile.memparse_suffixes)[0] >> profile.arch.page_shift, None


def _numa(options: BootOptions, param: Param, profile: KernelProfile) -> BootOptions:
    if param.value is None:
        return _ignore(options, param, "malformed: it needs a value")
    for word in profile.numa_words:
        if param.value.startswith(word):
            return options._replace(numa=options.numa | {word})
    if not param.value.startswith("fake="):
        if param.value.startswith("nohmat"):
            return options._replace(no_hmat=True)
        return _ignore(options, param, "this kernel does not know the value")
    if not profile.emulates_nodes:
        return _ignore(options, param, "this kernel is built without NUMA emulation")
    return options._replace(fake_nodes=param.value.removeprefix("fake="))


def _acpi(options: BootOptions, param: Param, profile: KernelProfile) -> BootOptions:
    if not profile.knows_acpi_off:
        return _ignore(options, param, "this architecture does not know the option")
    return options._replace(acpi_off=param.value == "off")


_HANDLERS = {
    "movable_node": _movable_node,
    "kernelcore": _kernelcore,
    "movablecore": _movablecore,
    "numa": _numa,
    "acpi": _acpi,
}
