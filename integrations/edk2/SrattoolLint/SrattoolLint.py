"""A CI plugin of edk2-pytool-extensions: srattool lint over a package's tables.

In a package's ci.yaml:

    "SrattoolLint": {
        "paths": ["AcpiTables", "../Build/MyPlatform"],  # from the package's folder
        "fail-on": "error",
        "profile": "linux"
    }

Without `paths` the package's folder is checked. What holds no table is skipped.
"""

import json
import logging
import os
import subprocess
import sys

from edk2toolext.environment.plugintypes.ci_build_plugin import ICiBuildPlugin


class SrattoolLint(ICiBuildPlugin):
    """One test case for each package: no finding at or above `fail-on`."""

    def GetTestName(self, packagename: str, environment: object) -> tuple[str, str]:
        """Return the name and the class name of the test."""
        return (f"Check ACPI affinity tables of {packagename}", f"{packagename}.SrattoolLint")

    def RunBuildPlugin(
        self,
        packagename,
        Edk2pathObj,
        pkgconfig,
        environment,
        PLM,
        PLMHelper,
        tc,
        output_stream=None,
    ) -> int:
        """Check the tables: 0 for none at fault, -1 for skipped, else the number of faults."""
        folder = Edk2pathObj.GetAbsolutePathOnThisSystemFromEdk2RelativePath(packagename)
        if folder is None:
            tc.SetSkipped()
            tc.LogStdError(f"no folder of {packagename}")
            return -1
        paths = [os.path.join(folder, path) for path in pkgconfig.get("paths", ["."])]
        command = [sys.executable, "-m", "srat_tool", "lint", "--allow-empty", "--format", "json"]
        command += ["--profile", pkgconfig.get("profile", "linux")]
        command += ["--fail-on", pkgconfig.get("fail-on", "error"), *paths]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            tc.SetSuccess()
            return 0
        faults = _faults(done, pkgconfig.get("fail-on", "error"))
        for line in faults:
            tc.LogStdError(line)
            logging.error(line)
        tc.SetFailed(f"{len(faults)} faults in the tables of {packagename}", "CHECK_FAILED")
        return max(1, len(faults))


def _faults(done: subprocess.CompletedProcess, fail_on: str) -> list[str]:
    """Return one line for each finding that fails, and for each file that cannot be checked."""
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return [done.stderr.strip() or "srattool gave no report"]
    order = ["info", "warning", "error"]
    failing = order[order.index(fail_on) :]
    lines = [
        f"{one['path']}: {one['severity']} {one['id']} {one['table']}: {one['message']}"
        for one in report["findings"]
        if one["severity"] in failing
    ]
    return lines + [f"{one['path']}: not checked: {one['reason']}" for one in report["not_checked"]]
