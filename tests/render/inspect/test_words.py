"""Names for numbers."""

from __future__ import annotations

import pytest

from srat_tool.grammar.registry import CODECS
from srat_tool.render.inspect.words import WORDS, bdf, device_handle, flag_names
from srat_tool.tables.srat import MemoryFlags


@pytest.mark.parametrize("signature", sorted(CODECS))
def test_every_structure_has_its_words(signature: bytes) -> None:
    """Whatever a family can decode can be named."""
    family = CODECS[signature].family
    layouts = [*family.layouts.values(), family.unknown] if family else []
    assert all(layout.make in WORDS for layout in layouts)


def test_flags_without_a_name() -> None:
    """A bit without a name is still printed."""
    assert flag_names(MemoryFlags, 0x80000009) == ("enabled", "specific_purpose", "bit_31")
    assert flag_names(MemoryFlags, 0) == ()


@pytest.mark.parametrize(
    ("kind", "handle", "text"),
    [
        (0, b"PNP0A08\0" + (3).to_bytes(4, "little") + bytes(4), "PNP0A08:3"),
        (1, b"\x01\x00\x3a\xfb" + bytes(12), "0001:3a:1f.3"),
        (9, bytes(range(16)), bytes(range(16)).hex()),
        (0, b"\x1b[0m\0\0\0\0" + bytes(8), "\\x1b[0m:0"),
    ],
)
def test_device_handles(kind: int, handle: bytes, text: str) -> None:
    """ACPI by HID and UID, PCI by segment, bus, device and function."""
    assert device_handle(kind, handle) == text


def test_bdf() -> None:
    """Eight bits of bus, five of device, three of function."""
    assert bdf(0x3AFB) == "3a:1f.3"
