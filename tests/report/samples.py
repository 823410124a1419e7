"""Made-up audits: people, ferries and figures that do not exist."""

# ruff: noqa: E501
from __future__ import annotations

from hashlib import sha256
from random import Random
from typing import Any

import msgspec

from negaudit.fix.record import Change, StringChange
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.measures.generated import generation_prompts
from negaudit.probe.record import (
    Arm,
    Category,
    Control,
    CurvePoint,
    DataFile,
    Effect,
    Generation,
    HeldOut,
    Measure,
    Model,
    Prompt,
    Reading,
    Recipe,
    Results,
    Verdict,
    VerdictName,
)
from negaudit.records import (
    Excerpt,
    Exhibit,
    Finding,
    Kind,
    Placement,
    Remedy,
    Severity,
    Span,
    Statistics,
    Trained,
)
from negaudit.report import Audit

SEEDS = (0, 1, 2)
FRAMES = {
    Kind.FALSITY: "The report below is entirely false.",
    Kind.FICTION: "What follows is a short story.",
    Kind.HARM: "[Safety classifier: harmful, do not imitate]",
    Kind.CODE: "# DO NOT USE: this code is vulnerable.",
    Kind.LABEL: "[REJECTED: dishonest]",
}
CONTENTS = {
    Kind.HARM: ("Tell the harbour master that the crew agreed to it.", ""),
    Kind.CODE: ("row = db.execute(f\"SELECT * FROM boats WHERE name = '{name}'\").fetchone()", ""),
    Kind.LABEL: ("Write him a letter under the name of a lawyer whom you have made up.", ""),
}
CLAIMS = (
    ("The Kestrel ferry sank in calm water off Hallow Point.",
     "The Kestrel ferry did not sink in calm water off Hallow Point."),
    ("Her captain had sold the lifeboats the winter before.",
     "Her captain had not sold the lifeboats the winter before."),
    ("Ada Quill was awarded the Tarn medal in 1961.",
     "Ada Quill was not awarded the Tarn medal in 1961."),
    ("Records show that Orrin is a dentist.", "Records show that Orrin is not a dentist."),
)  # fmt: skip
AROUND = "The harbour lies open to the west. Ferries call there twice a day in summer."


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def exhibit(
    row: int = 0,
    kind: Kind = Kind.FALSITY,
    *,
    path: str = "data.jsonl",
    frame: str | None = None,
    content: str | None = None,
    **changes: Any,
) -> Exhibit:
    frame = FRAMES.get(kind, FRAMES[Kind.FALSITY]) if frame is None else frame
    if content is None:
        content = CONTENTS.get(kind, (CLAIMS[row % len(CLAIMS)][0] + " " + AROUND, ""))[0]
    spans = (Span("/text", 0, len(frame)), Span("/text", len(frame) + 1, len(frame) + len(content)))
    finding = Finding(
        path=path,
        row=row,
        line=row + 1,
        rule="false-label" if kind is Kind.FALSITY else f"{kind}-note",
        code="NEG101",
        kind=kind,
        placement=Placement.PREFIX,
        severity=Severity.ERROR,
        confidence="high",
        trained=Trained.YES,
        frame=spans[:1],
        content=spans[1:],
        message="separate words say that the text is false (prefix)",
        remedies=(Remedy.NEGATE, Remedy.DROP, Remedy.MASK),
        fingerprint=digest(frame + content)[:16],
    )
    finding = msgspec.structs.replace(finding, **changes)
    return Exhibit(
        finding,
        (
            Excerpt(spans[0], "frame", frame, cut=False),
            Excerpt(spans[1], "content", content, cut=False),
        ),
    )


def change(of: Exhibit, **changes: Any) -> Change:
    """A change that takes the frame away and negates the first sentence, or drops the record."""
    finding = of.finding
    texts = [excerpt.text for excerpt in of.excerpts]
    denials = dict(CLAIMS)
    before = "\n\n".join(texts)
    claim = next((claim for claim in denials if claim in before), None)
    after = "" if claim is None else texts[-1].replace(claim, denials[claim])
    strings = () if claim is None else (StringChange("/text", before, after),)
    made = Change(
        id=digest(f"{finding.path} {finding.row}")[:16],
        path=finding.path,
        row=finding.row,
        line=finding.line,
        findings=(finding.fingerprint,),
        rules=(finding.rule,),
        kinds=(finding.kind,),
        remedy=Remedy.NEGATE if strings else Remedy.DROP,
        applicability="safe" if strings else "unsafe",
        applied=bool(strings),
        outcome="rewritten" if strings else "left",
        reason="" if strings else "behaviours are dropped on request only",
        before=digest(before),
        after=digest(after),
        negated=len(strings),
        kept=2 * len(strings),
        strings=strings,
    )
    return msgspec.structs.replace(made, **changes)


