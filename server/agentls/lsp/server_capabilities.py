"""What the server offers: the methods it handles, with the options sent to the client, and its commands.

``registry`` has the modules that handle them. None of those is imported here, because an editor that starts
us waits for the response to ``initialize``, which needs this alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "agentls"

APPLY_FIX = "agentls.applyFix"
CONTEXT = "agentls.context"
CONVERT = "agentls.convert"
EXPLAIN_CAPABILITIES = "agentls.capabilities"
# By what is made.
NEW = {"agent": "agentls.newAgent", "skill": "agentls.newSkill"}
OPEN_REFERENCES = "agentls.openReferences"
REFERENCES = "agentls.references"
SHOW_TEXT = "agentls.showText"
WHY_NOT_LOADING = "agentls.whyNotLoading"
COMMANDS = (
    APPLY_FIX,
    CONTEXT,
    CONVERT,
    EXPLAIN_CAPABILITIES,
    *NEW.values(),
    OPEN_REFERENCES,
    REFERENCES,
    SHOW_TEXT,
    WHY_NOT_LOADING,
)

# Kinds of code actions.
CONVERSION = f"{types.CodeActionKind.RefactorRewrite.value}.convert.agentls"
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.agentls"
SHOWN_TEXT = f"{types.CodeActionKind.Source.value}.showText.agentls"
NEW_KINDS = {kind: f"{types.CodeActionKind.Source.value}.new{kind.title()}.agentls" for kind in NEW}

# As `features/semantic_tokens` has them, which is not imported here; a test compares them.
TOKEN_LEGEND = types.SemanticTokensLegend(
    token_types=[
        "parameter",
        "variable",
        "macro",
        "string",
        "function",
        "method",
        "interface",
        "namespace",
        "class",
        "enumMember",
    ],
    token_modifiers=["defaultLibrary", "deprecated", "unknown"],
)

# A link may lead to a file of any kind, and a folder may hold anything.
_ANY_FILE = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]
)
CAPABILITIES: Mapping[str, object] = {
    types.INITIALIZED: None,
    types.SHUTDOWN: None,
    types.TEXT_DOCUMENT_DID_OPEN: None,
    types.TEXT_DOCUMENT_DID_CHANGE: None,
    types.TEXT_DOCUMENT_DID_SAVE: types.SaveOptions(include_text=False),
    types.TEXT_DOCUMENT_DID_CLOSE: None,
    # `-` and `:` are parts of names, `,` and a space separate them, `(` opens `Agent(`, `/` and `@` call,
    # `$` and `{` begin what is filled in.
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(
        trigger_characters=[":", ",", " ", "-", "[", "(", "_", "/", "@", "$", "{"]
    ),
    types.TEXT_DOCUMENT_HOVER: None,
    types.TEXT_DOCUMENT_DEFINITION: None,
    types.TEXT_DOCUMENT_REFERENCES: None,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: None,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: types.DocumentLinkOptions(resolve_provider=False),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: None,
    types.WORKSPACE_SYMBOL: None,
    types.TEXT_DOCUMENT_FOLDING_RANGE: None,
    types.TEXT_DOCUMENT_SELECTION_RANGE: None,
    types.TEXT_DOCUMENT_DOCUMENT_COLOR: None,
    types.TEXT_DOCUMENT_COLOR_PRESENTATION: None,
    types.TEXT_DOCUMENT_INLAY_HINT: None,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: TOKEN_LEGEND,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA: TOKEN_LEGEND,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE: TOKEN_LEGEND,
    types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY: None,
    types.CALL_HIERARCHY_OUTGOING_CALLS: None,
    types.CALL_HIERARCHY_INCOMING_CALLS: None,
    types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(
        code_action_kinds=[
            types.CodeActionKind.QuickFix,
            FIX_ALL,
            *NEW_KINDS.values(),
            CONVERSION,
            SHOWN_TEXT,
        ]
    ),
    types.TEXT_DOCUMENT_CODE_LENS: None,
    types.TEXT_DOCUMENT_PREPARE_RENAME: None,
    types.TEXT_DOCUMENT_RENAME: None,
    types.WORKSPACE_WILL_RENAME_FILES: _ANY_FILE,
    types.WORKSPACE_DID_RENAME_FILES: _ANY_FILE,
    types.WORKSPACE_DID_CREATE_FILES: _ANY_FILE,
    types.WORKSPACE_DID_DELETE_FILES: _ANY_FILE,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: None,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: None,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: None,
}
# Offered to a client that pulls diagnostics.
PULL_DIAGNOSTICS = {
    types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier=NAME
    )
}
