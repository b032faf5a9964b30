from srat_tool.kernel.table_events import SlitInvalid
from tests.machines import boot


def test_a_boot_remembers_what_was_said_and_where_ram_ends() -> None:
    """Events keep their order; max_pfn is the first page above RAM."""
    one = boot()
    one.say(SlitInvalid())
    assert one.events == [SlitInvalid()]
    assert one.max_pfn == 0x180000
