"""Shows an audit to people: one HTML page, or Markdown for a pull request.

A page is made in three steps. `redaction` takes the data's text out where it must not be seen;
`page` gathers what is shown into records, each section in a module of its own; the templates in
reports/templates lay them out. Every text goes through `negaudit.output.inert` on its way out.
"""

from negaudit.report.audit import Audit, load_audit
from negaudit.report.render import render, summary

__all__ = ["Audit", "load_audit", "render", "summary"]
