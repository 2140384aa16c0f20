"""The protocol: requests to the modules next to this one, and diagnostics published a moment after each change."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from publisher import __version__
from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.diagnostics.names import label
from publisher.lsp.analysis import Analysis, analyse, root_of
from publisher.lsp.completion import completions
from publisher.lsp.hover import hover
from publisher.lsp.links import name_at
from publisher.lsp.navigation import NotRenamed, definitions, is_notes_file, rename_edits, uses
from publisher.lsp.positions import location_of, offset_of, path_of, path_of_source, range_of
from publisher.lsp.quick_fixes import quick_fixes
from publisher.workspace import Folder
from publisher.workspace.session import new_session

DELAY = 0.25
"""Seconds without a change before the files are checked."""
MOST = 500
"""Diagnostics that are published of one file; the last one says how many more there are."""
_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


@dataclass(slots=True)
class State:
    """One edition or reader whose files are open."""

    analysis: Analysis
    published: set[str] = field(default_factory=set)
    """The documents that have diagnostics in the editor."""
    waiting: asyncio.Task[None] | None = None
    parsed: dict[Any, object] = field(default_factory=dict)
    """What its files gave that were parsed before."""


class Server(LanguageServer):
    """A language server with the editions whose files are open."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__("publisher", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.states: dict[Path, State] = {}
        self.pool = ThreadPoolExecutor(max_workers=1)

    def changed(self, uri: str) -> None:
        """Check the edition of a document when nothing has changed for a moment."""
        path = path_of(uri)
        root = None if path is None else root_of(path)
        if root is None:
            return
        state = self.states.setdefault(root, State(Analysis(root=root)))
        if state.waiting is not None:
            state.waiting.cancel()
        state.waiting = asyncio.get_running_loop().create_task(self._check(root, state))

    async def _check(self, root: Path, state: State) -> None:
        await asyncio.sleep(DELAY)
        unsaved = self.unsaved()
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(
            self.pool, lambda: analyse(root, unsaved=unsaved, before=state.analysis, parsed=state.parsed)
        )
        state.analysis = await asyncio.shield(work)
        self.publish(state)

    def unsaved(self) -> dict[Path, bytes]:
        """The open documents, by their paths."""
        documents = self.workspace.text_documents.items()
        paths = ((path_of(uri), document) for uri, document in documents)
        return {path: document.source.encode() for path, document in paths if path is not None}

    def publish(self, state: State) -> None:
        """Give the editor the diagnostics of an edition, and take back those that are gone."""
        settings = next(
            (path for name in ("edition.yaml", "reader.yaml") if (path := state.analysis.root / name).is_file()), None
        )
        by_uri: dict[str, list[types.Diagnostic]] = {uri: [] for uri in state.published}
        for diagnostic in state.analysis.diagnostics:
            place = settings if diagnostic.span is None else path_of_source(diagnostic.span.source)
            if place is not None:
                by_uri.setdefault(place.as_uri(), []).append(_diagnostic(diagnostic))
        for uri, found in by_uri.items():
            shown = found if len(found) <= MOST else [*found[: MOST - 1], _more(found[MOST - 1], len(found) - MOST + 1)]
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=shown))
        state.published = {uri for uri, found in by_uri.items() if found}

    def opened(self, uri: str) -> tuple[Analysis, Source] | None:
        """What is known of the edition of a document, and the document as it is; None if it belongs to none."""
        path = path_of(uri)
        root = None if path is None else root_of(path)
        if path is None or root is None or root not in self.states:
            return None
        return self.states[root].analysis, Source(name=str(path), text=self.workspace.get_text_document(uri).source)

    def markdown_files(self, analysis: Analysis) -> tuple[Source, ...]:
        """The Markdown files of an edition, as they are in the editor or on the disk."""
        folder = Folder(analysis.root)
        with new_session(unsaved=self.unsaved()):
            names = folder.matching("**/*.md")
            return tuple(
                Source(name=str(analysis.root / name), text=folder.read(name).decode("utf-8", "replace"))
                for name in names
            )


