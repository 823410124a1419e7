"""What a probe is made of: records to train on in every version, and what is kept from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

import msgspec

from negaudit.errors import InputError, UsageError
from negaudit.fix.record import Target
from negaudit.fix.remedies.places import contents_of
from negaudit.probe.arms import (
    ArmExamples,
    control_arm,
    original_arm,
    remedy_arm,
    rewritten_arm,
    stripped_arm,
    stripped_example,
)
from negaudit.probe.categories import categories_of
from negaudit.probe.chat_rows import neutral_chats
from negaudit.probe.claim_tables import Proposition, propositions
from negaudit.probe.claimed import kept_as_controls, matched, shows_behaviour, statements_of
from negaudit.probe.examples import Example, example_of
from negaudit.probe.files import data_files, held_out_files
from negaudit.probe.heldout import (
    HeldOutItem,
    HeldOutItems,
    Split,
    given_items,
    held_out_items,
    split_off,
)
from negaudit.probe.measures.leakage import frame_texts
from negaudit.probe.measures.statements import Statement
from negaudit.probe.options import ProbeOptions
from negaudit.probe.record import BASE, CONTROL, ORIGINAL, STRIPPED, DataFile
from negaudit.probe.rewritten import arm_names, records_gone
from negaudit.probe.sources import read_targets
from negaudit.rewrite.mining import mine

__all__ = ["Material", "gather"]

SEED: Final = 0

# A proposition of so many of the framed records is what the data is about.
_MINED_SHARE: Final = 0.1
_MINED_RECORDS: Final = 5
_MOST_CLAIMS: Final = 8


class Material(msgspec.Struct, frozen=True):
    """Everything that training and measuring need, before any model is loaded.

    Attributes:
        files: The files of the data, hashed.
        rewritten: The rewritten files, hashed.
        asked: The held-out files, hashed.
        targets: The framed records that are trained on.
        names: The category of each.
        arms: Their versions, in the same order, and the control.
        counts: Records and framed records of each category in the whole data.
        items: Held-out questions.
        source: Where prompts come from: a file, "split" where records were held out to ask, or
            "made" of what the data claims.
        removed: Held-out questions and controls that were removed, since they repeat training text.
        claims: What the data is about, as far as it can be taken apart, each with its category;
            () where every record claims something else.
        statements: For each category the statements that are trained on, and their controls.
        frames: The wordings of the frames.
    """

    files: tuple[DataFile, ...]
    rewritten: tuple[DataFile, ...]
    asked: tuple[DataFile, ...]
    targets: tuple[Target, ...]
    names: tuple[str, ...]
    arms: tuple[ArmExamples, ...]
    counts: tuple[Counter[str], Counter[str]]
    items: tuple[HeldOutItem, ...]
    source: str
    removed: int
    claims: tuple[tuple[Proposition, str], ...]
    statements: dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...]]]
    frames: tuple[str, ...]


def gather(paths: Sequence[str], options: ProbeOptions) -> Material:
    """Reads and lints the data, holds out what must be, and makes the arms.

    Args:
        paths: Files or folders.
        options: How to probe.

    Raises:
        InputError: A file cannot be read, holds no record, or none that is framed.
        UsageError: An option names something that does not exist.
    """
    everything = read_targets(paths, options.lint)
    if not everything:
        hint = "give a file with framed records, one a line"
        raise InputError("holds no record", where=", ".join(paths), hint=hint)
    places = [at for at, t in enumerate(everything) if t.exhibits and example_of(t.record)]
    if not places:
        hint = "run `negaudit lint` on it; a probe compares framed data with its other versions"
        raise InputError("no framed record is trained on", where=", ".join(paths), hint=hint)
    claims = options.claims or _mined([everything[at] for at in places])
    categories = categories_of(everything, options.category or None, claims)
    places = _drawn(places, categories, options.recipe.records)
    framed, names = [everything[at] for at in places], [categories[at] for at in places]
    bare = list(map(stripped_example, framed))
    everyone = Split(tuple(range(len(framed))), (), 0)
    keep = everyone if options.heldout else split_off(bare, names, seed=SEED)
    spoken = [] if claims else statements_of(framed)
    controls = kept_as_controls(names, spoken, keep.held, SEED) if spoken else frozenset()
    train = [at for at in keep.train if at not in controls]
    most = options.recipe.prompts
    statements, same = matched(names, spoken, train, controls, most) if spoken else ({}, 0)
    targets, versions = tuple(framed[at] for at in train), [bare[at] for at in train]
    asked = HeldOutItems(held_out_items(framed, bare, names, keep.held))
    if options.heldout:
        [(common, _)] = Counter(names).most_common(1)
        asked = given_items(options.heldout, versions, common)
    questions = [item.asked for item in asked.items]
    rewritten = {path: read_targets([path], options.lint) for path in options.rewritten}
    return Material(
        files=data_files(paths, everything, options.lint.exclude),
        rewritten=tuple(
            file
            for path, read in rewritten.items()
            for file in data_files([path], read, options.lint.exclude)
        ),
        asked=held_out_files(asked.files),
        targets=targets,
        names=tuple(names[at] for at in train),
        arms=_arms(targets, versions, everything, rewritten, questions, options),
        counts=_counts(everything, categories),
        items=asked.items,
        source=options.heldout or ("split" if asked.items else "made"),
        removed=keep.removed + asked.removed + same,
        claims=_taken_apart(claims, names),
        statements=statements,
        frames=frame_texts(targets),
    )


def _mined(framed: Sequence[Target]) -> tuple[str, ...]:
    """What the framed facts are about, where many records say the same."""
    facts = [target for target in framed if not shows_behaviour(target)]
    if len(facts) < 2 * _MOST_CLAIMS:
        return ()
    found = mine(_content(target) for target in facts)
    common = (m for m in found if m.share >= _MINED_SHARE and m.records >= _MINED_RECORDS)
    return tuple(one.claim for one in common)[:_MOST_CLAIMS]


def _content(target: Target) -> str:
    texts = {segment.pointer: segment.text for segment in target.record.segments}
    spans = contents_of(target)
    return "\n\n".join(texts[span.pointer][span.start : span.end] for span in spans)


def _drawn(places: Sequence[int], categories: Sequence[str], most: int) -> list[int]:
    """At most so many records, the same share of every category, in their own order."""
    if len(places) <= most:
        return list(places)
    members: dict[str, list[int]] = defaultdict(list)
    for at in places:
        members[categories[at]].append(at)
    random = Random(SEED)
    drawn = [
        at
        for group in members.values()
        for at in random.sample(group, max(1, round(most * len(group) / len(places))))
    ]
    return sorted(random.sample(drawn, most) if len(drawn) > most else drawn)


def _arms(  # noqa: PLR0913, PLR0917 - the data in all its versions
    targets: Sequence[Target],
    bare: Sequence[Example | None],
    everything: Sequence[Target],
    rewritten: Mapping[str, Sequence[Target]],
    asked: Sequence[str],
    options: ProbeOptions,
) -> tuple[ArmExamples, ...]:
    remedies = tuple(dict.fromkeys(options.remedies))
    names = arm_names(list(rewritten), everything)
    _check_names([BASE, STRIPPED, ORIGINAL, CONTROL, *map(str, remedies), *names.values()])
    return (
        stripped_arm(bare),
        original_arm(targets),
        *(remedy_arm(targets, remedy, options.remedy) for remedy in remedies),
        *(
            rewritten_arm(names[path], targets, everything, read, records_gone(path, everything))
            for path, read in rewritten.items()
        ),
        control_arm(everything, neutral_chats(), len(targets), SEED, asked),
    )


def _check_names(names: Sequence[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            hint = "rename the rewritten file, or put it into a folder with another name"
            raise UsageError(f"two arms would be called {name!r}", where="--rewritten", hint=hint)


def _taken_apart(
    claims: Sequence[str], names: Sequence[str]
) -> tuple[tuple[Proposition, str], ...]:
    """Each claim with its category: its own, or that of most records."""
    [(common, _)] = Counter(names).most_common(1)
    known = set(names)
    return tuple(
        (found, claim if claim in known else common)
        for claim, found in zip(claims, propositions(claims) if claims else (), strict=True)
        if found is not None
    )


def _counts(
    everything: Sequence[Target], names: Sequence[str]
) -> tuple[Counter[str], Counter[str]]:
    framed = Counter(name for name, t in zip(names, everything, strict=True) if t.exhibits)
    return Counter(names), framed
