"""Value classes: what they cost to define."""

import subprocess
import sys

from srat_tool.base.cheap_dataclass import dataclass
from srat_tool.base.cheap_tuple import NamedTuple
from srat_tool.base.values import NamedTuple as Exported
from srat_tool.base.values import dataclass as exported


def test_the_cheap_ones_are_exported() -> None:
    """What the rooms import are the cheap ones; only the type checker sees the standard ones."""
    assert exported is dataclass
    assert Exported is NamedTuple


def test_defining_a_class_compiles_nothing() -> None:
    """A second class of the same size compiles no text and loads no module."""
    program = """
import sys
from srat_tool.base.values import NamedTuple, dataclass, field
class A(NamedTuple):
    one: int
    two: int = 2
loaded = set(sys.modules)
compiled = []
sys.addaudithook(lambda event, args: event == "compile" and compiled.append(args))
class B(NamedTuple):
    three: int
    four: int = 4
@dataclass(frozen=True, slots=True, kw_only=True)
class C:
    one: int
    two: list[int] = field(default_factory=list)
C(one=1)
print(len(compiled), sorted(set(sys.modules) - loaded), "dataclasses" in sys.modules)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["0", "[]", "False"]
