"""A fault that is planted in a built EPUB is traced by each validator to the words that it stands by."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.diagnostics import Diagnostic, Source
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, Volume
from publisher.model.target import Format
from publisher.validators.conformance import verdicts
from publisher.validators.registry import VALIDATORS
from publisher.validators.settings_span import SECTION, WRITERS
from publisher.verify import element_places
from publisher.workspace import Folder

EDITION = Path(__file__).parents[1] / "verify" / "edition"
SAID = "A second paragraph of the same note."


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A fault, and the words of a source on whose line it has to be shown."""

    document: str
    old: str
    new: str
    source: str
    words: str


NOTE = Planted(
    document="text.xhtml",
    old=f"<p>{SAID}",
    new=f'<p colour="red">{SAID}',
    source="notes/editorial.md",
    words=SAID,
)
PARAGRAPH = Planted(
    document="text.xhtml",
    old='<p id="p1" class="numbered">',
    new='<p id="p1" class="numbered" colour="red">',
    source="text.md",
    words="The harbour was quiet",
)
AGREEMENT = Planted(
    document="agreements.xhtml",
    old='<section class="agreement" id="agreement-lights-1901">',
    new='<section class="agreement" id="agreement-lights-1901" colour="red">',
    source="agreements/lights-1901.md",
    words="lights-1901",
)
PROVISION = Planted(
    document="agreements.xhtml",
    old='<section class="provision" id="agreement-harbour-1899-2">',
    new='<section class="provision" id="agreement-harbour-1899-2" colour="red">',
    source="agreements/harbour-1899.md",
    words="## Article 2",
)
WORDS_OF_A_PROVISION = Planted(
    document="agreements.xhtml",
    old=">Ships may enter by day.",
    new='><span colour="red">Ships may</span> enter by day.',
    source="agreements/harbour-1899.md",
    words="Ships may enter by day.",
)
PICTURE = Planted(
    document="text.xhtml",
    old=' alt="A ship at anchor"',
    new="",
    source="text.md",
    words="![A ship at anchor]",
)
PLANTED = (NOTE, PARAGRAPH, AGREEMENT, PROVISION, WORDS_OF_A_PROVISION)
CASES = (
    *(("epubcheck", planted) for planted in PLANTED),
    *(("nu", planted) for planted in PLANTED),
    ("ace", PICTURE),
)


@pytest.fixture(scope="module")
def volume(built_once: Callable[..., BuildResult]) -> Volume:
    """The edition as an EPUB."""
    return built_once(EDITION, formats=(Format.EPUB,)).volume


def spoilt(volume: Volume, planted: Planted) -> Artifact:
    """The EPUB with a fault in it."""
    epub = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".epub"))
    content = BytesIO()
    with ZipFile(BytesIO(epub.content)) as old, ZipFile(content, "w", ZIP_STORED) as new:
        for name in old.namelist():
            inside = old.read(name)
            if f"/{name}".endswith(f"/{planted.document}"):
                assert planted.old.encode() in inside
                inside = inside.replace(planted.old.encode(), planted.new.encode(), 1)
            new.writestr(name, inside)
    return Artifact(name=epub.name, content=content.getvalue())


def objections(
    validator: str, artifact: Artifact, publication: Publication, settings: Source | None = None
) -> tuple[Diagnostic, ...]:
    """What one validator says."""
    panel = tuple(item for item in VALIDATORS if item.name == validator)
    assert panel, [item.name for item in VALIDATORS]
    found = verdicts((artifact,), publication=publication, panel=panel, settings=settings)
    return tuple(diagnostic for diagnostic in found if diagnostic.code == "V-030")


@pytest.mark.parametrize(
    ("validator", "planted"),
    CASES,
    ids=[f"{validator} {planted.source} {planted.words[:12]}" for validator, planted in CASES],
)
def test_each_validator_is_traced_to_the_line_that_caused_it(volume: Volume, validator: str, planted: Planted) -> None:
    found = objections(validator, spoilt(volume, planted), volume.publication)
    text = (EDITION / planted.source).read_text(encoding="utf-8")
    line = text[: text.index(planted.words)].count("\n") + 1 if planted.words else None
    places = [str(diagnostic.span).rpartition(":")[0] for diagnostic in found]
    assert found
    assert any(
        place.endswith(f"{planted.source}:{line}") if line else f"/{planted.source}:" in place for place in places
    ), [(place, diagnostic.message) for place, diagnostic in zip(places, found, strict=True)]


@pytest.mark.parametrize("validator", ["epubcheck", "nu"])
def test_what_a_template_of_the_edition_writes_is_traced_to_the_template(validator: str, tmp_path: Path) -> None:
    shutil.copytree(EDITION, tmp_path / "edition")
    house = Path(pipeline.__file__).parents[1] / "render" / "templates" / "title-page.xhtml.j2"
    (tmp_path / "edition" / "templates").mkdir()
    own = house.read_text(encoding="utf-8").replace("</section>", '<hr role="red"/>\n</section>', 1)
    assert '<hr role="red"/>' in own
    (tmp_path / "edition" / "templates" / "title-page.xhtml.j2").write_text(own, encoding="utf-8")
    volume = pipeline.build(BuildRequest(folder=Folder(tmp_path / "edition"), formats=(Format.EPUB,))).volume
    epub = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".epub"))
    line = own[: own.index("<hr role")].count("\n") + 1
    places = [str(diagnostic.span) for diagnostic in objections(validator, epub, volume.publication)]
    assert any(f"title-page.xhtml.j2:{line}:" in place for place in places), places


