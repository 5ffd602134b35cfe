"""File that an example attaches.

A file that is named in a code block or a comment is attached every time the text is loaded.

## Why

The product does not parse Markdown: ``@path`` behind a space adds the content of the file, in an example as
well.

## Example

```markdown .claude/commands/explain.md
---
description: Explains how files are attached
---

An example:

~~~
Compare it with @.claude/style.md first.
~~~
```

```markdown .claude/style.md
# Style
```

## Use instead

```markdown .claude/commands/explain.md
---
description: Explains how files are attached
---

An example: a sentence with `@.claude/style.md` in it.
```
"""

from agentls.linter.api import Context, Effect, Finding, Iterator
from agentls.outcome.body_text import shown_files

GROUPS = ("text",)
WORDS = ("@",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    for found, path in shown_files(context.file):
        if context.view.exists(path):
            yield effect.finding(
                found.span, f"`{found.value}` is attached when this text is loaded. {effect.text}"
            )
