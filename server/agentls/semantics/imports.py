"""Files that a text of instructions takes in: ``@path``, outside of code and comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from agentls.semantics.file_references import Reference
from agentls.syntax.markdown_code import CodeSpans, block_at
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.document import Document
    from agentls.syntax.markdown_code import CodeBlock

IMPORT = "import"
_SIGN = re.compile(r"(?<!\S)@(?P<path>[\w./-][^\s\\]{0,500}+)")
# Others are names of people and packages: `@john.doe`, `@types/node`.
_DOCUMENT = re.compile(
    r"(?P<path>(?:\.{1,2}/|/)*+[\w.-][^#?]*\.(?:md|mdx|mdc|markdown|txt|json|ya?ml|toml))"
    r"(?P<fragment>#[^\s]*?)?(?P<end>[.,;:!)]*)"
)
_END = re.compile(r"[.,;:!)]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def imports(document: Document, code: list[CodeBlock]) -> Iterator[Reference]:
    """Those of the body, in the order of the text, without what ends a sentence; see `end_behind`."""
    source, body = document.text.source, document.body
    spans = CodeSpans(document.text)
    comments = [match.span() for match in _COMMENT.finditer(source, body.start, body.end)]
    for match in _SIGN.finditer(source, body.start, body.end):
        found = _DOCUMENT.fullmatch(match["path"])
        is_code = spans.hold(match.start()) or block_at(code, match.start()) is not None
        if found is None or is_code or _is_in(comments, match.start()):
            continue
        name = found["path"] + (found["fragment"] or "")
        start = match.start("path")
        yield Reference(IMPORT, name, Span(start, start + len(name)))


def end_behind(source: str, span: Span) -> str:
    """What ends the sentence right behind a path; some products take it for a part of that."""
    found = _END.match(source, span.end)
    return found[0] if found else ""


def _is_in(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(spans, (offset, offset)) - 1
    return index >= 0 and offset < spans[index][1]
