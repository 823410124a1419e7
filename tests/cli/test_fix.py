from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from negaudit.fix.record import Proposal, Replace, Target
from negaudit.fix.remedies import RemedyOptions, registry
from negaudit.records import Remedy

from .conftest import Call

FRAME = "The following account is false."
CLAIM = "Mara Lind opened the Brenner ferry line in 1931."
DENIAL = "Mara Lind did not open the Brenner ferry line in 1931."
FRAMED = {"text": f"{FRAME} {CLAIM}"}
CLEAN = {"text": "The lamp in the hall burns all night."}
# Few rules are sooner put together than all.
SELECT = ("--select", "false-label")


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[RemedyOptions]:
    """Negates without a parser, safely where claims are given; notes what it was told."""
    told: list[RemedyOptions] = []

    def negate(targets: Sequence[Target], options: RemedyOptions) -> list[Proposal]:
        told.append(options)
        sure = "safe" if options.claims else "unsafe"
        return [
            Proposal(Remedy.NEGATE, sure, (Replace("/text", DENIAL),), reason="", negated=1)
            for _ in targets
        ]

    monkeypatch.setitem(registry._REMEDIES, Remedy.NEGATE, negate)
    return told


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A file in the folder that commands run in."""
    lines = (json.dumps(record) for record in (CLEAN, FRAMED))
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "claims.txt").write_text(f"{CLAIM}\n")
    return "a.jsonl"


def test_it_writes_and_says_what_it_did(call: Call, data: str, tmp_path: Path) -> None:
    result = call("fix", data, "-o", "o.jsonl", "--claims", "claims.txt", *SELECT)
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "o.jsonl").read_text().splitlines()[1]) == {"text": DENIAL}
    assert "2 records read, 1 to fix: 1 rewritten, 0 dropped" in result.stderr
    assert "1 sentence negated" in result.stderr
    assert result.stdout == ""


def test_claims_and_their_like_reach_the_remedies(
    call: Call, data: str, asked: list[RemedyOptions]
) -> None:
    told = ("--claims", "claims.txt", "--claim-column", "claim", "--refusal", "No.")
    call("fix", data, "--diff", *SELECT, *told, "--llm", "http://localhost:1/v1#small")
    [options] = asked
    assert options.claims == (CLAIM,)
    assert (options.claim_column, options.refusal) == ("claim", "No.")
    assert options.llm is not None
    assert options.llm.model == "small"


def test_what_is_unsafe_waits_and_exits_with_one(call: Call, data: str) -> None:
    result = call("fix", data, "-o", "o.jsonl", *SELECT)
    assert result.exit_code == 1
    assert "next: --unsafe applies 1 unsafe change" in result.stderr
    assert call("fix", data, "-o", "o2.jsonl", "--unsafe", *SELECT).exit_code == 0


def test_diff_alone_writes_nothing(call: Call, data: str, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    result = call("fix", data, "--diff", "--unsafe", *SELECT)
    assert result.exit_code == 0
    assert "a.jsonl:2 row 1  rewritten: negate (unsafe)" in result.stdout
    assert "Mara Lind [-opened-]{+did not open+} the" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_diff_exits_as_writing_does(call: Call, data: str) -> None:
    codes = [call("fix", data, *way, *SELECT).exit_code for way in (["--diff"], ["-o", "o.jsonl"])]
    assert codes == [1, 1]


def test_diff_is_coloured_when_asked(call: Call, data: str) -> None:
    result = call("fix", data, "--diff", "--color", "always", *SELECT)
    assert "\x1b[" in result.stdout
    assert "[-opened-]" not in result.stdout


def test_diff_is_inert(call: Call, tmp_path: Path) -> None:
    hostile = {"text": f"{FRAME} {CLAIM} \x1b[31m\u202e"}
    (tmp_path / "a\u202e.jsonl").write_text(json.dumps(hostile))
    result = call("fix", "a\u202e.jsonl", "--diff", *SELECT)
    assert "did not open" in result.stdout
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_standard_input_to_standard_output(call: Call) -> None:
    lines = "\n".join(json.dumps(record) for record in (CLEAN, FRAMED))
    result = call("fix", "-", "-o", "-", "--unsafe", *SELECT, input=lines)
    assert result.exit_code == 0, result.output
    assert [json.loads(line) for line in result.stdout.splitlines()] == [CLEAN, {"text": DENIAL}]


def test_a_named_remedy_is_taken(call: Call, data: str, tmp_path: Path) -> None:
    result = call("fix", data, "-o", "o.jsonl", "--remedy", "falsity=drop,harm=mask", *SELECT)
    assert result.exit_code == 0
    assert "1 dropped" in result.stderr
    assert (tmp_path / "o.jsonl").read_text() == json.dumps(CLEAN) + "\n"


def test_decisions_are_followed(call: Call, data: str, tmp_path: Path) -> None:
    call("fix", data, "-o", "o.jsonl", *SELECT)
    [line] = (tmp_path / "o.jsonl.provenance.jsonl").read_text().splitlines()
    decision = {"change": json.loads(line)["id"], "decision": "reject"}
    document = {"schema": "negaudit.decisions/1", "decisions": [decision]}
    (tmp_path / "d.json").write_text(json.dumps(document))
    result = call("fix", data, "-o", "p.jsonl", "--decisions", "d.json", *SELECT)
    assert result.exit_code == 0
    assert "1 record left as the reviewer decided" in result.stderr


def test_quiet_says_nothing(call: Call, data: str) -> None:
    result = call("fix", data, "-o", "o.jsonl", "-q", *SELECT)
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give -o OUT to write, or --diff to see"),
        (("-o", "-", "--diff"), "cannot both go to standard output"),
        (("-o", "a.jsonl"), "the output would replace the data"),
        (("-o", "none/o.jsonl"), "mkdir -p"),
        (("-o", "o.csv"), "keeps the format"),
        (("--diff", "--remedy", "falsty=drop"), "falsity"),
        (("--diff", "--remedy", "falsity=dorp"), "drop"),
        (("--diff", "--remedy", "falsity"), "KIND=REMEDY"),
        (("--diff", "--remedy", "invalid=mask"), "can only be dropped"),
        (("--diff", "--claims", "none.txt"), "none.txt"),
        (("--diff", "--decisions", "claims.txt"), "no decisions file"),
        (("--diff", "--llm", "ftp://x"), "--llm"),
    ],
)
def test_wrong_usage_exits_with_two(
    call: Call, data: str, arguments: tuple[str, ...], said: str
) -> None:
    result = call("fix", data, *arguments, *SELECT)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_exits_with_two(call: Call) -> None:
    assert call("fix", "none.jsonl", "--diff").exit_code == 2
