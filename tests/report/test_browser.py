"""The page in a real browser: from disk, without a network, with and without scripts."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from negaudit.fix.record import Decisions, StringChange
from negaudit.probe.record import Category
from negaudit.report import Audit, render

from .hostile import HOSTILE_TEXTS
from .samples import audit, change, exhibit, inconclusive, results

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is found; CHROMIUM may name one")
    with sync_api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens an audit's page from disk; fails on a console message, an error or a request."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def complain(request: Any) -> None:
        if not request.url.startswith(("file://", "blob:")):
            complaints.append(request.url)

    def show(made: Audit, **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(render(made), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", complain)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(file.as_uri())
        return page

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


def exported(page: Any) -> Decisions:
    with page.expect_download() as download:
        page.get_by_role("button", name="Export decisions").click()
    assert download.value.suggested_filename == "decisions.json"
    return msgspec.json.decode(Path(download.value.path()).read_bytes(), type=Decisions)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_first_screen_holds_verdict_numbers_and_next_command(
    opened: Open, width: int, height: int
) -> None:
    unmeasured = tuple(Category(name, 6, 6, 0) for name in ("code", "critique"))
    made = results(categories=(*results().categories, *unmeasured))
    page = opened(audit(60, results=made))
    page.set_viewport_size({"width": width, "height": height})
    for part in ("h1", ".figures .basis >> nth=2", ".next code"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] < height, part


def test_the_page_is_whole_without_scripts(opened: Open) -> None:
    page = opened(audit(60), java_script_enabled=False)
    assert page.locator("article.record").count() == 60
    assert page.locator("#tools").is_hidden()
    assert page.locator("article.record del").first.is_visible()
    page.locator("details.more > summary").first.click()
    assert page.locator("details.more article").first.is_visible()


def test_harmful_text_is_folded_until_it_is_asked_for(opened: Open) -> None:
    page = opened(audit(60))
    page.select_option("#filter-kind", "harm")
    fold = page.locator("article details.folded").first
    assert fold.locator(".text").first.is_hidden()
    fold.locator("summary").click()
    assert fold.locator(".text").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_out_of_the_page(opened: Open, scheme: str, width: int) -> None:
    made = audit(30, title="a" * 400)
    page = opened(made, color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_and_picture_has_a_name(opened: Open) -> None:
    page = opened(audit(60))
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("input, select, textarea, button")]
            .filter((node) => !(node.labels?.length || node.textContent.trim()))
            .map((node) => node.outerHTML)"""
    )
    assert unnamed == []
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("banner").count() == 1
    assert page.get_by_role("contentinfo").count() == 1
    assert page.get_by_role("navigation", name="Contents").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("img", name="Arms by polarity, from base at 0 to stripped at 1").count()


def test_ten_thousand_findings_stay_usable(opened: Open) -> None:
    page = opened(audit(10_000))
    assert page.locator("article.record").count() == 20
    took = page.evaluate(
        """() => {
            const search = document.getElementById("search");
            const begun = performance.now();
            search.value = "lifeboats";
            search.dispatchEvent(new Event("input"));
            document.body.getBoundingClientRect();
            return performance.now() - begun;
        }"""
    )
    assert took < 1_000
    texts = page.locator("article.record").all_text_contents()
    assert texts
    assert all("lifeboats" in text for text in texts)


def test_filters_narrow_and_sorting_orders(opened: Open) -> None:
    page = opened(audit(60))
    page.select_option("#filter-kind", "fiction")
    assert page.locator("article.record").count() == 4
    page.select_option("#filter-kind", "")
    page.select_option("#sort", "place")
    places = page.locator("article.record h4").all_text_contents()
    assert places[:3] == ["bulletins.jsonl:2", "bulletins.jsonl:3", "bulletins.jsonl:4"]
    page.get_by_role("button", name="Next").click()
    assert page.locator("#range").text_content() == "21–40 of 60"


