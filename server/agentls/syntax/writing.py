"""Values as the readers of the products understand them: front matter in YAML or line by line, and TOML.

The inverse of the parsers, for values of new files only: what an author has written is never written anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.syntax.document import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEY = re.compile(r"[A-Za-z_][\w.-]*")
# Nothing that YAML could take for a mark, a comment, another key, a date or one of its words.
_PLAIN = re.compile(
    r"(?=[A-Za-z/]|[^\x00-\xbf])[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_UNSAFE_PLAIN = re.compile(r":(?:\s|$)|\s#|---|\s$")
_FLOW_SIGN = re.compile(r"[,\[\]{}]")
_UNSAFE_BLOCK = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|---|\A\s|\s\Z"
)
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def in_yaml(values: Mapping[str, object]) -> str:
    """Front matter without its fences; YAML 1.1 and 1.2 read the same."""
    return "\n".join(_entries(values, ""))


def _entries(values: Mapping[str, object], indent: str) -> Iterator[str]:
    for key, value in values.items():
        name = key if _KEY.fullmatch(key) and key.lower() not in _WORDS else _quoted(key)
        if isinstance(value, dict) and value:
            yield f"{indent}{name}:"
            yield from _entries(value, f"{indent}  ")
        elif isinstance(value, list) and value:
            yield f"{indent}{name}:"
            yield from (f"{indent}  - {scalar(item)}" for item in value)
        elif isinstance(value, str) and "\n" in value and not _UNSAFE_BLOCK.search(value):
            yield f"{indent}{name}: |-"
            yield from (f"{indent}  {line}".rstrip() for line in value.split("\n"))
        else:
            yield f"{indent}{name}: {scalar(value)}"


def scalar(value: object, *, in_flow: bool = False) -> str:
    """A value on one line of YAML; ``in_flow``: between brackets or braces."""
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and not _UNSAFE_PLAIN.search(value)
        is_plain = is_plain and not (in_flow and _FLOW_SIGN.search(value))
        is_text = value.lower() not in _WORDS and isinstance(resolve(value), str)
        # Claude Code takes three hyphens for the end of the front matter, wherever they stand.
        return value if is_plain and is_text else _quoted(value).replace("---", "-\\u002d-")
    return "[]" if value == [] else "{}" if value == {} else _plain(value)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    """Between double quotes, in YAML and in TOML."""
    escaped = _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)
    return f'"{escaped}"'


def in_lines(values: Mapping[str, object]) -> str:
    """Front matter for Cursor, which takes what stands behind a colon as it is."""
    return "\n".join(f"{key}: {_line(value)}" for key, value in values.items())


def _line(value: object) -> str:
    if not isinstance(value, str):
        return _plain(value)
    line = " ".join(value.split())
    is_quoted = len(line) > 1 and line[0] == line[-1] and line[0] in "\"'"
    return line[1:-1].strip() if is_quoted else line


def in_toml(values: Mapping[str, object]) -> str:
    """A whole file in TOML."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    if not isinstance(value, str):
        return _plain(value)
    if "\n" not in value:
        return _quoted(value)
    lines = (_quoted(line)[1:-1] for line in value.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'
