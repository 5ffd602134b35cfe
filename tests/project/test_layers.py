"""The house has floors: a module imports only from floors below its own; and what else must be absent.

Every test here reads the source and runs none of it, but the last few.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import agentls
from agentls.lsp import registry, server_capabilities
from patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(agentls.__file__).parent
_ARCHITECTURE = Path(__file__).parents[2] / "ARCHITECTURE.md"

# From the ground up; a package counts as one. Imports for the type checker count like all others.
# What stands on each floor, and why there, is told to contributors (ARCHITECTURE.md).
FLOORS = (
    ("system", "text"),
    ("findings",),
    ("syntax",),
    ("products",),
    ("settings",),
    ("semantics",),
    ("disk", "workspace"),
    ("outcome",),
    ("refactoring",),
    ("linter",),
    ("explain", "indexing"),
    ("batch", "conversion", "features", "session"),
    ("lsp",),
    ("cli",),
    ("__main__",),
)

# Packages whose modules are a list of one kind, and so need no word each.
LISTS = (
    "cli.commands",
    "cli.output",
    "cli.demo",
    "features",
    "linter.rules",
    "lsp.handlers",
    "text.mojibake",
)

# Each third-party library and the one place that knows it.
HOMES = {
    "yaml": "syntax.yaml",
    "jsonschema": "products.validation",
    "frontmatter": "syntax.writing",
    "pygls": "lsp",
    "lsprotocol": "lsp",
}

# Modules that connect to other machines or start programs; nobody needs one.
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "socketserver"}

# Calls that touch files or processes outside `disk`, by the module that may make them, with the reason.
TOUCHING = {
    # the packaged schemas
    "products.catalogue": {"open", "os.listdir", "os.path.isdir"},
    # the packaged workspace of the demo, copied to a temporary folder
    "cli.commands.demo": {
        ".is_file",
        ".read_bytes",
        ".rglob",
        "os.makedirs",
        "os.path.realpath",
        "shutil.copyfile",
        "tempfile.TemporaryDirectory",
    },
    # an empty folder for a server of its own
    "cli.commands.self_check": {".is_file", "tempfile.TemporaryDirectory"},
    # the other cores
    "system.parallel": {"os.fork"},
    # ends a server that hangs without an editor
    "system.watchdog": {"os.fork"},
    # the demo talks to a server of its own
    "cli.demo.client": {"subprocess.Popen"},
    # a closed standard stream is replaced by the null device
    "cli.main": {"open", "os.open"},
}
_TOUCHING_NAMES = {"open"}
_TOUCHING_MODULES = {"shutil", "tempfile", "subprocess", "fileinput", "mmap"}
_TOUCHING_OS = re.compile(
    "access|chmod|chown|exec.*|fdopen|fork|link|listdir|lstat|makedirs|mkdir|open|popen|readlink|remove|removedirs"
    "|rename|renames|replace|rmdir|scandir|spawn.*|startfile|stat|symlink|system|truncate|unlink|utime|walk"
)
_TOUCHING_PATH = re.compile("exists|get[acm]time|getsize|isdir|isfile|islink|lexists|realpath|samefile")
# Methods of pathlib that nothing else here has; `exists` and `open` belong to others, too.
_TOUCHING_METHODS = re.compile("(read|write)_(text|bytes)|is_dir|is_file|iterdir|r?glob|mkdir|touch|unlink")
# Of `os.DirEntry`, which only `disk` sees.
_ENTRY_METHODS = {"is_dir", "is_file"}
# No files: the size of the terminal.
_HARMLESS = {"shutil.get_terminal_size"}


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the package by its name below ``agentls``, parsed."""
    found = {}
    for path in sorted(_ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def imports(name: str) -> frozenset[str]:
    """The modules that a module imports, wherever it does so; our own ones without ``agentls``."""
    return frozenset(_imports(name))


def _imports(name: str) -> Iterator[str]:
    for node in ast.walk(sources()[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("agentls.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}".removeprefix("agentls.")
                yield full if full in sources() else str(node.module).removeprefix("agentls.")


def part(name: str) -> str:
    """The package or module that stands on a floor."""
    return name.partition(".")[0]


def modules() -> list[str]:
    return [name for name in sources() if name != "__init__"]


def test_every_part_has_a_floor():
    assert sorted(p for floor in FLOORS for p in floor) == sorted({part(name) for name in modules()})


def test_contributors_are_shown_every_floor():
    map_of_the_house = _ARCHITECTURE.read_text("utf-8").partition("| --- | --- |\n")[2].partition("\n\n")[0]
    shown = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in map_of_the_house.splitlines()]
    level = {p: number for number, floor in enumerate(FLOORS) for p in floor}
    assert sorted(p for row in shown for p in row) == sorted(level.keys() - {"__main__"})
    levels = [{level[p] for p in row} for row in shown]
    assert all(len(row) == 1 for row in levels)
    assert levels == sorted(levels, key=min)


def _packages() -> list[str]:
    """Those whose modules are no list of one kind."""
    packages = {name.rpartition(".")[0] for name in modules()} - {""}
    return sorted(packages - set(LISTS))


@pytest.mark.parametrize("package", _packages())
def test_a_package_says_what_its_modules_are_for(package: str):
    said = set(re.findall(r"``(\w+)``", ast.get_docstring(sources()[package]) or ""))
    own = {name for name in modules() if name.rpartition(".")[0] == package}
    assert {name.removeprefix(f"{package}.") for name in own - _all_packages()} <= said


def _all_packages() -> set[str]:
    return {name.rpartition(".")[0] for name in modules()}


def test_the_way_of_a_keystroke_leads_along_what_is_there():
    way = (
        _ARCHITECTURE.read_text("utf-8")
        .partition("## From a keystroke to a diagnostic")[2]
        .partition("\n## ")[0]
    )
    steps = re.findall(r"`([\w/]+)\.(\w+)`", way)
    assert steps
    for module, name in steps:
        there = [
            tree
            for other, tree in sources().items()
            if f"{other}.".startswith(f"{module.replace('/', '.')}.")
        ]
        assert name in {getattr(node, "name", "") for tree in there for node in ast.walk(tree)}, name


@pytest.mark.parametrize("name", modules())
def test_a_module_imports_only_from_floors_below(name: str):
    level = {p: number for number, floor in enumerate(FLOORS) for p in floor}
    own = part(name)
    for other in imports(name):
        if part(other) in level and part(other) != own:
            assert level[part(other)] < level[own], f"{name} imports {other}"


@pytest.mark.parametrize("package", ["linter.rules", "features"])
def test_no_rule_imports_a_rule_and_no_feature_a_feature(package: str):
    """A feature may be a package of its own, as completion is."""

    def one(name: str) -> str:
        return name.removeprefix(f"{package}.").partition(".")[0]

    for name in modules():
        if name.startswith(f"{package}."):
            others = [other for other in imports(name) if other.startswith(f"{package}.")]
            assert all(one(other) == one(name) for other in others), name


def test_no_modules_import_each_other_in_a_circle():
    """Imports for the type checker and inside functions count like all others."""
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path[path.index(name) :], name))
        if name not in done:
            for other in sorted(imports(name) & sources().keys() - {name}):
                follow(other, (*path, name))
            done.add(name)

    for name in modules():
        follow(name, ())


def test_the_registry_alone_knows_the_handlers():
    assert [
        name for name in modules() if "lsp.handlers" in {o.rpartition(".")[0] for o in imports(name)}
    ] == ["lsp.registry"]


def test_the_engine_alone_knows_the_rules():
    assert [name for name in modules() if "linter.rules" in imports(name)] == ["linter.engine"]


def test_each_library_has_one_home():
    for name in modules():
        for other in imports(name):
            library = part(other)
            if library == "agentls" or library in sys.stdlib_module_names or other in sources():
                continue
            home = HOMES.get(library)
            assert home, f"{name} uses {library}, which has no home"
            assert name == home or name.startswith(f"{home}."), f"{name} uses {library}"


def test_nothing_connects_to_a_network():
    for name in modules():
        assert not NETWORK.intersection(imports(name)), name


def test_only_the_disk_touches_files():
    """And every exception is used."""
    touched = {name: set(_touching(sources()[name])) for name in modules()}
    assert any(calls for name, calls in touched.items() if part(name) == "disk")
    assert {name: calls for name, calls in touched.items() if calls and part(name) != "disk"} == TOUCHING


# What is joined to a folder besides names that stand in the code: where, and where that comes from.
JOINED = {
    ("products.catalogue", "f'{name}{_ENDING}'"): "a name of a packaged schema",
    ("settings.config_files", "name"): "a constant name of a configuration file",
    ("semantics.file", "name"): "the name of the file itself",
    ("semantics.file", "os.path.basename(self.path)"): "the name of the file itself",
    ("disk.installed_plugins", "name"): "a name of settings from the schemas",
    ("disk.scanning", "name"): "a constant name of a folder",
    ("disk.scanning", "*end.split('/')"): "a place from the schemas",
    ("disk.scanning", "*folder.split('/')"): "a folder from the schemas",
    ("disk.cache_files", "n"): "a name that was listed",
    ("disk.cache_files", "name"): "a name that was listed",
    ("disk.cache_files", "name + _SUFFIX"): "a name of our own",
    ("disk.atomic_writes", "f'.agentls-{os.getpid()}-{os.urandom(8).hex()}.tmp'"): "a name of our own",
    ("refactoring.rename", "new"): "a name that `new_names` took as the name of a file",
    ("refactoring.rename", "new + file_name[len(found.old):]"): "the same",
    ("conversion.file_conversion", "f'{name}.md'"): "a name that `new_files` took as the name of a file",
    ("linter.rules.unread_place", "meant"): "the name of the file with another ending",
    ("cli.hook_protocols", "path"): "the file that an agent has written, as its product says",
    ("cli.commands.demo", "f'{name}.md'"): "a constant name of the demo",
    ("cli.commands.demo", "'.mcp.json' if inside == 'mcp.json' else f'.claude/{inside}'"): "the same",
}


def test_nobody_else_joins_what_a_file_says_to_a_folder():
    """What files say about paths goes through ``system.paths.join``, which refuses what leads elsewhere."""
    found = {
        (name, words) for name in modules() if name != "system.paths" for words in _joined(sources()[name])
    }
    assert found == JOINED.keys()


def _joined(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        assert not (called.endswith(".join") and called.startswith(("ntpath", "posixpath"))), called
        if not isinstance(node, ast.Call) or called != "os.path.join":
            continue
        for value in node.args[1:]:
            words = ast.unparse(value)
            is_constant = re.fullmatch(r"'[^']*'|(?:\w+\.)?[A-Z_]+|configuration\(\)\.\w+(?:\[0\])?", words)
            if not is_constant:
                yield words


def _touching(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _touching_name(node.func)):
            yield name


def _touching_name(call: ast.expr) -> str | None:
    full = ast.unparse(call)
    if full in _HARMLESS:
        return None
    if isinstance(call, ast.Name):
        return full if full in _TOUCHING_NAMES else None
    owner, _, method = full.rpartition(".")
    if owner in _TOUCHING_MODULES or (owner == "os" and _TOUCHING_OS.fullmatch(method)):
        return full
    if owner == "os.path":
        return full if _TOUCHING_PATH.fullmatch(method) else None
    if owner == "entry" and method in _ENTRY_METHODS:
        return None
    return f".{method}" if _TOUCHING_METHODS.fullmatch(method) else None


# --- nothing that changes at the level of a module ---

_CHANGING = re.compile(
    "append(left)?|extend|insert|remove|pop(item)?|clear|update|setdefault|add|discard|sort|reverse"
)


def test_no_function_rebinds_a_global():
    for name in modules():
        assert not [n for n in ast.walk(sources()[name]) if isinstance(n, ast.Global)], name


@pytest.mark.parametrize("name", modules())
def test_what_a_module_holds_is_never_changed(name: str):
    """Tables are for reading: nobody assigns into one, and no method that changes one is called on it."""
    tree = sources()[name]
    held = set(_held(tree)) | set(_imported(name))
    # A table that is filled at the level of its module is changed before anybody can see it.
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    assert not [
        ast.unparse(node) for function in functions for node in ast.walk(function) if _changes(node, held)
    ]


def _held(tree: ast.Module) -> Iterator[str]:
    """The names that a module binds at its top level."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def _imported(name: str) -> Iterator[str]:
    """The constants that a module takes from another, by the names it gives them."""
    for node in ast.walk(sources()[name]):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("agentls"):
            yield from (alias.asname or alias.name for alias in node.names if alias.name.isupper())


def _changes(node: ast.AST, held: set[str]) -> bool:
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            return any(_is_part_of(target, held) for target in targets)
        case ast.AugAssign(target=ast.Name(id=name)):
            return name in held
        case ast.AugAssign(target=target):
            return _is_part_of(target, held)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute)):
            return name in held and _CHANGING.fullmatch(attribute) is not None
    return False


def _is_part_of(target: ast.expr, held: set[str]) -> bool:
    """``TABLE[...]`` or ``OBJECT.attribute``; also through a module, as in ``module.TABLE[...]``."""
    while isinstance(target, ast.Subscript | ast.Attribute):
        if isinstance(target, ast.Attribute) and target.attr.isupper():
            return True
        target = target.value
        if isinstance(target, ast.Name):
            return target.id in held
    return False


@pytest.mark.parametrize("name", modules())
def test_what_a_module_makes_at_its_top_level_cannot_change(name: str):
    """Instances of our own classes there have no attributes that are set later."""
    classes = {node.name: node for node in sources()[name].body if isinstance(node, ast.ClassDef)}
    for node in sources()[name].body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made = classes.get(ast.unparse(node.value.func))
            assert made is None or not _sets_attributes(made), ast.unparse(node)


def _sets_attributes(made: ast.ClassDef) -> bool:
    if any("frozen=True" in ast.unparse(decorator) for decorator in made.decorator_list):
        return False
    return any("dataclass" in ast.unparse(decorator) for decorator in made.decorator_list) or any(
        isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) for node in ast.walk(made)
    )


@pytest.mark.parametrize("name", modules())
def test_no_class_shares_a_container_between_its_instances(name: str):
    for made in ast.walk(sources()[name]):
        for node in made.body if isinstance(made, ast.ClassDef) else ():
            value = getattr(node, "value", None) if isinstance(node, ast.Assign | ast.AnnAssign) else None
            assert not isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp), (
                made.name
            )


# --- what a command needs to start ---


def _check(folder: Path, line: str) -> tuple[str, str, set[str]]:
    """Check an agent with this line: the exit code, what is printed, and the modules that were loaded."""
    agent = folder / ".claude" / "agents" / "reviewer.md"
    agent.parent.mkdir(parents=True)
    agent.write_text(f"---\nname: reviewer\ndescription: Reviews code\n{line}\n---\n\nRead.\n", "utf-8")
    program = (
        "import sys\n"
        "from agentls.__main__ import main\n"
        "sys.argv = ['agentls', 'check', sys.argv[1]]\n"
        "code = main()\n"
        "print(code, *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(agent)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    code, *loaded = done.stderr.split()
    return code, done.stdout, set(loaded)


def test_the_command_line_starts_without_the_protocol(tmp_path: Path):
    """Protocol types and the event loop cost more time than a check takes."""
    code, printed, loaded = _check(tmp_path, "color: teal")
    assert code == "1", "the check found the colour"
    assert "unknown-color" in printed
    assert not {"pygls", "lsprotocol", "asyncio", "cattrs"} & loaded


def test_a_clean_file_is_checked_without_what_only_mistakes_need(tmp_path: Path):
    """The validator and the codecs' tables take as long to load as everything else."""
    code, printed, loaded = _check(tmp_path, "tools: Read")
    assert code == "0", printed
    assert not {"jsonschema", "tempfile", "tomllib", "agentls.text.mojibake.search"} & loaded


_INITIALIZE = """
import asyncio, json, sys
from agentls.cli.main import begin
from agentls.lsp.connection import Connection

class Wire:
    def write(self, data):
        print(b"capabilities" in data, *sys.modules)
    def close(self):
        pass

async def initialize():
    connection = Connection(begin)
    connection.protocol.set_writer(Wire())
    params = {"processId": None, "rootUri": None, "capabilities": {}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
    connection.protocol.receive([json.dumps(message).encode()])
    while "agentls.session.state" not in sys.modules:
        await asyncio.sleep(0)

asyncio.run(initialize())
"""


def test_a_server_answers_initialize_before_anything_is_loaded_that_works():
    """What is loaded after the response keeps no editor waiting."""
    done = subprocess.run(
        [sys.executable, "-c", _INITIALIZE], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    answered, *loaded = done.stdout.splitlines()[0].split()
    assert answered == "True"
    own = {name.removeprefix("agentls.") for name in loaded if name.startswith("agentls.")}
    # The command line's own arguments need `text`.
    assert {part(name) for name in own} == {"cli", "text", "system", "lsp"}
    assert own.isdisjoint({"lsp.registry", "lsp.server", "lsp.convert"})


def test_what_is_offered_is_handled_and_what_is_handled_is_offered():
    methods = [method for module in registry.WITH_HANDLERS for method in module.HANDLERS]
    assert sorted(methods) == sorted(
        {**server_capabilities.CAPABILITIES, **server_capabilities.PULL_DIAGNOSTICS}
    )
    commands = [name for module in registry.WITH_COMMANDS for name in module.COMMANDS]
    assert sorted(commands) == sorted(server_capabilities.COMMANDS)
