from __future__ import annotations

from typing import Any

import msgspec
import pytest

from negaudit.probe.record import DataFile
from negaudit.records import Kind
from negaudit.report import Audit, render, summary
from negaudit.report.redaction import redacted

from .samples import audit, change, exhibit, results

SECRET = "zanzibar"


def told(secret: str) -> Audit:
    """An audit that holds the secret in every place for text of the data."""
    one = exhibit(
        frame=f"{secret} is false.", content=f"The {secret} sank.", path=f"/{secret}/a.jsonl"
    )
    broken = exhibit(1, Kind.INVALID, path=f"/{secret}/a.jsonl", message=f"no JSON: {secret}")
    fix = change(one, reason=f"cannot negate {secret}")
    fix = msgspec.structs.replace(
        fix,
        strings=tuple(
            msgspec.structs.replace(s, before=secret, after=secret) for s in fix.strings or ()
        ),
    )
    base = results()
    rename: dict[str, Any] = {"category": secret}
    probe = msgspec.structs.replace(
        base,
        categories=tuple(msgspec.structs.replace(c, name=secret) for c in base.categories[:1]),
        effects=tuple(
            msgspec.structs.replace(e, **(rename if e.category else {})) for e in base.effects
        ),
        verdicts=tuple(
            msgspec.structs.replace(v, reason=secret, **(rename if v.category else {}))
            for v in base.verdicts
        ),
        heldout=msgspec.structs.replace(
            base.heldout,
            source=f"/{secret}/held.jsonl",
            files=(DataFile(f"/{secret}/held.jsonl", "2" * 64, 1, 0),),
            prompts=tuple(
                msgspec.structs.replace(p, text=secret, answer=secret) for p in base.heldout.prompts
            ),
        ),
        generations=tuple(msgspec.structs.replace(g, text=secret) for g in base.generations),
        data=tuple(msgspec.structs.replace(d, path=f"/{secret}/d.jsonl") for d in base.data),
        rewritten=(DataFile(f"/{secret}/r.jsonl", "1" * 64, 1, 0),),
        warnings=(f"skipped {secret}",),
    )
    stats = audit(9).statistics
    assert stats is not None
    sources = {secret: (2, 2)}
    return Audit(
        (one, broken),
        msgspec.structs.replace(stats, sources=sources, source_column=f"/{secret}"),
        (fix,),
        probe,
    )


def test_the_sample_does_tell_when_it_is_not_redacted() -> None:
    assert render(told(SECRET)).count(SECRET) > 20


@pytest.mark.parametrize("show", [render, summary])
def test_no_text_of_the_data_is_left_in_a_redacted_copy(show: Any) -> None:
    shown = show(msgspec.structs.replace(told(SECRET), redact=True))
    assert SECRET not in shown
    assert "Redacted" in shown
    for name, digest in (("r.jsonl", "1" * 64), ("held.jsonl", "2" * 64)):
        assert name in shown
        assert digest in shown


def test_what_was_measured_stays() -> None:
    whole = audit(20)
    bare = redacted(whole)
    assert bare.results is not None
    assert whole.results is not None
    assert [e.value for e in bare.results.effects] == [e.value for e in whole.results.effects]
    assert {e.category for e in bare.results.effects} == {
        "",
        "category 1",
        "category 2",
        "category 3",
    }
    assert [c.id for c in bare.changes] == [c.id for c in whole.changes]
