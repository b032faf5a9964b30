"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes depends on what else the machine does; `make bench` measures time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
