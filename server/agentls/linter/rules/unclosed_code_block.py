"""Unclosed code block.

The opening fence has no closing fence, so everything up to the end of the file is code.

## Why

Headings, lists and links below it are no longer read as such, neither by Markdown renderers nor by the
model, which takes instructions for an example.

## Example

~~~markdown
---
name: reviewer
description: Reviews code
---

```sh
make check

Then read the report.
~~~

## Use instead

~~~markdown
---
name: reviewer
description: Reviews code
---

```sh
make check
```

Then read the report.
~~~
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span

GROUPS = ("text",)
WORDS = ("```", "~~~")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    if any(problem.kind == "misplaced-code" for problem in file.document.problems):
        return  # the block around the front matter ends here
    for block in file.code_blocks:
        # An opening fence on the last line is being typed.
        if not block.is_closed and file.text.slice(block.span).count("\n") > 1:
            message = f"This code block is never closed, or one above it is closed twice. {effect.text}"
            yield effect.finding(block.mark, message)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    source, newline = file.text.source, file.text.newline
    end = len(source[: file.document.body.end].rstrip())
    mark = file.text.slice(finding.span)
    change = Change.of(file.path, Edit(Span(end, end), f"{newline}{mark}"))
    yield Fix("Close it at the end of the file", change)
