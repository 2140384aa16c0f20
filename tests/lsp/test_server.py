"""The language server as an editor uses it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types
from tests.lsp.conftest import Editor, Use

NOTES = "notes/editorial.md"
InEditor = Callable[[Use], None]


def test_mistake_is_reported_while_it_is_typed_and_gone_when_it_is_corrected(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        text = editor.open(NOTES)
        editor.type(NOTES, text.replace("> They read aloud.", "> They read alowd."))
        (found,) = await editor.diagnostics(NOTES, bool)
        assert found.code == "N-003 lemma-not-found"
        assert found.severity is types.DiagnosticSeverity.Error
        assert found.related_information is not None
        assert found.related_information[0].location.uri == editor.uri("article.txt")
        lines = editor.texts[NOTES].splitlines()
        assert lines[found.range.start.line] == "> They read alowd."
        editor.type(NOTES, text)
        assert await editor.diagnostics(NOTES, lambda found: not found) == []
        assert (editor.folder / NOTES).read_text(encoding="utf-8") == text

    in_editor(use)


def test_nearest_lemma_is_offered_as_a_fix(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        text = editor.open(NOTES)
        editor.type(NOTES, text.replace("> They read aloud.", "> They read alowd."))
        (found,) = await editor.diagnostics(NOTES, bool)
        actions = await editor.client.text_document_code_action_async(
            types.CodeActionParams(
                text_document=types.TextDocumentIdentifier(uri=editor.uri(NOTES)),
                range=found.range,
                context=types.CodeActionContext(diagnostics=[found]),
            )
        )
        assert actions is not None
        (action,) = actions
        assert isinstance(action, types.CodeAction)
        assert action.title == "Quote the nearest words: “They read aloud.”"
        assert action.edit is not None
        assert action.edit.changes is not None
        (edit,) = action.edit.changes[editor.uri(NOTES)]
        assert edit.new_text == "They read aloud."

    in_editor(use)


def test_hover_shows_the_note_about_words_and_the_words_of_a_lemma(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        editor.open(NOTES)
        editor.open("article.txt")
        await editor.diagnostics(NOTES, lambda found: not found) if editor.found else None
        shown = await wait_for_hover(editor, "article.txt", "They read aloud.")
        assert "**Note `read-aloud` (editorial)**" in shown
        assert "Joseph Moxon" in shown
        assert "> The printers knew this early" in await wait_for_hover(editor, NOTES, "They read aloud.")
        assert "Moxon, *" in await wait_for_hover(editor, NOTES, "moxon1683")
        assert "Berne Convention" in await wait_for_hover(editor, NOTES, "berne-1886")

    in_editor(use)


async def wait_for_hover(editor: Editor, name: str, words: str) -> str:
    """What is shown at words, as soon as the edition has been read."""
    for _ in range(600):
        found = await editor.client.text_document_hover_async(types.HoverParams(**editor.place(name, words)))
        if found is not None:
            assert isinstance(found.contents, types.MarkupContent)
            return found.contents.value
        await asyncio.sleep(0.2)
    raise AssertionError(f"nothing is shown at {words}")


COMPLETED = (
    (NOTES, "See [@mo", "moxon1683"),
    (NOTES, "See [](agreement:be", "berne-1886"),
    (NOTES, "See [](agreement:berne-1886#", "6bis"),
    (NOTES, "See [](note:re", "read-aloud"),
    (NOTES, "See [](no", "note"),
    (NOTES, "See [](do", "document"),
    (NOTES, "## here {kind=context in=ag", "agreement"),
    (NOTES, "## here {in=agreement:be", "berne-1886"),
    (NOTES, "[mot]{lang=f", "fr"),
    ("edition.yaml", "rights:\n  sta", "statement"),
    ("edition.yaml", "rights:\n  status: p", "public-domain"),
    ("edition.yaml", "series:\n  - id: x\n    plac", "placement"),
    ("edition.yaml", "waiv", "waivers"),
    ("edition.yaml", "language: d", "de"),
)
"""What is typed at the end of a file, and what is offered then."""


def test_names_keys_and_words_are_completed(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        texts = {name: editor.open(name) for name in (NOTES, "edition.yaml")}
        await wait_for_hover(editor, NOTES, "moxon1683")
        for name, typed, wanted in COMPLETED:
            editor.type(name, f"{texts[name]}\n{typed}")
            found = await editor.client.text_document_completion_async(
                types.CompletionParams(**editor.place(name, f"\n{typed}", behind=True))
            )
            assert isinstance(found, list)
            labels = [item.label for item in found]
            assert wanted in labels
            assert len(labels) == len({*labels})

    in_editor(use)


def test_definitions_lead_both_ways(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        editor.open(NOTES)
        editor.open("article.txt")
        await wait_for_hover(editor, NOTES, "moxon1683")

        async def place(name: str, words: str) -> tuple[str, int]:
            found = await editor.client.text_document_definition_async(
                types.DefinitionParams(**editor.place(name, words))
            )
            assert isinstance(found, list)
            (item,) = found
            assert isinstance(item, types.Location)
            return Path(item.uri).name, item.range.start.line

        assert (await place(NOTES, "They read aloud."))[0] == "article.txt"
        line = editor.texts[NOTES].splitlines().index("## read-aloud {kind=context}")
        assert await place("article.txt", "They read aloud.") == ("editorial.md", line)
        assert (await place(NOTES, "moxon1683"))[0] == "references.json"
        assert (await place(NOTES, "berne-1886"))[0] == "berne-1886.md"

    in_editor(use)


def test_note_and_reference_are_renamed_everywhere(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        text = editor.open(NOTES)
        await wait_for_hover(editor, NOTES, "moxon1683")
        editor.type(NOTES, f"{text}\nSee [](note:read-aloud).\n")

        async def rename(words: str, new: str) -> dict[str, int]:
            edit = await editor.client.text_document_rename_async(
                types.RenameParams(**editor.place(NOTES, words), new_name=new)
            )
            assert edit is not None
            assert edit.changes is not None
            return {Path(uri).name: len(edits) for uri, edits in edit.changes.items()}

        assert await rename("read-aloud {", "aloud") == {"editorial.md": 2}
        changed = await rename("moxon1683", "moxon")
        assert changed["references.json"] == 1
        assert changed["editorial.md"] >= 1
        with pytest.raises(Exception, match="is no such name"):
            await rename("read-aloud {", "two words")

    in_editor(use)


def test_files_of_no_edition_are_left_alone(in_editor: InEditor) -> None:
    async def use(editor: Editor) -> None:
        stray = editor.folder.parent / "stray.md"
        stray.write_text("> words\n", encoding="utf-8")
        document = types.TextDocumentItem(uri=stray.as_uri(), language_id="markdown", version=1, text="> words\n")
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=document))
        found = await editor.client.text_document_hover_async(
            types.HoverParams(
                text_document=types.TextDocumentIdentifier(uri=stray.as_uri()), position=types.Position(0, 3)
            )
        )
        assert found is None

    in_editor(use)
