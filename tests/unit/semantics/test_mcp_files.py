"""The files in which the products list their MCP servers: any text, and where each name stands."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import made
from agentls import products
from agentls.outcome.summarize_configuration import summarize_configuration_file
from agentls.products.identification import Surroundings
from agentls.semantics.mcp_files import listed_servers, project_paths, server_file, user_paths
from agentls.semantics.mcp_servers import servers_of_projects
from agentls.text.source import Text

if TYPE_CHECKING:
    from agentls.products.facts import ServerFileGlob

_HOME = made.USER
_PROJECT = made.PROJECT
_PLACES = [
    (dialect.product, place)
    for dialect in products.load().dialects.values()
    for place in dialect.server_files
]
_NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=12)


def path_of(place: ServerFileGlob) -> str:
    """Where such a file lies in a project, or at home."""
    folder = _HOME if place.scope == "user" else _PROJECT
    return os.path.join(folder, *place.glob.removeprefix("~/").removeprefix("**/").split("/"))


@pytest.mark.parametrize(("product", "place"), _PLACES, ids=lambda one: str(one)[:40])
def test_each_file_is_known_by_its_place_and_its_product(product: str, place: ServerFileGlob):
    path = path_of(place)
    source = '[mcp_servers.books]\nurl = "x"\n' if path.endswith(".toml") else ""
    source = source or json.dumps({place.table: {"books": {"command": "books"}}})
    (found,) = summarize_configuration_file(path, source, [_PROJECT], Surroundings(home=_HOME)).definitions
    assert (found.kind, found.name, found.scope) == ("server", "books", place.scope)
    assert product in found.readers
    location = found.location
    assert location.line_text[location.start : location.end] == "books"
    assert found.project == (_PROJECT if place.scope == "project" else "")


def test_every_place_has_a_source_and_a_day():
    for _, place in _PLACES:
        assert place.source
        assert place.checked >= "2026-11-21"


def test_a_file_of_that_name_elsewhere_is_none():
    assert server_file(os.path.join(_PROJECT, "settings.json"), _HOME) is None
    assert server_file(os.path.join(_PROJECT, "x.gemini", "settings.json"), _HOME) is None
    assert server_file(os.path.join(_HOME, ".copilot", "mcp-config.json"), "") is None


def test_what_lies_at_home_is_the_users_own_although_it_looks_like_a_project():
    both = [end for end in user_paths() if end in project_paths()]
    assert both
    for end in both:
        path = os.path.join(_HOME, *end.split("/"))
        found = server_file(path, _HOME), server_file(path, "")
        assert [known and known.scope for known in found] == ["user", "project"]


@pytest.mark.parametrize(
    "source",
    [
        '{"servers": {"one": {}, "two": {"env": {"three": "}"}}}}',
        '// one\n{"servers": {"one": {}, /* "no": {}, */ "two": {},\n},}',
        '{"inputs": [{"id": "servers"},], "servers": {"one": {"url": "https://x/*y*/"}, "two": {}}}',
        '{\r\n  "servers": {\r\n    "one": {}, // "two"\r\n    "two": {}\r\n  }\r\n}',
    ],
)
def test_comments_and_last_commas_are_read_where_the_product_reads_them(source: str):
    known = server_file(os.path.join(_PROJECT, ".vscode", "mcp.json"), "")
    assert known
    found = listed_servers(known, source)
    assert [server.name for server in found] == ["one", "two"]
    for server in found:
        place = server.location
        line = Text(source).line_span(place.line)
        assert source[line.start + place.start : line.start + place.end] == server.name
        # The entry and no comment that says the same.
        assert source[line.start :][place.end + 1 :].lstrip().startswith(":")


def test_a_product_that_reads_no_comments_has_no_servers_there():
    known = server_file(os.path.join(_PROJECT, ".mcp.json"), "")
    assert known
    assert not listed_servers(known, '{"mcpServers": {"one": {},}}')


@given(st.dictionaries(_NAMES, st.just({"command": "x"}), max_size=4), st.text(max_size=20))
@example({"a\u2028b": {"command": "x"}}, "*/ //")
def test_every_name_stands_where_it_is_said_to_stand(servers: dict[str, object], note: str):
    known = server_file(os.path.join(_PROJECT, "opencode.json"), "")
    assert known
    comment = note.replace("*/", "").replace("\0", "")
    source = f"/*{comment}*/" + json.dumps({"mcp": servers, "x": "//"}, ensure_ascii=False, indent=1)
    for server in listed_servers(known, source):
        place = server.location
        assert json.loads(f'"{place.line_text[place.start : place.end]}"') == server.name
    assert {server.name for server in listed_servers(known, source)} == set(servers)


@given(st.text(), st.sampled_from(_PLACES))
@example("[" * 100_000, _PLACES[0])
@example('{"mcpServers": ' * 10_000, _PLACES[0])
@example('{"mcpServers": {"\\ud800": {}}}', _PLACES[0])
@example("/*" * 50_000, next(one for one in _PLACES if one[1].is_relaxed))
@example("{" + "," * 100_000, next(one for one in _PLACES if one[1].is_relaxed))
@example('"' * 100_001, next(one for one in _PLACES if one[1].is_relaxed))
@example("[mcp_servers", next(one for one in _PLACES if one[1].glob.endswith(".toml")))
@example("mcp_servers = 3", next(one for one in _PLACES if one[1].glob.endswith(".toml")))
@example("a." * 5_000 + "b = 1", next(one for one in _PLACES if one[1].glob.endswith(".toml")))
@example("a = {" + "a." * 5_000 + "b = 1}", next(one for one in _PLACES if one[1].glob.endswith(".toml")))
def test_any_text_is_taken(source: str, place: tuple[str, dict[str, str]]):
    path = path_of(place[1])
    for found in summarize_configuration_file(path, source, [_PROJECT], Surroundings(home=_HOME)).definitions:
        assert found.kind in ("server", "declaration")


def test_a_server_stands_in_its_own_project_though_another_has_the_same():
    table = {"mcpServers": {"books": {"command": "x"}}}
    source = json.dumps({"history": ["/b"], "projects": {"/a": table, "/b": table}}, indent=1)
    found = servers_of_projects(source)
    lines = source.split("\n")
    places = [index for index, line in enumerate(lines) if '"books"' in line]
    assert [(project, server.location.line) for project, server in found] == list(
        zip(["/a", "/b"], places, strict=True)
    )


def test_a_server_of_several_tables_is_one():
    source = (
        "# mcp_servers.books\n[mcp_servers.books]\nurl = 'x'\n[mcp_servers.books.env]\nA = '1'\n"
        "[mcp_servers.'books two']\nurl = 'x'\n[other.books]\nx = 1\n"
    )
    known = server_file(os.path.join(_PROJECT, ".codex", "config.toml"), "")
    assert known
    assert [server.name for server in listed_servers(known, source)] == ["books", "books two"]
