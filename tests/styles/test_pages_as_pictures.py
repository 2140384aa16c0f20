"""Thirty pages look as they did, in every style and with notes in every place; differences are shown side by side."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from publisher.build.request import BuildResult
from publisher.model.profile import Style
from publisher.model.target import Format


def _beside(name: str) -> ModuleType:
    """A module that lies beside this one: test folders are no packages."""
    spec = importlib.util.spec_from_file_location(f"styles_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


pictures = _beside("pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An edition in a style, on a trim, with every series in one place; and the pages that are looked at."""

    name: str
    edition: str
    style: Style
    page: str
    pages: tuple[int, ...]
    notes: str = ""
    """Where the PDF prints the notes of every series; empty where each keeps its own place."""
    sides: str = "two"


EVERYTHING, BOOK = "tests/editions/everything", "book"
LOOKS = (
    Look(name="default", edition=EVERYTHING, style=Style.DEFAULT, page="156x234mm", pages=(3, 5, 9, 10, 13, 14)),
    Look(name="default-foot", edition=EVERYTHING, style=Style.DEFAULT, page="129x198mm", pages=(9, 10), notes="foot"),
    Look(name="default-margin", edition=EVERYTHING, style=Style.DEFAULT, page="A4", pages=(9, 10), notes="margin"),
    Look(name="default-end", edition=EVERYTHING, style=Style.DEFAULT, page="A5", pages=(9, 15), notes="end"),
    Look(name="accessible", edition=EVERYTHING, style=Style.ACCESSIBLE, page="A4", pages=(3, 5, 9, 10)),
    Look(name="accessible-foot", edition=EVERYTHING, style=Style.ACCESSIBLE, page="A5", pages=(9, 11), notes="foot"),
    Look(name="accessible-end", edition=EVERYTHING, style=Style.ACCESSIBLE, page="B5", pages=(9, 15), notes="end"),
    Look(name="compact", edition=EVERYTHING, style=Style.COMPACT, page="A5", pages=(7, 8)),
    Look(name="compact-margin", edition=EVERYTHING, style=Style.COMPACT, page="A5", pages=(7,), notes="margin"),
    Look(
        name="compact-one", edition=EVERYTHING, style=Style.COMPACT, page="6x9in", pages=(7,), notes="foot", sides="one"
    ),
    Look(name="book", edition=BOOK, style=Style.DEFAULT, page="156x234mm", pages=(11, 14, 22, 26)),
    Look(name="book-margin", edition=BOOK, style=Style.DEFAULT, page="A5", pages=(13,), notes="margin"),
    Look(name="book-compact", edition=BOOK, style=Style.COMPACT, page="A5", pages=(11,)),
)
Painted = Callable[..., dict[str, Image.Image]]


@pytest.fixture
def goldens(root: Path) -> Path:
    """The folder of the pages as they were."""
    return root / "tests" / "goldens" / "pages"


@pytest.fixture
def painted(root: Path, tmp_path: Path, built_once: Callable[..., BuildResult]) -> Painted:
    """The pages of a look, by the names of their files; with more rules where something is planted."""

    def paint(look: Look, more: str = "") -> dict[str, Image.Image]:
        folder = tmp_path / look.name
        shutil.copytree(root / look.edition, folder, dirs_exist_ok=True)
        settings = folder / "edition.yaml"
        text = re.sub(r"(?m)^  page: .*", f"  page: {look.page}\n  sides: {look.sides}", settings.read_text("utf-8"))
        if look.notes:
            text = re.sub(r"(?m)^    placement:\n      pdf: .*\n      epub: .*\n", "", text)
            text = re.sub(r"(?m)^    file: notes/.*", rf"\g<0>\n    placement: {{pdf: {look.notes}}}", text)
        settings.write_text(f"style: {look.style}\n{text}", encoding="utf-8")
        if more:
            folder.joinpath("styles").mkdir()
            folder.joinpath("styles", "planted-print.css").write_text(more, encoding="utf-8")
        (artifact, *_) = built_once(folder, formats=(Format.PDF,)).volume.artifacts
        drawn = pictures.draw(artifact.content, look.pages)
        return {f"{look.name}-{page:02d}.png": image for page, image in zip(look.pages, drawn, strict=True)}

    return paint


