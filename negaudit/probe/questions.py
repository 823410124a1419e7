"""Which questions the arms answer in their own words, and who judges the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.judge import EndpointJudge, Judge, LikelihoodJudge, PatternJudge
from negaudit.probe.likelihood import base_log_likelihood
from negaudit.probe.material import Material
from negaudit.probe.measures.generated import in_context
from negaudit.probe.measures.leakage import Leakage
from negaudit.probe.options import ProbeOptions
from negaudit.probe.record import STRIPPED
from negaudit.probe.replies import Questions, asked_of_claims

if TYPE_CHECKING:
    from negaudit.probe.proxy import Proxy

__all__ = ["questions_of"]


def questions_of(material: Material, options: ProbeOptions, proxy: Proxy) -> Questions:
    """Held-out questions in turn from all categories, bare and behind a frame."""
    claims, subjects = _claims(material)
    asked = material.items or asked_of_claims(claims, subjects)
    items = tuple(islice(_in_turn(asked), options.recipe.replies))
    everything = (*items, *in_context(items, material.frames))
    return Questions(everything, claims, _judge(options, proxy), _leakage(material))


def _in_turn(items: Sequence[HeldOutItem]) -> Iterator[HeldOutItem]:
    """The first question of every category, then the second ones."""
    groups: dict[str, list[HeldOutItem]] = {}
    for item in items:
        groups.setdefault(item.category, []).append(item)
    turns = zip_longest(*groups.values())
    return (item for turn in turns for item in turn if item is not None)


def _leakage(material: Material) -> Leakage:
    """Runs of words that the records hold without their frames are no format of a frame."""
    bare = (arm for arm in material.arms if arm.name == STRIPPED)
    examples = (example for arm in bare for example in arm.examples if example is not None)
    return Leakage(material.frames, (m.text for example in examples for m in example.messages))


def _judge(options: ProbeOptions, proxy: Proxy) -> Judge:
    if options.judge is None:
        return PatternJudge()
    if options.judge == "proxy":
        return LikelihoodJudge(proxy.tokenizer, partial(base_log_likelihood, proxy))
    return EndpointJudge(options.judge)


def _claims(material: Material) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """For each category its first claim, the words that carry it, and its subject."""
    claims: dict[str, tuple[str, str]] = {}
    subjects: dict[str, str] = {}
    for found, category in material.claims:
        claims.setdefault(category, (found.claim, found.answer))
        subjects.setdefault(category, found.subject)
    return claims, subjects
