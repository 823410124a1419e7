from __future__ import annotations

import subprocess
import sys

import pytest

from negaudit.probe.memory import keep_freed_memory

HOLES = """
from pathlib import Path
from negaudit.probe.memory import give_back_memory, keep_freed_memory

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

keep_freed_memory()
pieces = [bytes(range(256)) * 4096 for _ in range(100)]
kept = pieces[::2]
del pieces
before = held()
assert give_back_memory()
print(before - held())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_between_live_pieces_goes_back() -> None:
    if not keep_freed_memory():
        pytest.skip("another allocator than glibc's")
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 40e6
