"""Sources attached to an archive file: those of a copy hold nothing that is meant for others."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.profile import Profile
from publisher.model.target import Audience, Format, Target
from publisher.workspace import Folder

NOTE = "\n## for-the-teacher {audience=instructor}\n\n> twice\n\nThe canary sings here.\n"


@pytest.mark.parametrize(("audience", "sings"), [(Audience.STUDENT, False), (Audience.ALL, True)])
def test_what_is_for_instructors_is_attached_to_no_copy_for_students(
    audience: Audience, sings: bool, tmp_path: Path, root: Path
) -> None:
    shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", tmp_path / "mine")
    notes = tmp_path / "mine" / "notes" / "editorial.md"
    notes.write_text(notes.read_text(encoding="utf-8") + NOTE.replace("twice", _words(tmp_path)), encoding="utf-8")
    target = Target(audience=audience)
    built = pipeline.build(
        BuildRequest(
            folder=Folder(tmp_path / "mine"), formats=(Format.PDF,), profiles=(Profile.ARCHIVE,), target=target
        )
    )
    with pikepdf.open(io.BytesIO(built.volume.artifacts[0].content)) as pdf:
        attached = {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}
    assert "article.txt" in attached
    assert any(b"canary" in content for content in attached.values()) is sings


def _words(folder: Path) -> str:
    """Some words that the text has once."""
    paragraphs = (folder / "mine" / "article.txt").read_text(encoding="utf-8").split("\n\n")
    return " ".join(" ".join(paragraphs[2].split())[:60].split()[:-1])
