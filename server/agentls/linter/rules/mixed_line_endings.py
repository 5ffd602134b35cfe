r"""Mixed line endings.

Some lines end with CR LF, as on Windows, others with LF.

## Why

The products read both.
Diffs show changes in lines that nobody changed, and some editors show the unusual line endings as symbols.

## Example

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.\u{d}
Then the code.
```

## Use instead

```markdown agents/reviewer.md escaped
---
name: reviewer
description: Reviews code
---

Read the tests first.
Then the code.
```
"""

import re
from collections import Counter

from agentls.linter.api import Change, Context, Edit, Effect, File, Finding, Fix, Iterator, Span
from agentls.linter.unusual_characters import inner_returns

GROUPS = ("encoding",)
WORDS = ("\r",)
_BREAK = re.compile(r"\r\n?|\n")
_NAMES = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    breaks = _breaks(file)
    counts = Counter(match.group() for match in breaks)
    # What hides the front matter has a rule of its own.
    is_told = any(problem.kind == "misplaced-carriage-return" for problem in file.document.problems)
    if len(counts) > 1 and not is_told:
        usual = counts.most_common(1)[0][0]
        first = next(match for match in breaks if match.group() != usual)
        words = " and ".join(f"{count} with {_NAMES[end]}" for end, count in counts.most_common())
        message = f"Mixed line endings: {words}. {effect.text}"
        yield effect.finding(Span(*first.span()), message, (usual,))


def _breaks(file: File) -> list[re.Match[str]]:
    """The ends of lines; what is left of an escape within a line is none."""
    source = file.text.source
    inside = inner_returns(source)
    return [match for match in _BREAK.finditer(source) if match.start() not in inside]


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    (usual,) = finding.data
    odd = [match for match in _breaks(file) if match.group() != usual]
    change = Change.of(file.path, *(Edit(Span(*match.span()), usual) for match in odd))
    yield Fix(f"Convert all line endings to {_NAMES[usual]}", change, is_safe=True, is_preferred=True)
