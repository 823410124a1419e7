from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from negaudit.probe import memory
from negaudit.probe.memory import available_memory, keep_freed_memory

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


FREE = 8000
SECOND = {"memory.current": "700", "memory.stat": "anon 600\ninactive_file 50"}
FIRST = {"memory.usage_in_bytes": "700", "memory.stat": "inactive_file 1\ntotal_inactive_file 50"}
NO_LIMIT = "9223372036854771712"


@pytest.mark.parametrize(
    ("own", "files", "left"),
    [
        ("0::/", {}, FREE),
        ("0::/a", {"a": {**SECOND, "memory.max": "max", "memory.high": "max"}}, FREE),
        ("0::/a", {"a": {**SECOND, "memory.max": "1000", "memory.high": "max"}}, 350),
        ("0::/a", {"a": {**SECOND, "memory.max": "1000", "memory.high": "900"}}, 250),
        ("0::/a/b", {"a": {**SECOND, "memory.max": "1000"}, "a/b": {**SECOND}}, 350),
        # The name from outside, and the container's own group at the top.
        ("0::/outer/c1", {".": {**SECOND, "memory.max": "1000"}}, 350),
        ("0::/a", {"a": {**SECOND, "memory.max": "600"}}, 0),
        ("5:memory:/a", {"memory/a": {**FIRST, "memory.limit_in_bytes": "1000"}}, 350),
        ("4:cpu:/b\n5:hugetlb,memory:/a\n0::/", {
            "memory/a": {**FIRST, "memory.limit_in_bytes": NO_LIMIT},
            "memory": {**FIRST, "memory.limit_in_bytes": "2000"},
            "memory/b": {**FIRST, "memory.limit_in_bytes": "800"},
        }, 1350),
    ],
)  # fmt: skip
def test_limits_of_control_groups_are_seen(
    own: str,
    files: dict[str, dict[str, str]],
    left: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for folder, held in files.items():
        for name, text in held.items():
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_text(f"{text}\n")
    (tmp_path / "own").write_text(f"{own}\n")
    monkeypatch.setattr(memory, "_CONTROL_GROUPS", tmp_path)
    monkeypatch.setattr(memory, "_OWN_GROUPS", tmp_path / "own")
    free = SimpleNamespace(available=FREE)
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: free)
    assert available_memory() == left


def test_without_control_groups_the_machine_is_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_OWN_GROUPS", Path("/nowhere"))
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: SimpleNamespace(available=FREE))
    assert available_memory() == FREE
