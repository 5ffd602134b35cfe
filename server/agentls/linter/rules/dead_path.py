"""Relative path not found.

A relative path that does not exist: an explicitly relative path (``./guide.md``, ``../shared/rules.md``)
outside code, or in a skill, a path into its own folders (``references/guide.md``, ``scripts/check.py``,
``assets/form.md``).
In a manifest of a plugin or a list of plugins: the path of a file or a folder.

## Why

The instructions refer to a file that does not exist.
The path may be relative to another folder, so this is only a hint.

## Example

```markdown
---
name: reviewer
description: Reviews code
---

Follow the rules in ./no-such-rules.md first.
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
import posixpath

from agentls.linter.api import Context, Effect, Effects, File, Finding, Fix, Iterator, Span
from agentls.products.effects import invalid_effect
from agentls.refactoring import new_files
from agentls.semantics.file_references import Reference, resolve_path
from agentls.system import paths
from agentls.text.similar_words import closest, did_you_mean

GROUPS = ("references",)
CASES = {
    "attached": "a file whose content the product should add to the text",
    "field": "a field names it",
}
REFERENCES = ("path", "file", "resource")

# What the paths in a field lead to, and how many folders above what defines that.
_KINDS = {
    "agents": ("agent", 0),
    "commands": ("command", 0),
    "skills": ("skill", 1),
    "plugins": ("plugin", 2),
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    if (effect := effects.get("field")) is not None:
        yield from _in_fields(context, effect.cause)
    yield from _in_text(context, effects)


def _in_fields(context: Context, cause: str) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        spec = file.dialect.fields.get(reference.field.name) if reference.field else None
        named = spec.resources if spec and reference.kind == "resource" else None
        if named is None or not named.missing:
            continue
        effect = invalid_effect(named.missing, file.scope).effect(cause)
        if effect is None or "*" in reference.name or ".." in reference.name.split("/"):
            continue
        if view.exists(file.target(reference)) is False:
            start, source = reference.span.start, file.text.source
            sign = next((sign for sign in named.signs if source.endswith(sign, 0, start)), "")
            span = Span(start - len(sign), reference.span.end)
            guess = _like(context, reference)
            meant = f"{sign}{guess}" if guess else None
            message = f"`{file.text.slice(span)}` does not exist in the {file.dialect.kind}. {effect.text}"
            data = (meant,) if meant else ()
            yield effect.finding(span, f"{message}{did_you_mean(meant)}", data)


def _like(context: Context, reference: Reference) -> str | None:
    """The path of something near that is there: an agent for an agent, a plugin for a plugin."""
    file, field = context.file, reference.field.name if reference.field else ""
    if field not in _KINDS:
        return None
    kind, above = _KINDS[field]
    root = file.identity.root
    found = (_folder(d.path, above) for one in (kind, f"foreign-{kind}") for d in context.view.all(one))
    known = sorted(
        {paths.posix(path[len(root) + 1 :]) for path in found if paths.is_within(path, root)} - {""}
    )
    folder, name = posixpath.split(reference.name.rstrip("/"))
    same = [path for path in known if posixpath.basename(path) == name]
    # Names in one folder have so much in common that only what differs tells them apart.
    beside = {posixpath.basename(path): path for path in known if posixpath.dirname(path) == folder}
    return same[0] if len(same) == 1 else beside.get(closest(name, beside) or "")


def _folder(path: str, above: int) -> str:
    for _ in range(above):
        path = os.path.dirname(path)
    return path


def _in_text(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    effect = effects.get("")
    for reference in file.references:
        if reference.kind == "file":
            certain = (effects.get("attached") if _is_attached(file, reference) else None) or effect
            if certain and view.exists(file.target(reference)) is False:
                yield certain.finding(
                    reference.span, _certain(file, reference, certain), _beside(context, reference)
                )
            continue
        if effect is None:
            continue
        if reference.kind != "path" or _is_example(file, reference.span):
            continue
        # Ask about all at once, so that one look at the disk answers.
        targets = {*file.targets(reference), file.walked_target(reference), file.repository_target(reference)}
        answers = [view.exists(path) for path in sorted(filter(None, targets))]
        if not any(answers) and None not in answers:
            places = "relative to this file or to the project root"
            message = f"`{reference.name}` does not exist, {places}. {effect.text}"
            yield effect.finding(reference.span, message)


def _is_attached(file: File, reference: Reference) -> bool:
    return file.text.source[reference.span.start - 1] == "@"


def _certain(file: File, reference: Reference, effect: Effect) -> str:
    folder = "the root of the project" if reference.is_from_root else "the folder of this file"
    if reference.is_from_root and file.scope == "plugin":
        folder = "the folder of the plugin"
    return f"`{reference.name}` does not exist in {folder}. {effect.text}"


def _beside(context: Context, reference: Reference) -> tuple[str, ...]:
    """What to write for a file that lies beside a skill, but is looked for in the project."""
    file = context.file
    variables = file.text_grammar.variables
    own = next((name for name in variables if file.dialect.text.variables[name].value == "folder"), "")
    if not (own and reference.is_from_root and _is_attached(file, reference)):
        return ()
    is_beside = context.view.exists(resolve_path(file.path, reference.name))
    return (f"${{{own}}}/{reference.name.removeprefix('./')}",) if is_beside else ()


def _is_example(file: File, span: Span) -> bool:
    """Whether a path stands in code, by its fences or by its look: `schema: './db.ts'`, `// scripts/x.ts`."""
    source = file.text.source
    is_quoted = source[span.start - 1] in "\"'" and source[span.start - 1] == source[span.end : span.end + 1]
    line = file.text.line_around(span.start)
    return is_quoted or file.is_meant_as_example(span) or file.text.slice(line).lstrip().startswith("//")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    is_field = file.at(finding.span.start).field is not None
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant, is_safe=not is_field)
    reference = file.at(finding.span.start).reference
    # A new file would lie beside this one.
    if not finding.data and not is_field and not (reference and reference.is_from_root):
        yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