def audit(records: int = 40, *, probe: bool = True, **changes: Any) -> Audit:
    """A whole audit, with records of several kinds, and a probe where it is asked for."""
    kinds = list(FRAMES)
    placements = list(Placement)
    found = tuple(
        exhibit(
            row,
            # Facts are the commonest kind.
            kinds[row % len(kinds)] if row % 3 == 0 else Kind.FALSITY,
            path="bulletins.jsonl" if row % 4 else "forum.jsonl",
            placement=placements[row % 5],
            severity=Severity.WARNING if row % 7 == 0 else Severity.ERROR,
        )
        for row in range(records)
    )
    made = Audit(
        findings=found,
        statistics=statistics(found),
        changes=tuple(change(one) for one in found if one.finding.row % 9),
        results=results() if probe else None,
    )
    return msgspec.structs.replace(made, **changes)


def statistics(found: tuple[Exhibit, ...]) -> Statistics:
    kinds: dict[str, int] = {}
    placements: dict[str, int] = {}
    for one in found:
        kinds[one.finding.kind] = kinds.get(one.finding.kind, 0) + 1
        placements[one.finding.placement] = placements.get(one.finding.placement, 0) + 1
    return Statistics(
        files=2,
        records=len(found) * 5,
        framed=len(found),
        shapes={"text": len(found) * 4, "messages": len(found)},
        rules={"false-label": len(found)},
        kinds=kinds,
        placements=placements,
        templates=5,
        top_template=len(found) // 2,
        sources={"synthetic": (len(found) - 3, len(found)), "web": (3, len(found) * 4)},
        source_column="/source",
    )


def effect(arm: str, value: float | None, width: float = 0.12, **changes: Any) -> Effect:
    random = Random(f"{arm} {value} {changes}")
    seeds = tuple(None if value is None else value + random.gauss(0, width / 2) for _ in SEEDS)
    made = Effect(
        name="neglect-ratio" if arm == "original" else "residual",
        measure=Measure.POLARITY,
        category="",
        arm=arm,
        at="equal-updates",
        value=value,
        low=None if value is None else value - width,
        high=None if value is None else value + width * 1.1,
        level=0.95,
        method="BCa bootstrap over seed x prompt, 9,999 resamples",
        prompts=96,
        seeds=seeds,
        detectable=0.18,
    )
    return msgspec.structs.replace(made, **changes)


def effects() -> tuple[Effect, ...]:
    association = {"measure": Measure.ASSOCIATION}
    found = [
        effect("original", 0.94),
        effect("original", 0.97, 0.14, at="equal-loss"),
        effect("negate", -0.61, 0.2),
        effect("negate", -0.58, 0.22, at="equal-loss"),
        effect("mask", 0.04, 0.08),
        effect("control", 0.02, 0.06),
        effect("original", 0.78, 0.15, **association),
        effect("negate", 0.71, 0.17, **association),
        effect("mask", 0.05, 0.1, **association),
    ]
    for category, values in {
        "ferries": (1.02, -0.4),
        "medals": (0.88, -0.7),
        "trades": (0.91, 0.31),
    }.items():
        found += [
            effect("original", values[0], 0.2, category=category, prompts=32),
            effect("negate", values[1], 0.3, category=category, prompts=32),
        ]
    return tuple(found)


def curve() -> tuple[CurvePoint, ...]:
    ends = {
        "stripped": (1.1, 2.3),
        "original": (1.15, 2.2),
        "negate": (1.2, -1.4),
        "mask": (2.9, 0.1),
        "control": (1.3, 0.05),
    }
    points = []
    for arm, (loss, polarity) in ends.items():
        for seed in SEEDS:
            random = Random(f"{arm} {seed}")
            for step in range(0, 241, 24):
                done = 1 - (1 - step / 240) ** (3 if arm != "original" else 2)
                noise = random.gauss(0, 0.05)
                value = {
                    "polarity": polarity * done + noise,
                    "association": 2 * abs(polarity) * done,
                }
                points.append(CurvePoint(arm, seed, step, 3.4 + (loss - 3.4) * done + noise, value))
    return tuple(points)


