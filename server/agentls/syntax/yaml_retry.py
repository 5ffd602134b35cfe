"""The second try that Claude Code makes when strict YAML fails, to tell what it recovers.

Observed in Claude Code 2.1.329: every line at column 0 of the form ``key: value`` whose value is not
quoted and holds one of ``{}[]*&#!|>%@``, a backtick or ``": "`` is rewritten with a double-quoted value;
valid flow lists are left alone; each leading tab becomes two spaces; then the text is parsed once more.
In 2.1.332, a line that ends with a carriage return and a line feed is none of these.
"""

from __future__ import annotations

import re

from agentls.syntax import yaml
from agentls.syntax.nodes import Sequence
from agentls.text.source import Span

_LINE = re.compile(r"^([A-Za-z_-]+):[^\S\r\n]++([^\r\n\u2028\u2029]*+)(?=\n|\Z)", re.MULTILINE)
_TRIGGER = re.compile(r"[{}\[\]*&#!|>%@`]|: ")
_LEADING_TABS = re.compile(r"^\t+", re.MULTILINE)


def quote_simple_values(block: str) -> str:
    """The block as it is parsed the second time."""
    block = _LEADING_TABS.sub(lambda match: "  " * len(match.group()), block)
    return _LINE.sub(_quote, block)


def quote_entry(source: str, entry: Span) -> str:
    """One entry of a source as it is parsed the second time; what ends its last line counts."""
    end = entry.end + (source[entry.end : entry.end + 1] == "\r")
    return quote_simple_values(source[entry.start : end])


def quoted_values(source: str, content: Span) -> dict[int, Span]:
    """The values that are text in the second try, by the starts of their keys."""
    found = (
        match for match in _LINE.finditer(source, content.start, content.end) if _is_simple(match[2].rstrip())
    )
    return {match.start(): Span(match.start(2), match.start(2) + len(match[2].rstrip())) for match in found}


def _quote(match: re.Match[str]) -> str:
    key, value = match[1], match[2].rstrip()
    return f"{key}: {double_quoted(value)}" if _is_simple(value) else match.group()


def _is_simple(value: str) -> bool:
    return _TRIGGER.search(value) is not None and not _is_quoted(value) and not _is_flow_list(value)


def double_quoted(value: str) -> str:
    """A one-line value between double quotes, meaning itself."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_quoted(value: str) -> bool:
    return len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"


def _is_flow_list(value: str) -> bool:
    if not value.startswith("["):
        return False
    try:
        root = yaml.read(value, 0, len(value)).root
    except yaml.ReadError:
        return False
    return isinstance(root, Sequence) and root.span.end == len(value)
