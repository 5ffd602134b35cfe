"""One word for one thing: no name in the package stands for two classes or two modules at once.

Nothing here runs what it reads.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import agentls

_ROOT = Path(agentls.__file__).parent
_TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(_ROOT.rglob("*.py"))}


def test_no_two_classes_have_one_name():
    found = Counter(
        node.name for tree in _TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in found.items() if times > 1] == []


def test_no_module_is_imported_under_another_name():
    """Of ours; an author who searches for a module's name finds everyone who uses it."""
    assert [
        f"{path.relative_to(_ROOT)}: {alias.name} as {alias.asname}"
        for path, tree in _TREES.items()
        for node in ast.walk(tree)
        for alias in _renamed(node)
    ] == []


def _renamed(node: ast.AST) -> list[ast.alias]:
    if isinstance(node, ast.Import):
        return [alias for alias in node.names if alias.asname and alias.name.startswith("agentls")]
    if not isinstance(node, ast.ImportFrom) or not str(node.module).startswith("agentls"):
        return []
    folder = _ROOT.parent.joinpath(*str(node.module).split("."))
    return [
        alias
        for alias in node.names
        if alias.asname and ((folder / f"{alias.name}.py").is_file() or (folder / alias.name).is_dir())
    ]


def test_no_package_holds_a_module_of_its_own_name():
    assert [path for path in _TREES if path.stem == path.parent.name] == []


# Packages with one module for each feature of the protocol or each command, named after it.
_NAMED_AFTER_FEATURES = {"features", "lsp.handlers", "cli.commands"}


def test_no_two_modules_have_one_name():
    """Apart from a feature, its handler and its command, which go by one name on purpose."""
    found: dict[str, list[str]] = {}
    for path in _TREES:
        package = ".".join(path.parent.relative_to(_ROOT).parts)
        if path.stem != "__init__" and package not in _NAMED_AFTER_FEATURES:
            found.setdefault(path.stem, []).append(package)
    assert {name: packages for name, packages in found.items() if len(packages) > 1} == {}


_MANY_FIELDS = 6
_MOST_WITHOUT_NAME = 3


def test_what_has_many_fields_is_built_by_their_names():
    """Nobody can tell from the eighth value of a call what it is."""
    many = {
        node.name
        for tree in _TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and sum(isinstance(statement, ast.AnnAssign) for statement in node.body) > _MANY_FIELDS
    }
    assert many
    assert [
        f"{path.relative_to(_ROOT)}:{node.lineno}"
        for path, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in many
        and len(node.args) > _MOST_WITHOUT_NAME
    ] == []
