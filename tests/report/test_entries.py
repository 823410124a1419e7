from __future__ import annotations

from itertools import pairwise

import msgspec

from negaudit.fix.record import StringChange
from negaudit.records import Kind
from negaudit.report import Audit
from negaudit.report.diffs import MAX_EDIT, MAX_PIECES_TEXT
from negaudit.report.entries import entries

from .samples import audit, change, exhibit


def test_a_record_is_shown_once_with_all_its_findings_and_its_change() -> None:
    one, other = exhibit(frame="This is false."), exhibit(frame="None of this is true.")
    fix = msgspec.structs.replace(
        change(one), findings=(one.finding.fingerprint, other.finding.fingerprint)
    )
    (entry,), total = entries(Audit((one, other), changes=(fix,)))
    assert total == 1
    assert len(entry.findings) == 2
    assert entry.change == fix
    assert entry.diffs
    assert not entry.excerpts


def test_a_finding_that_the_change_leaves_stands_for_itself() -> None:
    one, other = exhibit(frame="This is false."), exhibit(frame="[rejected]", kind=Kind.LABEL)
    shown, total = entries(Audit((one, other), changes=(change(one),)))
    assert total == 2
    assert {entry.change is None for entry in shown} == {True, False}


def test_a_sample_shows_every_group_and_is_counted() -> None:
    whole = audit(2_000, probe=False)
    every, total = entries(whole, limit=10_000)
    shown, _ = entries(whole, limit=100)
    assert (len(every), len(shown), total) == (2_000, 100, 2_000)
    groups = {(entry.kind, entry.placement, entry.path) for entry in every}
    assert {(entry.kind, entry.placement, entry.path) for entry in shown} == groups


def test_those_of_one_kind_stand_together() -> None:
    kinds = [entry.kind for entry in entries(audit(60))[0]]
    changes = sum(1 for one, other in pairwise(kinds) if one != other)
    assert changes == len(set(kinds)) - 1


def test_what_the_data_calls_harmful_is_folded() -> None:
    folded = {entry.kind: entry.harmful for entry in entries(audit(60))[0]}
    assert folded["harm"]
    assert folded["label"]
    assert not folded["falsity"]


def edited(after: str, before: str = "x") -> Audit:
    found = exhibit()
    return Audit((found,), changes=(change(found, strings=(StringChange("/t", before, after),)),))


def test_a_text_may_be_edited_only_where_the_page_can_show_it_whole_and_plain() -> None:
    plain = entries(edited("one\n\ttwo"))[0][0]
    assert plain.editable
    assert not entries(edited("a" * (MAX_EDIT + 1)))[0][0].editable
    assert not entries(edited("turned \u202eround"))[0][0].editable


def test_a_long_text_is_cut_where_nothing_changes() -> None:
    long = "word " * 4_000
    (diff,) = entries(edited(long + "is not so", long + "is so"))[0][0].diffs
    shown = "".join(piece.text for piece in diff.pieces)
    assert len(shown) < 600
    assert "characters …]" in shown
    assert any(piece.kind == "added" and "not" in piece.text for piece in diff.pieces)


def test_a_text_that_changes_all_through_is_bounded() -> None:
    (diff,) = entries(edited("b " * 9_000, "a " * 9_000))[0][0].diffs
    assert sum(len(piece.text) for piece in diff.pieces) < MAX_PIECES_TEXT + 100
