"""What a field, a tool or a model of one product is in another one: tables, by what each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Conversions:
    """The tables of ``schemas/conversions.json``; dialects go by their names."""

    facts: Mapping[str, Any]

    def knows(self, dialect: str) -> bool:
        return dialect in self.facts["dialects"]

    def of(self, dialect: str) -> Mapping[str, Any]:
        """How a dialect writes lists and names of servers, what it always says, what its fields mean."""
        found: Mapping[str, Any] | str = self.facts["dialects"][dialect]
        # Some write what others write.
        return self.of(found) if isinstance(found, str) else found

    def field(self, dialect: str, meaning: str) -> str | None:
        """The field that says this."""
        return next((field for field, said in self.of(dialect)["fields"].items() if said == meaning), None)

    def tools(self, dialect: str) -> Mapping[str, list[str]]:
        """Each tool with what it is for; empty where the tools are not known."""
        found: Mapping[str, list[str]] = self.facts["tools"].get(dialect, {})
        return found

    def tool(self, dialect: str, purpose: str) -> str | None:
        """The tool for a purpose; of several the one that the product names first."""
        return next((tool for tool, purposes in self.tools(dialect).items() if purpose in purposes), None)

    def server_tool(self, dialect: str, name: str) -> tuple[str, str] | None:
        """The server and the tool that a name means, the tool empty for all; None for no such name."""
        facts = self.of(dialect).get("servers", {})
        for pattern in (facts.get("one"), facts.get("all"), facts.get("all", "").removesuffix("__*")):
            if pattern and (match := _expression(pattern).fullmatch(name)):
                groups = match.groupdict()
                return groups["server"], groups.get("tool", "").removesuffix("*")
        return None

    def server_name(self, dialect: str, server: str, tool: str) -> str:
        """How a dialect names a tool of a server, or all of them; empty where it cannot."""
        pattern = self.of(dialect).get("servers", {}).get("one" if tool else "all", "")
        return str(pattern).format(server=server, tool=tool)

    def meant(self, purposes: Iterable[str]) -> str:
        """Purposes in words, in the order of the table."""
        wanted = set(purposes)
        return ", ".join(words for purpose, words in self.facts["means"].items() if purpose in wanted)

    def model(self, source: str, target: str, model: str) -> str | None:
        """The same model; empty for what the target does without being told, None for what it cannot say."""
        for entry in self.facts["models"]:
            words = entry.get("words", {})
            if model == words.get(source):
                return str(words.get(target, "")) if "is-default" in entry or target in words else None
            prefixes = entry.get("prefix", {})
            bare = model.removeprefix(prefixes.get(source, ""))
            if source in prefixes and bare.startswith(entry["starts"]):
                return prefixes[target] + bare if target in prefixes else None
        return None


def _expression(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\{server\}", "(?P<server>.+?)")
    return re.compile(escaped.replace(r"\{tool\}", "(?P<tool>.+)"))
