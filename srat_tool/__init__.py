"""Predict how Linux will use the ACPI tables that describe memory and processor affinity.

    machine = srat_tool.load("tables/", srat_tool.PlanOptions(movablecore="acpi"))
    plan = srat_tool.plan(machine)
    print(srat_tool.to_text(plan))

Everything is imported when it is first used: importing this package costs next to nothing.
"""

from __future__ import annotations

import sys

from srat_tool.version import __version__

TYPE_CHECKING = False  # importing typing would take ten times as long as everything here
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from srat_tool.api.artefacts import decompile, qemu
    from srat_tool.api.checking import lint, verdicts, verify
    from srat_tool.api.machine import load
    from srat_tool.api.options import LintOptions, PlanOptions, ReadOptions
    from srat_tool.api.planning import (
        advise,
        compare,
        diff,
        dimm_windows,
        explain,
        overview,
        plan,
        why,
    )
    from srat_tool.api.report import report
    from srat_tool.api.shown import formats, to_json, to_text
    from srat_tool.api.tables import build, edit, extract, inspect
    from srat_tool.base.errors import SratToolError
    from srat_tool.fleet.options import FleetOptions
    from srat_tool.fleet.rows import fleet
    from srat_tool.plan.machine import Machine
    from srat_tool.plan.plan import Plan
else:
    ModuleType = type(sys)

__all__ = [
    "FleetOptions",
    "LintOptions",
    "Machine",
    "Plan",
    "PlanOptions",
    "ReadOptions",
    "SratToolError",
    "__version__",
    "advise",
    "build",
    "compare",
    "decompile",
    "diff",
    "dimm_windows",
    "edit",
    "explain",
    "extract",
    "fleet",
    "formats",
    "inspect",
    "lint",
    "load",
    "overview",
    "plan",
    "qemu",
    "report",
    "to_json",
    "to_text",
    "verdicts",
    "verify",
    "why",
]

_HOMES = {
    "FleetOptions": "fleet.options",
    "LintOptions": "api.options",
    "Machine": "plan.machine",
    "Plan": "plan.plan",
    "PlanOptions": "api.options",
    "ReadOptions": "api.options",
    "SratToolError": "base.errors",
    "advise": "api.planning",
    "build": "api.tables",
    "compare": "api.planning",
    "decompile": "api.artefacts",
    "diff": "api.planning",
    "dimm_windows": "api.planning",
    "edit": "api.tables",
    "explain": "api.planning",
    "extract": "api.tables",
    "fleet": "fleet.rows",
    "formats": "api.shown",
    "inspect": "api.tables",
    "lint": "api.checking",
    "load": "api.machine",
    "overview": "api.planning",
    "plan": "api.planning",
    "qemu": "api.artefacts",
    "report": "api.report",
    "to_json": "api.shown",
    "to_text": "api.shown",
    "verdicts": "api.checking",
    "verify": "api.checking",
    "why": "api.planning",
}
# Four functions have the name of a room. As attributes of this package they are the room, which
# can be called; so `srat_tool.plan(machine)` and `import srat_tool.plan.pipeline` both work.
_ROOMS = ("compare", "fleet", "lint", "plan")


def _imported(name: str) -> Any:
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


class _Room(ModuleType):
    """A room whose name is that of a function: called, it is the function."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return _imported(self.__name__.rpartition(".")[2])(*arguments, **options)

    @property
    def __signature__(self) -> Any:
        from inspect import signature

        return signature(_imported(self.__name__.rpartition(".")[2]))


class _Package(ModuleType):
    """This package; the import system sets each room as an attribute of it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _ROOMS and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    value = globals()[name] = _imported(name)
    return value


def __dir__() -> list[str]:
    return __all__
