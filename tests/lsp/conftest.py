"""An edition in an editor: a client of the protocol, and the server as its own process."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

PROGRAM = Path(sys.executable).with_name("publisher")
Edition = Path


class Editor:
    """A text editor with an edition open in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("tests", "1")
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}
        self.texts: dict[str, str] = {}

        def published(params: types.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = list(params.diagnostics)
            self.news.set()

        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(published)

    def uri(self, name: str) -> str:
        return (self.folder / name).resolve().as_uri()

    async def start(self) -> types.InitializeResult:
        await self.client.start_io(str(PROGRAM), "lsp", cwd=str(self.folder.parent))
        capabilities = types.ClientCapabilities()
        answer = await self.client.initialize_async(
            types.InitializeParams(capabilities=capabilities, process_id=os.getpid(), root_uri=self.folder.as_uri())
        )
        self.client.initialized(types.InitializedParams())
        return answer

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]

    def open(self, name: str) -> str:
        text = (self.folder / name).read_text(encoding="utf-8")
        document = types.TextDocumentItem(uri=self.uri(name), language_id="markdown", version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
        self.versions[name], self.texts[name] = 1, text
        return text

    def type(self, name: str, text: str) -> None:
        """The whole document, typed anew and not saved."""
        self.versions[name] += 1
        self.texts[name] = text
        document = types.VersionedTextDocumentIdentifier(uri=self.uri(name), version=self.versions[name])
        change = types.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(text_document=document, content_changes=[change])
        )

    async def diagnostics(self, name: str, wanted: Callable[[list[types.Diagnostic]], bool]) -> list[types.Diagnostic]:
        """What is reported of a file, as soon as it is what is wanted."""
        while not wanted(self.found.get(self.uri(name), [])) or self.uri(name) not in self.found:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), timeout=120)
        return self.found[self.uri(name)]

    def place(self, name: str, words: str, *, behind: bool = False) -> dict[str, Any]:
        """The document and the position of the first occurrence of words."""
        before = self.texts[name][: self.texts[name].index(words) + (len(words) if behind else 1)]
        line = before.count("\n")
        units = len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        return {
            "text_document": types.TextDocumentIdentifier(uri=self.uri(name)),
            "position": types.Position(line=line, character=units),
        }


Use = Callable[[Editor], Coroutine[Any, Any, None]]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    subprocess.run([PROGRAM, "init", "edition"], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path / "edition"


@pytest.fixture
def in_editor(edition: Path) -> Callable[[Use], None]:
    """Runs a test with an editor; the server has ended afterwards."""

    def run(use: Use) -> None:
        async def session() -> None:
            editor = Editor(edition)
            await editor.start()
            try:
                await use(editor)
            finally:
                await editor.stop()

        asyncio.run(session())

    return run
