"""A text in another encoding than UTF-8 in a PDF for the archive: cut for the audience of the copy, and proved."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.compose import compose
from publisher.workspace import Folder

TEXT = "# A title\n\nWords for all.\n\n::: {audience=instructor}\n\nSecret words.\n\n:::\n\nThe end.\n"
SETTINGS = """title: A title
language: en
date: 2026-11-24
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, encoding: utf-16, sha256: {digest}}}
rights: {{status: unknown, statement: Not known.}}
output: {{profiles: [archive]}}
"""


def test_what_is_for_others_is_cut_from_a_text_in_utf_16(tmp_path: Path) -> None:
    content = TEXT.encode("utf-16")
    (tmp_path / "text.md").write_bytes(content)
    (tmp_path / "edition.yaml").write_text(SETTINGS.format(digest=hashlib.sha256(content).hexdigest()))
    volume = pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume
    carried = {file.path: file.content for file in volume.publication.files}
    words = carried["text.md"].decode("utf-16-le")
    assert "Words for all." in words
    assert "Secret" not in words


def test_a_reader_binds_editions_with_notes_on_everything(tmp_path: Path) -> None:
    everywhere = Path(__file__).parents[1] / "placements" / "everywhere"
    for slug in ("one", "two"):
        shutil.copytree(everywhere, tmp_path / slug)
    (tmp_path / "reader.yaml").write_text(
        "title: A reader\ninstitution: A school\nterm: Winter\nlanguage: en\ndate: 2026-11-24\ncopy: proof\n"
        "units: [{title: One, readings: [{edition: one}, {edition: two}]}]\n"
    )
    checked = pipeline.check(BuildRequest(folder=Folder(tmp_path)))
    publication = compose(checked.annotated, moment="2026-11-24T00:00:00Z")
    called = {note.id for section in publication.sections for note in section.notes}
    for slug in ("one", "two"):
        assert any(slug in name and name.endswith("on-on-first") for name in called)
