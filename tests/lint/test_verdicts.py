"""Who keeps NUMA on a machine."""

from __future__ import annotations

from srat_tool.lint.verdicts import LINUX, SYSTEMS, WINDOWS, Verdicts, verdicts
from tests.lint.lab import TWO_NODES, machine, srat_spec


def _answers(text: str) -> dict[str, bool | None]:
    return {one.system: one.keeps_numa for one in verdicts(machine(srat_spec(text)))}


def test_a_sound_table_is_kept_by_all() -> None:
    """Each release of Linux, and the others."""
    answers = _answers(TWO_NODES)
    assert list(answers) == [*(f"Linux {name}" for name in LINUX), *SYSTEMS.values(), WINDOWS]
    assert answers.pop(WINDOWS) is None
    assert set(answers.values()) == {True}


def test_systems_differ() -> None:
    """Interleaved nodes cost NUMA on Xen alone, memory without processors on FreeBSD alone."""
    interleaved = _answers("apic 0 0\napic 1 1\nmem 0 0+2G\nmem 1 2G+2G\nmem 0 4G+2G")
    assert [name for name, keeps in interleaved.items() if keeps is False] == ["Xen"]
    headless = _answers("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G")
    assert [name for name, keeps in headless.items() if keeps is False] == ["FreeBSD"]


def test_reasons_have_their_entry() -> None:
    """The first reason, with the structure that it is about."""
    found = list(verdicts(machine(srat_spec("apic 0 0\nmem 0 0+4G\nmem 1 3G+4G"))))
    assert not any(one.keeps_numa for one in found[:-2])
    linux, xen = found[0], found[len(LINUX)]
    assert "overlaps" in linux.reason
    assert (xen.entry, "entry 2" in xen.reason) == (2, True)


def test_no_srat_is_no_numa() -> None:
    """There is nothing to keep."""
    found = list(verdicts(machine("[slit]\nmatrix = '10'\n")))
    assert {(one.keeps_numa, one.reason) for one in found} == {(False, "there is no SRAT")}


def test_windows_is_unknown_with_what_is_documented() -> None:
    """Nothing of it is guessed, and an unknown system other than Linux is no loss."""
    found = tuple(verdicts(machine(srat_spec(TWO_NODES))))
    assert (found[-1].system, found[-1].keeps_numa) == (WINDOWS, None)
    assert "this SRAT has none" in found[-1].reason
    assert Verdicts(found).all_keep_numa
    assert not Verdicts((found[0]._replace(keeps_numa=None),)).all_keep_numa


def test_a_system_is_not_asked_about_another_architecture() -> None:
    """Xen's and illumos' reading of the SRAT is known for x86; FreeBSD's for 64-bit Arm too."""
    arm = {
        one.system: (one.keeps_numa, one.reason)
        for one in verdicts(machine(srat_spec("gicc 0 0\ngicc 1 1\nmem 0 0+4G\nmem 1 4G+4G")))
    }
    assert arm["FreeBSD"] == (True, "")
    assert arm["Xen"][0] is arm["illumos"][0] is None
    assert "aarch64" in arm["Xen"][1]
