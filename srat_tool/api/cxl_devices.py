"""CXL devices as users name them: `cdat.bin,speed=32,width=16,bridge=12`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.base.words import plural
from srat_tool.grammar.cdat import decode_cdat
from srat_tool.kernel.cxl_region import SPEEDS
from srat_tool.plan.cxl_values import CxlDevice
from srat_tool.sources.filebytes import read_named

_WHERE = "--cdat"
_WORDS = "FILE[,speed=GT][,width=LANES][,bridge=UID][,flit=68|256]"
_NAMES = ("speed", "width", "bridge", "flit")
_FLITS = ("68", "256")
_MAX_BYTES = 1 << 24
_NOTES = 3
_LANES = (1, 2, 4, 8, 12, 16, 32)


def cxl_devices_of(words: Iterable[str]) -> tuple[CxlDevice, ...]:
    """Read the devices that options name.

    Raises:
        SratToolError: when a file cannot be read, or a word is wrong.
    """
    return tuple(_device(word) for word in words)


def defect_notes(devices: Iterable[CxlDevice]) -> Iterator[str]:
    """Yield what is malformed in the CDATs, as sentences; of many places the first ones."""
    for device in devices:
        defects = decode_cdat(device.cdat).defects
        for defect in defects[:_NOTES]:
            yield f"{device.label}: +0x{defect.offset:04x} {defect.message}"
        if len(defects) > _NOTES:
            yield f"{device.label}: {plural(len(defects) - _NOTES, 'more malformed place')}"


def _device(word: str) -> CxlDevice:
    path, options = _parts(word)
    return CxlDevice(
        label=Path(path).name,
        cdat=_bytes_of(path),
        speed=_speed(options.get("speed")),
        width=_width(options.get("width")),
        bridge=_number("bridge", options.get("bridge")),
        flit=_flit(options.get("flit")),
    )


def _parts(word: str) -> tuple[str, dict[str, str]]:
    """Split the options off; a path may have commas."""
    path, options = word, dict[str, str]()
    while "," in path:
        rest, _, last = path.rpartition(",")
        name, equals, value = last.partition("=")
        if not equals or (name not in _NAMES and Path(path).exists()):
            break
        if name not in _NAMES or name in options:
            raise SratToolError(
                f"no such word, or given twice: {name}=", where=_WHERE, got=word, expected=_WORDS
            )
        path, options[name] = rest, value
    return path, options


def _bytes_of(path: str) -> bytes:
    data = read_named(path)
    if len(data) > _MAX_BYTES:
        raise SourceError("too long to be a CDAT", where=path, expected=f"{_MAX_BYTES} bytes")
    return data


def _speed(text: str | None) -> int | None:
    if text is None:
        return None
    known = {f"{speed / 1000:g}": speed for speed in SPEEDS}
    found = known.get(text.removesuffix(".0"))
    if found is None:
        raise SratToolError(
            "no speed of a PCI Express link",
            where=_WHERE,
            got=f"speed={text}",
            expected=", ".join(known),
        )
    return found


def _width(text: str | None) -> int | None:
    width = _number("width", text)
    if width is not None and width not in _LANES:
        lanes = ", ".join(map(str, _LANES))
        raise SratToolError(
            "no width of a PCI Express link", where=_WHERE, got=f"width={text}", expected=lanes
        )
    return width


def _flit(text: str | None) -> int | None:
    if text not in (None, *_FLITS):
        expected = " or ".join(_FLITS)
        raise SratToolError(
            "no size of a flit", where=_WHERE, got=f"flit={text}", expected=expected
        )
    return None if text is None else int(text)


def _number(name: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < 1 << 32:
        raise SratToolError(
            f"{name} is no number", where=_WHERE, got=f"{name}={text}", expected=f"{name}=12"
        )
    return value
