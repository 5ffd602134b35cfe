"""Findings as JSON, for programs: ``agentls schema check-report`` describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from agentls.cli.output.fingerprints import fingerprints
from agentls.cli.output.places import display_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage
    from agentls.text.source import Text

_SURROGATE = re.compile("[\ud800-\udfff]")
# How Python keeps a byte of a path that is no text.
_FIRST_BYTE = 0xDC00
_BYTES = range(0xDC80, 0xDD00)


def write(reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
    """One array; lines and columns count from 1, columns in code points, the end is behind the last one."""
    yield from json_lines(
        [
            {
                "path": display_path(report.path, page.folder),
                "rule": finding.rule,
                "severity": finding.severity.word,
                "message": finding.message,
                "start": _position(report.text, finding.span.start),
                "end": _position(report.text, finding.span.end),
                "fixable": finding in report.fixable,
                "fingerprint": fingerprint,
                **({"product": finding.product} if finding.product else {}),
            }
            for report in reports
            for finding, fingerprint in fingerprints(report)
        ]
    )


def _position(text: Text, offset: int) -> dict[str, int]:
    line, column = text.position(offset)
    return {"line": line + 1, "column": column + 1}


def json_lines(value: Any) -> list[str]:
    """JSON that strict readers take, in ASCII, with nothing that a CI job obeys in its log."""
    text = json.dumps(_well_formed(value), indent=2)
    return text.replace("\x7f", "\\u007f").replace("##", "#\\u0023").split("\n")


def _well_formed(value: Any) -> Any:
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, dict):
        return {key: _well_formed(inner) for key, inner in value.items()}
    return [_well_formed(inner) for inner in value] if isinstance(value, list) else value


def well_formed(text: str) -> str:
    """Text without halves of characters, which many readers refuse: they are shown as escapes."""
    return text if text.isascii() else _SURROGATE.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code - _FIRST_BYTE:02x}" if code in _BYTES else f"\\u{code:04x}"
