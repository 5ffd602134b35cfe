"""Placeholder that is not replaced.

It is misspelled, belongs to another product, has braces where it must not have any, or stands where the
product replaces nothing.

## Why

It stays in the text as written: the model reads ``$ARGUMENT`` instead of what the user typed, and a path
with an unknown variable does not exist.

## Example

```markdown commands/translate.md
---
description: Translates a text
argument-hint: "[text]"
---

Translate $ARGUMENT into plain words.
```

## Use instead

```markdown commands/translate.md
---
description: Translates a text
argument-hint: "[text]"
---

Translate $ARGUMENTS into plain words.
```
"""

import os
import re

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.outcome.body_text import hint_words
from agentls.semantics.file_references import resolve_path
from agentls.syntax.lookalikes import KnownNames, Lookalike, LookalikeKind, lookalikes
from agentls.syntax.markdown_code import block_at
from agentls.text.similar_words import closest

GROUPS = ("text",)
# What the model or the user reads before the text is loaded.
_LISTED = ("description", "when_to_use")
_PLACEHOLDER = re.compile(r"\$ARGUMENTS\b|\{\{args\}\}|\$\{CLAUDE_\w+\}")
CASES = {
    "listed": "a placeholder in a description",
    "argument": "meant as an argument",
    "variable": "meant as a variable",
    "command": "meant as a command to run",
    "file": "meant as a file or a setting to insert",
}
WORDS = ("$", "{{", "!`", "!{", "{file:", "{env:", "~~~!", "@")

_CASES = {
    LookalikeKind.BRACES: "argument",
    LookalikeKind.SPELLING: "argument",
    LookalikeKind.FOREIGN: "argument",
    LookalikeKind.NUMBER: "argument",
    LookalikeKind.NOWHERE: "argument",
    LookalikeKind.UNDECLARED: "argument",
    LookalikeKind.NO_BRACES: "variable",
    LookalikeKind.VARIABLE: "variable",
    LookalikeKind.COMMAND: "command",
    LookalikeKind.FOREIGN_COMMAND: "command",
    LookalikeKind.TILDES: "command",
    LookalikeKind.GLUED_FILE: "file",
    LookalikeKind.FOREIGN_FILE: "file",
}
_FATES = {
    LookalikeKind.COMMAND: "does not run",
    LookalikeKind.FOREIGN_COMMAND: "does not run",
    LookalikeKind.TILDES: "does not run",
    LookalikeKind.GLUED_FILE: "is not attached",
}
# What is meant is certain.
_SAFE = frozenset({LookalikeKind.BRACES, LookalikeKind.NO_BRACES})
# In code these are what they look like, or are only shown.
_NOT_IN_CODE = frozenset(
    {
        LookalikeKind.NUMBER,
        LookalikeKind.NOWHERE,
        LookalikeKind.UNDECLARED,
        LookalikeKind.FOREIGN_COMMAND,
        LookalikeKind.GLUED_FILE,
        LookalikeKind.FOREIGN_FILE,
    }
)


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    names = KnownNames(
        frozenset(file.argument_names), frozenset(hint_words(file)), file.dialect.text.reserved
    )
    source, body = file.text.source, file.document.body
    for found in lookalikes(source, body, file.text_grammar, names, file.substitutions):
        effect = effects.get(_CASES[found.kind])
        if effect is None or (found.kind in _NOT_IN_CODE and file.code.holds(found.span.start)):
            continue
        # An agent without front matter is none: nobody reads what stands there.
        if file.dialect.kind == "agent" and not file.document.opening:
            continue
        written = file.text.slice(found.span)
        if found.kind is LookalikeKind.GLUED_FILE and not _is_file(context, written):
            continue
        meant = found.meant or _variable(file, written, found.kind)
        fate = _FATES.get(found.kind, "is not replaced")
        message = f"`{written}` {fate}{_why(file, found, written, meant)} {effect.text}"
        safe = ("safe",) if found.kind in _SAFE else ()
        yield effect.finding(found.span, message, (meant, *safe) if meant else ())
    if effect := effects.get("listed"):
        for field in filter(None, map(file.document.field, _LISTED)):
            for match in _PLACEHOLDER.finditer(source, field.value.span.start, field.value.span.end):
                message = f"`{match[0]}` is not replaced in `{field.name}`. {effect.text}"
                yield effect.finding(Span(*match.span()), message)


def _is_file(context: Context, written: str) -> bool:
    """Whether such a file is there; what else stands behind the sign is a name or an address."""
    root = context.file.identity.root
    return bool(context.view.exists(resolve_path(os.path.join(root, "-"), written.removeprefix("@"))))


def _variable(file: File, written: str, lookalike: LookalikeKind) -> str:
    """The variable that was probably meant."""
    if lookalike is not LookalikeKind.VARIABLE:
        return ""
    name = written.strip("${}")
    known = file.text_grammar.variables
    # Most wrong names are right but for their last word: `CLAUDE_SKILL_ROOT`.
    meant = closest(name, known) or next(
        (v for v in known if v.rpartition("_")[0] == name.rpartition("_")[0]), ""
    )
    return f"${{{meant}}}" if meant else ""


def _why(file: File, found: Lookalike, written: str, meant: str) -> str:
    product = file.dialect.product
    guess = f" Did you mean `{meant}`?" if meant else ""
    if found.kind is LookalikeKind.VARIABLE:
        return _elsewhere(file, written) or f": unknown variable.{guess}"
    if found.kind is LookalikeKind.UNDECLARED:
        return f": `{file.dialect.text.names_field}` does not declare it.{guess}"
    if found.kind is LookalikeKind.GLUED_FILE:
        return f": `{file.text.source[found.span.start - 1]}` stands before it."
    if found.kind is LookalikeKind.FOREIGN_COMMAND:
        return f": {product} runs `{meant[:2]}...{meant[-1]}`."
    if said := _REASONS.get(found.kind):
        return f": {said.format(product=product, meant=meant, kind=_a(file.dialect.kind))}."
    return f": did you mean `{meant}`?"


_REASONS = {
    LookalikeKind.COMMAND: "`!` needs a space or the start of a line before it",
    LookalikeKind.TILDES: "only a block of backticks does",
    LookalikeKind.FOREIGN_FILE: "{product} reads such a placeholder in `opencode.json` only",
    LookalikeKind.NO_BRACES: "only `{meant}`, with braces, is replaced",
    LookalikeKind.NUMBER: "{product} has no single arguments, only `{meant}`",
    LookalikeKind.NOWHERE: "{product} replaces no arguments in the text of {kind}",
}


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _elsewhere(file: File, written: str) -> str:
    """Why a variable that the product knows is not replaced in this file."""
    known = file.dialect.text.variables.get(written.strip("${}"))
    return f": it exists only in files of a {known.scopes[0]}." if known and known.scopes else ""


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if not finding.data:
        return
    meant, *safe = finding.data
    block = block_at(file.code_blocks, finding.span.start)
    if meant.startswith("```"):
        # Both marks of the block are needed.
        if block and block.is_closed:
            end = block.span.end
            edits = (
                Edit(Span(finding.span.start, finding.span.start + 3), "```"),
                Edit(Span(end - 3, end), "```"),
            )
            yield Fix("Use backticks", Change.of(file.path, *edits))
        return
    yield Fix.replacing(file.path, finding.span, meant, is_safe=bool(safe))
