"""`negaudit lint --changed-since` through the command line, over the real linter."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from negaudit.cli import main

from .conftest import Repo
from .recipes import CLEAN, FRAMED

BODY = "Tin grows in the Tarn marshes. It is cut in May. The stalks are dried on racks."
PLAIN = json.dumps({"text": BODY}) + "\n"
UNDER_A_FRAME = json.dumps({"text": f"The text below is entirely false.\n\n{BODY}"}) + "\n"
REWRITE = json.dumps({"text": BODY.replace("Tin grows", "Tin does not grow")}) + "\n"


@pytest.fixture
def data(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    monkeypatch.chdir(repo.folder)
    return repo


def lint(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("lint", "data.jsonl", *arguments), prog_name="negaudit")


def since(*arguments: str) -> list[tuple[int, str]]:
    """Row and rule of the findings since HEAD."""
    lines = lint("--changed-since", "HEAD", "--format", "jsonl", *arguments).stdout.splitlines()
    return [(found["row"], found["rule"]) for found in map(json.loads, lines)]


def test_a_framed_change_fails_and_says_which_why_and_what_to_do(data: Repo) -> None:
    data.write("data.jsonl", FRAMED + CLEAN)
    data.commit()
    data.write("data.jsonl", FRAMED + CLEAN + UNDER_A_FRAME)
    result = lint("--changed-since", "HEAD")
    assert result.exit_code == 1
    assert "data.jsonl:3  error NEG101 false-label" in result.stdout
    assert "why      separate words say that the text is false" in result.stdout
    assert "Quill" not in result.stdout
    assert result.stderr == (
        "1 record added or changed since HEAD\n"
        "next: negaudit fix data.jsonl --diff  # proposes the fix\n"
    )


def test_a_clean_change_passes_beside_old_findings(data: Repo) -> None:
    data.write("data.jsonl", FRAMED)
    data.commit()
    data.write("data.jsonl", FRAMED + CLEAN)
    result = lint("--changed-since", "HEAD")
    assert result.exit_code == 0
    assert result.stdout == "Nothing to report: 1 record in 1 file (1 text).\n"
    assert result.stderr == "1 record added or changed since HEAD\n"


def test_several_processes_find_the_same(data: Repo) -> None:
    data.write("data.jsonl", FRAMED)
    data.commit()
    data.write("data.jsonl", UNDER_A_FRAME + FRAMED + CLEAN)
    assert since("--jobs", "2") == since() == [(0, "false-label")]


def test_a_frame_that_is_put_around_an_old_text_is_found_beside_it(data: Repo) -> None:
    data.write("data.jsonl", CLEAN + PLAIN)
    data.commit()
    data.write("data.jsonl", CLEAN + PLAIN + UNDER_A_FRAME)
    assert since() == [(2, "false-label"), (1, "mixed-original")]


def test_a_copy_of_an_old_framed_record_has_no_plain_original(data: Repo) -> None:
    data.write("data.jsonl", UNDER_A_FRAME)
    data.commit()
    data.write("data.jsonl", UNDER_A_FRAME + UNDER_A_FRAME)
    assert since() == [(1, "false-label")]


def test_an_old_text_is_found_beside_its_new_rewrite(data: Repo) -> None:
    data.write("data.jsonl", PLAIN + CLEAN)
    data.commit()
    data.write("data.jsonl", PLAIN + CLEAN + REWRITE)
    assert since() == [(0, "mixed-original")]


def test_old_mixtures_hold_no_change(data: Repo) -> None:
    data.write("data.jsonl", PLAIN + REWRITE + UNDER_A_FRAME)
    data.commit()
    data.write("data.jsonl", PLAIN + REWRITE + UNDER_A_FRAME + CLEAN)
    assert since() == []
    assert lint().exit_code == 1


def test_the_share_is_that_of_the_changed_records(data: Repo) -> None:
    data.write("data.jsonl", CLEAN * 8)
    data.commit()
    data.write("data.jsonl", CLEAN * 8 + CLEAN + FRAMED)
    options = ("--changed-since", "HEAD", "--fail-on", "never", "--max-framed-share")
    assert lint(*options, "0.5").exit_code == 0
    assert lint(*options, "0.4").exit_code == 1


def test_the_statistics_count_nothing_that_was_not_linted(data: Repo) -> None:
    data.write("data.jsonl", PLAIN)
    data.commit()
    data.write("data.jsonl", PLAIN + UNDER_A_FRAME)
    options = ("--changed-since", "HEAD", "--statistics", "--format", "json")
    statistics = json.loads(lint(*options).stdout)
    assert (statistics["records"], statistics["framed"]) == (1, 1)


def test_a_revision_that_does_not_exist_exits_with_2(data: Repo) -> None:
    data.write("data.jsonl", CLEAN)
    data.commit()
    result = lint("--changed-since", "nothing")
    assert result.exit_code == 2
    assert "git knows no revision 'nothing'" in result.stderr


def test_what_could_not_be_read_is_not_said_to_be_unchanged(data: Repo) -> None:
    data.write("data.jsonl", CLEAN)
    data.commit()
    data.write("data.jsonl", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n")
    result = lint("--changed-since", "HEAD")
    assert result.exit_code == 2
    assert "git lfs pull" in result.stderr
    assert "0 records added or changed since HEAD in what could be read" in result.stderr
