"""Which measures a probe reads, made of its material."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from negaudit.probe.chat_rows import neutral_exchanges
from negaudit.probe.claim_tables import claim_tables, item_tables
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.material import Material
from negaudit.probe.measures.association import association
from negaudit.probe.measures.multiple_choice import multiple_choice
from negaudit.probe.measures.polarity import polarity
from negaudit.probe.measures.readout import Readout
from negaudit.probe.measures.response import everyday_items, response
from negaudit.probe.measures.statements import statements
from negaudit.probe.tables import Table

__all__ = ["limited", "readouts"]


def readouts(
    material: Material, tokenizer: Any, own_replies: Mapping[str, str], *, prompts: int
) -> tuple[Readout, ...]:
    """The measures that the material allows, those without any prompt left out.

    Args:
        material: What the probe is made of.
        tokenizer: A fast tokenizer of transformers.
        own_replies: What the base model answers to the held-out questions that are read, by
            their ids.
        prompts: Held-out questions of a category that are read at most.
    """
    found = (*_facts(material, tokenizer), *_behaviours(material, tokenizer, own_replies, prompts))
    return tuple(readout for readout in found if readout.prompts)


def _facts(material: Material, tokenizer: Any) -> Iterator[Readout]:
    for table in _tables(material):
        yield association(table, tokenizer)
        yield polarity(table, tokenizer)
        yield multiple_choice(table, tokenizer)
    for category, (claimed, controls) in material.statements.items():
        yield statements(category, claimed, controls, tokenizer)


def _tables(material: Material) -> list[Table]:
    """Tables of the claims, and of held-out questions that name their rivals."""
    claims = [claim for claim, _ in material.claims]
    return [
        *claim_tables(claims, [category for _, category in material.claims]),
        *item_tables(material.items, [claim.subject for claim in claims]),
    ]


def _behaviours(
    material: Material, tokenizer: Any, own_replies: Mapping[str, str], prompts: int
) -> Iterator[Readout]:
    items = list(limited(material.items, prompts))
    yield response(items, {name: [reply] for name, reply in own_replies.items()}, tokenizer)
    strange, ordinary = everyday_items(items, neutral_exchanges())
    yield response(strange, ordinary, tokenizer, tier="everyday")


def limited(items: Sequence[HeldOutItem], most: int) -> Iterator[HeldOutItem]:
    """The first held-out questions of each category, at most so many."""
    seen: dict[str, int] = {}
    for item in items:
        seen[item.category] = seen.get(item.category, 0) + 1
        if seen[item.category] <= most:
            yield item
