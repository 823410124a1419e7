from __future__ import annotations

from negaudit.report import Audit, render
from negaudit.report.page import page_of

from .samples import audit, change, exhibit


def third_table(made: Audit) -> tuple[str, list[str]]:
    table = page_of(made).tables[2]
    return table.title, [bar.name for bar in table.bars]


def found_in(*paths: str) -> Audit:
    found = tuple(exhibit(row, path=path) for row, path in enumerate(paths))
    return Audit(findings=found)


def test_files_of_one_folder_are_told_by_it() -> None:
    made = found_in("in/a.jsonl", "in/b.csv")
    assert page_of(made).title == "in (2 files)"
    assert third_table(made) == ("By file in in", ["a.jsonl", "b.csv"])


def test_files_of_several_folders_keep_their_paths() -> None:
    made = found_in("in/a.jsonl", "out/a.jsonl")
    assert page_of(made).title == "in/a.jsonl and 1 more"
    assert third_table(made) == ("By file", ["in/a.jsonl", "out/a.jsonl"])


def test_what_became_of_records_names_the_remedy_where_it_must() -> None:
    one, other, last = (exhibit(row) for row in range(3))
    changes = (change(one), change(other, outcome="dropped"), change(last, outcome="dropped"))
    made = Audit(findings=(one, other, last), changes=changes)
    assert page_of(made).outcomes == (("dropped", 2), ("rewritten (negate)", 1))


def test_a_number_and_its_percent_sign_stay_on_one_line() -> None:
    assert "(20.0\u00a0%) hold" in render(audit(40, probe=False))
