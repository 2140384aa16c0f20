"""What is for instructors is nowhere in a copy for students: a canary stands in each place where it can be marked."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from tests.readers.canaries import PLACES, canaries, plant

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.rendition import Artifact
from publisher.model.target import Audience, Copy, Target
from publisher.workspace import Folder


@pytest.fixture
def planted(course: Path) -> Folder:
    """The clean reader with canaries in it."""
    plant(course)
    return Folder(course)


def built(folder: Folder, audience: Audience) -> tuple[Artifact, ...]:
    return pipeline.build(
        BuildRequest(folder=folder, target=Target(audience=audience, copy=Copy.PROOF))
    ).volume.artifacts


def test_a_copy_for_students_has_none_of_the_canaries(planted: Folder) -> None:
    assert canaries(built(planted, Audience.STUDENT)) == set()


@pytest.mark.parametrize("audience", [Audience.INSTRUCTOR, Audience.ALL])
def test_a_copy_for_instructors_has_every_canary_in_each_format(planted: Folder, audience: Audience) -> None:
    artifacts = built(planted, audience)
    for suffix in (".epub", ".pdf"):
        assert canaries(tuple(artifact for artifact in artifacts if artifact.name.endswith(suffix))) == {*PLACES}


def test_what_is_for_instructors_says_so_in_their_copy(planted: Folder) -> None:
    (pdf,) = [artifact for artifact in built(planted, Audience.INSTRUCTOR) if artifact.name == "course-instructor.pdf"]
    document = pypdfium2.PdfDocument(pdf.content)
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    assert "For instructors. The canarynote cites" in words
    assert "For instructors A canarydocument." in words


def test_an_edition_alone_is_cut_for_students_too(planted: Folder) -> None:
    alone = Folder(planted.root / "edition")
    assert canaries(pipeline.build(BuildRequest(folder=alone)).volume.artifacts) == set()
    whole = pipeline.build(BuildRequest(folder=alone, target=Target(audience=Audience.ALL))).volume
    assert {"canarynote", "canarytext", "canaryfootnote"} <= canaries(whole.artifacts)
    assert (
        whole.publication.metadata.identifier
        != pipeline.build(BuildRequest(folder=alone)).volume.publication.metadata.identifier
    )
