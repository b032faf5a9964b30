"""What a reading gave: its account, and whose table is whose."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.sources.found import (
    Evidence,
    Found,
    NoTableError,
    NotPermittedError,
    Opened,
    Refusal,
    Role,
)


def _table(path: str, machine: str = "", inner: str = "") -> RawTable:
    kind = OriginKind.FOLDER if inner else OriginKind.FILE
    return RawTable(origin=Origin(path=path, inner=inner, machine=machine, kind=kind), data=b"SRAT")


def test_account_is_safe_for_a_terminal() -> None:
    """Names out of an archive are escaped, and depth shows as indentation."""
    found = Found(
        opened=[Opened(label="a!\x1b[2J", what="tar archive", size=3, depth=1)],
        refused=[
            Refusal(label="b", reason="encrypted"),
            Refusal(label="c", reason="text", matters=False),
        ],
    )
    assert list(found.account()) == [
        "  opened a!\\x1b[2J: tar archive, 3 bytes",
        "not opened b: encrypted",
        "passed over c: text",
    ]


def test_machines_are_kept_apart() -> None:
    """Tables of one folder belong together, those of another do not."""
    found = Found(
        tables=[_table("d", "a", "a/SRAT"), _table("d", "b", "b/SRAT"), _table("d", "a", "a/SLIT")]
    )
    assert [[t.origin.inner for t in m.tables] for m in found.machines()] == [
        ["a/SRAT", "a/SLIT"],
        ["b/SRAT"],
    ]


def test_files_named_one_by_one_are_one_machine() -> None:
    """`plan SRAT.bin SLIT.bin` is about one machine."""
    assert len(Found(tables=[_table("SRAT.bin"), _table("SLIT.bin")]).machines()) == 1


def test_evidence_goes_to_its_machine() -> None:
    """Evidence joins the tables of its machine, or of the only machine of its input."""
    log = Evidence(role=Role.BOOT_LOG, label="d/dmesg", data=b"", path="d", machine="logs")
    alone = Found(tables=[_table("d", "a", "a/SRAT")], evidence=[log])
    assert [len(m.evidence) for m in alone.machines()] == [1]
    two = Found(tables=[*alone.tables, _table("d", "b", "b/SRAT")], evidence=[log])
    assert [len(m.evidence) for m in two.machines()] == [0, 0, 1]


def test_no_table_names_the_reason() -> None:
    """For one refused input the reason is given; for several their number."""
    one = NoTableError("x", Found(refused=[Refusal(label="x", reason="empty file")]))
    assert one.message.startswith("x: empty file; try ")
    two = NoTableError("x", Found(refused=[Refusal(label="y", reason="odd")] * 2))
    assert "2 not opened, the first: odd" in two.message


def test_permission_error_says_what_is_there() -> None:
    """Names and sizes are public, so the message states whether there is an SRAT."""
    assert "has an SRAT (976 bytes)" in NotPermittedError("t", {"APIC": 1, "SRAT": 976}).message
    assert "no SRAT, and only root may read APIC" in NotPermittedError("t", {"APIC": 1}).message


def test_no_table_lists_what_was_opened() -> None:
    """The message is followed by what was opened, up to a number of lines."""
    opened = [Opened(label="a", what="volume", size=1)] * 50
    error = NoTableError("a", Found(opened=opened))
    assert len(error.details) == 41
    assert error.details[-1] == "10 lines more; try srattool extract --list"
