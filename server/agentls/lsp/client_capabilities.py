"""What the client can do, read once from its capabilities; a poor client gets everything in a plain form."""

from __future__ import annotations

from typing import Any, NamedTuple

from lsprotocol import types

from agentls.lsp.position_encoding import PositionEncoding

_UTF_16 = PositionEncoding("utf-16")


class ClientCapabilities(NamedTuple):
    """Every default is what a client without any capabilities can do."""

    position_encoding: PositionEncoding = _UTF_16
    has_snippets: bool = False
    has_markdown_completion: bool = False
    has_markdown_hover: bool = False
    has_definition_links: bool = False
    has_link_tooltips: bool = False
    has_symbol_tree: bool = False
    has_document_changes: bool = False
    creates_files: bool = False
    renames_files: bool = False
    confirms_edits: bool = False
    has_action_literals: bool = False
    has_preferred_actions: bool = False
    has_tags: bool = False
    has_related_information: bool = False
    has_code_description: bool = False
    has_diagnostic_data: bool = False
    has_configuration: bool = False
    pulls_diagnostics: bool = False
    watches_files: bool = False
    watches_outside_workspace: bool = False
    shows_progress: bool = False
    watches_configuration: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False
    refreshes_tokens: bool = False
    shows_documents: bool = False
    commands: frozenset[str] = frozenset()


def read(capabilities: types.ClientCapabilities, encoding: str) -> ClientCapabilities:
    """What a client can do, by the capabilities it sent and the position encoding agreed on."""
    document = "text_document"
    diagnostics = (document, "publish_diagnostics")
    item = (document, "completion", "completion_item")

    def has(*path: str) -> bool:
        return bool(_get(capabilities, *path))

    operations = _get(capabilities, "workspace", "workspace_edit", "resource_operations") or ()
    # Operations stand among document changes and nowhere else; Neovim sends the operations alone.
    has_changes = bool(operations) or has("workspace", "workspace_edit", "document_changes")

    return ClientCapabilities(
        position_encoding=PositionEncoding(encoding),
        has_snippets=has(*item, "snippet_support"),
        has_markdown_completion=_takes_markdown(_get(capabilities, *item, "documentation_format")),
        has_markdown_hover=_takes_markdown(_get(capabilities, document, "hover", "content_format")),
        has_definition_links=has(document, "definition", "link_support"),
        has_link_tooltips=has(document, "document_link", "tooltip_support"),
        has_symbol_tree=has(document, "document_symbol", "hierarchical_document_symbol_support"),
        has_document_changes=has_changes,
        creates_files=types.ResourceOperationKind.Create in operations,
        renames_files=types.ResourceOperationKind.Rename in operations,
        confirms_edits=has_changes
        and has("workspace", "workspace_edit", "change_annotation_support")
        and has(document, "rename", "honors_change_annotations"),
        has_action_literals=has(document, "code_action", "code_action_literal_support"),
        has_preferred_actions=has(document, "code_action", "is_preferred_support"),
        has_tags=has(*diagnostics, "tag_support"),
        has_related_information=has(*diagnostics, "related_information"),
        has_code_description=has(*diagnostics, "code_description_support"),
        has_diagnostic_data=has(*diagnostics, "data_support"),
        has_configuration=has("workspace", "configuration"),
        # A client that pulls but cannot be asked to pull again would show old findings.
        pulls_diagnostics=has(document, "diagnostic") and has("workspace", "diagnostics", "refresh_support"),
        watches_files=has("workspace", "did_change_watched_files", "dynamic_registration"),
        watches_outside_workspace=has("workspace", "did_change_watched_files", "relative_pattern_support"),
        shows_progress=has("window", "work_done_progress"),
        watches_configuration=has("workspace", "did_change_configuration", "dynamic_registration"),
        refreshes_lenses=has("workspace", "code_lens", "refresh_support"),
        refreshes_hints=has("workspace", "inlay_hint", "refresh_support"),
        refreshes_tokens=has("workspace", "semantic_tokens", "refresh_support"),
        shows_documents=has("window", "show_document", "support"),
        commands=_commands(capabilities.experimental),
    )


def _get(value: Any, *path: str) -> Any:
    for name in path:
        value = getattr(value, name, None)
    return value


def _takes_markdown(formats: Any) -> bool:
    return types.MarkupKind.Markdown in (formats or ())


def _commands(experimental: Any) -> frozenset[str]:
    """The commands of its own that a client offers to servers; anything may stand there."""
    for name in ("commands", "commands"):
        experimental = experimental.get(name) if isinstance(experimental, dict) else None
    names = experimental if isinstance(experimental, list) else ()
    return frozenset(name for name in names if isinstance(name, str))
