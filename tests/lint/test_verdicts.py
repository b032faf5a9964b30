"""Who keeps NUMA on a machine."""

from __future__ import annotations

from srat_tool.lint.verdicts import LINUX, SYSTEMS, verdicts
from tests.lint.lab import TWO_NODES, machine, srat_spec


def _answers(text: str) -> dict[str, bool | None]:
    return {one.system: one.keeps_numa for one in verdicts(machine(srat_spec(text)))}


def test_a_sound_table_is_kept_by_all() -> None:
    """Each release of Linux, and the others."""
    answers = _answers(TWO_NODES)
    assert list(answers) == [*(f"Linux {name}" for name in LINUX), *SYSTEMS.values()]
    assert set(answers.values()) == {True}


def test_systems_differ() -> None:
    """Interleaved nodes cost NUMA on Xen alone, memory without processors on FreeBSD alone."""
    interleaved = _answers("apic 0 0\napic 1 1\nmem 0 0+2G\nmem 1 2G+2G\nmem 0 4G+2G")
    assert [name for name, keeps in interleaved.items() if not keeps] == ["Xen"]
    headless = _answers("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G")
    assert [name for name, keeps in headless.items() if not keeps] == ["FreeBSD"]


def test_reasons_have_their_entry() -> None:
    """The first reason, with the structure that it is about."""
    found = list(verdicts(machine(srat_spec("apic 0 0\nmem 0 0+4G\nmem 1 3G+4G"))))
    assert not any(one.keeps_numa for one in found[:-1])
    linux, xen = found[0], found[len(LINUX)]
    assert "overlaps" in linux.reason
    assert (xen.entry, "entry 2" in xen.reason) == (2, True)


def test_no_srat_is_no_numa() -> None:
    """There is nothing to keep."""
    found = list(verdicts(machine("[slit]\nmatrix = '10'\n")))
    assert {(one.keeps_numa, one.reason) for one in found} == {(False, "there is no SRAT")}
