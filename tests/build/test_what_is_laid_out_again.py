"""The key of a laid-out section changes with what the section uses, and with nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cache.store import Store
from publisher.layout.hyphen import own_hyphen
from publisher.layout.section_key import Task, key
from publisher.model.target import Format
from publisher.render import render_pdf
from publisher.workers.opening import open_executor
from publisher.workspace import Folder

CLEAN = Path(__file__).parent.parent / "checks" / "clean"
Change = Callable[[Path], None]


def keys(folder: Path) -> dict[str, str]:
    """The key of each section of an edition as it is laid out first."""
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    rendition = render_pdf(publication)
    hyphen = own_hyphen(section.document for section in rendition.sections)
    return {
        pdf_section.id: key(Task(section=pdf_section, dress=rendition.dress, hyphen=hyphen))
        for pdf_section in rendition.sections
    }


def draw(path: Path, colour: str) -> None:
    """Write a small picture."""
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "PNG")
    path.write_bytes(content.getvalue())


def add(path: Path, words: str) -> None:
    """Add words to the end of a file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n\n{words}\n", encoding="utf-8")


def another_picture(folder: Path) -> None:
    """A picture in the front matter, before all others."""
    draw(folder / "images" / "first.png", "green")
    add(folder / "introduction.md", "![A green field](images/first.png)")


def other_pixels(folder: Path) -> None:
    """Another picture in the place of that of the back matter."""
    draw(folder / "images" / "last.png", "blue")


def hyphen_at_a_word(folder: Path) -> None:
    """A word with a place where it may be divided."""
    add(folder / "introduction.md", "Inter\u00adnational law.")


def footnote(folder: Path) -> None:
    """A note of the front matter's own."""
    add(folder / "introduction.md", "A word.[^own]\n\n[^own]: A note of its own.")


def styled_picture(folder: Path) -> None:
    """A style of the edition's own that shows a picture."""
    (folder / "styles").mkdir()
    (folder / "styles" / "own.css").write_text("body { background-image: url(../images/002-last.png) }\n")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with a picture in its back matter."""
    folder = tmp_path_factory.mktemp("again") / "book"
    shutil.copytree(CLEAN, folder)
    draw(folder / "images" / "last.png", "red")
    (folder / "afterword.md").write_text("# Afterword\n\nWords.\n\n![A red field](images/last.png)\n", encoding="utf-8")
    settings = (folder / "edition.yaml").read_text(encoding="utf-8")
    (folder / "edition.yaml").write_text(f"{settings.rstrip()}\nback: [afterword.md]\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def before(edition: Path) -> dict[str, str]:
    """The keys of the edition as it is."""
    return keys(edition)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (another_picture, {"introduction"}),
        (other_pixels, {"afterword"}),
        (hyphen_at_a_word, {"introduction"}),
        (footnote, {"introduction"}),
    ],
)
def test_a_change_in_one_section_lays_out_one_section(
    edition: Path, before: dict[str, str], tmp_path: Path, change: Change, changed: set[str]
) -> None:
    folder = tmp_path / "book"
    shutil.copytree(edition, folder)
    change(folder)
    after = keys(folder)
    assert {name for name in after if after[name] != before[name]} == changed


def test_a_picture_that_a_style_shows_is_used_by_every_section(edition: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(edition, folder)
    styled_picture(folder)
    styled = keys(folder)
    other_pixels(folder)
    after = keys(folder)
    assert {name for name in after if after[name] == styled[name]} == set()


def test_adding_a_picture_to_one_section_lays_out_one_section(edition: Path, tmp_path: Path) -> None:
    folder, store = tmp_path / "book", Store(root=tmp_path / "store")
    shutil.copytree(edition, folder)

    def stored() -> set[str]:
        with open_executor(jobs=1, cache=store) as executor:
            pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,), executor=executor))
        return {path.name for path in store.root.glob("??/*")}

    first = stored()
    another_picture(folder)
    assert len(stored() - first) == 1
