"""Broken Markdown link.

A relative link to a file that does not exist.
Links in code, URLs, anchors and placeholders are ignored, and so are links in quotation marks, which are
text for the model to write.
In a folder that is read through a link, a file counts as there if it is found from the real folder.
After ``@`` and ``~/``, a path starts at the root of the project or in the home folder.
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

from agentls.linter.api import Context, Effects, File, Finding, Fix, Iterator, Span
from agentls.refactoring import new_files
from agentls.semantics.file_references import Reference
from agentls.system import paths

GROUPS = ("references",)
CASES = {
    "nowhere": "the file does not exist",
    "root": "the file exists relative to the project root",
}
REFERENCES = ("link",)

# A file with an ending, perhaps with an anchor; anything else may be a word that stands for a link.
_FILE = re.compile(r"[^#?]*[^#?/]\.[A-Za-z]\w{0,9}(?:[#?].*)?")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))
_PLACEHOLDER = re.compile(r"[{}<>$*\[\]]|^~/|^www\.|\.\.\.|(?:^|/)path/to/|(?:^|/)your-")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        if reference.kind != "link" or not _is_file(reference.name):
            continue
        if file.is_meant_as_example(reference.span) or _is_quoted(file, reference.span):
            continue
        from_file, from_root = file.targets(reference)
        # Ask about all at once, so that one look at the disk answers.
        answers = [
            view.exists(from_file),
            view.exists(from_root),
            *map(view.exists, _others(file, reference)),
        ]
        if answers[0] is not False or None in answers or True in answers[2:]:
            continue
        effect = effects.get("root" if answers[1] else "nowhere")
        if effect:
            elsewhere = " It exists relative to the project root." if answers[1] else ""
            message = f"`{reference.name}` does not exist relative to this file.{elsewhere} {effect.text}"
            data = (_relative(file, from_root),) if answers[1] else ()
            yield effect.finding(reference.span, message.rstrip(), data)


def _others(file: File, reference: Reference) -> list[str]:
    """Where a link may lead besides: out of a folder that is a link, or behind a sign of the product."""
    if reference.name.startswith("@"):
        return [path for path in file.targets(reference._replace(name=reference.name[1:])) if path]
    return [file.walked_target(reference)]


def _is_quoted(file: File, span: Span) -> bool:
    """Whether a link stands in quotation marks, whole, with its text."""
    line = file.text.line_around(span.start)
    before, after = file.text.slice(Span(line.start, span.start)), file.text.slice(Span(span.end, line.end))
    for opening, closing in _QUOTES:
        is_open = (
            before.count(opening) % 2 if opening == closing else before.rfind(opening) > before.rfind(closing)
        )
        # The title of a link has quotation marks of its own.
        rest = after.partition(")")[2] if opening == closing else after
        if is_open and closing in rest:
            return True
    return False


def _is_file(target: str) -> bool:
    return _FILE.fullmatch(target) is not None and not _PLACEHOLDER.search(target)


def _relative(file: File, target: str) -> str:
    return paths.posix(os.path.relpath(target, os.path.dirname(file.path)))


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for target in finding.data:
        yield Fix.replacing(file.path, finding.span, target)
    yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
