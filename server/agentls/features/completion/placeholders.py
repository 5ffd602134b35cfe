"""What may be written behind a dollar in the text: arguments and variables, as the file's product fills them.

Arguments inside of commands are not offered, since what a user types there is run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.explain import prompt
from agentls.features.completion.items import Completion, CompletionKind
from agentls.outcome import body_text
from agentls.syntax.substitutions import Kind
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File

# As far as it is typed, and what belongs to it behind the cursor.
_BEFORE = re.compile(r"(?<!\\)(?P<sign>\$\{?|\{\{)[\w.]*\Z")
_AFTER = re.compile(r"[\w.]*(?:\}\}?)?")
# Nobody types a longer one.
_LONGEST = 100


def placeholders(file: File, offset: int) -> Iterator[Completion]:
    """Everything that fits what is typed, in the order in which it is likely meant."""
    line = file.text.line_around(offset)
    start = max(line.start, file.document.body.start, offset - _LONGEST)
    before = _BEFORE.search(file.text.source[start:offset])
    if before is None:
        return
    after = _AFTER.match(file.text.source, offset, line.end)
    word = Span(start + before.start(), after.end() if after else offset)
    sign = before["sign"]
    if not _is_in_command(file, offset):
        for text, detail in _arguments(file):
            # What has no braces is not meant once one is typed.
            if text.startswith(sign):
                yield Completion(text, kind=CompletionKind.PARAMETER, span=word, text=text, detail=detail)
    for name in file.text_grammar.variables:
        text = f"${{{name}}}"
        if not name.endswith("*") and text.startswith(sign):
            about = file.dialect.text.variables[name].description
            detail = prompt.value_of(file, name) or about
            yield Completion(
                text, kind=CompletionKind.VARIABLE, span=word, text=text, detail=detail, doc=about
            )


def _arguments(file: File) -> Iterator[tuple[str, str]]:
    grammar = file.text_grammar
    slots = body_text.hint_slots(file)
    if "$name" in grammar.forms:
        for index, name in enumerate(dict.fromkeys(file.argument_names)):
            yield f"${name}", slots[index] if index < len(slots) else "declared argument"
    if {"$ARGUMENTS", "$arguments"} & {*grammar.forms}:
        yield "$ARGUMENTS", "all arguments"
    if "{{args}}" in grammar.forms:
        yield "{{args}}", "all arguments"
    if {"$N", "$N-unbounded"} & {*grammar.forms}:
        for index in range(body_text.declared_slots(file)):
            yield f"${index + grammar.first}", slots[index] if index < len(slots) else "one argument"


def _is_in_command(file: File, offset: int) -> bool:
    return any(
        one.kind is Kind.COMMAND and one.inner.start <= offset <= one.inner.end for one in file.substitutions
    )
