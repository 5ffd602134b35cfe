"""The text of a file as its product gives it to the model, for arguments that somebody types.

Commands stand in it as commands and files as references; nothing is run, and no other file is read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls.outcome.rendering import BLANKS, Template, render
from agentls.outcome.typed_arguments import typed_arguments
from agentls.products import identification, load
from agentls.semantics.file import reread_as
from agentls.syntax import substitutions
from agentls.syntax.nodes import Scalar
from agentls.syntax.substitutions import Kind
from agentls.text.similar_words import without_style
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.outcome.rendering import Rendered
    from agentls.semantics.file import File


def prompt(file: File, typed: str = "") -> Rendered:
    """What the model gets when ``typed`` stands behind the name."""
    grammar = file.text_grammar
    return render(_template(file), typed_arguments(typed.strip(BLANKS), grammar), variable_values(file))


def refusal(file: File) -> str:
    """Why no text reaches the model, whatever is typed; empty where it does, as far as is known."""
    product, kind = file.dialect.product, file.dialect.kind
    grammar, body = file.text_grammar, file.document.body
    if span := substitutions.unbalanced(file.text.source, body, grammar):
        return f"{product} refuses to run the {kind}: `{file.text.slice(span)}` is never closed"
    if file.effect("unknown-variable"):
        for found in file.substitutions:
            if found.kind is Kind.VARIABLE and found.value not in grammar.variables:
                return f"{product} refuses to start the {kind}: it knows no variable `{found.value}`"
    return ""


def is_known(file: File) -> bool:
    """Whether it is known what the product does to the text of such a file, be it nothing."""
    return bool(file.dialect.text.source)


def variable_values(file: File) -> dict[str, str]:
    """The variables that such a file may use and whose values its place tells."""
    known = {name: value_of(file, name) for name in file.text_grammar.variables}
    return {name: value for name, value in known.items() if value}


def value_of(file: File, variable: str) -> str:
    """What stands for a variable; empty where that is not known before the session."""
    found = file.dialect.text.variables.get(variable)
    match found.value if found else "":
        case "folder":
            return os.path.dirname(file.path)
        # The project of what is the user's own, or a plugin's, is not known.
        case "root" if file.scope == "project":
            return file.identity.root
        case "plugin" if file.scope == "plugin":
            return file.identity.root
    return ""


def reading_of(file: File, product: str) -> File | None:
    """The same text as another product would read it; a word of its name that no other has is enough."""
    wanted = without_style(product)
    found = list(readings(file))
    same = [one for one in found if without_style(one.dialect.product) == wanted]
    alike = [one for one in found if wanted in map(without_style, one.dialect.product.split())]
    return next((files[0] for files in (same, alike) if len(files) == 1), None)


def readings(file: File) -> Iterator[File]:
    """The text as each product would read it that knows such files, its own first."""
    yield file
    seen = {file.dialect.product}
    for dialect in load().dialects.values():
        if dialect.product not in seen:
            seen.add(dialect.product)
            if identity := identification.identity_for(file.identity, dialect.product):
                yield reread_as(file, identity)


def _template(file: File) -> Template:
    document, grammar, names = file.document, file.text_grammar, file.argument_names
    folder = os.path.dirname(file.path)
    field = document.field(file.dialect.prompt)
    if field and isinstance(field.value, Scalar):
        # The text is a value, in which signs may be written as escapes.
        text = field.value.value
        whole = Span(0, len(text))
        found = substitutions.find(text, whole, grammar, names)
        return Template(
            text, body=whole, grammar=grammar, found=found, names=names, folder=folder, name=file.name
        )
    source, body = file.text.source, _trimmed(file, document.body)
    return Template(
        source,
        body=body,
        grammar=grammar,
        found=file.substitutions,
        names=names,
        folder=folder,
        name=file.name,
    )


def _trimmed(file: File, body: Span) -> Span:
    """What is left of the text without the white space that the product takes away."""
    written = file.text.slice(body)
    match file.dialect.text.trims:
        case "both":
            start = body.start + len(written) - len(written.lstrip(BLANKS))
            return Span(start, max(start, body.start + len(written.rstrip(BLANKS))))
        case "below-front-matter" if file.document.opening:
            return Span(body.end - len(written.lstrip(BLANKS)), body.end)
    return body