def _diagnostic(diagnostic: Diagnostic) -> types.Diagnostic:
    nowhere = types.Range(start=types.Position(0, 0), end=types.Position(0, 1))
    return types.Diagnostic(
        range=nowhere if diagnostic.span is None else range_of(diagnostic.span),
        message=diagnostic.message + (f"\n{diagnostic.hint}" if diagnostic.hint else ""),
        severity=_SEVERITY[diagnostic.severity],
        code=label(diagnostic.code),
        source="publisher",
        related_information=[
            types.DiagnosticRelatedInformation(location=location_of(span), message=words)
            for words, span in diagnostic.related
        ],
    )


def _more(last: types.Diagnostic, count: int) -> types.Diagnostic:
    return types.Diagnostic(range=last.range, message=f"and {count} more", severity=last.severity, source="publisher")


def create_server() -> Server:
    """A server that answers on the streams or the socket that it is started on."""
    server = Server()
    _follow(server)
    _add_features(server)
    _rename(server)
    return server


def _follow(server: Server) -> None:
    """Check again after each change, in the editor or on the disk."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def changed_on_disk(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            server.changed(change.uri)


def _add_features(server: Server) -> None:
    """Answer what editors ask about a place."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        known = server.opened(params.text_document.uri)
        found = None if known is None else hover(*known, offset_of(known[1], params.position))
        if found is None:
            return None
        text, span = found
        return types.Hover(
            contents=types.MarkupContent(kind=types.MarkupKind.Markdown, value=text), range=range_of(span)
        )

    options = types.CompletionOptions(trigger_characters=["@", ":", "#", "(", "="])

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    def completed(params: types.CompletionParams) -> list[types.CompletionItem]:
        known = server.opened(params.text_document.uri)
        if known is None:
            return []
        place = params.position
        return [
            types.CompletionItem(
                label=item.text.rstrip(": "),
                detail=item.about or None,
                text_edit=types.TextEdit(
                    range=types.Range(start=types.Position(place.line, place.character - item.written), end=place),
                    new_text=item.text,
                ),
            )
            for item in completions(*known, offset_of(known[1], place))
        ]

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def defined(params: types.DefinitionParams) -> list[types.Location]:
        known = server.opened(params.text_document.uri)
        found = () if known is None else definitions(*known, offset_of(known[1], params.position))
        return [location_of(span) for span in found]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def fixed(params: types.CodeActionParams) -> list[types.CodeAction]:
        known = server.opened(params.text_document.uri)
        uri = params.text_document.uri
        return [] if known is None else list(quick_fixes(known[0].diagnostics, uri, params.range))


def _rename(server: Server) -> None:
    """Find the uses of a name, and change it everywhere."""

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def used(params: types.ReferenceParams) -> list[types.Location]:
        known = server.opened(params.text_document.uri)
        if known is None:
            return []
        analysis, source = known
        name = name_at(
            source, offset_of(source, params.position), notes=is_notes_file(analysis, path_of_source(source))
        )
        found = () if name is None else uses(analysis, server.markdown_files(analysis), name)
        return [location_of(span) for span in found]

    @server.feature(types.TEXT_DOCUMENT_RENAME)
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        known = server.opened(params.text_document.uri)
        if known is None:
            return None
        analysis, source = known
        name = name_at(
            source, offset_of(source, params.position), notes=is_notes_file(analysis, path_of_source(source))
        )
        if name is None:
            raise JsonRpcInvalidParams("Nothing here has a name that can be changed.")
        try:
            spans = rename_edits(analysis, server.markdown_files(analysis), name, params.new_name)
        except NotRenamed as error:
            raise JsonRpcInvalidParams(str(error)) from error
        changes: dict[str, list[types.TextEdit]] = {}
        for span in spans:
            edit = types.TextEdit(range=range_of(span), new_text=params.new_name)
            changes.setdefault(path_of_source(span.source).as_uri(), []).append(edit)
        return types.WorkspaceEdit(changes=changes)
