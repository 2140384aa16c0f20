"""Sample editions, each built once a run, in all formats."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.scripts.samples import SAMPLES, Sample, write

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSample:
    """A sample edition with its files."""

    sample: Sample
    folder: Path
    pdf: Path
    epub: Path

    def lines(self) -> list[str]:
        """The lines of the PDF, as poppler reads them."""
        read = subprocess.run(["pdftotext", "-layout", str(self.pdf), "-"], check=True, capture_output=True, text=True)
        return [line.strip() for line in read.stdout.replace("\f", "\n").split("\n") if line.strip()]

    def document(self) -> etree._Element:
        """The document of the text in the EPUB."""
        with ZipFile(self.epub) as book:
            name = next(text for text in book.namelist() if text.endswith("text.xhtml"))
            return etree.parse(io.BytesIO(book.read(name))).getroot()


@pytest.fixture(scope="session")
def built(built_once: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], BuiltSample]:
    """Builds the sample in a language."""
    made: dict[str, BuiltSample] = {}

    def build(tag: str) -> BuiltSample:
        if tag not in made:
            sample = next(item for item in SAMPLES if item.tag == tag)
            folder = write(sample, tmp_path_factory.mktemp(tag) / tag)
            volume = built_once(folder)
            for artifact in volume.artifacts:
                (folder / artifact.name).write_bytes(artifact.content)
            pdf, epub = (next(folder.glob(f"*.{kind}")) for kind in ("pdf", "epub"))
            made[tag] = BuiltSample(sample=sample, folder=folder, pdf=pdf, epub=epub)
        return made[tag]

    return build
