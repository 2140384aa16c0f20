"""The table of agreements stays on the page, however short the lines are."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

MM = 72 / 25.4
ROWS = 14
"""Thirteen agreements, and the head."""


@pytest.mark.parametrize(
    ("trim", "width", "place"),
    [("129x198mm", 129, "foot"), ("5.5x8.5in", 139.7, "foot"), ("156x234mm", 156, "margin")],
)
def test_no_word_of_the_accessible_style_leaves_a_narrow_page(
    root: Path, tmp_path: Path, measured: ModuleType, trim: str, width: float, place: str
) -> None:
    edition = tmp_path / "edition"
    shutil.copytree(root / "book", edition)
    settings = edition / "edition.yaml"
    given = settings.read_text("utf-8").replace("pdf: foot", f"pdf: {place}", 1)
    settings.write_text(given.replace("page: [156mm, 234mm]", f"page: {trim}"), encoding="utf-8")
    content = measured.in_style(edition, tmp_path / "laid-out", "accessible")
    ends = [line.right for page in measured.lines_of(content) for line in page]
    assert max(ends) <= (width - 5) * MM
    with pikepdf.open(_kept(tmp_path, content)) as pdf:
        assert sum(1 for item in pdf.objects if _is_row(item)) >= ROWS


def _kept(folder: Path, content: bytes) -> Path:
    path = folder / "volume.pdf"
    path.write_bytes(content)
    return path


def _is_row(item: pikepdf.Object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.TR
