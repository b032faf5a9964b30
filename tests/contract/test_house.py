"""What is easily forgotten: mirrors, owners, registrations, documents."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.cli.main import COMMANDS, cli
from srat_tool.fleet.reports.catalogue import REPORTS
from srat_tool.render.formats import TABLE
from srat_tool.sources.detect import KINDS
from srat_tool.tables.kinds import KINDS as TABLE_KINDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "srat_tool"
NOTHING_TO_TEST = {"__init__.py", "__main__.py", "version.py"}
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if p.name not in NOTHING_TO_TEST)
LONGEST = 350
"""Lines of a source file."""
OWNERS = {"construct": "grammar", "rich": "render", "click": "cli"}
# Rules prove themselves by their own examples, run from one place.
TESTED_TOGETHER = {PACKAGE / "lint" / "rules": ROOT / "tests" / "lint" / "test_rules.py"}
# Declarations are judged by what is derived from them.
TESTED_TOGETHER[PACKAGE / "grammar" / "declared"] = ROOT / "tests" / "grammar" / "test_derive.py"


def _test_file(source: Path) -> Path:
    for folder, test in TESTED_TOGETHER.items():
        if folder in source.parents:
            return test
    inside = source.relative_to(PACKAGE)
    return ROOT / "tests" / inside.parent / f"test_{inside.name}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_source_has_its_test(source: Path) -> None:
    """Each source file has a test file of the same name in the same room."""
    assert _test_file(source).exists()


def test_every_test_file_is_collected() -> None:
    """Pytest finds tests in each test file: no ignore list hides a folder."""
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-n", "0"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    counts = dict(re.findall(r"^(tests/\S+\.py): (\d+)$", listed, flags=re.MULTILINE))
    assert {file for file, count in counts.items() if int(count) > 0} == files


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_third_parties_have_one_owner(source: Path) -> None:
    """Construct, rich and click are each imported by one room only."""
    room = source.relative_to(PACKAGE).parts[0]
    for module in _imports(ast.parse(source.read_text())):
        assert OWNERS.get(module.partition(".")[0], room) == room


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_kernel_version_is_compared(source: Path) -> None:
    """Kernel differences are rows that profiles.py looks up: no other module compares versions."""
    if source == PACKAGE / "kernel" / "profiles.py":
        return
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Compare):
            text = ast.unparse(node)
            assert not re.search(r"profile\.(name|version|release)|kernel_version", text), text


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_and_an_example(name: str) -> None:
    """The help of each command states what it does and ends in an example that can be copied."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    assert command.epilog
    assert command.epilog.startswith(f"Example: srattool {name}")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_stands_in_the_documents(name: str) -> None:
    """Each command has its heading in the generated reference."""
    assert f"## srattool {name}\n" in (ROOT / "docs" / "commands.md").read_text()


def test_every_file_is_registered() -> None:
    """A file in a room with a registration table is named there."""
    # The series has a boot of its own, which places ZONE_MOVABLE by itself.
    text = (PACKAGE / "kernel" / "movable" / "__init__.py").read_text()
    named = set(re.findall(r"srat_tool\.kernel\.movable\.(\w+)", text))
    assert {p.stem for p in (PACKAGE / "kernel/movable").glob("*.py")} - {"__init__"} <= named


