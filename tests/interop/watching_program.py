"""Looks at its clocks for each line that comes in, and says by how much the wall clock jumped."""

from __future__ import annotations

import sys

from crfapp.bootstrap.ground import SystemClock, steady_seconds
from crfapp.present.clock_watch import JumpWatch

if __name__ == "__main__":
    watch, clock = JumpWatch(steady_seconds), SystemClock()
    for _line in sys.stdin:
        sys.stdout.write(f"{watch.look(clock.now())}\n")
        sys.stdout.flush()
