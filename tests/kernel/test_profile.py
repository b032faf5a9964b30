import dataclasses

import pytest

from srat_tool.kernel.profiles import NEWEST


def test_a_profile_is_a_frozen_value() -> None:
    """A kernel's answers cannot be changed while it boots."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        NEWEST.max_nodes = 1  # type: ignore[misc]
