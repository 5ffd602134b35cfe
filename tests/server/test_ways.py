"""The ways from names and paths in prose to what they mean, with three kinds of clients."""

from __future__ import annotations

import pytest_asyncio
from lsprotocol import types

from clients import KINDS, Desk, desk

LEAD = """\
---
name: lead
description: Leads
skills: [deploy, no-such-skill]
hooks:
  Stop:
    - hooks:
        - type: command
          command: sh $CLAUDE_PROJECT_DIR/hooks/check.sh
---

🚀 Run /deploy, ask @tester, read @docs/guide.md and `docs/guide.md`, see [it](../skills/deploy/SKILL.md).
"""
TEXTS = {
    ".claude/agents/lead.md": LEAD,
    ".claude/agents/tester.md": "---\nname: tester\ndescription: Tests\n---\n",
    ".claude/skills/deploy/SKILL.md": "---\nname: deploy\ndescription: Deploys\n---\n",
    "docs/guide.md": "Guide\n",
    "hooks/check.sh": "true\n",
}
NAME = ".claude/agents/lead.md"


@pytest_asyncio.fixture(params=KINDS)
async def client(request, tmp_path):
    async with desk(request.param, tmp_path, TEXTS) as found:
        found.open(NAME)
        # What is missing is told when all files are known.
        await found.until(NAME, ["missing-skill"])
        yield found


def place(words: str) -> types.Position:
    """A place within the words; the one emoji before them counts as the client counts it, so a bit more."""
    line = next(number for number, line in enumerate(LEAD.split("\n")) if words in line)
    return types.Position(line, LEAD.split("\n")[line].index(words) + len(words) - 1)


async def test_what_is_pointed_at_is_found_in_the_shape_that_the_client_takes(client: Desk):
    document = types.TextDocumentIdentifier(client.uri(NAME))
    document_capabilities = client.client.capabilities.text_document
    for words, file in (
        ("/deploy", "SKILL.md"),
        ("@tester", "tester.md"),
        ("@docs/guide.md", "guide.md"),
        ("`docs/guide.md", "guide.md"),
        ("hooks/check.sh", "check.sh"),
        ("[deploy", "SKILL.md"),
    ):
        params = types.DefinitionParams(document, place(words))
        (target,) = await client.client.text_document_definition_async(params)
        if document_capabilities and document_capabilities.definition.link_support:
            assert isinstance(target, types.LocationLink)
            assert target.target_uri.endswith(f"/{file}"), words
        else:
            assert isinstance(target, types.Location)
            assert target.uri.endswith(f"/{file}"), words


async def test_links_say_what_they_lead_to_where_the_client_shows_that(client: Desk):
    document = types.TextDocumentIdentifier(client.uri(NAME))
    found = await client.client.text_document_document_link_async(types.DocumentLinkParams(document))
    names = [link.target.rpartition("/")[2] for link in found]
    assert names == ["check.sh", "guide.md", "guide.md", "SKILL.md"]
    capabilities = client.client.capabilities.text_document
    shows = capabilities and capabilities.document_link and capabilities.document_link.tooltip_support
    assert found[-1].tooltip == ("project skill deploy" if shows else None)


async def test_a_sign_in_prose_offers_real_names(client: Desk):
    client.change(NAME, LEAD + "\nThen /\nor @\n")
    lines = (LEAD + "\nThen /\nor @\n").split("\n")
    document = types.TextDocumentIdentifier(client.uri(NAME))
    for words, expected in (("Then /", ["/deploy"]), ("or @", ["@lead", "@tester"])):
        at = types.Position(lines.index(words), len(words))
        found = await client.client.text_document_completion_async(types.CompletionParams(document, at))
        # Behind an `@` there may stand a path, too.
        assert [item.label for item in found.items if not item.label.endswith("/")] == expected
