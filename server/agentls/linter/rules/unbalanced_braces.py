"""Unbalanced braces.

A command or a file between braces is never closed.

## Why

The product looks for the brace that closes ``!{`` or ``@{``, and counts all braces on the way.
If there is none, it refuses to run the whole command.

## Example

```toml .gemini/commands/diff.toml
prompt = "Explain these changes: !{git diff"
```

## Use instead

```toml .gemini/commands/diff.toml
prompt = "Explain these changes: !{git diff}"
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.syntax.substitutions import unbalanced

GROUPS = ("text",)
WORDS = ("!{", "@{")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if span := unbalanced(file.text.source, file.document.body, file.text_grammar):
        written = file.text.slice(span)
        yield effect.finding(
            span, f"`{written}` is never closed: braces must balance behind it. {effect.text}"
        )