def without(pdf: pikepdf.Pdf, kind: str, key: str) -> None:
    """Takes an entry from the first structure element of a kind that has it."""
    waiting = list(pdf.Root.StructTreeRoot.K) if isinstance(pdf.Root.StructTreeRoot.K, pikepdf.Array) else []
    waiting = waiting or [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        if kind == element.S and key in element:
            del element[key]
            return
        kids: Any = element.get("/K", [])
        waiting = [*(kids if isinstance(kids, pikepdf.Array) else [kids]), *waiting]
    raise AssertionError(kind)


@pytest.mark.parametrize("validator", ["page-validation", "verapdf"])
@pytest.mark.parametrize(
    ("kind", "key", "source", "words"),
    [("/Figure", "/Alt", "text.md", "![A ship"), ("/Note", "/ID", "notes/editorial.md", "")],
)
def test_each_validator_of_a_pdf_is_traced_by_the_structure_tree(
    validator: str, kind: str, key: str, source: str, words: str, built_once: Callable[..., BuildResult]
) -> None:
    volume = built_once(EDITION, formats=(Format.PDF,)).volume
    good = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    content = BytesIO()
    with pikepdf.open(BytesIO(good.content)) as pdf:
        without(pdf, kind, key)
        pdf.save(content)
    spoilt = Artifact(name=good.name, content=content.getvalue())
    panel = tuple(item for item in VALIDATORS if item.name == validator)
    assert panel, [item.name for item in VALIDATORS]
    elements = element_places(spoilt, volume.publication)
    found = verdicts((spoilt,), publication=volume.publication, panel=panel, elements=elements)
    places = [str(diagnostic.span) for diagnostic in found if diagnostic.code == "V-030"]
    text = (EDITION / source).read_text(encoding="utf-8")
    line = f"{text[: text.index(words)].count(chr(10)) + 1}:" if words else ""
    assert any(f"/{source}:{line}" in place for place in places), places


def test_what_a_page_draws_wrongly_is_traced_to_its_first_words(built_once: Callable[..., BuildResult]) -> None:
    volume = built_once(EDITION, formats=(Format.PDF,)).volume
    good = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    content = BytesIO()
    with pikepdf.open(BytesIO(good.content)) as pdf:
        number = next(at for at, page in enumerate(pdf.pages) if page.label == "1")
        pdf.pages[number].contents_add(b"] }")
        pdf.save(content)
    spoilt = Artifact(name=good.name, content=content.getvalue())
    panel = tuple(validator for validator in VALIDATORS if validator.name == "qpdf")
    elements = element_places(spoilt, volume.publication)
    found = verdicts((spoilt,), publication=volume.publication, panel=panel, elements=elements)
    places = {str(diagnostic.span).rpartition("/edition/")[2] for diagnostic in found if diagnostic.code == "V-030"}
    assert places == {"text.md:1:3"}


SETTINGS = EDITION / "edition.yaml"
WHOLE = (
    Planted(document="content.opf", old="<dc:language>", new="<dc:language>!", source="", words="language: "),
    Planted(document="content.opf", old="<dc:title", new="<dc:Title", source="", words="title: "),
    Planted(document="container.xml", old="rootfile ", new="rootfiles ", source="", words="output:"),
)


def settings_of_edition() -> Source:
    return Source(name="edition.yaml", text=SETTINGS.read_text(encoding="utf-8"))


def line_of(words: str) -> int:
    """The line of `edition.yaml` that begins with some words."""
    return next(at for at, line in enumerate(settings_of_edition().text.split("\n"), 1) if line.startswith(words))


@pytest.mark.parametrize("planted", WHOLE, ids=lambda planted: planted.new)
def test_what_concerns_a_file_as_a_whole_is_traced_to_the_line_that_asked_for_it(
    volume: Volume, planted: Planted
) -> None:
    found = objections("epubcheck", spoilt(volume, planted), volume.publication, settings_of_edition())
    assert f"edition.yaml:{line_of(planted.words)}" in {
        str(diagnostic.span).rpartition(":")[0] for diagnostic in found
    }, found


@pytest.mark.parametrize("validator", ["epubcheck", "nu"])
def test_what_a_template_of_the_house_writes_is_told_with_its_name(volume: Volume, validator: str) -> None:
    planted = Planted(document="title-page.xhtml", old="<section ", new='<section colour="red" ', source="", words="")
    found = objections(validator, spoilt(volume, planted), volume.publication, settings_of_edition())
    assert found
    assert {str(diagnostic.span).rpartition(":")[0] for diagnostic in found} == {f"edition.yaml:{line_of('title: ')}"}
    assert all(
        (diagnostic.hint or "").endswith("which the built-in template title-page.xhtml.j2 writes")
        for diagnostic in found
    )


def test_a_pdf_without_title_or_language_is_traced_to_their_lines(built_once: Callable[..., BuildResult]) -> None:
    volume = built_once(EDITION, formats=(Format.PDF,)).volume
    good = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    content = BytesIO()
    with pikepdf.open(BytesIO(good.content)) as pdf:
        del pdf.Root.Lang
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"dc:title", b"dc:other"))
        pdf.save(content)
    found = objections(
        "verapdf", Artifact(name=good.name, content=content.getvalue()), volume.publication, settings_of_edition()
    )
    places = {str(diagnostic.span).rpartition(":")[0] for diagnostic in found}
    assert f"edition.yaml:{line_of('title: ')}" in places, found


def test_the_templates_that_are_named_are_those_of_the_house() -> None:
    house = Path(pipeline.__file__).parents[1] / "render" / "templates"
    assert [name for name in (SECTION, *(name for _, name in WRITERS)) if not (house / name).is_file()] == []
