"""Start-up: answer `--version` without imports, hand everything else to the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process; never returns."""
    if sys.argv[1:] == ["--version"]:
        from srat_tool.version import __version__

        sys.stdout.write(f"srattool {__version__}\n")
        sys.exit(0)
    from srat_tool.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
