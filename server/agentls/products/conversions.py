"""What a field, a tool or a model of one product is in another one: tables, by what each of them means."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from agentls.products.records import NOTHING, Record, record, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ServerNames(Record):
    """How ``one`` tool of a server is named, and ``all`` of them, with ``{server}`` and ``{tool}``.

    ``vague``: any name may be one of these, so that such a name says nothing.
    """

    all: str = ""
    one: str = ""
    vague: bool = False


class Writing(Record):
    """How a dialect says things: what its ``fields`` mean, and how it writes ``lists`` (commas, list).

    ``always`` are the fields that it must have with the values that mean nothing special. ``empty_tools`` is
    what an empty list of tools gives: none, all or unknown.
    """

    fields: Mapping[str, str]
    lists: str = ""
    servers: ServerNames = ServerNames()
    always: Mapping[str, object] = NOTHING
    empty_tools: str = "none"


class ModelFamily(Record):
    """Models that several dialects have, by the names of those dialects.

    All models that start with ``starts``, each behind the ``prefix`` of its dialect; or the one that the
    ``words`` say. ``is_default``: what a dialect without a word for it does anyway.
    """

    starts: str = ""
    prefix: Mapping[str, str] = NOTHING
    words: Mapping[str, str] = NOTHING
    is_default: bool = False


class Conversions(Record):
    """The tables of ``schemas/conversions.json``; dialects go by their names.

    ``tools`` are those of each dialect with their purposes, ``means`` says what a purpose is in words.
    """

    dialects: Mapping[str, Writing]
    tools_by_dialect: Mapping[str, Mapping[str, list[str]]]
    means: Mapping[str, str]
    models: tuple[ModelFamily, ...]

    def knows(self, dialect: str) -> bool:
        return dialect in self.dialects

    def of(self, dialect: str) -> Writing:
        return self.dialects[dialect]

    def field(self, dialect: str, meaning: str) -> str | None:
        """The field that says this."""
        return next((field for field, said in self.of(dialect).fields.items() if said == meaning), None)

    def tools(self, dialect: str) -> Mapping[str, list[str]]:
        """Each tool with what it is for; empty where the tools are not known."""
        return self.tools_by_dialect.get(dialect, {})

    def tool(self, dialect: str, purpose: str) -> str | None:
        """The tool for a purpose; of several the one that the product names first."""
        return next((tool for tool, purposes in self.tools(dialect).items() if purpose in purposes), None)

    def server_tool(self, dialect: str, name: str) -> tuple[str, str] | None:
        """The server and the tool that a name means, the tool empty for all; None for no such name."""
        servers = self.of(dialect).servers
        for pattern in (servers.one, servers.all, servers.all.removesuffix("__*")):
            if pattern and (match := _expression(pattern).fullmatch(name)):
                groups = match.groupdict()
                return groups["server"], groups.get("tool", "").removesuffix("*")
        return None

    def server_name(self, dialect: str, server: str, tool: str) -> str:
        """How a dialect names a tool of a server, or all of them; empty where it cannot."""
        servers = self.of(dialect).servers
        return (servers.one if tool else servers.all).format(server=server, tool=tool)

    def meant(self, purposes: Iterable[str]) -> str:
        """Purposes in words, in the order of the table."""
        wanted = set(purposes)
        return ", ".join(words for purpose, words in self.means.items() if purpose in wanted)

    def model(self, source: str, target: str, model: str) -> str | None:
        """The same model; empty for what the target does without being told, None for what it cannot say."""
        for family in self.models:
            if model == family.words.get(source):
                is_known = family.is_default or target in family.words
                return family.words.get(target, "") if is_known else None
            bare = model.removeprefix(family.prefix.get(source, ""))
            if source in family.prefix and bare.startswith(family.starts):
                return family.prefix[target] + bare if target in family.prefix else None
        return None


def conversions(raw: Mapping[str, Any]) -> Conversions:
    """The tables, as they are in their file."""
    return record(
        partial(Conversions, tools_by_dialect=raw["tools"]),
        {key: value for key, value in raw.items() if key != "tools"},
        dialects=_writings,
        models=partial(records, ModelFamily),
    )


def _writings(raw: Mapping[str, Any]) -> dict[str, Writing]:
    own = {
        dialect: record(Writing, facts, servers=partial(record, ServerNames))
        for dialect, facts in raw.items()
        if not isinstance(facts, str)
    }
    # Some write what others write.
    return {dialect: own[facts if isinstance(facts, str) else dialect] for dialect, facts in raw.items()}


def _expression(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\{server\}", "(?P<server>.+?)")
    return re.compile(escaped.replace(r"\{tool\}", "(?P<tool>.+)"))
