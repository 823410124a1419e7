"""What framed records claim: their sentences, each with its local negation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import Final

from negaudit.fix.record import Target
from negaudit.fix.remedies.places import BEHAVIOURS
from negaudit.probe.measures.statements import Statement
from negaudit.probe.near_duplicates import grams
from negaudit.probe.verdict import MIN_PROMPTS
from negaudit.records import Kind, Role, Span, Trained
from negaudit.rewrite.passages import passages_of

__all__ = ["kept_as_controls", "matched", "shows_behaviour", "statements_of"]

# Shorter sentences have too little that could be denied; longer ones seldom have one predicate.
_FEWEST_WORDS: Final = 4
_MOST_WORDS: Final = 40
_PER_RECORD: Final = 2
# Share of a category's statements that is kept as controls, and how many at least: claims are
# measured by no more draws than there are controls, and a verdict needs `MIN_PROMPTS` of them.
_CONTROLS: Final = 0.25
_LEAST_CONTROLS: Final = MIN_PROMPTS


def shows_behaviour(target: Target) -> bool:
    """Whether a framed record shows a way to act, in which there is nothing to affirm or deny.

    A label on an answer rejects the answer; one on a text calls it false.
    """
    answered = any(segment.role is Role.ASSISTANT for segment in target.record.segments)
    ways = BEHAVIOURS if answered else BEHAVIOURS - {Kind.LABEL}
    return any(exhibit.finding.kind in ways for exhibit in target.exhibits)


def statements_of(targets: Sequence[Target]) -> list[tuple[Statement, ...]]:
    """The first affirmative statements of each framed record that a rule negates without doubt.

    Args:
        targets: Framed records; those that show a behaviour have no statements.

    Raises:
        UsageError: No parser is installed.
    """
    from negaudit.rewrite import negate_many

    found = [list(_sentences(target)) for target in targets]
    negations = iter(negate_many([text for texts in found for text in texts]))
    statements: list[tuple[Statement, ...]] = []
    for target, texts in zip(targets, found, strict=True):
        pairs = [(text, next(negations)) for text in texts]
        safe = [(text, negation.text) for text, negation in pairs if negation.status == "safe"]
        place = f"{target.record.path}:{target.record.row}"
        statements.append(
            tuple(
                Statement(f"{place}:{number}", text, denied)
                for number, (text, denied) in enumerate(safe[:_PER_RECORD])
            )
        )
    return statements


def kept_as_controls(
    names: Sequence[str],
    spoken: Sequence[tuple[Statement, ...]],
    held: Iterable[int],
    seed: int,
) -> frozenset[int]:
    """Records that no arm is trained on: what they claim are the matched controls.

    A category with hardly any statements keeps none, and one with few at most half of them.

    Args:
        names: The category of each framed record.
        spoken: Its statements.
        held: Records that are held out already; those of them with statements count.
        seed: Of the drawing.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if spoken[at]:
            members[name].append(at)
    random = Random(seed)
    chosen = set(held)
    for name in sorted(members):
        total = sum(len(spoken[at]) for at in members[name])
        wanted = max(min(_LEAST_CONTROLS, total // 2), round(_CONTROLS * total))
        kept = sum(len(spoken[at]) for at in members[name] if at in chosen)
        free = [at for at in members[name] if at not in chosen]
        random.shuffle(free)
        while kept < wanted and len(free) > 1 and total >= _LEAST_CONTROLS:
            kept += len(spoken[free[-1]])
            chosen.add(free.pop())
    return frozenset(chosen)


def matched(
    names: Sequence[str],
    spoken: Sequence[tuple[Statement, ...]],
    train: Iterable[int],
    controls: Iterable[int],
    most: int,
) -> tuple[dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...]]], int]:
    """For each category that has both, statements that are trained on and their controls.

    A statement that repeats one that is trained on is no control of it; one of the same words
    about somebody else is the best there is.

    Args:
        names: The category of each framed record.
        spoken: Its statements.
        train: Records that are trained on.
        controls: Records that are not.
        most: Statements of either sort at most.

    Returns:
        Claimed statements and controls by category, and how many controls were left out.
    """
    groups: tuple[dict[str, list[Statement]], ...] = (defaultdict(list), defaultdict(list))
    for group, rows in zip(groups, (train, sorted(controls)), strict=True):
        for at in rows:
            group[names[at]] += spoken[at]
    claimed, kept = groups
    taught = {grams(one.affirmative) for said in claimed.values() for one in said}
    fresh = {
        name: [one for one in said if grams(one.affirmative) not in taught]
        for name, said in kept.items()
    }
    found = {
        name: (tuple(claimed[name][:most]), tuple(fresh[name][:most]))
        for name in sorted(claimed)
        if claimed[name] and fresh.get(name)
    }
    return found, sum(map(len, kept.values())) - sum(map(len, fresh.values()))


def _sentences(target: Target) -> Iterator[str]:
    """Sentences of the content that the loss is taken on, each once."""
    if shows_behaviour(target):
        return
    seen: set[str] = set()
    for segment in target.record.segments:
        content = _places(target, segment.pointer, "content")
        if segment.trained is Trained.NO or not content:
            continue
        frames = _places(target, segment.pointer, "frame")
        for passage in passages_of(segment.text, frames, content):
            text = segment.text[passage.start : passage.end].strip()
            behind = passage.opens and text.endswith((".", "!"))
            whole = passage.content and (not passage.partly or behind)
            if whole and text not in seen and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
                seen.add(text)
                yield text


def _places(target: Target, pointer: str, part: str) -> list[tuple[int, int]]:
    spans: Iterator[Span] = (
        span for exhibit in target.exhibits for span in getattr(exhibit.finding, part)
    )
    return [(span.start, span.end) for span in spans if span.pointer == pointer]
