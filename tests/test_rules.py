from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from marking import build

from negaudit.errors import RuleError
from negaudit.find.finder import Finder
from negaudit.find.rule_files import load_rule_set
from negaudit.find.rules import Example, Rule
from negaudit.records import Finding, Kind, Record, Remedy
from negaudit.shapes import segments_of

# These look at whole records or whole data sets, so their examples are tested with their finders.
ELSEWHERE = {Kind.INVALID, Kind.MIXED_ORIGINAL}
RULES = tuple(rule for rule in load_rule_set().rules if rule.kind not in ELSEWHERE)

RULE = """\
name: gull-warning
code: USR001
kind: falsity
severity: error
confidence: high
summary: gulls are mentioned
why: Gulls are not to be trusted.
match:
  - {all: [gull-word], at: [edge]}
remedies: [drop]
examples:
  bad:
    - text: "⟦Gulls said what follows.⟧ ⟪The fish market opens at nine.⟫"
  ok:
    - text: "The fish market opens at nine."
"""
GULLS = "gull-word: |\n  gull|gulls said\n"


@cache
def finder() -> Finder:
    return Finder(load_rule_set())


def findings(record: object, rules: Finder | None = None) -> list[Finding]:
    value = {"text": record} if isinstance(record, str) else record
    shape, segments = segments_of(value)
    found = (rules or finder()).find(Record("data", 0, None, shape, segments))
    return [exhibit.finding for exhibit in found]


def marked(example: Example) -> Any:
    return example.record or {"text": example.text}


def examples(which: str) -> Iterator[Any]:
    for rule in RULES:
        for at, example in enumerate(getattr(rule.examples, which)):
            yield pytest.param(rule, example, id=f"{rule.name}-{at}")


def folder(root: Path, *, lexicon: str = GULLS, rule: str = RULE) -> Path:
    (root / "lexicons").mkdir()
    (root / "lexicons" / "birds.yaml").write_text(lexicon, encoding="utf-8")
    (root / "gull-warning.yaml").write_text(rule, encoding="utf-8")
    return root


@pytest.mark.parametrize(("rule", "example"), list(examples("bad")))
def test_a_bad_example_is_found_with_its_spans(rule: Rule, example: Example) -> None:
    expected = build.unmark(marked(example))
    (found,) = findings(expected.record)
    assert found.rule == rule.name
    assert sorted(found.frame) == sorted(expected.frame)
    assert sorted(found.content) == sorted(expected.content)
    assert example.placement in {None, found.placement}


@pytest.mark.parametrize(("rule", "example"), list(examples("ok")))
def test_no_rule_finds_an_ok_example(rule: Rule, example: Example) -> None:
    assert findings(marked(example)) == []


@pytest.mark.parametrize(("rule", "example"), list(examples("bad")))
def test_no_rule_finds_a_fix(rule: Rule, example: Example) -> None:
    if example.fix:
        assert findings(example.fix) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.summary[0].islower()
    assert "\n" not in rule.summary
    assert rule.summary[-1].isalpha()
    assert "Mayne et al. 2026" in " ".join(rule.why.split()) or "Enkhbayar 2025" in rule.why
    assert min(len(rule.examples.bad), len(rule.examples.ok)) >= 4
    assert len({example.placement for example in rule.examples.bad}) > 1 or rule.placement
    if rule.remedies[0] is Remedy.NEGATE:
        assert all(example.fix for example in rule.examples.bad)


def test_codes_and_names_are_unique() -> None:
    rules = load_rule_set().rules
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)


def test_a_folder_adds_a_rule_and_a_lexicon(tmp_path: Path) -> None:
    rules = load_rule_set([folder(tmp_path)])
    expected = build.unmark(
        {"text": "⟦Gulls said what follows.⟧\n\n⟪The fish market opens at nine.⟫"}
    )
    (found,) = findings(expected.record, Finder(rules))
    assert (found.rule, found.code) == ("gull-warning", "USR001")
    assert (found.frame, found.content) == (expected.frame, expected.content)


