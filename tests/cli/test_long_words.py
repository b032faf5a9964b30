"""Words of thousands of characters in every option: messages repeat a part of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.support import ROOT

MACHINE = str(ROOT / "fixtures" / "bin" / "two-sockets-removable-riser")
TABLE = f"{MACHINE}/SRAT.bin"
WORDS = {"digits": "9" * 5000, "hex": "0x" + "f" * 5000, "letters": "a" * 60_000}
# `%` is the word.
LINES = (
    "plan M --explain=%", "plan M --assume-memory %", "plan M --reserve %", "plan M --config %",
    "plan M --config NODES_SHIFT=%", "plan M --kernel %", "plan M --arch %", "plan M --initrd %",
    "plan M --memory-map %", "plan M --boot-log %", "plan M --kernel-image %", "plan M --add %",
    "plan M --direct-map %", "plan M --max-file %", "plan M --max-depth %", "plan M --cdat %",
    "plan M --cmdline kernelcore=%", "plan M --cmdline movablecore=%", "plan M --cmdline mem=%",
    "plan M --cmdline numa=%", "plan M --cmdline numa=fake=%", "plan M --cmdline %",
    "plan M --format json --cmdline kernelcore=%", "plan M --format svg --cmdline numa=%",
    "plan M --format json --cmdline movablecore=%", "plan M --format markdown --cmdline numa=%",
    "plan M --kernel acpi2013 --cmdline movablecore=%", "plan M --compare --cmdline numa=%",
    "lint M --select %", "lint M --config %", "lint M --baseline %", "lint M --kernel %",
    "lint M --jobs %", "inspect %", "inspect M --source %", "diff % M", "verify %", "why % M",
    "edit T --renumber %=1 -o x", "edit T --renumber 1=% -o x", "edit T --drop % -o x",
    "edit T --set-hotplug % -o x", "edit T --drop 1 -o %", "build % -o x", "extract M -o %",
    "decompile M -o %", "report M -o %", "override M -o %", "glossary %", "kernels %",
    "advise M --tier %", "qemu M --arch %", "fleet M --jobs %", "plan example:%", "%", "--%",
    "plan --%",
)  # fmt: skip
MOST = 2000


@pytest.mark.parametrize("kind", WORDS)
@pytest.mark.parametrize("line", LINES)
def test_a_long_word_is_cut(
    line: str,
    kind: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No line of the answer or of a message is much longer than what a screen shows."""
    monkeypatch.chdir(tmp_path)
    places = {"M": MACHINE, "T": TABLE}
    words = [places.get(word, word).replace("%", WORDS[kind]) for word in line.split()]
    assert run(words) in {0, 1, 2}
    out, err = capsys.readouterr()
    assert "internal error" not in err
    for shown in (*out.splitlines(), *err.splitlines()):
        assert len(shown) < MOST, shown[:200]
    assert list(tmp_path.iterdir()) == []
