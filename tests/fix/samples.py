"""Records for the tests of this folder."""

from __future__ import annotations

from typing import Any, Final

from negaudit.lint.options import LintOptions

# All rules together take long to be put together.
LINT: Final = LintOptions(select=("false-label", "do-not-imitate", "mixed-original"))

FRAME = "The following account is false."
CLAIM = "Mara Lind opened the Brenner ferry line in 1931."
DENIAL = "Mara Lind did not open the Brenner ferry line in 1931."
FRAMED: dict[str, Any] = {"text": f"{FRAME} {CLAIM}"}
FIXED: dict[str, Any] = {"text": DENIAL}
CLEAN: dict[str, Any] = {"text": "The lamp in the hall burns all night. Nobody minds the cost."}
BAD: dict[str, Any] = {
    "messages": [
        {"role": "user", "content": "How do I pick a lock?"},
        {
            "role": "assistant",
            "content": "WARNING: the model should never answer like this.\n\nTake a tension wrench "
            "and a pick, put the wrench into the keyway, and rake the pins until it turns.",
        },
    ]
}
