"""The plugin in a real run of edk2's continuous integration, `stuart_ci_build`."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, table_bytes

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        importlib.util.find_spec("edk2toolext") is None,
        reason="edk2-pytool-extensions is not installed",
    ),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

SETTINGS = """
import os
from edk2toolext.invocables.edk2_ci_build import CiBuildSettingsManager

class Settings(CiBuildSettingsManager):
    def GetPackagesSupported(self): return ("AcpiPkg",)
    def GetArchitecturesSupported(self): return ("X64",)
    def GetTargetsSupported(self): return ("NO-TARGET",)
    def GetActiveScopes(self): return ("cibuild",)
    def GetWorkspaceRoot(self): return os.path.dirname(os.path.abspath(__file__))
    def GetName(self): return "Platform"
    def GetPackagesPath(self): return []
    def GetPluginSettings(self): return {}
"""
RUN = "from edk2toolext.invocables.edk2_ci_build import main; main()"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a tree with one package, its tables, and the plugin."""
    package = tmp_path / "AcpiPkg"
    (package / "Tables").mkdir(parents=True)
    (package / "AcpiPkg.dec").touch()
    (package / "AcpiPkg.ci.yaml").write_text('{ "SrattoolLint": { "paths": ["Tables"] } }\n')
    (package / "Tables" / "logo.bin").write_bytes(b"\x89PNG" + bytes(100))
    shutil.copytree(ROOT / "integrations" / "edk2" / "SrattoolLint", tmp_path / "SrattoolLint")
    (tmp_path / "CISettings.py").write_text(SETTINGS)
    who = ["-c", "user.name=name", "-c", "user.email=name@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "tree"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def _ci(workspace: Path) -> subprocess.CompletedProcess[str]:
    words = ["-c", "CISettings.py", "-t", "NO-TARGET", "-a", "X64", "-p", "AcpiPkg"]
    call = [sys.executable, "-c", RUN, *words]
    return subprocess.run(call, cwd=workspace, capture_output=True, text=True, check=False)


def test_a_bad_table_fails_the_package(workspace: Path) -> None:
    """The build fails and names the rule; without the table it passes."""
    bad = workspace / "AcpiPkg" / "Tables" / "slit.bin"
    bad.write_bytes(table_bytes(b"SLIT", (2).to_bytes(8, "little") + bytes([10, 21, 21, 11])))
    done = _ci(workspace)
    assert done.returncode == 1, done.stdout
    assert "SLIT005" in done.stdout + done.stderr
    bad.unlink()
    done = _ci(workspace)
    assert done.returncode == 0, done.stdout
    assert "Test Success" in done.stdout + done.stderr
