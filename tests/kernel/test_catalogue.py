"""The list of kernel profiles."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.base.errors import BootOptionError
from srat_tool.kernel.catalogue import kernel_catalogue
from srat_tool.kernel.evidence import Grade


def releases() -> dict[str, str]:
    return {
        row.name: row.releases
        for row in kernel_catalogue().rows
        if row.architecture == ARCHITECTURES[0].name
    }


@pytest.mark.parametrize(("name", "covers"), [
    ("2.6.27", "2.6.27 to 2.6.29"),
    ("2.6.34", "2.6.34 to 2.6.39"),
    ("3.0", "3.0 to 3.4"),
    ("3.19", "3.19"),
    ("5.10.0", "5.10 to 5.10.14"),
    ("5.10", "5.10.261 and later 5.10.y"),
    ("4.10", "4.10 to 4.14.232"),
    ("4.14", "4.14.331 and later 4.14.y"),
    ("5.18", "5.18 to 5.19"),
    ("6.0.0", "6.0 to 6.0.7"),
    ("6.1.63", "6.1.63"),
    ("6.18.0", "6.18 to 6.18.15"),
    ("6.19", "6.19.6 and later 6.19.y"),
    ("7.3", "7.3 and later"),
    ("acpi2013", "a patch series of 2013"),
])  # fmt: skip
def test_each_row_covers_what_lies_before_the_next(name: str, covers: str) -> None:
    """No release is in two rows, and none is left out."""
    assert releases()[name] == covers


def test_every_row_has_evidence() -> None:
    """On every architecture."""
    assert all(row.rests_on for row in kernel_catalogue().rows)
    assert {row.architecture for row in kernel_catalogue().rows} >= {"x86_64", "aarch64"}


@pytest.mark.parametrize(("release", "name", "vendor"), [
    ("4.18.0-553.el8_10.x86_64", "4.17", "Red Hat Enterprise Linux 8"),
    ("5.14.0-427.13.1.el9_4.x86_64", "5.13", "Red Hat Enterprise Linux 9"),
    ("6.12.0-55.el10.x86_64", "6.12.0", "Red Hat Enterprise Linux 10"),
    ("5.14.21-150500.55.7-default", "5.13", "SUSE Linux Enterprise"),
    ("5.15.0-105-generic", "5.15.140", "Ubuntu"),
    ("5.10.205-195.807.amzn2.x86_64", "5.10.202", "Amazon Linux"),
    ("5.5.17-200.fc31.x86_64", "5.5", "Fedora"),
    ("5.15.0-302.167.6.el9uek.x86_64", "5.15.140", "Oracle Unbreakable Enterprise Kernel 7 and 8"),
    ("6.12.0-1.23.3.2.el9uek.x86_64", "6.12.5", "Oracle Unbreakable Enterprise Kernel 7 and 8"),
    ("6.6.96.1-1.azl3", "6.6.72", "Azure Linux 3"),
    ("6.6.12-linuxkit", "6.6.3", None),
])  # fmt: skip
def test_a_release_of_a_distribution(release: str, name: str, vendor: str | None) -> None:
    """The row is named, and the doubt that goes with the maker."""
    answer = kernel_catalogue(release).answer
    assert answer is not None
    assert (answer.row.name, answer.vendor and answer.vendor.name) == (name, vendor)
    assert answer.doubt is not None


def test_a_booted_release_leaves_no_doubt() -> None:
    """Debian's kernels were booted."""
    answer = kernel_catalogue("6.12.107+deb13-cloud-amd64").answer
    assert answer is not None
    assert answer.doubt is None
    assert answer.row.rests_on[0].grade is Grade.BOOTS


@pytest.mark.parametrize(("release", "because"), [
    ("6.1.0-37-amd64", "it was made from 6.1.140, and it covers 6.1.80 to 6.1.177"),
    ("6.1.0-0.deb11.25-amd64", "it was made from 6.1.106, and it covers 6.1.80 to 6.1.177"),
    ("6.12.0-1.23.3.2.el9uek.x86_64", "it was made from 6.12.23, and it covers 6.12.5 to 6.12.66"),
    ("6.12.41", "it covers 6.12.5 to 6.12.66"),
])  # fmt: skip
def test_a_build_names_what_it_was_made_from(release: str, because: str) -> None:
    """Where its number does not begin with it."""
    answer = kernel_catalogue(release).answer
    assert answer is not None
    assert answer.because == because
    assert answer.doubt is None or "its number counts builds" not in answer.doubt


def test_what_is_no_release_is_refused() -> None:
    """As by `--kernel`."""
    with pytest.raises(BootOptionError):
        kernel_catalogue("newest")
