"""The packed form: arrays in both directions."""

from srat_tool.grammar.form import FieldRun


def test_a_run_of_numbers_and_of_bytes() -> None:
    """Elements come back as the bytes that they were read from."""
    data = b"\xff\x01\0\x02\0"
    numbers = FieldRun("numbers", "H", 2, lambda this: this["n"])
    assert numbers.unpack(data, 1, 2) == (1, 2)
    assert numbers.pack((1, 2)) == data[1:]
    text = FieldRun("text", "s", 1, lambda this: this["n"])
    assert text.unpack(data, 0, 3) == data[:3]
    assert text.pack(data[:3]) == data[:3]
