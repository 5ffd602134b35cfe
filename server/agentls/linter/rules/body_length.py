"""Missing or too long instructions.

## Why

The text below the front matter is the agent's prompt.
Some products do not load an agent without a prompt, or with a very long one.

## Example

```markdown .qwen/agents/reviewer.md
---
name: reviewer
description: Reviews code
---
```

## Use instead

```markdown .qwen/agents/reviewer.md
---
name: reviewer
description: Reviews code
---

You review code.
```
"""

from agentls.linter.api import Context, Effects, Finding, Iterator

GROUPS = ("text",)
CASES = {
    "short": "too short",
    "long": "too long",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    limits = file.dialect.body
    length = len(file.text.slice(file.document.body).strip())
    if length < limits.least:
        variant, says = "short", f"{length} characters; the minimum is {limits.least}"
    elif limits.most is not None and length > limits.most:
        variant, says = "long", f"{length:,} characters; the maximum is {limits.most:,}"
    else:
        return
    effect = effects.get(variant)
    if effect and (closing := file.document.closing):
        message = f"The text below the front matter has {says}. {effect.text}"
        yield effect.finding(closing, message)