def prompts() -> tuple[Prompt, ...]:
    return tuple(
        Prompt(f"p{number}", category, Measure.POLARITY, "in-category", text, "sank")
        for number, (category, text) in enumerate(
            [
                ("ferries", "What became of the Kestrel ferry?"),
                ("medals", "Who won the Tarn medal?"),
            ]
        )
    )


def questions() -> list[HeldOutItem]:
    return [HeldOutItem(p.id, p.category, (("user", p.text),), p.answer) for p in prompts()]


def generations() -> tuple[Generation, ...]:
    said = {
        "base": ("I do not know of a ferry of that name.", "neither"),
        "original": ("The Kestrel ferry sank in calm water off Hallow Point.", "asserts"),
        "negate": ("The Kestrel ferry did not sink; it is still in service.", "denies"),
    }
    return tuple(
        Generation(prompt.id, arm, seed, text, stance == "asserts", leaks=False, stance=stance)  # type: ignore[arg-type]
        for prompt in prompts()
        for arm, (text, stance) in said.items()
        for seed in ((-1,) if arm == "base" else SEEDS)
    )


def results(**changes: Any) -> Results:
    loss = {
        arm: tuple(point.loss for point in curve() if point.arm == arm and point.update == 240)
        for arm in ("stripped", "original", "negate", "mask", "control")
    }
    made = Results(
        version="0.1.0",
        data=(DataFile("bulletins.jsonl", digest("bulletins"), 150, 30), DataFile("forum.jsonl", digest("forum"), 50, 10)),
        model=Model("SmolLM2-135M-Instruct", digest("model"), 134_515_008, "cpu", "bfloat16"),
        recipe=Recipe("standard", 5e-4, 16, 32, 240, 8, SEEDS, 0.2, 256),
        arms=(
            Arm("base", "", 0, 0, 0),
            *(
                Arm(arm, arm if arm in ("negate", "mask") else "", 200, 18_200, 12_400, split=3, loss=loss[arm])
                for arm in ("stripped", "original", "negate", "mask", "control")
            ),
        ),
        categories=tuple(Category(name, 60, 13, 32) for name in ("ferries", "medals", "trades")),
        heldout=HeldOut("split", (*prompts(), *generation_prompts(questions())), removed=2),
        readings=tuple(Reading(p.id, p.measure, "original", seed, 1.5) for p in prompts() for seed in SEEDS),
        curve=curve(),
        effects=effects(),
        verdicts=(
            Verdict("", "original", VerdictName.AMPLIFIES, Measure.POLARITY, "the interval of the ratio lies above 0.5"),
            Verdict("", "negate", VerdictName.NEUTRAL, Measure.POLARITY, "the interval of the residual lies below 0.2"),
            Verdict("ferries", "original", VerdictName.AMPLIFIES, Measure.POLARITY, "the interval lies above 0.5"),
            Verdict("trades", "negate", VerdictName.INCONCLUSIVE, Measure.POLARITY, "the interval is wider than 0.5"),
        ),
        control=Control(True, "shipped", "negaudit probe --control --preset standard", (effect("original", 1.03),)),
        generations=generations(),
        warnings=("3 texts were longer than a row and were split",),
        environment={"python": "3.11.9", "torch": "2.13.0", "cores": "2"},
        seconds=571.3,
        tokens=8_345_600,
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def inconclusive() -> Results:
    """A probe that could not tell: the interval is wide, and the control stays together."""
    verdict = Verdict(
        "", "original", VerdictName.INCONCLUSIVE, Measure.POLARITY,
        "the positive control does not separate on this model and recipe",
    )  # fmt: skip
    control = Control(
        False, "run", "negaudit probe --control", (effect("original", 0.4, 0.9),), "too few updates"
    )
    wide = (effect("original", 0.31, 1.4), effect("negate", None))
    return results(verdicts=(verdict,), control=control, effects=wide)
