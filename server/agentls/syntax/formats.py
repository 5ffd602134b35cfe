r"""The ways of writing a document: one object for each, asked by whoever writes text into a file.

A format knows what stands between a key and its value, how a value is spelled so that it is read as it was
meant, how an entry and an item of a list stand on a line of their own, and how a file begins. It writes and
does not read: ``parsing`` has the parser of each format. Line breaks are ``\n``; a file may have others.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agentls.syntax.nodes import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from agentls.text.source import Span


_FENCE = "---"
# A key of YAML, and a text, that can be nothing else: no mark, comment, other key, date or word of YAML.
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w.-]*")
_PLAIN = re.compile(
    r"(?=[A-Za-z/]|[^\x00-\xbf])[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_UNSAFE_PLAIN = re.compile(r":(?:\s|$)|\s#|---|\s$")
_FLOW_SIGN = re.compile(r"[,\[\]{}]")
_UNSAFE_BLOCK = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|---|\A\s|\s\Z"
)
# A key of TOML without quotation marks.
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(frozen=True)
class Format(ABC):
    """``separator`` stands between a key and its value, ``comment`` starts one; empty where there are none.

    ``fence``: the line before and behind the fields; empty where they fill the file and there is no body.
    ``quote``: what every text stands between; empty where a word may stand without.
    ``indents``: what belongs to a key may stand below it, further in.
    ``holds_lists``: a value may be a list or a map.
    ``tolerates``: the kinds of problems that the products which read it get over.
    ``requotes``: where it cannot be read, it is read once more with its simple values between quotes.
    ``merges``: a key ``<<`` adds the entries of another map.
    ``quotes_all``: texts that could do without quotation marks have them, too.
    """

    name: str
    separator: str
    comment: str
    fence: str = ""
    quote: str = ""
    indents: bool = False
    holds_lists: bool = True
    tolerates: frozenset[str] = frozenset()
    requotes: bool = False
    merges: bool = False
    quotes_all: bool = False

    @property
    def quotes_keys(self) -> bool:
        """Whether keys stand between quotes, and entries between commas."""
        return False

    @property
    def sign(self) -> str:
        """The separator without the blanks around it."""
        return self.separator.strip()

    @property
    def has_body(self) -> bool:
        """Whether a text stands below the fields."""
        return bool(self.fence)

    @property
    def cautious(self) -> Format:
        """The same format with every text between quotation marks."""
        return replace(self, quotes_all=True)

    @abstractmethod
    def scalar(self, value: object, *, in_flow: bool = False) -> str:
        """A value on one line; ``in_flow``: between brackets or braces."""

    @abstractmethod
    def quoted(self, text: str) -> str:
        """A text between double quotation marks, meaning itself."""

    @abstractmethod
    def key(self, name: str) -> str:
        """A name as it stands before the separator."""

    def entry(self, name: str, value: object) -> str:
        """A key and its value, over several lines where the value needs them."""
        return f"{self.key(name)}{self.separator}{self.scalar(value)}"

    def entry_line(self, name: str, value: object) -> str:
        """The entry as it is put between two others, with the line break behind it."""
        return f"{self.entry(name, value)}\n"

    def fields(self, values: Mapping[str, object]) -> str:
        """All entries of a document, without its fences, without the last line break."""
        return "\n".join(self.entry(name, value) for name, value in values.items())

    def item(self, value: object) -> str:
        """An entry of a list on a line of its own, without its indentation."""
        return f"{self.scalar(value, in_flow=True)},"

    def items(self, values: Iterable[object]) -> str:
        """A list as it stands behind the sign of its key."""
        return f" [{', '.join(self.scalar(value, in_flow=True) for value in values)}]"

    def within(self, quote: str, text: str) -> str:
        """A text as it stands between quotation marks that are there already."""
        return self.quoted(text)[1:-1] if quote == '"' else text

    def in_place(self, source: str, span: Span, text: str) -> str:
        """A text in place of the one at ``span``, between the quotation marks around it if there are any."""
        around = source[span.start - 1 : span.start]
        return self.within(around, text) if around in ("'", '"') else self.scalar(text)

    def key_in_place(self, source: str, span: Span, name: str) -> str:
        """The same for a key."""
        around = source[span.start - 1 : span.start]
        return self.within(around, name) if around in ("'", '"') else self.key(name)

    def as_read(self, value: object) -> object:
        """What becomes of a value that is written and read."""
        return value

    def typed(self, value: object) -> object:
        """What an author means by a value that was read."""
        return value


class _Yaml(Format):
    """Written so that YAML 1.1 and 1.2 read the same."""

    def key(self, name: str) -> str:
        is_plain = _PLAIN_KEY.fullmatch(name) and name.lower() not in _WORDS and _FENCE not in name
        return name if is_plain else self.quoted(name)

    def scalar(self, value: object, *, in_flow: bool = False) -> str:
        if isinstance(value, str):
            return value if self._may_be_plain(value, in_flow) else self.quoted(value)
        if isinstance(value, list):
            return f"[{', '.join(self.scalar(item, in_flow=True) for item in value)}]"
        if isinstance(value, dict):
            inner = (f"{self.key(key)}: {self.scalar(item, in_flow=True)}" for key, item in value.items())
            return f"{{{', '.join(inner)}}}"
        return _number_or_word(value, "null", {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"})

    def _may_be_plain(self, text: str, in_flow: bool) -> bool:  # noqa: FBT001
        if self.quotes_all or not _PLAIN.fullmatch(text) or _UNSAFE_PLAIN.search(text):
            return False
        has_sign = in_flow and _FLOW_SIGN.search(text)
        return not has_sign and text.lower() not in _WORDS and isinstance(resolve(text), str)

    def quoted(self, text: str) -> str:
        # Claude Code takes three hyphens for the end of the front matter, wherever they stand.
        return _double_quoted(text).replace(_FENCE, "-\\u002d-")

    def within(self, quote: str, text: str) -> str:
        return text.replace("'", "''") if quote == "'" else super().within(quote, text)

    def entry(self, name: str, value: object) -> str:
        return "\n".join(self._lines(f"{self.key(name)}:", value, ""))

    def item(self, value: object) -> str:
        return f"- {self.scalar(value)}"

    def items(self, values: Iterable[object]) -> str:
        lines = [line for value in values for line in self._lines("  -", value, "  ")]
        return "".join(f"\n{line}" for line in lines) if lines else " []"

    def _lines(self, head: str, value: object, indent: str) -> Iterator[str]:
        """The lines of a value behind ``head``; those below it stand further in than ``indent``."""
        inner = f"{indent}  "
        if isinstance(value, dict) and value:
            entries = (self._lines(f"{inner}{self.key(key)}:", item, inner) for key, item in value.items())
            yield from _below(head, (line for lines in entries for line in lines))
        elif isinstance(value, list) and value:
            items = (self._lines(f"{inner}-", item, inner) for item in value)
            yield from _below(head, (line for lines in items for line in lines))
        elif isinstance(value, str) and self._is_block(value):
            yield f"{head} |-"
            yield from (f"{inner}{line}" if line else "" for line in value.split("\n"))
        else:
            yield f"{head} {self.scalar(value)}"

    def _is_block(self, text: str) -> bool:
        return "\n" in text and not self.quotes_all and not _UNSAFE_BLOCK.search(text)


def _below(head: str, lines: Iterator[str]) -> Iterator[str]:
    """The lines below their head; behind a hyphen the first one stands on the same line."""
    if head.endswith("-"):
        head = f"{head} {next(lines).lstrip(' ')}"
    yield head
    yield from lines


class _Lines(Format):
    """Front matter for Cursor, which takes what stands behind a colon as it is."""

    def key(self, name: str) -> str:
        return name

    def scalar(self, value: object, *, in_flow: bool = False) -> str:
        if isinstance(value, list):
            return ", ".join(self.scalar(item, in_flow=in_flow) for item in value)
        if not isinstance(value, str):
            return _number_or_word(value, "", {})
        line = " ".join(value.split())
        is_quoted = len(line) > 1 and line[0] == line[-1] and line[0] in "\"'"
        return line[1:-1].strip() if is_quoted else line

    def quoted(self, text: str) -> str:
        return self.scalar(text)

    def within(self, quote: str, text: str) -> str:  # noqa: ARG002
        return self.scalar(text)

    def as_read(self, value: object) -> object:
        return self.scalar(value)

    def typed(self, value: object) -> object:
        return resolve(value) if isinstance(value, str) else value


class _Toml(Format):
    def key(self, name: str) -> str:
        return name if _BARE_KEY.fullmatch(name) else self.quoted(name)

    def quoted(self, text: str) -> str:
        return _double_quoted(text)

    def scalar(self, value: object, *, in_flow: bool = False) -> str:
        if isinstance(value, str):
            if in_flow or "\n" not in value:
                return self.quoted(value)
            lines = (self.quoted(line)[1:-1] for line in value.split("\n"))
            return '"""\n' + "\n".join(lines) + '"""'
        if isinstance(value, list):
            return self.items(value).lstrip()
        if isinstance(value, dict):
            inner = (f"{self.key(key)} = {self.scalar(item, in_flow=True)}" for key, item in value.items())
            return f"{{{', '.join(inner)}}}"
        return _number_or_word(value, "", {})

    def fields(self, values: Mapping[str, object]) -> str:
        return "\n".join(self._table(values, ())).lstrip("\n")

    def _table(self, values: Mapping[str, object], path: tuple[str, ...]) -> Iterator[str]:
        """The entries of a table, and below them the tables in it."""
        tables = {key: value for key, value in values.items() if isinstance(value, dict)}
        own = {key: value for key, value in values.items() if key not in tables}
        if path and (own or not tables):
            yield f"\n[{'.'.join(map(self.key, path))}]"
        yield from (self.entry(key, value) for key, value in own.items())
        for key, value in tables.items():
            yield from self._table(value, (*path, key))


class _Json(Format):
    @property
    def quotes_keys(self) -> bool:
        return True

    def key(self, name: str) -> str:
        return self.quoted(name)

    def quoted(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    def scalar(self, value: object, *, in_flow: bool = False) -> str:  # noqa: ARG002
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def entry_line(self, name: str, value: object) -> str:
        return f"{self.entry(name, value)},\n"

    def fields(self, values: Mapping[str, object]) -> str:
        return json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)


def _double_quoted(text: str) -> str:
    escaped = _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)
    return f'"{escaped}"'


def _number_or_word(value: object, nothing: str, special: Mapping[str, str]) -> str:
    """What is no text and holds nothing, with the format's own words for null and numbers without digits."""
    if value is None:
        return nothing
    if isinstance(value, bool):
        return str(value).lower()
    written = special.get(str(value), str(value))
    mantissa, exponent, power = written.partition("e")
    # Without a point this is a word to YAML 1.1.
    is_whole = isinstance(value, float) and exponent and "." not in mantissa
    return f"{mantissa}.0e{power}" if is_whole else written


