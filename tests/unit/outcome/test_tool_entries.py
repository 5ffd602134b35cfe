"""Which tool was meant by a name that is none."""

import pytest

from agentls.outcome import tool_entries
from agentls.products import load

_TOOLS = load().dialects["gemini-agent"].tools


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("grep_serch", "grep_search"),
        ("gerp_search", "grep_search"),
        ("read_fiel", "read_file"),
        ("ReadFile", "read_file"),
        # Another tool of the same kind is none that was meant.
        ("api_search", None),
        ("note_search", None),
        ("read_mail", None),
    ],
)
def test_a_suggestion_is_alike_in_every_word(name: str, meant: str | None):
    assert tool_entries.suggestion(_TOOLS, name) == meant
