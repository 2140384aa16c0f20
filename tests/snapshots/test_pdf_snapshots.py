"""Small PDFs of each profile, style and place of notes are what they were, as text that a diff shows."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.placements.conftest import write_edition
from tests.snapshots.pdf_text import described

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.profile import Profile
from publisher.model.target import Copy, Format, Target
from publisher.workspace import Folder

TESTS = Path(__file__).parent.parent
EDITION, READER = TESTS / "verify" / "edition", TESTS / "checks" / "clean-reader"
GOLDENS = TESTS / "goldens" / "texts"
EVERYWHERE = ("foot", "margin", "section", "end")
Snapshot = dict[str, str]


def snapshots(name: str, folder: Path, **how: object) -> Snapshot:
    """The text of each PDF of an edition or reader, by the name of its snapshot."""
    request = BuildRequest(folder=Folder(folder), formats=(Format.PDF,), **how)  # type: ignore[arg-type]
    volume = pipeline.build(request).volume
    pdfs = [artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf")]
    endings = (artifact.name.removesuffix(".pdf").partition(".")[2] for artifact in pdfs)
    return {
        f"{name}{f'-{ending}' if ending else ''}": described(artifact.content)
        for ending, artifact in zip(endings, pdfs, strict=True)
    }


def profiles(folder: Path) -> Snapshot:
    """The edition for the screen, for the printer and for an archive."""
    return snapshots("edition", EDITION, profiles=tuple(Profile))


def style(name: str) -> Callable[[Path], Snapshot]:
    """The edition in a style."""

    def built(folder: Path) -> Snapshot:
        shutil.copytree(EDITION, folder)
        settings = folder / "edition.yaml"
        settings.write_text(f"style: {name}\n{settings.read_text('utf-8')}", "utf-8")
        return snapshots(name, folder)

    return built


def placements(folder: Path) -> Snapshot:
    """An edition with two notes in each place."""
    return snapshots("placements", write_edition(folder, count=2, series=EVERYWHERE, sentences=2))


def reader(folder: Path) -> Snapshot:
    """A course reader of two editions and pages of others."""
    return snapshots("reader", Path(shutil.copytree(READER, folder)), target=Target(copy=Copy.PROOF))


BUILDS = {
    "profiles": profiles,
    "accessible": style("accessible"),
    "compact": style("compact"),
    "placements": placements,
    "reader": reader,
}
NAMES = {"edition", "edition-print", "edition-archive", "accessible", "compact", "placements", "reader"}


@pytest.mark.usefixtures("clean_environment")
@pytest.mark.parametrize("built", BUILDS.values(), ids=BUILDS)
def test_pdf_has_the_tree_outline_labels_and_metadata_that_it_had(
    built: Callable[[Path], Snapshot], tmp_path: Path, update_golden: bool
) -> None:
    apart: list[str] = []
    for name, text in built(tmp_path / "edition").items():
        golden = GOLDENS / f"{name}.txt"
        if update_golden:
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(text, "utf-8")
            continue
        before = golden.read_text("utf-8").splitlines()
        apart += difflib.unified_diff(before, text.splitlines(), golden.name, "as built", lineterm="", n=2)
    assert not apart, "\n".join(("--update-golden takes what was built:", *apart))


def test_there_is_a_snapshot_of_each_profile_style_and_place_of_notes_and_they_are_small() -> None:
    stored = {path.stem: path.stat().st_size for path in GOLDENS.iterdir()}
    assert stored.keys() == NAMES
    assert sum(stored.values()) < 150_000


def test_a_planted_change_is_seen(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EDITION, tmp_path / "edition"))
    settings = folder / "edition.yaml"
    settings.write_text(settings.read_text("utf-8").replace("subtitle: A small edition\n", ""), "utf-8")
    (text,) = snapshots("edition", folder).values()
    assert text != (GOLDENS / "edition.txt").read_text("utf-8")
