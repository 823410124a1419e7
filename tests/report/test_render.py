"""The page as text; tests/report/test_browser.py looks at it in a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import msgspec
import pytest
from markdown_it import MarkdownIt

from negaudit.fix.record import StringChange
from negaudit.output.inert import HOSTILE
from negaudit.report import Audit, render, summary

from .hostile import HOSTILE_TEXTS
from .samples import audit, change, effect, exhibit, inconclusive, results

LOADS = {"src", "srcset", "href", "action", "data", "poster", "formaction", "background", "style"}
VOID = {"meta", "input", "br", "img", "link", "base"}


class Tags(HTMLParser):
    """Collects tags, attributes and the text of scripts and styles; checks that tags nest."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    tags.close()
    assert not tags.open
    return tags


def hostile_audit(text: str) -> Audit:
    """An audit with the text wherever a text can stand."""
    found = exhibit(frame=text, content=f"x {text}", path=text, message=text, rule=text, code=text)
    fix = change(found, reason=text)
    string = StringChange(f"/{text}", before=text, after=f"a {text}")
    base = results()
    replace = msgspec.structs.replace
    prompts = tuple(replace(prompt, text=text) for prompt in base.heldout.prompts)
    probe = replace(
        base,
        categories=tuple(replace(c, name=text) for c in base.categories[:1]),
        effects=tuple(replace(e, category=e.category and text, method=text) for e in base.effects),
        verdicts=tuple(
            replace(v, category=v.category and text, reason=text) for v in base.verdicts
        ),
        heldout=replace(base.heldout, source=text, prompts=prompts),
        generations=tuple(replace(g, text=text) for g in base.generations),
        arms=tuple(replace(a, name=text if a.name == "mask" else a.name) for a in base.arms),
        curve=tuple(replace(c, arm=text if c.arm == "mask" else c.arm) for c in base.curve),
        data=tuple(replace(d, path=text) for d in base.data),
        model=replace(base.model, name=text, revision=text),
        environment={text: text},
        warnings=(text,),
    )
    statistics = replace(
        audit(5).statistics, sources={text: (1, 2)}, source_column=text, shapes={text: 1}
    )
    return Audit((found,), statistics, (replace(fix, strings=(string,)),), probe, title=text)


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
def test_hostile_text_makes_no_tag_and_no_character_that_acts(text: str) -> None:
    page = render(hostile_audit(text))
    plain = parsed(render(hostile_audit("plain")))
    tags = parsed(page)
    assert (
        [tag for tag, _ in tags.tags if tag != "article"]
        == [tag for tag, _ in plain.tags if tag != "article"]
        or len(text) > 999
        or "\u202e" in text
        or HOSTILE.search(text)
    )
    assert {tag for tag, _ in tags.tags} <= {tag for tag, _ in plain.tags}
    assert {name for _, attrs in tags.tags for name in attrs} == {
        name for _, attrs in plain.tags for name in attrs
    }
    assert HOSTILE.search(page.replace("\n", "")) is None
    assert "1337" not in page


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
def test_hostile_text_makes_no_markup_in_the_summary(text: str) -> None:
    shown = summary(hostile_audit(text))
    assert HOSTILE.search(shown.replace("\n", "")) is None
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(shown)
    inline = [child for token in tokens for child in token.children or []]
    html = [t.content for t in (*tokens, *inline) if t.type in ("html_block", "html_inline")]
    assert all(re.fullmatch(r"(</?(details|summary)>|[\w ,:]|\n)+", one) for one in html)
    assert not {t.type for t in inline} & {"link_open", "image", "code_block"}
    assert sum(t.type == "heading_open" for t in tokens) == 1


@pytest.mark.parametrize(
    "made",
    [
        audit(60),
        audit(60, probe=False),
        audit(30, results=inconclusive()),
        Audit(results=results()),
        Audit(),
        audit(20, changes=()),
        audit(0),
    ],
    ids=["whole", "no probe", "inconclusive", "probe alone", "nothing", "no changes", "clean"],
)
def test_missing_parts_leave_a_whole_page(made: Audit) -> None:
    tags = parsed(render(made)).tags
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    named = {
        one
        for _, attrs in tags
        for key in ("aria-labelledby", "for")
        for one in (attrs.get(key) or "").split()
    }
    assert named <= set(ids)
    links = {attrs["href"] for tag, attrs in tags if tag == "a"}
    assert {str(link).removeprefix("#") for link in links} <= set(ids)
    assert "None" not in render(made)
    assert "None" not in summary(made)


def test_a_category_without_a_ratio_says_why() -> None:
    told = "cannot tell what the category teaches"
    assert told not in render(audit(5))
    others = (one for one in results().effects if one.category != "ferries")
    made = results(effects=(*others, effect("original", None, category="ferries")))
    assert told in render(audit(5, results=made))


def test_what_measured_is_named_once_and_the_verdict_reads_well_without_styles() -> None:
    made = audit(5, results=results(environment={"negaudit": "0.1.0", "python": "3.11.9"}))
    page = render(made)
    assert page.count("<dt>negaudit</dt>") == page.count("<dt>python</dt>") == 1
    heading = page.partition("<h1")[2].partition("</h1>")[0]
    assert re.sub("<[^>]*>", "", heading.partition(">")[2]).startswith("amplifies: Training")


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert render(audit(40)) == render(audit(40))
    assert summary(audit(40)) == summary(audit(40))


def test_nothing_is_loaded_and_nothing_is_styled_or_run_inline() -> None:
    page = render(audit(40))
    for tag, attrs in parsed(page).tags:
        assert not any(name.startswith("on") for name in attrs)
        for name in LOADS & set(attrs):
            assert (tag, name) == ("a", "href")
            assert str(attrs[name]).startswith("#")
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page


def test_the_policy_names_the_hashes_of_the_style_and_the_script() -> None:
    page = render(audit(10))
    policy = next(a["content"] for t, a in parsed(page).tags if a.get("http-equiv"))
    style = page.split("<style>")[1].split("</style>")[0]
    script = page.rsplit("<script>", 1)[1].split("</script>")[0]
    for source, directive in ((style, "style-src"), (script, "script-src")):
        digest = b64encode(sha256(source.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in str(policy)
    assert "default-src 'none'" in str(policy)
    assert "connect-src 'none'" in str(policy)


def test_ten_thousand_findings_make_a_small_page_that_counts_them_all() -> None:
    page = render(audit(10_000))
    assert len(page.encode()) < 1_000_000
    assert "400 of 10,000 framed records are shown" in page
    assert page.count("<article") == 400


def test_the_summary_fits_a_comment() -> None:
    long = tuple(
        exhibit(row, content="word " * 400, path="folder/" * 30 + "d.jsonl") for row in range(500)
    )
    made = audit(500, findings=long, changes=tuple(change(one) for one in long))
    assert len(summary(made)) < 65_536


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    style = render(Audit()).split("<style>")[1].split("</style>")[0]
    blocks = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", b))
        for b in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    light, dark, printed = blocks
    return {"light": light, "dark": dark, "print": {**light, **printed}}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_colours_have_the_contrast_that_wcag_aa_asks_for(scheme: str) -> None:
    colours = palettes()[scheme]
    texts = [
        (text, ground)
        for text in ("ink", "muted", "link", "bad", "doubt", "good")
        for ground in ("paper", "raised")
    ]
    texts += [("ink", ground) for ground in ("removed", "added", "frame")]
    for text, ground in texts:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for line in ("control", "stripped", "original", "first", "second", "third", "fourth"):
        assert contrast(colours[line], colours["paper"]) >= 3, line
