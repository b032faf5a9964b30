"""Damaged inputs of every kind for a while: only tables and refusals may come of them.

`make fuzz` runs it; the suite runs a modest version of the same (see the tests of `sources`).
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import lzma
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from srat_tool.authoring import volume
from srat_tool.base.errors import SourceError
from srat_tool.sources.tiano import EFI_STANDARD, TIANO, decompress
from tests.sources.samples import dump, efi_compress, found_in, initrd, noise, slit, srat, table
from tests.sources.test_archive import SOS
from tests.sources.test_listing import FIELDS, listing
from tests.sources.test_tar import archive
from tests.sources.test_zipped import zipped
from tests.support import CORPUS

# One input of a few kilobytes may not take longer than this; the machine may be busy.
SLOWEST = 5.0
_SMALL = {"unpacked": 64 << 20}


def samples() -> dict[str, bytes]:
    """Return one sound input of each kind, and the images of the corpus where there is one."""
    tables = (srat(), slit(8), table(b"SSDT", noise(700)))
    tiano = volume.raw(srat())
    head = len(tiano).to_bytes(4, "little") + b"\x01"
    section = volume.section(1, head + efi_compress(tiano, dialect=EFI_STANDARD))
    found = {
        "table": srat(),
        "tables": b"".join(tables),
        "acpidump": dump(*tables) * 2,
        "listing": listing(FIELDS),
        "cpio": initrd(("kernel/firmware/acpi/a", srat()), ("kernel/firmware/acpi/b", slit())),
        "tar": archive(SOS),
        "zip": zipped(SOS),
        "gzip": gzip.compress(archive(SOS)),
        "bzip2": bz2.compress(dump(*tables)),
        "xz": lzma.compress(dump(*tables)),
        "compression section": volume.volume([volume.file(volume.ACPI_TABLE_STORAGE, section)]),
        "loose": noise(999) + srat() + noise(99) + slit(),
    }
    for packing in ("fv", "lzma", "lzma-x86", "crc32", "stored"):
        found[packing] = volume.wrap(tables, packing=packing, nested=2)
    for path in sorted((CORPUS / "firmware" / "good").glob("edk2*")):
        found[path.name] = path.read_bytes()
    return found


def damage(data: bytes, dice: random.Random) -> bytes:
    """Flip, overwrite, cut, double or drop a few parts, near the beginning more often."""
    whole = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        reach = len(whole) if dice.random() < 0.5 else min(len(whole), 256)
        at = dice.randrange(reach + 1)
        size = dice.choice((1, 1, 2, 4, 8, 64))
        choice = dice.randrange(6)
        if choice == 0:
            whole[at : at + size] = dice.randbytes(size)
        elif choice == 1:
            whole[at : at + size] = dice.choice((b"\0", b"\xff", b"\x7f")) * size
        elif choice == 2:
            del whole[at : at + size]
        elif choice == 3:
            whole[at:at] = whole[at : at + dice.choice((16, 256, 4096))]
        elif choice == 4 and dice.random() < 0.2:
            del whole[at:]
        elif whole[at : at + 1]:
            whole[at] ^= 1 << dice.randrange(8)
    return bytes(whole)


def _stream(data: bytes) -> None:
    """Unpack a bare stream in both dialects."""
    for dialect in (EFI_STANDARD, TIANO):
        try:
            decompress(data, 5000, dialect)
        except SourceError:
            continue


def _read(data: bytes) -> None:
    found_in(data, **_SMALL)


def main() -> int:
    """Run until the time is over; report, and keep the input that broke us."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    dice = random.Random(options.seed)  # noqa: S311 (not a secret)
    jobs: list[tuple[str, bytes, Callable[[bytes], None]]] = [
        (name, data, _read) for name, data in samples().items()
    ]
    jobs.append(("bare stream", efi_compress(noise(40) + bytes(900), dialect=TIANO)[8:], _stream))
    number, slowest = 0, 0.0
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        name, data, work = dice.choice(jobs)
        damaged = damage(data, dice)
        started = time.process_time()
        try:
            work(damaged)
        except Exception:
            return _failed(name, damaged, traceback.format_exc())
        took = time.process_time() - started
        number, slowest = number + 1, max(slowest, took)
        if took > SLOWEST:
            return _failed(name, damaged, f"took {took:.1f} s")
    sys.stdout.write(f"{number} damaged inputs of {len(jobs)} kinds, slowest {slowest:.3f} s\n")
    return 0


def _failed(name: str, data: bytes, why: str) -> int:
    with tempfile.NamedTemporaryFile(delete=False, suffix=".fuzz") as kept:
        kept.write(data)
    sys.stdout.write(f"{name}: {why}\ninput kept in {Path(kept.name)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