# As js-yaml reads it, Bun, and the package `yaml` of npm, the two of which do as YAML 1.2 says.
_LAX = frozenset({"unindented-quote", "unindented-list", "tight-comment"})
YAML = _Yaml("yaml", ": ", "#", fence=_FENCE, indents=True, tolerates=_LAX, merges=True)
BUN_YAML = replace(YAML, name="bun-yaml", tolerates=frozenset({"indented-fence"}), requotes=True)
NPM_YAML = replace(YAML, name="npm-yaml", tolerates=frozenset(), merges=False)
LINES = _Lines("lines", ": ", "#", fence=_FENCE, holds_lists=False)
# The names of fields are read as they are written.
CASED_LINES = replace(LINES, name="cased-lines")
TOML = _Toml("toml", " = ", "#", quote='"')
# Of a key that is given twice every reader takes the last one.
JSON = _Json("json", ": ", "", quote='"', tolerates=frozenset({"duplicate-key"}))
_RELAXED = frozenset({"duplicate-key", "comment", "trailing-comma", "byte-order-mark"})
JSONC = _Json("jsonc", ": ", "//", quote='"', tolerates=_RELAXED)
FORMATS = {way.name: way for way in (YAML, BUN_YAML, NPM_YAML, LINES, CASED_LINES, TOML, JSON, JSONC)}
