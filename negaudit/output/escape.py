"""Escapes text for GitHub-flavoured Markdown, as GitHub and GitLab render it."""

from __future__ import annotations

import re

from negaudit.output.inert import inert

__all__ = ["code_span", "escape_markdown"]

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$]|:(?=\S)")
# Mentions, references and bare addresses are looked for in the rendered page, where a
# backslash is gone. Nothing is looked for inside a code span.
_LINKED = re.compile(r"(?:[@#]|//|www\.)++", re.IGNORECASE)
_BACKTICKS = re.compile(r"`++")


def escape_markdown(text: str) -> str:
    """One line that renders as `text`: no markup, HTML, link, mention or table cell in it."""
    escaped = _MARKUP.sub(r"\\\g<0>", inert(text, newline=" "))
    return _LINKED.sub(r"`\g<0>`", escaped)


def code_span(text: str) -> str:
    """A code span with `text` in it, inert, for a table cell too."""
    # A bar inside a code span would still end the cell, and no escape for it is portable.
    shown = inert(text, newline=" ⏎ ").replace("|", "\\x7c")
    longest = max((len(run) for run in _BACKTICKS.findall(shown)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {shown} {fence}" if shown.strip() else ""