def test_decisions_by_keyboard_alone_end_in_a_file_that_the_fix_reads(opened: Open) -> None:
    page = opened(audit(60))
    page.keyboard.press("/")
    page.keyboard.type("1 sentence negated")
    page.keyboard.press("Escape")
    for key in "jajrje":
        page.keyboard.press(key)
    page.keyboard.press("Control+A")
    page.keyboard.type("jar: the keys are text in here")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("u")
    ids = page.eval_on_selector_all("article.record", "all => all.map((one) => one.dataset.change)")
    found = exported(page).decisions
    assert [(one.change, one.decision) for one in found] == [
        (ids[0], "accept"),
        (ids[1], "reject"),
        (ids[2], "edit"),
    ]
    assert found[2].strings == {"/text": "jar: the keys are text in here"}


def test_keys_walk_through_the_pages_of_records(opened: Open) -> None:
    page = opened(audit(60))
    for _ in range(21):
        page.keyboard.press("j")
    assert page.locator("#range").text_content() == "21–40 of 60"
    first = page.locator("article.record").first
    assert first.get_attribute("aria-current") == "true"
    page.keyboard.press("k")
    assert page.locator("#range").text_content() == "1–20 of 60"


def test_keys_can_be_switched_off(opened: Open) -> None:
    page = opened(audit(20))
    page.locator("#keys").uncheck()
    page.locator("article.record").first.focus()
    page.keyboard.press("a")
    assert page.locator("#tally").text_content().startswith("0 of")


def test_progress_is_kept_in_the_page(opened: Open) -> None:
    page = opened(audit(60))
    page.get_by_role("button", name="Accept all listed").click()
    page.reload()
    decided, _, every = page.locator("#tally").text_content().split()[:3]
    assert decided == every
    page.select_option("#filter-decision", "accept")
    assert page.locator("article.record.accept").count() == 20


def test_a_browser_that_keeps_nothing_still_exports(opened: Open) -> None:
    page = opened(audit(20))
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('denied'); }; }")
    page.locator("article.record[data-change] button[data-decision=accept]").first.click()
    assert [one.decision for one in exported(page).decisions] == ["accept"]


def test_hostile_text_does_nothing_and_is_kept_to_the_letter(opened: Open) -> None:
    assert len(HOSTILE_TEXTS) >= 40
    found = [
        exhibit(row, frame=text, content=text, path=text, message=text)
        for row, text in enumerate(HOSTILE_TEXTS)
    ]
    encodable = [one for one in found if one.excerpts[0].text.isprintable()]
    changes = []
    for one in encodable:
        text = one.excerpts[0].text
        string = StringChange("/constructor", before=f"x {text}", after=text)
        changes.append(change(one, strings=(string,)))
    page = opened(Audit(tuple(found), changes=tuple(changes)))
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    for _ in range(len(found)):
        page.keyboard.press("j")
    assert page.evaluate("window.hit") is None
    assert page.locator("article img, article a, article script, iframe, object").count() == 0
    page.select_option("#filter-remedy", "drop")
    edit_all = """() => {
        const following = document.getElementById("following");
        const press = (button) => button.click();
        for (;;) {
            document.querySelectorAll("#list [data-decision=edit]").forEach(press);
            document.querySelectorAll("#list .editor .primary").forEach(press);
            if (following.disabled) return;
            following.click();
        }
    }"""
    page.evaluate(edit_all)
    kept = {one.change: one.strings["/constructor"] for one in exported(page).decisions}
    assert kept == {one.id: string.after for one in changes for string in one.strings or ()}


def test_an_inconclusive_probe_looks_like_none_that_is_safe(opened: Open) -> None:
    page = opened(audit(20, results=inconclusive()))
    assert page.locator("h1 .label").text_content() == "inconclusive"
    assert page.locator("h1.good").count() == 0
    assert "does not separate" in page.locator("#proxy").text_content()
