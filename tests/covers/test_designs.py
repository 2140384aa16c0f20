"""The designs: their colours measured, their fronts in the EPUB, their words for those who do not see them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.cover import PALETTES, Cover, Design
from publisher.model.target import Format
from publisher.render.covers import colour_sources
from publisher.validate.contrast import LEAST, Contrast, contrasts
from publisher.validate.covers import PAIRS
from publisher.workspace import Folder

Edition = Callable[..., Folder]


def _is_of_words(found: Contrast) -> bool:
    """Whether a rule gives words their colour; grounds without words have any."""
    return found.span.source.text[found.span.start : found.span.end] == "color"


@pytest.mark.parametrize("design", list(Design))
def test_words_of_a_design_have_contrast_enough(design: Design) -> None:
    measured = [
        contrast
        for contrast in contrasts(colour_sources(_cover(design)))
        if not contrast.dark and _is_of_words(contrast)
    ]
    assert len(measured) >= len(PAIRS[design])
    assert [contrast.words for contrast in measured if contrast.ratio < LEAST] == []


@pytest.mark.parametrize("design", list(Design))
def test_the_pairs_of_colours_that_are_checked_are_those_of_the_style_sheets(design: Design) -> None:
    written = set()
    for source in colour_sources(_cover(design)):
        for rule in re.findall(r"\{([^}]*)\}", source.text):
            words = re.search(r"(?<![-\w])color: var\(--cover-([\w-]+)\)", rule)
            behind = re.search(r"background: var\(--cover-([\w-]+)\)", rule)
            if words:
                assert behind, rule
                written.add((words[1], behind[1]))
    assert written == set(PAIRS[design])


def test_every_design_has_its_template_and_its_style_sheet(root: Path) -> None:
    templates = {path.name.partition(".")[0] for path in (root / "src/publisher/render/templates/covers").glob("*.j2")}
    sheets = {path.stem for path in (root / "styles/covers").glob("*.css")}
    names = {design.value for design in Design}
    assert templates - {"cover", "parts"} == names
    assert sheets - {"cover"} == names
    assert PALETTES.keys() == PAIRS.keys() == set(Design)


def _cover(design: Design) -> Cover:
    return replace(Cover(), design=design, palette=PALETTES[design])


def epub(folder: Folder) -> zipfile.ZipFile:
    """The EPUB of an edition, which `build` has proved."""
    (artifact, _) = pipeline.build(BuildRequest(folder=folder, formats=(Format.EPUB,))).volume.artifacts
    return zipfile.ZipFile(io.BytesIO(artifact.content))


def cover_of(folder: Folder) -> Image.Image:
    """The cover image of the EPUB."""
    with epub(folder) as book:
        return Image.open(io.BytesIO(book.read("EPUB/images/cover.png"))).convert("RGB")


def test_the_epub_has_the_front_of_the_design(edition: Edition) -> None:
    image = cover_of(edition("  design: motif\n"))
    assert image.width == 1600
    assert image.height == pytest.approx(1600 * 234 / 156, abs=1)
    assert image.getpixel((20, image.height - 20)) == (0x17, 0x32, 0x4A)


def test_without_a_design_the_epub_has_its_plain_cover(edition: Edition) -> None:
    image = cover_of(edition())
    assert (image.width, image.height) == (1600, 2560)
    assert image.getpixel((20, 20)) == (0x7A, 0x1F, 0x1F)


def test_colours_of_the_edition_are_those_of_its_cover(edition: Edition) -> None:
    image = cover_of(edition('  design: typographic\n  colours:\n    ground: "#ffffe0"\n'))
    assert image.getpixel((20, 20)) == (0xFF, 0xFF, 0xE0)


def test_a_picture_is_on_the_cover_and_in_its_words(edition: Edition) -> None:
    folder = edition("  design: banded\n  image:\n    file: images/grey.png\n    alt: A grey square\n")
    with epub(folder) as book:
        words = book.read("EPUB/text/cover.xhtml").decode()
        image = Image.open(io.BytesIO(book.read("EPUB/images/cover.png"))).convert("RGB")
    assert 'alt="On proofs. Some Writer. First edition. A grey square."' in words
    red, green, blue = image.getpixel((800, 1850))  # type: ignore[misc]
    assert red == green == blue


def test_a_template_of_ones_own_takes_the_place_of_a_design(edition: Edition) -> None:
    folder = edition("  design: banded\n")
    template = folder.root / "templates/covers/banded.xhtml.j2"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% macro front(c, k) %}<div class="head"><p>{{ c.metadata.title }}</p></div>{% endmacro %}', "utf-8"
    )
    plain = cover_of(folder)
    template.unlink()
    assert plain.tobytes() != cover_of(folder).tobytes()