def differing(found: dict[str, Image.Image], goldens: Path) -> list[pictures.Difference]:  # type: ignore[name-defined]
    """The pages that are not what they were."""
    apart = []
    for name, image in found.items():
        path = goldens / name
        expected = Image.open(path).convert("L") if path.exists() else None
        amount = 255.0 if expected is None else pictures.difference(expected, image)
        if amount > pictures.MOST:
            apart.append(pictures.Difference(name=name, expected=expected, found=image, amount=amount))
    return apart


@pytest.mark.parametrize("look", LOOKS, ids=[look.name for look in LOOKS])
def test_pages_look_as_they_did(
    look: Look, painted: Painted, goldens: Path, tmp_path: Path, update_golden: bool
) -> None:
    apart = differing(painted(look), goldens)
    if update_golden:
        for item in apart:
            pictures.store(item.found, goldens / item.name)
        return
    if apart:
        sheet = pictures.contact_sheet(apart, tmp_path / f"{look.name}.png")
        told = ", ".join(f"{entry.name} ({entry.amount:.0f} of {pictures.MOST:.0f} allowed)" for entry in apart)
        pytest.fail(f"{told}: look at {sheet} (expected | found | difference); --update-golden takes what was found")


def test_there_are_thirty_pages_and_they_are_small(goldens: Path) -> None:
    names = {f"{look.name}-{page:02d}.png" for look in LOOKS for page in look.pages}
    stored = {path.name: path.stat().st_size for path in goldens.iterdir()}
    assert stored.keys() == names
    assert len(names) == 30
    assert sum(stored.values()) < 3_000_000


PLANTED = {
    "a line moved by two points": ".verse-line:nth-of-type(3) { position: relative; top: 2pt; }",
    "a line moved by a letter": ".verse-line:nth-of-type(3) { position: relative; left: 4pt; }",
    "a paragraph a third of a point larger": "p.verse { font-size: 10pt; }",
    "another weight": "p.verse { font-weight: 600; }",
    "a paler grey": ".verse { color: #777; }",
    "a word in roman": "em { font-style: normal; }",
}


@pytest.mark.parametrize("rule", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_change_is_seen(rule: str, painted: Painted, goldens: Path) -> None:
    look = LOOKS[1]
    assert differing(painted(look, rule), goldens)


def test_a_difference_is_shown_beside_what_was_expected(painted: Painted, goldens: Path, tmp_path: Path) -> None:
    apart = differing(painted(LOOKS[1], PLANTED["another weight"]), goldens)
    sheet = Image.open(pictures.contact_sheet(apart, tmp_path / "sheet.png"))
    page = apart[0].found
    assert sheet.size == (3 * (page.width + 10) + 10, len(apart) * (page.height + 10) + 10)
    third = sheet.crop((3 * 10 + 2 * page.width, 10, 3 * 10 + 3 * page.width, 10 + page.height))
    assert min(third.tobytes()) < 128


def test_another_rasteriser_is_no_difference(
    tmp_path: Path, painted: Painted, built_once: Callable[..., BuildResult]
) -> None:
    """Three times as fine and brought down by another filter, as a stand-in for other versions of FreeType."""
    look = LOOKS[1]
    found = painted(look)
    (artifact, *_) = built_once(tmp_path / look.name, formats=(Format.PDF,)).volume.artifacts
    fine = pictures.draw(artifact.content, look.pages, dpi=3 * pictures.DPI)
    for image, other in zip(found.values(), fine, strict=True):
        assert float(pictures.difference(image, other.resize(image.size, Image.Resampling.LANCZOS))) < pictures.MOST
