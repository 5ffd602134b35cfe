"""What the laws share: any JSON at all, sources that name each other, and a look behind the guards."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest import mock

from hypothesis import strategies as st

import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

any_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts.anything),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=12,
)


NAMES = ("a", "b", "deploy", "verfy", "reviewer", "x")
sources = st.one_of(
    texts.agent_files,
    st.builds(
        "---\nname: {}\nskills: {}, {}\ntools: Agent({}), mcp__{}__y\n---\n[l](../{}.md)\n".format,
        *[st.sampled_from(NAMES)] * 6,
    ),
    st.sampled_from(
        ['[rules]\nmissing-skill = "off"\n', '{"mcpServers": {"x": {}}}', "", "known-skills = ['x']\n"]
    ),
)


@contextmanager
def unbroken() -> Iterator[None]:
    """Guards keep a failure from the user; here it must be seen."""
    records: list[logging.LogRecord] = []
    watch = logging.Handler(logging.ERROR)
    watch.emit = records.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(watch)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(watch)
    for record in records:
        error = record.exc_info[1] if record.exc_info else None
        raise AssertionError(f"failed behind a guard: {record.getMessage()}") from error


@contextmanager
def no_home() -> Iterator[None]:
    with mock.patch.dict(os.environ, {"CLAUDE_CONFIG_DIR": "/nowhere"}):
        yield
