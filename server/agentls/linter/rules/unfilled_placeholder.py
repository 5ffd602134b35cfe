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

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.outcome.body_text import hint_words
from agentls.syntax.lookalikes import KnownNames, Lookalike, LookalikeKind, lookalikes
from agentls.syntax.markdown_code import block_at
from agentls.text.similar_words import closest

GROUPS = ("text",)
CASES = {
    "argument": "meant as an argument",
    "variable": "meant as a variable",
    "command": "meant as a command to run",
    "file": "meant as a file or a setting to insert",
}
WORDS = ("$", "{{", "!`", "!{", "{file:", "{env:", "~~~!")

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
    LookalikeKind.FOREIGN_FILE: "file",
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
        meant = found.meant or _variable(file, written, found.kind)
        fate = "does not run" if _CASES[found.kind] == "command" else "is not replaced"
        message = f"`{written}` {fate}{_why(file, found, written, meant)} {effect.text}"
        safe = ("safe",) if found.kind in _SAFE else ()
        yield effect.finding(found.span, message, (meant, *safe) if meant else ())


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
    product, kind = file.dialect.product, file.dialect.kind
    match found.kind:
        case LookalikeKind.COMMAND:
            return ": `!` needs a space or the start of a line before it."
        case LookalikeKind.TILDES:
            return ": only a block of backticks does."
        case LookalikeKind.FOREIGN_COMMAND:
            return f": {product} runs `{meant[0]}{meant[1]}...{meant[-1]}`."
        case LookalikeKind.FOREIGN_FILE:
            return f": {product} reads such a placeholder in `opencode.json` only."
        case LookalikeKind.NO_BRACES:
            return f": only `{meant}`, with braces, is replaced."
        case LookalikeKind.NUMBER:
            return f": {product} has no single arguments, only `{meant}`."
        case LookalikeKind.NOWHERE:
            return f": {product} replaces no arguments in the text of {_a(kind)}."
        case LookalikeKind.UNDECLARED:
            guess = f" Did you mean `{meant}`?" if meant else ""
            return f": `{file.dialect.text.names_field}` does not declare it.{guess}"
        case LookalikeKind.VARIABLE:
            guess = f" Did you mean `{meant}`?" if meant else ""
            return _elsewhere(file, written) or f": unknown variable.{guess}"
    return f": did you mean `{meant}`?"


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
