"""A file as its product reads it: from where its names are looked up."""

from __future__ import annotations

import made

_AGENT = "---\nname: {}\ndescription: Helps\n{}---\n"
_SERVER = "mcpServers:\n  - books:\n      command: b\n"


def test_files_of_one_project_look_names_up_from_one_place_unless_they_bring_servers_along():
    """Thousands of files share what is worked out for a place when a name is looked for in all of them."""
    names = ("one", "two", "books")
    texts = {f".claude/agents/{n}.md": _AGENT.format(n, _SERVER if n == "books" else "") for n in names}
    workspace = made.make(texts)
    one, two, books = (workspace.files[made.locate(path)].resolution_context for path in texts)
    assert one == two
    assert books == one._replace(owner=made.locate(".claude/agents/books.md"))
