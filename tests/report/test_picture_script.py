from __future__ import annotations

import os
import re
import shutil
import struct
from pathlib import Path
from xml.etree import ElementTree

import pictures
import pytest
from documents import ROOT

from negaudit.report import render

from .samples import audit

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
MOST_BYTES = 300_000


def test_the_picture_of_the_terminal_holds_its_text_and_loads_nothing() -> None:
    drawn = pictures.terminal("negaudit lint docs/example.jsonl")
    text = "".join(ElementTree.fromstring(drawn).itertext()).replace("\xa0", " ")
    assert "The report below is entirely false." in text
    assert "$ negaudit lint docs/example.jsonl" in text
    assert "url(http" not in drawn
    assert "@font-face" not in drawn


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is found; CHROMIUM may name one")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_of_a_report_is_its_head_sharp_and_small(scheme: str, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    report, picture = tmp_path / "report.html", tmp_path / "report.png"
    report.write_text(render(audit(60)), encoding="utf-8")
    pictures.photograph(report, scheme, picture)
    data = picture.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert width == 1.5 * 1100
    assert 600 < height < width
    assert len(data) < MOST_BYTES


def test_the_readme_shows_all_pictures_and_they_are_small() -> None:
    kept = list((ROOT / "docs" / "pictures").iterdir())
    shown = re.findall(r"docs/pictures/([a-z.-]+)", (ROOT / "README.md").read_text())
    assert sorted(path.name for path in kept) == sorted(shown)
    assert all(path.stat().st_size < MOST_BYTES for path in kept)
