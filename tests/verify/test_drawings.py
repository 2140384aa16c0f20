"""Drawings may have words; those in the PDF are those of the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.verify import verify
from publisher.workspace import Folder

EDITION = Path(__file__).parent / "edition"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">
<title>No word of it</title><rect width="200" height="100" fill="navy"/>
<text x="10" y="40" fill="white" font-family="Source Serif Pro">Mole <tspan dx="3">and quay</tspan></text>
<text x="10" y="80" fill="navy" font-family="Source Serif Pro">Unseen</text></svg>"""


def test_the_words_of_a_drawing_are_proved(tmp_path: Path) -> None:
    shutil.copytree(EDITION, tmp_path / "edition")
    introduction = tmp_path / "edition" / "introduction.md"
    introduction.write_text(introduction.read_text("utf-8") + "\n\n![The harbour, drawn](plan.svg)\n", "utf-8")
    (tmp_path / "edition" / "plan.svg").write_text(DRAWING, "utf-8")
    drawn = pipeline.build(BuildRequest(folder=Folder(tmp_path / "edition"), formats=(Format.PDF,))).volume
    (tmp_path / "edition" / "plan.svg").write_text(DRAWING.replace("quay", "pier"), "utf-8")
    other = pipeline.build(BuildRequest(folder=Folder(tmp_path / "edition"), formats=(Format.PDF,))).volume
    pdf = next(artifact for artifact in other.artifacts if artifact.name.endswith(".pdf"))
    with pytest.raises(PublisherError, match=r"is not plan\.svg: it says “Mole⏎and⏎pier") as caught:
        verify(drawn.publication, (Artifact(name=pdf.name, content=pdf.content),))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["V-001"]
    assert "introduction.md" in str(caught.value.diagnostics[0].span)
