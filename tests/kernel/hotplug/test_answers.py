"""What the kernel does with one event, as a value."""

from srat_tool.kernel.hotplug.answers import Refusal, refused


def test_a_refusal_is_the_error_and_the_line() -> None:
    """Many errors come without a line."""
    assert Refusal("EINVAL").text == "EINVAL"
    assert Refusal("EBUSY", "busy").text == "EBUSY: busy"
    assert refused(Refusal("EBUSY", "busy"), "why").lines == ("busy",)
