"""The fields of a file in the words of another product; lists of tools are the affair of ``tools``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.conversion import powers, tools
from agentls.conversion.losses import Loss
from agentls.findings import Severity
from agentls.products import load
from agentls.refactoring import new_files
from agentls.system import paths
from agentls.text import colors
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Dialect
    from agentls.semantics.file import File

_DIGITS = re.compile(r"\d{1,9}")
# Said by the tools alone; the rest of the fields go one by one.
_OF_TOOLS = ("tools", "denied-tools", "permission", "tool-switches")
_LINE_BREAK = re.compile(r"\r\n?|\n")


@dataclass
class ConvertedFile:
    """What becomes of a file; ``name`` is what it is addressed by."""

    name: str
    values: dict[str, object] = field(default_factory=dict)
    body: str = ""
    losses: list[Loss] = field(default_factory=list)


def convert_fields(file: File, target: Dialect) -> ConvertedFile:
    """The fields and the text for the target."""
    tables = load().conversions
    own = tables.of(file.dialect.name).fields
    said: dict[str, object] = {}
    losses: list[Loss] = []
    for name in dict.fromkeys(found.name for found in file.document.fields):
        meaning = own.get(name)
        if meaning in _OF_TOOLS or meaning in ("name", "prompt") or _is_implied(file, name):
            continue
        where = tables.field(target.name, meaning) if meaning else None
        if not meaning or where is None:
            losses.append(Loss(_key(file, name), f"{target.product} has no equivalent of `{name}`."))
            continue
        value, loss = _value(file, name, meaning, target, where)
        if value is not None:
            said[where] = value
        if loss:
            losses.append(Loss(_key(file, name), loss))
    new = ConvertedFile(_name(file, target, losses), losses=losses)
    if name_field := tables.field(target.name, "name"):
        said[name_field] = new.name
    _describe(file, target, said, losses)
    granted = powers.granted(file)
    said |= tools.written(granted, target, losses)
    losses += granted.losses
    prompt = _prompt(file, target, new.name, losses)
    if prompt_field := tables.field(target.name, "prompt") if not target.format.has_body else None:
        said[prompt_field] = prompt
    else:
        new.body = prompt
    order = [*tables.of(target.name).fields, *said]
    new.values |= {name: said[name] for name in dict.fromkeys(order) if name in said}
    new.values |= tables.of(target.name).always
    return new


def _key(file: File, name: str) -> Span:
    found = file.document.field(name)
    return found.key if found else Span(0, 0)


def _is_implied(file: File, name: str) -> bool:
    always = load().conversions.of(file.dialect.name).always
    return name in always and file.values[name] == always[name]


def _name(file: File, target: Dialect, losses: list[Loss]) -> str:
    """The name if the target takes it, else one like it."""
    name = file.identity.stem if file.identity.plugin else file.name
    name = file.document.string("name") or name
    like = next(new_files.names_like(target, name, file.identity.stem), f"new-{target.kind}")
    if like != name:
        reason = f"{target.product} does not accept this name"
        if paths.is_device(name):
            reason = "No file on Windows can have this name"
        losses.append(Loss(file.name_span, f"{reason}; it becomes `{like}`."))
    return like


def _describe(file: File, target: Dialect, said: dict[str, object], losses: list[Loss]) -> None:
    """Put a first description where the target needs one."""
    where = load().conversions.field(target.name, "description")
    effect = target.effect("missing-description", "project")
    is_needed = effect is not None and effect.severity <= Severity.WARNING
    if where and is_needed and not str(said.get(where) or "").strip():
        said[where] = new_files.starter_description(target.kind)
        losses.append(
            Loss(file.name_span, f"{target.product} requires a description, and there is none: write one.")
        )


def _prompt(file: File, target: Dialect, name: str, losses: list[Loss]) -> str:
    """The text that the model is told."""
    # What is a field there may have signs that mean others.
    body = "" if file.dialect.prompt else file.text.slice(file.document.body)
    text = _LINE_BREAK.sub("\n", body).strip("\n").rstrip()
    where = load().conversions.field(file.dialect.name, "prompt")
    value = file.document.string(where) if where else None
    if value and text:
        losses.append(Loss(_key(file, where or ""), f"`{where}` has no effect if the file has a body."))
    text = text or _LINE_BREAK.sub("\n", value or "").strip("\n").rstrip()
    limits = target.body
    if len(text.strip()) < limits.least:
        losses.append(Loss(file.name_span, f"{target.product} requires a longer body: extend it."))
        return f"{text}\n\n{new_files.starter_body(target.kind, name)}".strip()
    if limits.most is not None and len(text) > limits.most:
        place = Span(file.document.body.start, file.document.body.start)
        losses.append(Loss(place, f"{target.product} accepts at most {limits.most:,} characters of text."))
    return text


def _value(file: File, name: str, meaning: str, target: Dialect, where: str) -> tuple[object, str]:
    """The value for the field ``where``, None for none, and what is lost with it."""
    value = file.dialect.format.typed(file.values[name])
    # A field that is there and says nothing.
    if value is None:
        return None, ""
    if meaning == "model":
        return _model(file, value, target)
    if meaning == "color":
        return _color(str(value), target, where)
    if meaning == "skills":
        return _skills(file, name, target)
    return _same_value(value, meaning, target, where)


def _same_value(value: object, meaning: str, target: Dialect, where: str) -> tuple[object, str]:
    """A value that means the same wherever it may stand."""
    if meaning == "allowed-tools":
        value = " ".join(map(str, value)) if isinstance(value, list) else value
    if meaning == "description":
        value = _LINE_BREAK.sub("\n", str(value)).strip()
        if "\n" in value and target.format.as_read(value) != value:
            return value, f"{target.product} reads a single line; line breaks become spaces."
    if isinstance(value, str) and _DIGITS.fullmatch(value) and target.errors({where: value}):
        value = int(value)
    if errors := target.errors({where: target.format.as_read(value)}):
        return _type_error(value, meaning, target, where, errors[0].expected)
    return value, ""


def _type_error(
    value: object, meaning: str, target: Dialect, where: str, expected: str
) -> tuple[object, str]:
    complaint = f"In {target.product}, `{where}` expects {expected}"
    # A text is better too long than cut off.
    if meaning == "description":
        return value, f"{complaint}."
    return None, f"{complaint}; the value is left out."


def _model(file: File, value: object, target: Dialect) -> tuple[object, str]:
    model = load().conversions.model(file.dialect.name, target.name, str(value))
    if model is None:
        return (
            None,
            f"The equivalent model of {target.product} is unknown; {target.product} uses its default.",
        )
    return model or None, ""


def _color(value: str, target: Dialect, where: str) -> tuple[object, str]:
    words = [word.name for word in target.fields[where].words]
    shade = colors.parse(value)
    if value in words:
        return value, ""
    if shade is None:
        return None, f"{target.product} has no color `{value}`."
    code = "#{:02x}{:02x}{:02x}".format(*shade)
    if not target.errors({where: code}):
        return code, ""
    near = colors.closest(shade, words)
    if near is None:
        return None, f"{target.product} has no color like `{value}`."
    return near, "" if colors.parse(near) == shade else f"`{near}` is the closest color in {target.product}."


def _skills(file: File, name: str, target: Dialect) -> tuple[object, str]:
    names = list(_names(file, name))
    is_text = load().conversions.of(target.name).lists == "commas"
    return (", ".join(names) if is_text else names), ""


def _names(file: File, name: str) -> Iterator[str]:
    found = file.document.field(name)
    if found and (items := file.items(found)):
        yield from (item.text for item in items)
        return
    value = file.values[name]
    for part in value if isinstance(value, list) else str(value).split(","):
        if str(part).strip():
            yield str(part).strip()
