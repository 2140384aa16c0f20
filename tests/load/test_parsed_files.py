"""Files that were parsed before give what they give when they are parsed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load import load_edition
from publisher.load.findings import Findings
from publisher.load.markdown.document import markdown
from publisher.load.parsed_files import parse_once
from publisher.model.edition import Edition
from publisher.workspace import Folder
from publisher.workspace.session import new_session

LINES = ("## added {kind=x}\n\n> everybody\n\nSaid.\n", "## added\n\nno words\n", "a [link](note:nothing).", "{.x", "")


def loaded(folder: Path, memory: dict[Any, object] | None) -> tuple[Edition | None, tuple[Diagnostic, ...]]:
    with new_session(parsed=memory):
        try:
            return load_edition(Folder(folder)), ()
        except PublisherError as error:
            return getattr(error, "edition", None), error.diagnostics


def changed(path: Path, chance: random.Random) -> None:
    """Change a file of Markdown at a paragraph: a line added, taken away, or put elsewhere."""
    parts = path.read_text(encoding="utf-8").split("\n\n")
    at = chance.randrange(len(parts))
    match chance.randrange(3):
        case 0:
            parts.insert(at, chance.choice(LINES))
        case 1:
            del parts[at]
        case _:
            parts.insert(chance.randrange(len(parts)), parts.pop(at))
    path.write_text("\n\n".join(parts), encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_an_edition_is_the_same_whatever_was_parsed_before(seed: int, root: Path, tmp_path: Path) -> None:
    folder, chance = tmp_path / "edition", random.Random(seed)
    shutil.copytree(root / "tests" / "editions" / "everything", folder)
    memory: dict[Any, object] = {}
    files = sorted(folder.rglob("*.md"))
    sizes = set()
    for _ in range(8):
        changed(chance.choice(files), chance)
        assert loaded(folder, memory) == loaded(folder, None)
        sizes.add(len(memory))
    assert len(sizes) == 1, "of each file one version is remembered"


def test_a_file_is_parsed_again_only_if_it_has_changed() -> None:
    texts = list[str]()

    def parse(source: Source, **more: Any) -> Any:
        texts.append(source.text)
        return markdown(source, **more)

    with new_session(parsed={}):
        for text in ("One.", "One.", "Two.", "One."):
            parse_once(parse, Source(name="a.md", text=text), figures=[], findings=Findings())
    assert texts == ["One.", "Two.", "One."]


def test_what_was_parsed_before_counts_towards_the_most_that_an_edition_may_have() -> None:
    source = Source(name="a.md", text="A *word*.\n\n" * 100)
    with new_session(parsed={}):
        first, second = Findings(), Findings()
        parse_once(markdown, source, figures=[], findings=first)
        parse_once(markdown, source, figures=[], findings=second)
        assert first.room.left == second.room.left
        second.room.left = 10
        parse_once(markdown, source, figures=[], findings=second)
    assert [diagnostic.code for diagnostic in second.diagnostics] == ["M-020"]
