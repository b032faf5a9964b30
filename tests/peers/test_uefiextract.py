"""UEFIExtract (Debian: uefitool-cli) finds the same ACPI tables in every image."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from srat_tool.authoring.volume import wrap
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import blob
from tests.sources.samples import found_in, noise, slit, srat, table
from tests.support import CORPUS

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        shutil.which("UEFIExtract") is None, reason="UEFIExtract is not installed (uefitool-cli)"
    ),
]
DEBIAN = (
    "/usr/share/OVMF/OVMF_CODE.fd",
    "/usr/share/OVMF/OVMF_CODE_4M.fd",
    "/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
    "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
)
IMAGES = [*sorted((CORPUS / "firmware" / "good").glob("*.fd")), *map(Path, DEBIAN)]
PACKINGS = ("fv", "lzma", "lzma-x86", "crc32", "stored")


def _theirs(image: bytes, folder: Path) -> set[bytes]:
    """Return the RAW sections in UEFIExtract's dump that begin with a table."""
    (folder / "image").write_bytes(image)
    # Its exit status shows which named files were found; none are named.
    subprocess.run(["UEFIExtract", "image", "all"], cwd=folder, check=False, capture_output=True)
    bodies = (p.read_bytes() for p in (folder / "image.dump").rglob("*Raw section/body.bin"))
    return {body for body in bodies if blob.sniff(body)}


def _ours(image: bytes) -> set[bytes]:
    tables = found_in(image).tables
    return {t.data for t in tables if t.origin.kind is OriginKind.FIRMWARE_VOLUME}


@pytest.mark.parametrize("path", IMAGES, ids=lambda p: p.name)
def test_images(path: Path, tmp_path: Path) -> None:
    """Images of the corpus and of Debian's packages."""
    if not path.exists():
        pytest.skip(f"{path.name} is not installed")
    image = path.read_bytes()
    assert _ours(image) == _theirs(image, tmp_path)


@pytest.mark.parametrize("nested", [1, 3])
@pytest.mark.parametrize("packing", PACKINGS)
def test_our_own_images(packing: str, nested: int, tmp_path: Path) -> None:
    """What our writer makes, others can open."""
    tables = {srat(checksum=0), slit(9), table(b"SSDT", noise(3001))}
    image = wrap(sorted(tables), packing=packing, nested=nested)
    assert _theirs(image, tmp_path) == tables
    assert _ours(image) == tables
