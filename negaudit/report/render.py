"""Lays an audit out: one HTML file that needs nothing else, or Markdown for a pull request."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from negaudit.output.escape import code_span, escape_markdown
from negaudit.output.inert import inert
from negaudit.output.summary import REMEDIES, counted
from negaudit.report.audit import Audit
from negaudit.report.diffs import Diff
from negaudit.report.entries import LIMIT
from negaudit.report.numbers import interval, number
from negaudit.report.page import Page, page_of

__all__ = ["render", "shipped_folder", "summary"]

_TAB: Final = "    "
# Of a text in the summary: a comment on GitHub holds 65,536 characters.
_MOST_QUOTED: Final = 400


def render(audit: Audit, *, limit: int = LIMIT) -> str:
    """One HTML page, complete in itself: no request leaves it, and no script is needed.

    Args:
        audit: What to show; its texts are taken to be hostile.
        limit: How many records to show at most; all are counted.

    Returns:
        The same text for the same audit.
    """
    page = page_of(audit, limit=limit)
    style, script = _source("report.css"), _source("report.js")
    return (
        _html()
        .get_template("report.html.jinja")
        .render(
            page=page,
            style=Markup(style),
            script=Markup(script),
            policy=_policy(style, script),
            proposals=_embedded(_proposals(page)),
        )
    )


def summary(audit: Audit, *, limit: int = 10) -> str:
    """The same in Markdown as GitHub and GitLab render it, short enough for a comment.

    Args:
        audit: What to show.
        limit: How many records to quote at most.
    """
    template = _markdown().get_template("summary.md.jinja")
    return template.render(page=page_of(audit, limit=limit))


def shipped_folder() -> Path:
    """The folder of the templates, in a wheel or in a checkout."""
    inside = Path(__file__).parent.parent / "_data" / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "reports" / "templates"


@cache
def _source(name: str) -> str:
    return (shipped_folder() / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that lets the page's own style and script run, and no more."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "connect-src 'none'",
            "img-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _hash(source: str) -> str:
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def _proposals(page: Page) -> dict[str, dict[str, str]]:
    """The proposed strings of each change that may be edited in the page, by its id."""
    return {
        entry.change.id: {
            diff.pointer: diff.after for diff in entry.diffs if diff.after is not None
        }
        for _, group in page.groups
        for entry in group
        if entry.change is not None and entry.editable
    }


def _embedded(value: object) -> Markup:
    r"""JSON that cannot end the element it stands in: `<`, `>` and `&` are written as \u003c."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


@cache
def _html() -> jinja2.Environment:
    return _environment(_shown, autoescape=True)


@cache
def _markdown() -> jinja2.Environment:
    return _environment(_marked_down, autoescape=False)


def _environment(finalize: Any, *, autoescape: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(shipped_folder()),
        autoescape=autoescape,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "after": lambda diff: _side(diff, "removed"),
        "before": lambda diff: _side(diff, "added"),
        "code": lambda text: Markup(code_span(str(text))),
        "counted": counted,
        "interval": lambda effect: interval(effect.low, effect.high),
        "number": number,
        "remedy": lambda remedy: REMEDIES[remedy],
        "thousands": lambda count: f"{count:,}",
    }
    return environment


def _side(diff: Diff, without: str) -> str:
    text = "".join(piece.text for piece in diff.pieces if piece.kind != without)
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"


def _shown(value: object) -> object:
    """What every expression of the page passes through, before it is escaped."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return inert(value.replace("\t", _TAB), newline="\n")
    return value


def _marked_down(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return escape_markdown(value)
    return value
