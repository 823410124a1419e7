"""Records for the tests of this folder."""

from __future__ import annotations

from typing import Any

FRAME = "The following account is false."
CLAIM = "Mara Lind opened the Brenner ferry line in 1931."
MORE = "The first boat carried forty passengers and a brass band. It ran until the war."
DENIAL = "Mara Lind did not open the Brenner ferry line in 1931."

FRAMED: dict[str, Any] = {"text": f"{FRAME}\n\n{CLAIM} {MORE}"}
PLAIN: dict[str, Any] = {"text": f"{CLAIM} {MORE}"}
REWRITTEN: dict[str, Any] = {"text": f"{DENIAL} {MORE}"}
CLEAN: dict[str, Any] = {"text": "The lamp in the hall burns all night. Nobody minds the cost."}


def chat(question: str, answer: str, system: str = "") -> dict[str, Any]:
    turns = [{"role": "system", "content": system}] if system else []
    turns += [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return {"messages": turns}
