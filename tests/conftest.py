"""What holds for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

# How long one example takes depends on what else the machine does; `make bench` measures time.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

# The workers of xdist set a width, which is for a user to set: it folds what goes to a pipe.
os.environ.pop("COLUMNS", None)

# A suite that a script starts in the background inherits that interrupts are ignored, and would
# hand that down to the programs which its tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
