"""Changes as workspace edits: to open documents at their versions, to files that were read for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from agentls.lsp.convert import range_
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from agentls.findings import Change, Edit
    from agentls.lsp.client_capabilities import ClientCapabilities
    from agentls.semantics.file import File, OtherFile
    from agentls.session.state import Session
    from agentls.text.source import Text

# Names the annotation under which a client asks for confirmation of edits that may be wrong.
_IN_PROSE = "prose"
# Files for which edits are made at once; they take some milliseconds.
_SLICE = 50


def workspace_edit(
    session: Session, client: ClientCapabilities, change: Change, read: Iterable[File | OtherFile] = ()
) -> types.WorkspaceEdit:
    """A change as the client takes it: to open documents, configuration and files ``read`` for it.

    Raises for what was changed in the editor since it was read.
    """
    documents = _documents(session, change, read)
    encoding = client.position_encoding
    edits: dict[str, list[types.TextEdit]] = {}
    versions: dict[str, int | None] = {}
    for path, ours in change.edits.items():
        uri, version, text = documents[path]
        versions[uri] = version
        edits[uri] = [types.TextEdit(range_(text, edit.span, encoding), edit.text) for edit in ours]
    if not client.has_document_changes:
        return types.WorkspaceEdit(changes=edits)
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for path, content in change.creates.items():
        uri = paths.to_uri(path)
        start = types.Position(0, 0)
        changes.append(types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True)))
        changes.append(_document_edit(uri, None, [types.TextEdit(types.Range(start, start), content)]))
    changes += [_document_edit(uri, versions[uri], theirs) for uri, theirs in edits.items()]
    annotations = {}
    if client.confirms_edits and change.needs_confirmation:
        annotations[_IN_PROSE] = types.ChangeAnnotation(
            "Mentions in prose",
            needs_confirmation=True,
            description="The word in backticks may not be a reference",
        )
        changes += [
            _annotated_edit(ours, documents[path], client) for path, ours in change.needs_confirmation.items()
        ]
    if client.renames_files:
        changes += [
            types.RenameFile(paths.to_uri(old), paths.to_uri(new)) for old, new in change.renames.items()
        ]
    return types.WorkspaceEdit(document_changes=changes, change_annotations=annotations or None)


def _documents(
    session: Session, change: Change, read: Iterable[File | OtherFile]
) -> dict[str, tuple[str, int | None, Text]]:
    """For each path the URI, the version (None when closed) and the text."""
    texts = {file.path: file.text for file in read}
    documents: dict[str, tuple[str, int | None, Text]] = {}
    for path in {**change.edits, **change.needs_confirmation}:
        uri, text = session.documents.uri_of(path), texts.get(path) or session.documents.text(path)
        document = session.documents.get(uri)
        if document and text and document.text.source != text.source:
            raise JsonRpcContentModified
        if text is not None:
            documents[path] = (uri, document.version if document else None, text)
    return documents


async def edit_in_slices(
    session: Session,
    client: ClientCapabilities,
    files: Sequence[File | OtherFile],
    change_of: Callable[[Sequence[File | OtherFile]], Awaitable[Change]],
) -> types.WorkspaceEdit:
    """The change of all files, made for some at a time, so that no other request waits for all."""
    edits = []
    for start in range(0, len(files), _SLICE):
        some = files[start : start + _SLICE]
        edits.append(workspace_edit(session, client, await change_of(some), some))
        await asyncio.sleep(0)
    return joined(edits)


def joined(edits: Iterable[types.WorkspaceEdit]) -> types.WorkspaceEdit:
    """Edits of different files as one, in their order."""
    whole = types.WorkspaceEdit()
    for edit in edits:
        if edit.changes is not None:
            whole.changes = {**(whole.changes or {}), **edit.changes}
        if edit.document_changes is not None:
            whole.document_changes = [*(whole.document_changes or ()), *edit.document_changes]
        whole.change_annotations = whole.change_annotations or edit.change_annotations
    return whole


def _annotated_edit(
    edits: tuple[Edit, ...], document: tuple[str, int | None, Text], client: ClientCapabilities
) -> types.TextDocumentEdit:
    uri, version, text = document
    annotated = [
        types.AnnotatedTextEdit(_IN_PROSE, range_(text, edit.span, client.position_encoding), edit.text)
        for edit in edits
    ]
    return types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), annotated)


def _document_edit(uri: str, version: int | None, edits: list[types.TextEdit]) -> types.TextDocumentEdit:
    return types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, version), list(edits))
