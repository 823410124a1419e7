from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from negaudit.cli import main
from negaudit.errors import InputError
from negaudit.output.contract import StatisticsDocument, encode, finding_record
from negaudit.report import Audit, load_audit, render, summary

from .samples import audit


def written(made: Audit, folder: Path) -> Path:
    """Writes an audit's folder as the other commands write its files."""
    lines = [encode(finding_record(one, show_text=True)) for one in made.findings]
    (folder / "findings.jsonl").write_text("".join(f"{line}\n" for line in lines))
    statistics = StatisticsDocument(**msgspec.structs.asdict(made.statistics))  # type: ignore[arg-type]
    (folder / "statistics.json").write_text(encode(statistics))
    changes = [msgspec.json.encode(change).decode() for change in made.changes]
    (folder / "changes.jsonl").write_text("".join(f"{line}\n" for line in changes))
    if made.results is not None:
        (folder / "results.json").write_bytes(msgspec.json.encode(made.results))
    return folder


def test_an_audit_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    made = audit(30)
    assert load_audit(written(made, tmp_path)) == made


def test_an_audit_without_a_probe_is_whole(tmp_path: Path) -> None:
    assert load_audit(written(audit(5, probe=False), tmp_path)).results is None


def test_results_alone_are_an_audit(tmp_path: Path) -> None:
    written(audit(5), tmp_path)
    alone = load_audit(tmp_path / "results.json", title="A probe")
    assert alone.findings == ()
    assert alone.results == audit(5).results
    assert "A probe" in render(alone)


def test_findings_without_text_are_shown_without_text(tmp_path: Path) -> None:
    made = audit(5, probe=False)
    folder = written(made, tmp_path)
    bare = [encode(finding_record(one, show_text=False)) for one in made.findings]
    (folder / "findings.jsonl").write_text("\n".join(bare))
    assert all(one.excerpts == () for one in load_audit(folder).findings)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    folder = written(audit(3), tmp_path)
    with (folder / "changes.jsonl").open("a") as file:
        file.write('{"schema": "negaudit.change/1"}\n')
    with pytest.raises(InputError) as caught:
        load_audit(folder)
    assert caught.value.where == f"{folder / 'changes.jsonl'}:{len(audit(3).changes) + 1}"


def test_a_line_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = written(audit(3), tmp_path)
    (folder / "findings.jsonl").write_bytes(b'{"schema": "\xff"}\n')
    with pytest.raises(InputError, match=r"findings\.jsonl:1: this is not what negaudit writes"):
        load_audit(folder)


def test_results_of_a_newer_version_ask_for_an_upgrade(tmp_path: Path) -> None:
    folder = written(audit(3), tmp_path)
    (folder / "results.json").write_text('{"schema": "negaudit.probe/2"}')
    for place in (folder, folder / "results.json"):
        with pytest.raises(InputError, match="newer negaudit") as caught:
            load_audit(place)
        assert caught.value.hint == "upgrade negaudit"


@pytest.mark.parametrize("name", ["", "missing.json"])
def test_what_is_no_audit_is_refused_with_exit_code_2(tmp_path: Path, name: str) -> None:
    done = CliRunner().invoke(main, ["report", str(tmp_path / name)])
    assert done.exit_code == 2
    assert "next:" in done.output


def test_the_command_writes_the_page_the_summary_and_redacted_copies(tmp_path: Path) -> None:
    made = audit(30)
    folder, out = written(made, tmp_path), tmp_path / "report.html"

    def call(*more: str) -> str:
        done = CliRunner().invoke(main, ["report", str(folder), "-o", str(out), *more])
        assert done.exit_code == 0, done.output
        return out.read_text(encoding="utf-8")

    assert call() == render(made)
    assert call("--format", "markdown") == summary(made)
    assert call("--redact") == render(msgspec.structs.replace(made, redact=True))
    assert call("--records", "7").count("<article") == 7
    assert "<title>Spring &amp; ferries" in call("--title", "Spring & ferries")
