"""The parts of what a schema says of a kind of file: where it lies, what its agents may use, its limits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from agentls.products.records import NOTHING, Record, attribute, named, record
from agentls.syntax.substitutions import Grammar

if TYPE_CHECKING:
    from collections.abc import Mapping


class Checked(Record):
    """The version of a product that was read, and the day (YYYY-MM-DD)."""

    version: str
    date: str


class FileGlob(Record):
    """Where files lie: a glob from the root of its scope (project, user, plugin).

    ``exceptions`` are names that do not count. ``when`` is a condition in words, empty for none. ``meant`` is
    how a file that is not read there would have to be called, with ``*`` for its stem. ``unless``: files for
    whose sake it is not read, where one of them has a text and lies in the same folder or above.
    """

    glob: str
    scope: str
    exceptions: tuple[str, ...] = ()
    deprecated: bool = False
    when: str = ""
    meant: str = ""
    unless: tuple[str, ...] = ()
    source: str = ""


class ServerFileGlob(Record):
    """Where a product keeps its MCP servers, and the key (``table``) under which they stand.

    ``agents`` is the key that defines agents, empty for none. ``is_relaxed``: the JSON may have comments.
    """

    glob: str
    scope: str
    table: str
    agents: str = ""
    is_relaxed: bool = False
    source: str = ""
    checked: str = ""


class ServerVariables(Record):
    """What a product replaces in the values of a server's ``keys``: what fits ``pattern``.

    ``form`` is how it is written; empty where nothing is replaced.

    ``never`` are variables that have no value there, each with the reason.
    """

    form: str
    pattern: str
    keys: tuple[str, ...]
    never: Mapping[str, str] = NOTHING


class ServerTable(Record):
    """How a file lists MCP servers: in the field ``at``, by their names.

    ``transports`` are the values of ``type``, each with the key that it needs; ``untyped`` are the keys of
    which one is enough without, ``alone`` those with which nothing else is needed. ``excludes``: no server
    has a command and an address. ``refused`` are keys, each with what to do instead. ``reserved`` and
    ``names`` are patterns of names that the product takes for itself, and of all that it accepts.
    """

    at: str
    transports: Mapping[str, str] = NOTHING
    untyped: tuple[str, ...] = ()
    usual: str = ""
    alone: tuple[str, ...] = ()
    excludes: bool = False
    refused: Mapping[str, str] = NOTHING
    reserved: tuple[str, ...] = ()
    names: str = ""
    names_are: str = ""
    variables: ServerVariables | None = None


def server_table(raw: Mapping[str, Any]) -> ServerTable:
    """What a schema says under ``servers``."""
    return record(ServerTable, raw, variables=partial(record, ServerVariables))


class Configuration(Record):
    """Where a product keeps what counts for its agents.

    ``folder`` is its own, in the home folder and in each project; ``settings`` are in there, and the last one
    counts most. ``user_servers`` lists the servers of the user and of single projects, ``managed_servers``
    those of an administrator. A folder with a ``plugin_folder`` is a plugin, with ``plugin_servers`` in it.
    """

    folder: str
    settings: tuple[str, ...]
    user_servers: str
    managed_servers: str
    plugin_folder: str
    plugin_servers: str


class BodyLimits(Record):
    """The least and the most characters of text below the front matter; ``most`` None for no limit."""

    least: int = 0
    most: int | None = None


class ReachRules(Record):
    """When the product loads a file of instructions: ``default`` where none of the fields says so.

    The field ``always`` says it with ``true``, the field ``mode`` with one of ``modes``; a ``description``
    leaves it to the model. ``globs`` and ``other_globs`` are the fields with globs, which are read as
    ``glob_syntax`` says, relative to the ``root``; with ``always_globs`` it is loaded at every start.
    ``nested``: below the folder of the start it is read on the way. Without a ``default``, the file is none
    of instructions.
    """

    default: str = ""
    always: str = ""
    mode: str = ""
    modes: Mapping[str, str] = NOTHING
    globs: str = ""
    other_globs: tuple[str, ...] = ()
    glob_syntax: str = ""
    always_globs: tuple[str, ...] = ()
    root: str = "folder"
    description: bool = False
    nested: bool = True


class Bundled(Record):
    """The names of the agents and skills that come with a product."""

    agents: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> tuple[str, ...]:
        return {"agent": self.agents, "skill": self.skills}.get(kind, ())


class PowerNote(Record):
    """What is to be known of an agent whose field has the ``value``; None for any value."""

    text: str
    value: str | None = None


class Powers(Record):
    """What an agent may use ``without`` a list of tools, in words, and with an ``empty`` one (all, none).

    Both are empty where that is not known. ``fields`` are others that count. ``switches`` are fields that
    switch tools on and off; ``defaults`` are the actions for those that none is about, ``*`` for all others,
    ``together`` names the switch of a tool that has none of its own, ``renamed`` what some are taken for in
    one of these fields, and ``subjects`` what the patterns of a switch are compared with: a path, a command.
    ``denial_beats_list``: where tools are denied, a list of tools does not count. ``misfit``: a value that
    is no list is as good as an empty one. ``expands``: the tools that come without a list are known.
    ``servers``: those that are configured are known by their names. ``skills``: its skills are there, too.
    """

    without: str = ""
    empty: str = ""
    fields: Mapping[str, PowerNote] = NOTHING
    switches: tuple[str, ...] = ()
    defaults: Mapping[str, str] = NOTHING
    together: Mapping[str, str] = NOTHING
    renamed: Mapping[str, Mapping[str, str]] = NOTHING
    subjects: Mapping[str, str] = NOTHING
    denial_beats_list: bool = False
    misfit: bool = False
    expands: bool = False
    servers: bool = False
    skills: bool = False
    source: str = ""


def powers(raw: Mapping[str, Any]) -> Powers:
    return record(Powers, raw, fields=partial(named, PowerNote))


class TextVariable(Record):
    """A variable that a product fills in a text; ``value`` names what is known of it here (``folder`` of the
    file, ``root`` of the project, ``plugin``'s folder), empty for nothing. ``scopes``: only there.
    """

    description: str
    value: str = ""
    scopes: tuple[str, ...] = ()


class ShellRules(Record):
    """Which commands in a text may run while it is loaded: those that a rule for ``tool`` allows.

    ``free`` ones need none, ``asking`` are known to need one. All are patterns of such rules; of any other
    command nothing is known. Without a ``tool`` every command is run. ``field`` holds the file's own rules.
    """

    tool: str = ""
    field: str = ""
    free: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    source: str = ""


class TextRules(Record):
    """What the product replaces, runs or attaches in the text of such a file.

    ``grammar`` is how it stands there, without the variables. ``names_field`` declares arguments by name,
    ``hint_field`` shows them to users. ``reserved``: how the product's own variables begin. ``trims``: the
    white space that it takes away, at ``both`` ends or what stands ``below-front-matter``. ``shell`` says
    which commands it runs.
    """

    grammar: Grammar = Grammar()
    names_field: str = ""
    hint_field: str = ""
    reserved: str = ""
    trims: str = ""
    shell: ShellRules = ShellRules()
    variables: Mapping[str, TextVariable] = NOTHING
    source: str = ""

    def grammar_in(self, scope: str) -> Grammar:
        """With the variables that are filled in a scope."""
        known = (name for name, v in self.variables.items() if not v.scopes or scope in v.scopes)
        return self.grammar._replace(variables=tuple(known))


def text_rules(raw: Mapping[str, Any]) -> TextRules:
    """The keys of a grammar stand beside the others."""
    own = {key: value for key, value in raw.items() if attribute(key) in TextRules.attributes}
    rest = {key: value for key, value in raw.items() if key not in own}
    variables = partial(named, TextVariable)
    return record(
        TextRules,
        {**own, "grammar": rest},
        grammar=partial(record, Grammar),
        variables=variables,
        shell=partial(record, ShellRules),
    )
