"""Editions in which everything is printed are proved, whatever their Markdown looks like."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Format
from publisher.workspace import Folder

BUILT = {
    "a footnote that nothing calls": "Words.\n\n[^a]: A footnote, *nothing* calls it.",
    "one of two footnotes": "Words[^a].\n\n[^a]: Called.\n\n[^b]: Not called.\n\n    More of it.",
    "a footnote that another one calls": "Words.\n\n[^a]: It calls nothing.\n\n    1. A list in it.",
    "a list of numbers alone": "1588.",
    "a number in a list": "- 1.\n- 2) b\n\n  3.",
    "a list in a quotation in a list": "* > 7. Words\n  > 8.",
    "a footnote that is a number": "Words[^a].\n\n[^a]: 1588.",
    "a definition that is a list": "Term\n: 12. Words\n: 13.",
    "literal lines in a list": "- a\n\n  ```text\n  b\n  ```\n\n- > ~~~ text\n  > c\n  > ~~~",
    "a link by reference in a list": "- [words][one]\n\n  [one]: https://a.example/some/words",
}
"""Texts below their titles, each of which is printed but for its markup."""


@pytest.fixture
def edition(tmp_path: Path, root: Path) -> Path:
    """The clean edition, to be changed."""
    return Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))


def write(edition: Path, name: str, more: str) -> None:
    """Adds something to the text, or to what stands before it."""
    path = edition / name
    before = path.read_text(encoding="utf-8").rstrip("\n")
    content = f"{before}\n\n{more}\n".encode()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(content)
    settings = edition / "edition.yaml"
    told = settings.read_text(encoding="utf-8").replace(digest, hashlib.sha256(content).hexdigest())
    settings.write_text(told, encoding="utf-8")


@pytest.mark.parametrize("name", ["text.md", "introduction.md"])
@pytest.mark.parametrize("more", BUILT.values(), ids=BUILT.keys())
def test_what_is_printed_whole_is_proved(name: str, more: str, edition: Path) -> None:

    write(edition, name, more)
    assert pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.EPUB,))).volume.artifacts


TITLES = {
    "a heading": "# Notes\n\n",
    "a heading with marks": "\n  # Notes *on* this\n",
    "a heading that is underlined": "Notes\n=====\n\n",
    "a heading of two lines that is underlined": "Notes on\nthis text\n===\n\n",
    "line ends of two characters": "Notes\r\n=====\r\n\r\n",
}
"""Titles of a file of notes, whose series has a title of its own."""


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_file_of_notes_may_have_a_title(edition: Path, title: str) -> None:
    notes = edition / "notes" / "editorial.md"
    notes.write_bytes(title.encode() + notes.read_bytes())
    built = pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.EPUB,)))
    assert built.volume.artifacts
