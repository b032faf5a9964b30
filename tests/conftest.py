"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# How long one example takes depends on what else the machine does; `make bench` measures time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# The workers of xdist set a width, which is for a user to set: it folds what goes to a pipe.
os.environ.pop("COLUMNS", None)
