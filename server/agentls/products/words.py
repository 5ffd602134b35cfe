"""The documented words that a value may be, and the tools of a product, as a schema lists them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from agentls.products.records import EXTENSION, Record, record, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Form(Record):
    """A way to write a name, with its documentation."""

    form: str
    doc: str


class Word(Record):
    """A value of an enumeration or the name of a tool, with its documentation in Markdown.

    ``is_text``: not ``true`` or ``false``, which have no quotes anywhere.
    ``status`` is empty for what is documented. ``resolves`` says what the product takes the word for,
    ``grants`` which tools are in a group of that name. ``needs`` are fields of which one must be there as
    well, ``excludes`` those that must not.
    Of a tool: whether it asks for ``permission`` (None: not known), whether a ``subagent`` has it (``yes``,
    ``never``, ``plan``, ``depth``), whether an agent in the ``background`` does, and each ``specifier``
    that it takes, with what that ``argument`` names (agent or skill). ``paths_of`` is the tool whose rules
    for paths count for it, while its own never match; ``denied_with`` the tool with which it is denied, too.
    """

    name: str
    doc: str = ""
    is_text: bool = True
    since: str = ""
    status: str = ""
    source: str = ""
    resolves: str = ""
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    permission: bool | None = None
    subagent: str = ""
    background: bool | str | None = None
    specifier: tuple[Form, ...] = ()
    argument: str = ""
    paths_of: str = ""
    denied_with: str = ""


def words_of(schema: Mapping[str, Any]) -> Iterator[Word]:
    """The words of a value, in the order of its schema."""
    for branch in (schema, *schema.get("anyOf", ())):
        if isinstance(branch.get("const"), str | bool):
            name = branch["const"]
            text = name if isinstance(name, str) else str(name).lower()
            word = partial(Word, name=text, doc=branch.get("description", ""), is_text=isinstance(name, str))
            yield record(word, branch.get(EXTENSION, {}), specifier=_forms)
        elif branch.get("type") == "boolean":
            yield from (Word(name="true", is_text=False), Word(name="false", is_text=False))


def _forms(raw: list[Mapping[str, Any]]) -> tuple[Form, ...]:
    return records(Form, raw)
