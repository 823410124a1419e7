"""JUnit XML: a suite for each file, a failed test case for each finding."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TextIO
from xml.etree import ElementTree as ET

from negaudit.output.inert import inert
from negaudit.output.place import place
from negaudit.output.registry import Look, Results, output_format
from negaudit.records import Finding

__all__ = ["write_junit"]


@output_format("junit")
def write_junit(results: Results, out: TextIO, _look: Look) -> None:
    """Writes each file's suite when the file is done; its findings are kept until then."""
    out.write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="negaudit">\n')
    suites = 0
    findings = (exhibit.finding for exhibit in results)
    for path, group in groupby(findings, key=lambda finding: finding.path):
        _write(_suite(path, group), out)
        suites += 1
    if not suites:
        _write(_clean_suite(results.statistics.records), out)
    out.write("</testsuites>\n")


def _suite(path: str, findings: Iterable[Finding]) -> ET.Element:
    suite = ET.Element("testsuite", name=inert(path))
    suite.extend(map(_case, findings))
    for attribute, count in (("tests", len(suite)), ("failures", len(suite)), ("errors", 0)):
        suite.set(attribute, str(count))
    return suite


def _case(finding: Finding) -> ET.Element:
    name = inert(f"{finding.code} {finding.rule}")
    case = ET.Element("testcase", name=f"{name} at row {finding.row}", file=inert(finding.path))
    case.set("classname", inert(finding.path))
    if finding.line is not None:
        case.set("line", str(finding.line))
    failure = ET.SubElement(case, "failure", type=finding.severity, message=inert(finding.message))
    remedies = ", ".join(finding.remedies)
    failure.text = f"{place(finding)}: {inert(finding.message)}\nremedies: {remedies or 'none'}"
    return case


def _clean_suite(records: int) -> ET.Element:
    # Servers take a report without any test case for a run that never took place.
    suite = ET.Element("testsuite", name="negaudit", tests="1", failures="0", errors="0")
    ET.SubElement(suite, "testcase", name=f"{records} records without a finding")
    return suite


def _write(element: ET.Element, out: TextIO) -> None:
    ET.indent(element)
    out.write(ET.tostring(element, encoding="unicode") + "\n")
