"""What the user may set, from configuration files and editors; plain data.

``schemas/settings.json`` says which settings there are. A value of the wrong type is left out with a
complaint, and everything else counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from agentls import products
from agentls.products import configuration
from agentls.system import paths
from agentls.text.globs import matches_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

OFF = "off"
ON = "on"


class Layer(NamedTuple):
    """Settings from one place. ``roots`` are the folders that globs are relative to, ``origin`` its name."""

    raw: Any
    roots: tuple[str, ...] = ()
    origin: str = "settings"


class Choice(NamedTuple):
    """One wish about a rule or a group of rules, or about what files are.

    ``glob`` (empty: every file) is relative to the innermost of ``roots`` that holds a file; ``layer`` counts
    up from the weakest.
    """

    selector: str
    level: str
    glob: str = ""
    roots: tuple[str, ...] = ()
    layer: int = 0


class Known(NamedTuple):
    """Names that exist for this user although no catalogue and no file says so."""

    tools: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


class Settings(NamedTuple):
    """Defaults are what a user gets who never sets anything.

    ``debounce``: milliseconds of quiet after a change before the file is checked.
    ``user_scope``: whether ``~/.claude`` is read for the names it defines.
    ``code_lens``, ``inlay_hints``: whether an editor is told what is shown above files and beside words.
    ``target_version``: of Claude Code; empty for the newest.
    ``also_check``: the products besides its own that a file is checked for.
    """

    debounce: int = 100
    user_scope: bool = True
    code_lens: bool = True
    inlay_hints: bool = False
    target_version: str = ""
    also_check: tuple[str, ...] = ()
    known: Known = Known()
    choices: tuple[Choice, ...] = ()
    dialects: tuple[Choice, ...] = ()

    def target(self, product: str) -> str:
        """The version of a product that files must work with; empty for the newest.

        Products count their versions each in their own way, so that one for Claude Code says nothing
        about the others.
        """
        return self.target_version if product == configuration.owner().product else ""

    def dialect(self, path: str) -> str:
        """What the user says a file is: the name of a dialect or ``none``; empty for nothing said."""
        fitting = [choice for choice in self.dialects if _matches(choice, path)]
        # The layers come in their order, and in one of them the last glob that fits counts.
        return fitting[-1].level if fitting else ""

    def level(self, rule: str, groups: Iterable[str], path: str) -> str | None:
        """What the user wishes for a rule in a file; None when nothing was said.

        The rule's own name beats its groups, a path beats none, a later layer beats an earlier one.
        """
        if not self.choices:
            return None
        names = {rule, *groups}
        fitting = [c for c in self.choices if c.selector in names and _matches(c, path)]
        strongest = max(fitting, key=lambda c: (c.layer, c.glob != "", c.selector == rule), default=None)
        return strongest.level if strongest else None


def parse(layers: Iterable[Layer]) -> tuple[Settings, list[str]]:
    """Settings from layers, the weakest first, and a complaint for each value that cannot be used."""
    complaints: list[str] = []
    values: dict[str, Any] = {}
    choices: list[Choice] = []
    kinds: list[Choice] = []
    known: dict[str, list[str]] = {}
    for number, layer in enumerate(layers):
        raw = dict(_usable(layer, complaints))
        choices += _choices(raw, layer.roots, number)
        kinds += [
            Choice("", kind, glob, layer.roots, number) for glob, kind in raw.get("dialects", {}).items()
        ]
        for name, value in raw.items():
            if name.startswith("known-"):
                known.setdefault(name.removeprefix("known-"), []).extend(value)
            elif name not in ("rules", "per-path", "dialects"):
                values[name.replace("-", "_")] = tuple(value) if isinstance(value, list) else value
    names = Known(**{kind: tuple(dict.fromkeys(values)) for kind, values in known.items()})
    return Settings(**values, known=names, choices=tuple(choices), dialects=tuple(kinds)), complaints


def _usable(layer: Layer, complaints: list[str]) -> Iterator[tuple[str, Any]]:
    if layer.raw is None:
        return
    if not isinstance(layer.raw, dict):
        complaints.append(f"{layer.origin}: settings must be a table, not {type(layer.raw).__name__}")
        return
    raw = {kebab(str(name)): value for name, value in layer.raw.items()}
    for name, place, expected in list(products.setting_errors(raw)):
        where = ".".join((name, *place))
        if expected is None:
            complaints.append(f"{layer.origin}: unknown setting {where}")
            raw.pop(name, None)
        else:
            complaints.append(f"{layer.origin}: {where} must be {expected}")
            _remove(raw, (name, *place))
    yield from raw.items()


def _remove(raw: dict[str, Any], place: tuple[str, ...]) -> None:
    """Take out the innermost value that is wrong; in a list the whole list."""
    *outer, last = place
    inner: Any = raw
    for step in outer:
        following = inner.get(step) if isinstance(inner, dict) else None
        if not isinstance(following, dict):
            last = step
            break
        # Another complaint may be about the same table: what the user gave us stays as it is.
        inner[step] = inner = dict(following)
    if isinstance(inner, dict):
        inner.pop(last, None)


def _choices(raw: Mapping[str, Any], roots: tuple[str, ...], layer: int) -> Iterator[Choice]:
    for glob, rules in (("", raw.get("rules", {})), *raw.get("per-path", {}).items()):
        for selector, level in rules.items():
            yield Choice(selector, level, glob, roots, layer)


def _matches(choice: Choice, path: str) -> bool:
    if not choice.glob:
        return True
    root = max((root for root in choice.roots if paths.is_within(path, root)), key=len, default=None)
    if root is None:
        return False
    below = paths.posix(path)[len(paths.posix(root).rstrip("/")) + 1 :]
    glob = choice.glob.removeprefix("./")
    # One that ends in a slash means all below it.
    return matches_path(f"{glob}**" if glob.endswith("/") else glob, below)


def kebab(name: str) -> str:
    """Editors write settings in camelCase, snake_case or kebab-case; all are understood."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).replace("_", "-").lstrip("-")
