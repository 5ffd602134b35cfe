"""The files that a text names for the product itself: what it attaches, and paths behind its variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.semantics.file_references import Reference
from agentls.syntax.markdown_code import CodeSpans, block_at
from agentls.syntax.substitutions import Kind
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products.identification import Identity
    from agentls.syntax.document import Document
    from agentls.syntax.markdown_code import CodeBlock
    from agentls.syntax.substitutions import Substitution

# Of a certain file, seen from one folder alone; see `Reference.is_from_root`.
FILE = "file"
# A path with an ending; `@octocat` and `@types/node` are no files.
_PATH = re.compile(r"(?:\./|\.\./)*+[\w.-][\w./ -]*\.[A-Za-z]\w{0,9}")
_BEHIND_VARIABLE = re.compile(r"/((?:[\w.-]{1,100}/){0,20}[\w.-]{0,100}\.[A-Za-z]\w{0,9})(?![\w*{$/<])")
# Whose values are known here, and whether a path behind them is seen from the root.
_FROM_ROOT = {"folder": False, "root": True, "plugin": True}


def text_references(
    document: Document, identity: Identity, found: Iterable[Substitution], code: list[CodeBlock]
) -> Iterator[Reference]:
    """Those in the body, in the order of the text; none behind a variable whose value is not known here."""
    spans = CodeSpans(document.text)
    for one in found:
        if one.kind is Kind.VARIABLE:
            yield from _behind_variable(document, identity, one)
        elif one.kind is Kind.FILE and identity.scope == "project":
            # In code an attachment is an example, unless the file is there.
            is_code = spans.hold(one.span.start) or block_at(code, one.span.start)
            if not is_code and _PATH.fullmatch(one.value):
                yield Reference(FILE, one.value, one.inner, is_from_root=True)


def _behind_variable(document: Document, identity: Identity, found: Substitution) -> Iterator[Reference]:
    variable = identity.dialect.text.variables.get(found.value)
    if variable is None or variable.value not in _FROM_ROOT:
        return
    # The project of what is the user's own, or a plugin's, is not known.
    if variable.value == "root" and identity.scope != "project":
        return
    if match := _BEHIND_VARIABLE.match(document.text.source, found.span.end, document.body.end):
        is_from_root = _FROM_ROOT[variable.value]
        yield Reference(FILE, match[1], Span(*match.span(1)), is_from_root=is_from_root)
