"""Start-up: answer `--version` without imports, hand everything else to the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process; never returns."""
    if sys.argv[1:] == ["--version"]:
        from srat_tool.version import __version__

        sys.stdout.write(f"srattool {__version__}\n")
        sys.exit(0)
    import gc

    from srat_tool.cli.main import run

    # A decoded table is tens of thousands of objects that all live to the end: looking through them
    # for cycles at every 700th is a third of the time that decoding takes.
    gc.set_threshold(200_000, 20, 100)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