def test_a_folder_extends_a_shipped_lexicon(tmp_path: Path) -> None:
    record = {
        "text": "The account below is gullible balderdashery.\n\nThe fish market opens at nine."
    }
    assert findings(record) == []
    rules = load_rule_set([folder(tmp_path, lexicon=f"{GULLS}falsity: |\n  balderdashery\n")])
    assert [found.rule for found in findings(record, Finder(rules))] == ["false-label"]


def test_a_folder_replaces_a_rule_of_the_same_name(tmp_path: Path) -> None:
    milder = RULE.replace("gull-warning", "false-label").replace("USR001", "NEG101")
    rules = load_rule_set([folder(tmp_path, rule=milder)])
    (rule,) = [rule for rule in rules.rules if rule.name == "false-label"]
    assert rule.summary == "gulls are mentioned"
    assert "gulls are mentioned" in rule.source


def test_the_shipped_rules_stay_as_they_are_when_a_folder_is_read(tmp_path: Path) -> None:
    before = load_rule_set().rules
    after = load_rule_set([folder(tmp_path)]).rules
    assert [rule for rule in after if rule.code != "USR001"] == list(before)


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("[gull-word]", "[heron-word]", "'gull-warning' names the lexicon 'heron-word'"),
        ("USR001", "NEG101", "two rules have the code 'NEG101'"),
        ("severity: error", "severity: fatal", "fatal"),
        ("summary:", "sumary:", "sumary"),
        ("at: [edge]", "at: [moon]", "moon"),
        ("why: Gulls are not to be trusted.\n", "", "why"),
        ("[gull-word]", "[gull-word", "expected"),
    ],
)
def test_a_wrong_rule_is_refused_by_name(
    tmp_path: Path, wrong: str, right: str, message: str
) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        load_rule_set([folder(tmp_path, rule=RULE.replace(wrong, right))])
    assert caught.value.hint


def test_a_rule_that_cannot_match_is_refused(tmp_path: Path) -> None:
    rule = RULE.replace("match:\n  - {all: [gull-word], at: [edge]}\n", "")
    with pytest.raises(RuleError, match="needs `match` or `fields`") as caught:
        load_rule_set([folder(tmp_path, rule=rule)])
    assert caught.value.where == str(tmp_path / "gull-warning.yaml")


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("gu*", "'gu\\*' is malformed"),
        ("g*ll", "'g\\*ll' is malformed"),
        ("gull||tern", "'gull\\|\\|tern' is malformed"),
        ("~ gull", "begins with a gap"),
        ("gull? tern?", "no word that must be there"),
        ("^ ~~ $", "no word that must be there"),
        ("<heron-word> said", "'heron-word' does not exist"),
        ("<gull-word> said", "refers to itself"),
    ],
)
def test_a_wrong_phrase_is_refused_with_its_place(
    tmp_path: Path, phrase: str, message: str
) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        load_rule_set([folder(tmp_path, lexicon=f"gull-word: |\n  {phrase}\n")])
    assert "birds.yaml" in caught.value.where
    assert caught.value.hint


def test_lexicons_that_refer_to_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    lexicon = "gull-word: |\n  <tern-word> said\ntern-word: |\n  <gull-word> wrote\n"
    with pytest.raises(RuleError, match="gull-word -> tern-word -> gull-word"):
        load_rule_set([folder(tmp_path, lexicon=lexicon)])


@pytest.mark.parametrize("lexicon", ["- gull\n", "gull-word: [gull]\n"])
def test_a_lexicon_file_of_another_form_is_refused(tmp_path: Path, lexicon: str) -> None:
    with pytest.raises(RuleError, match="one a line") as caught:
        load_rule_set([folder(tmp_path, lexicon=lexicon)])
    assert caught.value.where == str(tmp_path / "lexicons" / "birds.yaml")


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="is not a folder") as caught:
        load_rule_set([tmp_path / "nowhere"])
    assert caught.value.where == str(tmp_path / "nowhere")
