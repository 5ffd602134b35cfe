"""The one writer of whole files: new ones and converted ones, in every format.

python-frontmatter writes them, and reads them again before anybody is offered one: it is how the ecosystem
reads such files, by YAML 1.1, to which ``on``, ``010`` and a date are no texts. Our own parser has to agree.
Nothing but our own text is read with it: its loader ends the process on deep nesting.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from agentls.syntax import parsing
from agentls.syntax.formats import CASED_LINES, JSON, JSONC, LINES, TOML, Format
from agentls.syntax.nodes import plain
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from frontmatter.default_handlers import BaseHandler

_Read = tuple[dict[str, object], str]


def render(form: Format, values: Mapping[str, object], body: str = "") -> str | None:
    """The text of a file with these fields and this body, which ends with one line break.

    None where that cannot be written so that it is read as it was meant.
    """
    quoted: Collection[str] = ()
    for _ in range(2):
        try:
            text = _written(form, values, body, quoted)
            text.encode()
            differing = _differing(form, values, body, text)
        except Exception:  # noqa: BLE001  whatever a parser says about it, it is not as it was meant
            differing, text = set(values), ""
        if not differing:
            return text
        quoted = differing
    return None


def _written(form: Format, values: Mapping[str, object], body: str, quoted: Collection[str]) -> str:
    # Nothing else needs the library, and few ever write a new file.
    from frontmatter import Post, dumps  # noqa: PLC0415

    post = Post(body)
    post.metadata.update(values)
    return f"{dumps(post, handler=_handler(form, quoted))}\n"


def _differing(form: Format, values: Mapping[str, object], body: str, text: str) -> set[str]:
    """The fields that a reader finds otherwise than they were meant; raises where it finds no such file."""
    expected = {name: form.as_read(value) for name, value in values.items()}
    wrong: set[str] = set()
    for found, below in (_read_by_library(form, text), _read_by_us(form, text)):
        if found.keys() != expected.keys() or below.strip() != body.strip():
            raise ValueError("another file was read than was written")
        wrong |= {name for name, value in expected.items() if _shown(found[name]) != _shown(value)}
    return wrong


def _shown(value: object) -> str:
    """What tells 1 from true and from 1.0, which are equal to Python."""
    return json.dumps(value, sort_keys=True, default=repr)


def _read_by_library(form: Format, text: str) -> _Read:
    from frontmatter import loads  # noqa: PLC0415

    post = loads(text, handler=_handler(form, ()))
    return post.metadata, post.content


def _read_by_us(form: Format, text: str) -> _Read:
    document = parsing.read(form, Text(text), frozenset())
    values = {field.name: plain(field.value, document.anchors) for field in document.fields}
    return values, document.text.slice(document.body)


def _handler(form: Format, quoted: Collection[str]) -> BaseHandler:
    """What the library has to know of a format; the fields ``quoted`` are written with quotation marks."""
    from frontmatter import default_handlers  # noqa: PLC0415

    class Handler(default_handlers.BaseHandler):
        FM_BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)
        START_DELIMITER = END_DELIMITER = form.fence

        def export(self, metadata: dict[str, object], **_options: object) -> str:
            if not quoted:
                return form.fields(metadata)
            entries = metadata.items()
            return "\n".join((form.cautious if n in quoted else form).entry(n, v) for n, v in entries)

        def load(self, fm: str) -> Any:
            return _load(form, fm)

        def format(self, post: Any, **options: object) -> str:
            return super().format(post, **options) if form.has_body else self.export(post.metadata)

        def split(self, text: str) -> tuple[str, str]:
            return super().split(text) if form.has_body else (text, "")

    return Handler()


def _load(form: Format, fields: str) -> Any:
    """The fields as others read them; Cursor's own way of reading is known to nobody else."""
    if form is TOML:
        import tomllib  # noqa: PLC0415

        return tomllib.loads(fields)
    if form in (JSON, JSONC):
        return json.loads(fields)
    if form in (LINES, CASED_LINES):
        return _read_by_us(form, f"{form.fence}\n{fields}\n{form.fence}\n")[0]
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415

    return YAMLHandler().load(fields)
