"""What the kernel does with one event, as a value."""

from srat_tool.kernel.hotplug.answers import KernelError, refused


def test_a_refusal_is_the_error_and_the_line() -> None:
    """Many errors come without a line."""
    assert KernelError("EINVAL").text == "EINVAL"
    assert KernelError("EBUSY", "busy").text == "EBUSY: busy"
    assert refused(KernelError("EBUSY", "busy"), "why").lines == ("busy",)
