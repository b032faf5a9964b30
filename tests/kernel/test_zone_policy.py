from srat_tool.base.span import Pfn, PfnSpan
from srat_tool.kernel.zone_policy import NodeMemory


def test_pages_are_counted_inside_a_range() -> None:
    """Holes do not count, and mirrored pages are counted separately."""
    node = NodeMemory(
        nid=0,
        ranges=(PfnSpan(Pfn(10), Pfn(20)), PfnSpan(Pfn(30), Pfn(40))),
        mirrored=(True, False),
    )
    assert node.span == PfnSpan(Pfn(10), Pfn(40))
    assert node.pages_in(15, 35) == 10
    assert node.pages_in(15, 35, mirrored=True) == 5
    assert node.pages_in(15, 35, mirrored=False) == 5
