"""No note and no word is lost on the way to a reviewer and back, whichever program saves the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.editions import Edition
from tests.review.office import saved

from publisher import compose
from publisher.annotate import annotate
from publisher.load import load_edition
from publisher.model.publication import Publication
from publisher.model.target import Audience
from publisher.review.importing import demand_review, findings
from publisher.review.reading import read_review
from publisher.review.writing import Notes, document
from publisher.workspace import Folder

MOMENT = "2026-11-24T00:00:00Z"


def composed(folder: Path) -> Publication:
    return compose.compose(annotate(load_edition(Folder(folder))), moment=MOMENT, audience=Audience.STUDENT)


def made(publication: Publication, notes: Notes) -> bytes:
    return document(publication, notes=notes, audience=Audience.STUDENT)


def demand_unchanged(content: bytes, publication: Publication, name: str) -> None:
    review = read_review(content, name)
    demand_review(review, publication, name=name)
    found = findings(review, publication, name=name)
    assert [diagnostic.message for diagnostic in found.refused] == []
    assert [changed_note.diff for changed_note in found.changed] == []
    assert (found.remarks, found.todos) == ((), ())
    notes = {(note.series, note.note_id) for section in publication.sections for note in section.notes}
    assert {(note_id.series, note_id.note) for note_id in review.notes} == notes


def _unchanged(seed: int, folder: Path) -> None:
    publication = composed(Edition(seed).write(folder / str(seed)))
    for notes in Notes:
        content = made(publication, notes)
        assert content == made(publication, notes)
        demand_unchanged(content, publication, f"{seed} {notes}")


def test_no_note_is_lost_in_random_editions(tmp_path: Path) -> None:
    for seed in range(30):
        _unchanged(seed, tmp_path)


@pytest.mark.nightly
def test_no_note_is_lost_in_many_random_editions(tmp_path: Path) -> None:
    for seed in range(1000, 1500):
        _unchanged(seed, tmp_path)


def _through_office(seeds: range, folder: Path) -> None:
    files: dict[Path, Publication] = {}
    for seed in seeds:
        publication = composed(Edition(seed).write(folder / f"e{seed}"))
        for notes in Notes:
            path = folder / f"{seed}-{notes}.docx"
            path.write_bytes(made(publication, notes))
            files[path] = publication
    for path, publication in zip(saved(files, folder), files.values(), strict=True):
        demand_unchanged(path.read_bytes(), publication, path.name)


def test_no_note_is_lost_when_libreoffice_saves_the_document(tmp_path: Path) -> None:
    _through_office(range(40, 44), tmp_path)


@pytest.mark.nightly
def test_no_note_is_lost_when_libreoffice_saves_many_documents(tmp_path: Path) -> None:
    _through_office(range(2000, 2050), tmp_path)
