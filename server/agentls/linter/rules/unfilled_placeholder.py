"""Placeholder that is not replaced.

It is misspelled, belongs to another product, or has braces where it must not have any.

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

from agentls.linter.api import Context, Effects, File, Finding, Fix, Iterator
from agentls.syntax.lookalikes import LookalikeKind, lookalikes
from agentls.text.similar_words import closest

GROUPS = ("text",)
CASES = {
    "argument": "meant as an argument",
    "variable": "meant as a variable",
    "command": "meant as a command to run",
}
WORDS = ("$", "{{", "!`")

_CASES = {
    LookalikeKind.BRACES: "argument",
    LookalikeKind.SPELLING: "argument",
    LookalikeKind.FOREIGN: "argument",
    LookalikeKind.NO_BRACES: "variable",
    LookalikeKind.VARIABLE: "variable",
    LookalikeKind.COMMAND: "command",
}
# What is meant is certain.
_SAFE = frozenset({LookalikeKind.BRACES, LookalikeKind.NO_BRACES})


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    grammar, reserved = file.text_grammar, file.dialect.text.reserved
    for found in lookalikes(file.text.source, file.document.body, grammar, file.argument_names, reserved):
        effect = effects.get(_CASES[found.kind])
        if effect is None:
            continue
        written = file.text.slice(found.span)
        meant = found.meant or _variable(file, written, found.kind)
        why = _elsewhere(file, written) if found.kind is LookalikeKind.VARIABLE else ""
        message = f"`{written}` is not replaced{why or _why(found.kind, meant)} {effect.text}"
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


def _elsewhere(file: File, written: str) -> str:
    """Why a variable that the product knows is not replaced in this file."""
    known = file.dialect.text.variables.get(written.strip("${}"))
    return f": it exists only in files of a {known.scopes[0]}." if known and known.scopes else ""


def _why(lookalike: LookalikeKind, meant: str) -> str:
    if lookalike is LookalikeKind.COMMAND:
        return " and does not run: `!` needs a space or the start of a line before it."
    if lookalike is LookalikeKind.NO_BRACES:
        return f": only `{meant}`, with braces, is replaced."
    if lookalike is LookalikeKind.VARIABLE:
        return f": unknown variable.{f' Did you mean `{meant}`?' if meant else ''}"
    return f": did you mean `{meant}`?"


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    if finding.data:
        meant, *safe = finding.data
        yield Fix.replacing(context.file.path, finding.span, meant, is_safe=bool(safe))
