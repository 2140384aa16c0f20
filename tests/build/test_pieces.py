"""A piece of a volume is what it is in the volume, and its file says from which it is."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from publisher import compose, verify
from publisher.build import excerpt, pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.excerpt import Piece, UnknownPiece, Wanted
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Copy, Target
from publisher.validators import pagevalidation, verapdf
from publisher.workers.executor import SerialExecutor
from publisher.workspace import Folder

COURSE = Path(__file__).parents[1] / "checks" / "clean-reader"
PROOF = Target(copy=Copy.PROOF)
BOTH = (Profile.SCREEN, Profile.PRINT)

Pages = dict[str, str]


def words_by_label(content: bytes) -> Pages:
    """The words of each page that has any, by its label."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [
            (pdf.get_page_label(at), " ".join(pdf[at].get_textpage().get_text_bounded().split()))
            for at in range(len(pdf))
        ]
    return {label: words for label, words in pages if words}


def piece_of(folder: Path, wanted: Wanted, *, target: Target = PROOF) -> tuple[Publication, Piece]:
    publication = pipeline.check(BuildRequest(folder=Folder(folder), target=target)).publication
    assert publication is not None
    return publication, compose.piece(publication, wanted)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The clean reader, built in two profiles: the words of its pages."""
    built = pipeline.build(BuildRequest(folder=Folder(COURSE), profiles=BOTH, target=PROOF)).volume
    return {artifact.name: artifact.content for artifact in built.artifacts if artifact.name.endswith(".pdf")}


@pytest.fixture(scope="module")
def second() -> tuple[Artifact, ...]:
    """The second reading of it, for screen and printer."""
    return excerpt.build_excerpt(
        BuildRequest(folder=Folder(COURSE), excerpt=Wanted(reading="2"), profiles=BOTH, target=PROOF)
    ).artifacts


def test_a_reading_has_the_pages_and_page_numbers_that_it_has_in_the_volume(
    whole: dict[str, bytes], second: tuple[Artifact, ...]
) -> None:
    publication, piece = piece_of(COURSE, Wanted(reading="2"))
    name = publication.output.name
    for artifact, volume in zip(second, (f"{name}.pdf", f"{name}.print.pdf"), strict=True):
        there, here = words_by_label(whole[volume]), words_by_label(artifact.content)
        first = next(iter(here))
        assert int(first) > 1
        assert sorted(here[first].replace(piece.line, "").split()) == sorted(there[first].split())
        assert {label: there[label] for label in here if label != first} == {
            label: words for label, words in here.items() if label != first
        }
        assert piece.line in here[first]


def test_a_reading_is_named_by_its_number_or_its_slug() -> None:
    publication, by_number = piece_of(COURSE, Wanted(reading="2"))
    slug = [entry.slug for entry in publication.ledger if entry.kind == "reading"][1]
    assert by_number == compose.piece(publication, Wanted(reading=slug))
    assert by_number.name == f"reading-{slug}"


def test_a_piece_says_whose_it_is_and_from_which_volume(second: tuple[Artifact, ...]) -> None:
    publication, piece = piece_of(COURSE, Wanted(reading="2"))
    with pikepdf.open(io.BytesIO(second[0].content)) as pdf:
        assert str(pdf.docinfo.Title) == piece.metadata.title != publication.metadata.title
        assert str(pdf.docinfo.Subject) == piece.line
    assert publication.metadata.title in piece.line
    assert piece.metadata.identifier.startswith(f"{publication.metadata.identifier}#")


def test_no_link_of_a_piece_leads_out_of_it(second: tuple[Artifact, ...]) -> None:
    with pikepdf.open(io.BytesIO(second[0].content)) as pdf:
        names = {bytes(name) for name in pdf.Root.Names.Dests.Names[::2]}
        places = [bytes(item.Dest) for page in pdf.pages for item in page.obj.get("/Annots", ()) if "/Dest" in item]
        keys = [int(Num) for Num in pdf.Root.StructTreeRoot.ParentTree.Nums[::2]]
        held = [int(item.StructParent) for page in pdf.pages for item in page.obj.get("/Annots", ())]
    assert set(places) <= names
    assert set(held) <= set(keys)


def test_validators_find_nothing_in_a_piece(second: tuple[Artifact, ...], tmp_path: Path) -> None:
    path = tmp_path / "piece.pdf"
    path.write_bytes(second[0].content)
    assert verapdf.validate(path) == ()
    assert pagevalidation.validate(path) == ()


def test_a_piece_is_the_same_each_time(second: tuple[Artifact, ...]) -> None:
    again = excerpt.build_excerpt(
        BuildRequest(folder=Folder(COURSE), excerpt=Wanted(reading="2"), profiles=BOTH, target=PROOF)
    ).artifacts
    assert again == second


def test_a_section_has_the_notes_that_stand_at_the_end_of_the_volume(everything: Path, tmp_path: Path) -> None:
    made = excerpt.build_excerpt(BuildRequest(folder=Folder(everything), excerpt=Wanted(section="text")))
    publication, piece = piece_of(everything, Wanted(section="text"), target=Target())
    gathered = [section.id for section in publication.sections if section.role == "notes"]
    assert piece.section_ids == ("text", *gathered)
    assert [artifact.name for artifact in made.artifacts] == ["everything.section-text.pdf"]


def test_the_proof_finds_a_piece_without_its_line_or_with_other_words(second: tuple[Artifact, ...]) -> None:
    publication, piece = piece_of(COURSE, Wanted(reading="2"))
    part = compose.alone(publication, piece, labels={})
    verify.verify(part, second[:1])
    for other in (
        compose.alone(publication, replace(piece, line="From another volume"), labels={}),
        compose.alone(publication, compose.piece(publication, Wanted(reading="1")), labels={}),
    ):
        with pytest.raises(PublisherError) as raised:
            verify.verify(other, second[:1])
        assert {"V-001", "V-002", "V-003"} & {diagnostic.code for diagnostic in raised.value.diagnostics}


def test_the_proof_knows_the_pages_that_a_printed_piece_refers_to_outside_of_it(everything: Path) -> None:
    publication, piece = piece_of(everything, Wanted(section="agreements"), target=Target())
    made = excerpt.build_excerpt(
        BuildRequest(folder=Folder(everything), excerpt=Wanted(section="agreements"), profiles=(Profile.PRINT,))
    ).artifacts
    part = compose.alone(publication, piece, labels={})
    assert part.excerpt is not None
    wrong = replace(part.excerpt, elsewhere=dict.fromkeys(part.excerpt.elsewhere, "999"))
    with pytest.raises(PublisherError) as raised:
        verify.verify(replace(part, excerpt=wrong), made)
    assert "V-001" in {diagnostic.code for diagnostic in raised.value.diagnostics}


@pytest.mark.parametrize(
    ("folder", "wanted", "profile"),
    [("everything", Wanted(section="agreements"), Profile.PRINT), ("course", Wanted(reading="2"), Profile.SCREEN)],
)
def test_a_piece_is_proved_alone_from_its_file(everything: Path, folder: str, wanted: Wanted, profile: Profile) -> None:
    made_from = Folder(everything if folder == "everything" else COURSE)
    target = Target() if folder == "everything" else PROOF
    made = excerpt.build_excerpt(
        BuildRequest(folder=made_from, excerpt=wanted, profiles=(profile,), target=target)
    ).artifacts
    checked = pipeline.check(BuildRequest(folder=made_from, target=target))
    assert checked.publication is not None
    assert made[0].name in excerpt.file_names(checked.publication, wanted)
    hired = list[SerialExecutor]()

    @contextmanager
    def open_executor() -> Iterator[SerialExecutor]:
        hired.append(SerialExecutor())
        yield hired[-1]

    (part,) = excerpt.prove(checked, wanted, made, open_executor=open_executor, target=target)
    assert part == excerpt.prove(checked, wanted, made, open_executor=open_executor, target=target)[0]
    assert part.excerpt is not None
    assert any(part.excerpt.elsewhere.values()) == (profile is Profile.PRINT)
    assert len(hired) == (0 if profile is Profile.SCREEN else 2)
    damaged = replace(made[0], content=made[0].content[:-900])
    with pytest.raises(PublisherError) as raised:
        excerpt.prove(checked, wanted, (damaged,), open_executor=open_executor, target=target)
    assert {diagnostic.code for diagnostic in raised.value.diagnostics} == {"V-011"}


def test_a_file_that_is_something_else_of_the_volume_is_told(
    whole: dict[str, bytes], second: tuple[Artifact, ...]
) -> None:
    checked = pipeline.check(BuildRequest(folder=Folder(COURSE), target=PROOF))
    publication = checked.publication
    assert publication is not None
    volume = Artifact(name="whole.pdf", content=whole[f"{publication.output.name}.pdf"])
    excerpt.demand_whole(publication, (volume,))
    told = list[str]()
    for wanted, file in (
        (Wanted(reading="1"), second[0]),
        (Wanted(reading="2"), volume),
        (Wanted(section="unit-1"), volume),
    ):
        with pytest.raises(PublisherError, match="V-017") as raised:
            excerpt.prove(checked, wanted, (file,), open_executor=lambda: nullcontext(SerialExecutor()), target=PROOF)
        told += [f"{diagnostic.message} {diagnostic.hint}" for diagnostic in raised.value.diagnostics]
    assert [line.partition("says that it is ")[2] for line in told] == [
        "the reading “part” alone, and was to be the reading “edition” alone "
        f"prove it as what it says that it is: publisher verify --reading part {second[0].name}",
        "the whole volume, and was to be the reading “part” alone "
        "prove it as what it says that it is: publisher verify whole.pdf",
        "the whole volume, and was to be the section “unit-1” alone "
        "prove it as what it says that it is: publisher verify whole.pdf",
    ]
    with pytest.raises(PublisherError, match="V-017"):
        excerpt.demand_whole(publication, second)


def test_what_is_not_there_is_told_with_what_is() -> None:
    publication, _ = piece_of(COURSE, Wanted(reading="1"))
    for wanted in (Wanted(reading="99"), Wanted(section="title-page")):
        with pytest.raises(UnknownPiece) as raised:
            compose.piece(publication, wanted)
        assert raised.value.choices


def test_a_piece_for_the_printer_tells_of_pictures_with_too_few_pixels(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    Image.new("RGB", (60, 40), (200, 30, 30)).save(edition / "images" / "coarse.png")
    with edition.joinpath("introduction.md").open("a", encoding="utf-8") as text:
        text.write("\n![A red square](images/coarse.png)\n")

    def told(wanted: Wanted, profile: Profile) -> list[str]:
        found = excerpt.build_excerpt(
            BuildRequest(folder=Folder(edition), excerpt=wanted, profiles=(profile,))
        ).diagnostics
        return [diagnostic.code for diagnostic in found if "60 × 40 pixels" in diagnostic.message]

    assert told(Wanted(section="introduction"), Profile.PRINT) == ["P-010"]
    assert told(Wanted(section="introduction"), Profile.SCREEN) == []
    assert told(Wanted(section="agreements"), Profile.PRINT) == []
