"""The second try that Claude Code makes when strict YAML fails, to tell what it recovers.

Observed in Claude Code 2.1.329: every line at column 0 of the form ``key: value`` whose value is not
quoted and holds one of ``{}[]*&#!|>%@``, a backtick or ``": "`` is rewritten with a double-quoted value;
valid flow lists are left alone; each leading tab becomes two spaces; then the text is parsed once more.
"""

from __future__ import annotations

import re

from agentls.syntax import yaml
from agentls.syntax.nodes import Sequence

_LINE = re.compile(r"^([A-Za-z_-]+):[^\S\r\n]++([^\r\n]*+)", re.MULTILINE)
_TRIGGER = re.compile(r"[{}\[\]*&#!|>%@`]|: ")
_LEADING_TABS = re.compile(r"^\t+", re.MULTILINE)


def quote_simple_values(block: str) -> str:
    """The block as it is parsed the second time."""
    block = _LEADING_TABS.sub(lambda match: "  " * len(match.group()), block)
    return _LINE.sub(_quote, block)


def _quote(match: re.Match[str]) -> str:
    key, value = match[1], match[2].rstrip()
    if not _TRIGGER.search(value) or _is_quoted(value) or _is_flow_list(value):
        return match.group()
    return f"{key}: {double_quoted(value)}"


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
