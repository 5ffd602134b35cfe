"""What editors show as plain words, and yet act upon: links in messages, signs that nobody sees.

All that is sent passes here, so that no handler has to think of it.
"""

from __future__ import annotations

import re
from typing import Any

from lsprotocol import types

# VS Code makes links of `[text](address)` in its notifications, even of commands.
_LINK = re.compile(r"\](?=\()")


def words(text: str) -> str:
    """A text of several lines in which nothing acts."""
    shown = "".join(c if c.isprintable() or c == "\n" else f"<U+{ord(c):04X}>" for c in text)
    return _LINK.sub("] ", shown)


def make_harmless(message: Any) -> None:
    """Change what a message of the protocol shows to the user; texts of documents and findings stay."""
    if isinstance(message, dict):
        if isinstance(error := message.get("error"), types.ResponseError):
            error.message = words(error.message)
        return
    params = getattr(message, "params", None)
    if isinstance(params, types.ProgressParams):
        params = params.value
    if isinstance(params, types.ApplyWorkspaceEditParams):
        _make_edit_harmless(params)
    for name in ("message", "title"):
        if isinstance(params, _SHOWN) and isinstance(text := getattr(params, name, None), str):
            setattr(params, name, words(text))


_SHOWN = (
    types.ShowMessageParams,
    types.ShowMessageRequestParams,
    types.LogMessageParams,
    types.WorkDoneProgressBegin,
    types.WorkDoneProgressReport,
    types.WorkDoneProgressEnd,
)


def _make_edit_harmless(params: types.ApplyWorkspaceEditParams) -> None:
    params.label = words(params.label) if params.label else params.label
    for annotation in (params.edit.change_annotations or {}).values():
        annotation.label = words(annotation.label)
        annotation.description = words(annotation.description) if annotation.description else None
