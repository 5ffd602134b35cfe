"""Broken Markdown link.

A relative link to a file that does not exist.
Links in code, URLs, anchors and placeholders are ignored.
If the target exists relative to the project root, the message says so and a quick fix corrects the path.

## Why

The model follows the links in its instructions and finds nothing.

## Example

```markdown
---
name: reviewer
description: Reviews code
---

Follow [the rules](no-such-rules.md) first.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---

Follow the rules of this project first.
```
"""

import os
import re

from agentls.linter.api import Context, Effects, File, Finding, Fix, Iterator
from agentls.refactoring import new_files
from agentls.system import paths

GROUPS = ("references",)
CASES = {
    "nowhere": "the file does not exist",
    "root": "the file exists relative to the project root",
}
REFERENCES = ("link",)

# A file with an ending, perhaps with an anchor; anything else may be a word that stands for a link.
_FILE = re.compile(r"[^#?]*[^#?/]\.[A-Za-z]\w{0,9}(?:[#?].*)?")
_PLACEHOLDER = re.compile(r"[{}<>$*\[\]]|\.\.\.|(?:^|/)path/to/|(?:^|/)your-")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        if reference.kind != "link" or not _is_file(reference.name):
            continue
        if file.is_meant_as_example(reference.span):
            continue
        from_file, from_root = file.targets(reference)
        # Ask about both at once, so that one look at the disk answers.
        answers = [view.exists(from_file), view.exists(from_root)]
        if answers[0] is not False or answers[1] is None:
            continue
        effect = effects.get("root" if answers[1] else "nowhere")
        if effect:
            elsewhere = " It exists relative to the project root." if answers[1] else ""
            message = f"`{reference.name}` does not exist relative to this file.{elsewhere} {effect.text}"
            data = (_relative(file, from_root),) if answers[1] else ()
            yield effect.finding(reference.span, message.rstrip(), data)


def _is_file(target: str) -> bool:
    return _FILE.fullmatch(target) is not None and not _PLACEHOLDER.search(target)


def _relative(file: File, target: str) -> str:
    return paths.posix(os.path.relpath(target, os.path.dirname(file.path)))


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for target in finding.data:
        yield Fix.replacing(file.path, finding.span, target)
    yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
