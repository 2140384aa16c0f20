"""A small edition with a cover, and its printer's cover in each design."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.request import BuildRequest
from publisher.model.cover import CoverPlan, Design
from publisher.workspace import Folder

COVER = """
isbn: 978-3-16-148410-0
publisher: The Press
place: Somewhere
short-title: On proofs
statement: First edition
cover:
  blurb: |
    Everybody reads *proofs*, and nobody likes it.

    This book says why.
  price: £14.99
  price-code: "51499"
"""

Edition = Callable[..., Folder]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A printer's cover that was made."""

    content: bytes
    plan: CoverPlan


@pytest.fixture
def edition(root: Path, tmp_path: Path) -> Edition:
    """Writes the clean edition with a cover, and some more below `cover`, or other keys in place of all that."""

    def write(more: str = "", *, cover: str = COVER) -> Folder:
        return written(root, tmp_path / "edition", cover + more)

    return write


def written(root: Path, folder: Path, more: str) -> Folder:
    """The clean edition in a new folder, with some more in its edition.yaml."""
    shutil.copytree(root / "tests" / "checks" / "clean", folder)
    settings = folder / "edition.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + more, encoding="utf-8")
    return Folder(folder)


@pytest.fixture(scope="session", params=list(Design))
def made(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The cover of the small edition in each design, for 200 pages, with marks."""
    folder = written(root, tmp_path_factory.mktemp(request.param) / "edition", COVER)
    order = CoverOrder(pages=200, design=request.param, marks=True)
    printed = printed_cover(BuildRequest(folder=folder, output=folder.root), order)
    return Made(content=printed.artifact.content, plan=printed.plan)
