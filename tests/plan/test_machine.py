from srat_tool.plan.machine import Machine


def test_an_empty_machine_is_one() -> None:
    """Everything can be missing; the plan then lists what it assumed."""
    assert Machine().tables == ()
    assert Machine().boot_log is None
