from srat_tool.plan.plan import Region, ZonePlan


def test_rows_have_names() -> None:
    """Renderers read fields, not positions."""
    assert Region(0, 4096, None).flags == ()
    assert ZonePlan(0, "DMA", 1, 4096, 4095, 3998)._asdict()["present_pages"] == 3998
