"""`srattool kernels`: which kernels are modelled, and what that rests on."""

from __future__ import annotations

import click

from srat_tool.cli.look import Sheet, look_options
from srat_tool.cli.options import kernel_option, not_empty


@click.command("kernels", epilog="Example: srattool kernels --kernel 5.14.0-427.el9.x86_64")
@kernel_option("A profile, or what `uname -r` prints.", "release")
@click.option(
    "--arch",
    metavar="NAME",
    callback=not_empty,
    help="Only kernels of this architecture (uname -m).",
)
@look_options("KernelCatalogue")
def command(*, release: str | None, arch: str | None, sheet: Sheet) -> int:
    """List every kernel profile: the releases that it covers, and the kinds of evidence.

    With --details, add what changed in each, and the evidence itself.

    With --kernel, show which profile answers for that release, why, and what of
    the distribution's changes is not modelled.

    The evidence is boots of real kernels, boot logs of real machines, source code, or
    assumptions.

    Exit status: 0 success, 2 no such kernel.
    """
    from srat_tool.api.kernels import kernels

    sheet.write(kernels(release, arch), "srattool kernels" if release is None else release)
    return 0
