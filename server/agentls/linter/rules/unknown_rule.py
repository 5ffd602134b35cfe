"""A comment that silences a rule, with a name that means none.

## Why

``agentls: ignore[...]`` takes the names of rules, or of groups of rules such as ``tools``; both are listed by
``agentls explain``.
With any other name the comment silences nothing.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import Finding, Fix
from agentls.linter.suppression import suppressions
from agentls.products import load
from agentls.text.similar_words import closest, did_you_mean, equal_ignoring_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.workspace import View

RULE = "unknown-rule"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    for suppression in suppressions(file.document) if effect else ():
        for name, span in suppression.rules.items():
            if effect and name not in load().selectors:
                meant = closest(name, sorted(load().selectors))
                message = f"There is no rule `{name}`. {effect.text}{did_you_mean(meant)}"
                yield Finding(RULE, effect.severity, span, message, (meant,) if meant else ())


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    for meant in finding.data:
        is_same = equal_ignoring_style(file.text.slice(finding.span), [meant]) is not None
        yield Fix.replacing(file.path, finding.span, meant, is_safe=is_same)
