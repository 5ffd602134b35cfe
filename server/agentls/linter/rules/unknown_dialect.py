"""Unknown kind of file in a comment.

## Why

``agentls: dialect[...]`` takes the name of a kind of file, such as ``claude-agent`` or ``gemini-agent``, or
``none``.
With any other name, the comment has no effect: the file is checked by its path, or, if its path does not
tell, by the name that was probably meant.

## Example

```markdown .claude/agents/reviewer.md
---
# agentls: dialect[gemini-agnet]
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown .claude/agents/reviewer.md
---
# agentls: dialect[gemini-agent]
name: reviewer
description: Reviews code
---

Review the code.
```
"""

from agentls.linter.api import Context, Effect, File, Finding, Fix, Iterator
from agentls.products import identification
from agentls.text.similar_words import did_you_mean

GROUPS = ("fields",)
WORDS = ("agentls:",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    said = _comment(file)
    if said and not said.is_known:
        message = f"Unknown kind of file `{said.name}`. {effect.text}{did_you_mean(said.meant)}"
        yield effect.finding(said.span, message)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    said = _comment(file)
    if said and said.meant:
        yield Fix.replacing(file.path, finding.span, said.meant)


def _comment(file: File) -> identification.Comment | None:
    return identification.comment(file.text.source[: identification.HEAD])