def _imported_by(source: Path) -> Iterator[str]:
    """Yield every module of ours that a file names, `from package import module` included."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_lies_unused() -> None:
    """Each file is imported by another or is a command: an unregistered one would be neither."""
    modules = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in SOURCES}
    # Rules are found by their folder; their own test holds that.
    modules = {name: p for name, p in modules.items() if ".rules." not in name}
    # `make packed` runs it.
    modules.pop("srat_tool.grammar.derive")
    # What a row of a table kind names is imported by that name; CDAT and header are declared too.
    used = {
        f"srat_tool.{room}.{kind.module}{end}"
        for kind in TABLE_KINDS
        for room, end in (("grammar", ""), ("lint", "_view"), ("authoring.forms", ""))
    }
    declared = ("header", "cdat", *(kind.module for kind in TABLE_KINDS))
    used |= {f"srat_tool.grammar.declared.{name}" for name in declared}
    used.update(entry.module for entry in COMMANDS.values())
    # The registry names the history of each architecture, which is loaded when it is needed.
    used |= {f"srat_tool.kernel.history_{row.history}" for row in ARCHITECTURES}
    for kind in KINDS:
        files = (kind.sniffer.partition(".")[0], kind.reader.partition(".")[0])
        used.update(f"srat_tool.sources.{file}" for file in files)
    used |= {f"srat_tool.fleet.reports.{name}" for name in REPORTS}
    for row in TABLE.values():
        names = [name for cell in row.cells.values() for name in cell if isinstance(name, str)]
        used.update(f"srat_tool.render.{name.partition(':')[0]}" for name in names)
    for source in PACKAGE.rglob("*.py"):
        used.update(name for name in _imported_by(source) if modules.get(name) != source)
    assert modules.keys() - used == set()


def _not_in_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from _not_in_functions(child)


def test_no_imports_go_in_a_circle() -> None:
    """Neither those that run when a file is loaded, nor those that only the type checker reads."""
    modules = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in SOURCES}
    graph: dict[str, set[str]] = {}
    for name, source in modules.items():
        imported: set[str] = set()
        for node in _not_in_functions(ast.parse(source.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                imported |= {node.module, *names} & modules.keys()
        graph[name] = imported
    assert len(list(TopologicalSorter(graph).static_order())) == len(modules)


def test_no_file_is_long() -> None:
    """A file that cannot be read in one sitting has more than one thing in it."""
    lines = {str(p.relative_to(PACKAGE)): len(p.read_text().splitlines()) for p in SOURCES}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_nothing_names_this_machine() -> None:
    """No absolute path of the machine that it was written on is in the project."""
    # Put together here so that this file does not hold what it looks for.
    home = re.compile("/" + "work/|/" + "tmp/w")
    texts = [p for p in ROOT.rglob("*.*") if p.suffix in {".py", ".md", ".toml"}]
    ours = [p for p in texts if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)]
    assert [str(p) for p in ours if home.search(p.read_text())] == []


def test_a_plan_imports_no_reader_that_it_does_not_need() -> None:
    """Planning as text loads no log parser, no other format, and nothing of the time after."""
    program = (
        "import sys\n"
        "sys.argv = ['srattool', 'plan', 'example:two-sockets-removable-riser']\n"
        "from srat_tool.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('modules:', *sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    loaded = set(done.rpartition("modules:")[2].split())
    unneeded = {"json", "html", "srat_tool.observe.bootlog", "srat_tool.plan.observed"}
    unneeded |= {f"srat_tool.render.paper.{name}" for name in ("as_svg", "as_html")}
    unneeded |= {"srat_tool.plan.explain", "srat_tool.lint", "srat_tool.compare"}
    unneeded |= {f"srat_tool.plan.{name}" for name in ("after_zones", "late_values", "windows")}
    unneeded |= {f"srat_tool.kernel.{name}" for name in ("hmat", "memory_tiers", "zonelists")}
    unneeded |= {"construct", "srat_tool.grammar.derive", "srat_tool.kernel.hotplug.state"}
    unneeded |= {f"srat_tool.tables.{name}" for name in ("hmat", "msct", "cedt", "pptt", "nfit")}
    unneeded |= {"srat_tool.plan.event_values", "srat_tool.kernel.hotplug.events", "lzma"}
    assert loaded & unneeded == set()


def test_every_class_has_a_name_of_its_own() -> None:
    """A name means one thing: no two classes share it."""
    homes: dict[str, list[str]] = {}
    for source in PACKAGE.rglob("*.py"):
        if "rules" in source.parts:  # a rule's class has the name of its page
            continue
        for name in re.findall(r"^class (\w+)", source.read_text(), flags=re.MULTILINE):
            homes.setdefault(name, []).append(str(source.relative_to(PACKAGE)))
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}
