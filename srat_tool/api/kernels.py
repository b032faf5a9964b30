"""Which kernels are modelled, and what that rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srat_tool.kernel.catalogue import KernelCatalogue


def kernels(release: str | None = None, arch: str | None = None) -> KernelCatalogue:
    """Return every kernel profile, or the one that answers for a release.

    Args:
        release: a profile, or a release as `uname -r` prints it.
        arch: the architecture, as `uname -m` prints it; None for all, and for a release for the
            one that the release names.

    Raises:
        SratToolError: when the release or the architecture is not known.
    """
    from srat_tool.kernel.catalogue import kernel_catalogue
    from srat_tool.plan.architecture import choose_architecture

    if release is None and arch is None:
        return kernel_catalogue()
    return kernel_catalogue(release, choose_architecture(arch, release=release).architecture)
