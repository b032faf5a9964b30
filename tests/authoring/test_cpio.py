"""The archives that an initrd is made of."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from srat_tool.authoring.cpio import FOLDER_MODE, CpioFile, newc

MEMBERS = (
    CpioFile("a", mode=FOLDER_MODE),
    CpioFile("a/b", b"12345"),
    CpioFile("a/c"),
    CpioFile("a/long-name", b"x" * 1000),
)


def test_an_archive_is_whole_blocks_and_aligned() -> None:
    """Contents begin at multiples of four, and the end is a block's."""
    archive = newc(MEMBERS)
    assert len(archive) % 512 == 0
    assert archive.index(b"12345") % 4 == 0
    assert archive == newc(MEMBERS)


@pytest.mark.peer
@pytest.mark.skipif(shutil.which("busybox") is None, reason="busybox is not installed")
def test_cpio_reads_it() -> None:
    """Another program lists exactly the members."""
    done = subprocess.run(
        ["busybox", "cpio", "-t"], input=newc(MEMBERS), capture_output=True, check=True
    )
    assert done.stdout.decode().split() == [member.name for member in MEMBERS]
