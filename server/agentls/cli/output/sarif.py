"""Findings as a SARIF log, version 2.1.0: for code scanning and for viewers."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agentls import HOME, __version__
from agentls.cli.output.fingerprints import fingerprints
from agentls.cli.output.json_findings import json_lines
from agentls.cli.output.places import display_path
from agentls.findings import Severity
from agentls.linter import engine, rule_pages
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage
    from agentls.findings import Finding, Fix
    from agentls.linter.engine import Rule
    from agentls.text.source import Location, Span, Text

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
# What `none` says is shown by no viewer.
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "note",
    Severity.HINT: "note",
}
# What takes two code units.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One log with one run; columns are UTF-16 code units, as is usual, and the end is behind the last."""
    found = [one for report in reports for one in _results(report, page)]
    codes = sorted({str(result["ruleId"]) for result in found})
    places = {code: number for number, code in enumerate(codes)}
    yield from json_lines(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "agentls",
                            "version": __version__,
                            "semanticVersion": __version__,
                            "informationUri": HOME,
                            "rules": [_rule(engine.rules()[code]) for code in codes],
                        }
                    },
                    "columnKind": "utf16CodeUnits",
                    "newlineSequences": ["\r\n", "\n", "\r"],
                    "originalUriBaseIds": {_ROOT: {"description": {"text": "Where agentls was started."}}},
                    "results": [{**one, "ruleIndex": places[str(one["ruleId"])]} for one in found],
                }
            ],
        }
    )


def _rule(rule: Rule) -> dict[str, Any]:
    page = rule_pages.page(rule)
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "helpUri": rule_pages.web_address(rule.code),
        "help": {"text": page, "markdown": page},
        "properties": {"tags": list(rule.groups), "precision": "very-high"},
    }


def _results(report: Report, page: OutputPage) -> Iterator[dict[str, Any]]:
    columns = _CodeUnits(report.text)
    artifact = _artifact(report.path, page)
    fixes = dict(report.fixes()) if report.fixable else {}
    for finding, fingerprint in fingerprints(report):
        fix = _fix(fixes.get(finding), report.path, artifact, columns)
        yield {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [_location(artifact, columns.region(finding.span))],
            # The name that GitHub asks for; others take any.
            "partialFingerprints": {"primaryLocationLineHash": fingerprint},
            **({"relatedLocations": _related(finding, page)} if finding.related else {}),
            **({"fixes": [fix]} if fix else {}),
            **({"properties": {"product": finding.product}} if finding.product else {}),
        }


def _location(artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _related(finding: Finding, page: OutputPage) -> list[dict[str, Any]]:
    return [
        {**_location(_artifact(one.path, page), _region(one.location)), "message": {"text": one.message}}
        for one in finding.related
    ]


def _artifact(path: str, page: OutputPage) -> dict[str, str]:
    """A file in the folder by a reference, any other one by its address."""
    if not paths.is_within(path, page.folder):
        return {"uri": paths.to_uri(path)}
    return {"uri": paths.percent_encode(display_path(path, page.folder)), "uriBaseId": _ROOT}


def _fix(fix: Fix | None, path: str, artifact: dict[str, str], columns: _CodeUnits) -> dict[str, Any] | None:
    """A repair of this file alone; a log cannot say that files are made or moved."""
    if fix is None or fix.change.edits.keys() != {path} or fix.change.creates or fix.change.renames:
        return None
    replacements = [
        {"deletedRegion": columns.region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.change.edits[path]
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


class _CodeUnits:
    """Places in a text by lines and UTF-16 code units, both from 1.

    A line can be a megabyte with a finding in each word, so characters of two units are looked for once.
    """

    def __init__(self, text: Text) -> None:
        self._text = text

    @cached_property
    def _beyond(self) -> list[int]:
        return [match.start() for match in _BEYOND.finditer(self._text.source)]

    def region(self, span: Span) -> dict[str, int]:
        line, column = self._position(span.start)
        end_line, end_column = self._position(span.end)
        return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}

    def _position(self, offset: int) -> tuple[int, int]:
        line, column = self._text.position(offset)
        more = bisect_left(self._beyond, offset) - bisect_left(self._beyond, offset - column)
        return line + 1, column + more + 1


def _region(place: Location) -> dict[str, int]:
    start, end = (_units(place.line_text[:column]) + 1 for column in (place.start, place.end))
    return {"startLine": place.line + 1, "startColumn": start, "endLine": place.line + 1, "endColumn": end}


def _units(text: str) -> int:
    return len(text) + len(_BEYOND.findall(text))
