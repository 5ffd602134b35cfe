"""Unknown rule in a suppression comment.

## Why

``agentls: ignore[...]`` takes the names of rules, or of groups of rules such as ``tools``; ``agentls
explain`` lists both.
With any other name, the comment has no effect.

## Example

```markdown .claude/agents/reviewer.md
---
name: reviewer
description: Reviews code
# agentls: ignore[unknown-tools]
tools: Read
---
```

## Use instead

```markdown .claude/agents/reviewer.md
---
name: reviewer
description: Reviews code
# agentls: ignore[unknown-tool]
tools: Read, OurOwnTool
---
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.linter.suppression import suppressions
from agentls.products import load
from agentls.text.similar_words import closest, did_you_mean, equal_ignoring_style

GROUPS = ("fields",)
WORDS = ("agentls:",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for suppression in suppressions(file.document):
        for name, span in suppression.rules.items():
            if name not in load().selectors:
                meant = closest(name, sorted(load().selectors))
                message = f"Unknown rule `{name}`. {effect.text}{did_you_mean(meant)}"
                yield effect.finding(span, message, (meant,) if meant else ())


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        is_same = equal_ignoring_style(file.text.slice(finding.span), [meant]) is not None
        yield Fix.replacing(file.path, finding.span, meant, is_safe=is_same)
