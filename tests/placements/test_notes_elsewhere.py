"""Notes on front and back matter, agreements, captions, cells, footnotes and other notes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.compose import compose
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.publication import Publication
from publisher.model.target import Format
from publisher.render.pdf import render_pdf
from publisher.workspace import Folder

EDITION = Path(__file__).parent / "everywhere"
READ = [
    ("introduction", "editorial-intro", "1"),
    ("text", "editorial-first", "2"),
    ("text", "editorial-on-first", "3"),
    ("text", "editorial-on-on-first", "4"),
    ("text", "editorial-second-on-first", "5"),
    ("text", "author-text-1", "*"),
    ("text", "editorial-author", "6"),
    ("text", "editorial-cap", "7"),
    ("text", "editorial-cell", "8"),
    ("text", "textual-t1", "a"),
    ("text", "textual-t2", "b"),
    ("agreements", "editorial-printers", "9"),
    ("agreements", "editorial-burden", "10"),
    ("agreements", "editorial-act", "11"),
    ("afterword", "editorial-after", "12"),
]
"""Section, id and mark of each note in the order of reading."""


@pytest.fixture
def edition(tmp_path: Path) -> Callable[..., Folder]:
    """A copy of the edition with words replaced in its files."""

    def write(*changes: tuple[str, str, str]) -> Folder:
        shutil.copytree(EDITION, tmp_path / "everywhere")
        for name, before, after in changes:
            path = tmp_path / "everywhere" / name
            content = path.read_text()
            assert before in content
            path.write_text(content.replace(before, after))
        return Folder(tmp_path / "everywhere")

    return write


def composed(folder: Folder) -> Publication:
    return compose(pipeline.check(BuildRequest(folder=folder)).annotated, moment="2026-11-24T00:00:00Z")


def failing(folder: Folder) -> tuple[Diagnostic, ...]:
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=folder))
    return caught.value.diagnostics


def listed(publication: Publication) -> list[tuple[str, str, str]]:
    return [
        (section.id, note.id.removeprefix("note-"), note.mark)
        for section in publication.sections
        for note in section.notes
        if section.id != "notes"
    ]


def test_notes_are_numbered_in_the_order_of_reading(edition: Callable[..., Folder]) -> None:
    assert listed(composed(edition())) == READ


def test_one_run_of_numbers_goes_through_the_whole_volume(edition: Callable[..., Folder]) -> None:
    folder = edition(("edition.yaml", "title: Notes everywhere\n", "title: Notes everywhere\nnumbering: continuous\n"))
    found = listed(composed(folder))
    assert [(section, name) for section, name, _ in found] == [(section, name) for section, name, _ in READ]
    assert [mark for _, _, mark in found] == [str(at) for at in range(1, len(READ) + 1)]


def test_every_file_has_each_note_after_the_one_it_is_about(
    built_once: Callable[..., BuildResult], tmp_path: Path
) -> None:
    """The build has proved calls, marks, links back and words of both files."""
    artifacts = {artifact.name: artifact.content for artifact in built_once(EDITION).volume.artifacts}
    (tmp_path / "made.pdf").write_bytes(artifacts["everywhere.pdf"])
    printed = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "made.pdf"], check=True, capture_output=True, text=True
    )
    words = " ".join(printed.stdout.split())
    places = [words.index(said) for said in ("A second paragraph of it.", "itself", "on a note on a note.", "Another")]
    assert places == sorted(places)


def test_notes_on_notes_are_laid_out_once_if_another_series_has_a_list(edition: Callable[..., Folder]) -> None:
    folder = edition(
        ("edition.yaml", "file: notes.md}", "file: notes.md, placement: {pdf: foot, epub: end}}"),
        ("edition.yaml", "placement: {pdf: margin}", "placement: {pdf: end, epub: end}"),
    )
    (written,) = {section.document for section in render_pdf(composed(folder)).sections if section.id == "text"}
    notes = re.findall(r'<aside [^>]*id="(note-[^"]+)"', written)
    assert "note-editorial-on-on-first" in notes
    assert sorted(notes) == sorted(set(notes))


def test_notes_for_instructors_take_those_on_them_away(edition: Callable[..., Folder]) -> None:
    folder = edition(
        ("notes.md", "## first\n", "## first {audience=instructor}\n"),
        ("notes.md", "See [](note:on-first).", "The end."),
        ("notes.md", "## intro {in=introduction}", "## intro {in=introduction audience=instructor}"),
    )
    found = listed(composed(folder))
    assert [name for _, name, _ in found] == [name for _, name, _ in READ if not re.search("first|intro", name)]
    assert [mark for _, name, mark in found if name == "editorial-author"] == ["1"]
    pipeline.build(BuildRequest(folder=folder, formats=(Format.EPUB,)))


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("{in=introduction}", "{in=introductoin}", "M-042", "no front or back matter “introductoin”"),
        ("{in=agreement:helsinki}", "{in=agreement:oslo}", "M-042", "no agreement or document “oslo”"),
        ("{in=note:on-first}", "{in=note:nobody}", "M-042", "no note “nobody”"),
        ("{in=footnote:1}", "{in=footnote:9}", "M-042", "no footnote of the text “9”"),
        ("## first\n", "## first {in=note:on-on-first}\n", "M-043", "“first” → “on-on-first” → “on-first” → “first”"),
        ("> remote", "> distant", "N-003", "not found in footnote “1”"),
        ("> peculiar\n", "> a\n", "N-004", "lemma is ambiguous: note “first” has it"),
    ],
)
def test_a_wrong_place_is_an_error(
    edition: Callable[..., Folder], before: str, after: str, code: str, said: str
) -> None:
    found = failing(edition(("notes.md", before, after)))
    assert code in {diagnostic.code for diagnostic in found}
    assert said in "\n".join(diagnostic.message for diagnostic in found)


def test_the_hint_of_a_lost_lemma_names_the_other_place_that_has_it(edition: Callable[..., Folder]) -> None:
    (diagnostic,) = failing(edition(("notes.md", "## intro {in=introduction}", "## intro")))
    assert diagnostic.code == "N-003"
    assert "write {in=introduction} after its heading" in (diagnostic.hint or "")
    assert diagnostic.fix is not None
    assert not diagnostic.fix.is_certain


def test_a_foot_note_on_a_note_in_a_list_is_an_error(edition: Callable[..., Folder]) -> None:
    folder = edition(
        ("edition.yaml", "file: notes.md}", "file: notes.md, placement: {pdf: end}}"),
        ("textual.md", "{in=note:t1}", "{in=note:first}"),
        ("textual.md", "> marginal\n", "> peculiar\n"),
    )
    found = failing(folder)
    assert [diagnostic.code for diagnostic in found] == ["M-044"]
    assert "pdf: end" in (found[0].hint or "")


def test_very_many_notes_in_a_row_are_an_error(edition: Callable[..., Folder]) -> None:
    chain = "".join(
        f"\n## n{at} {{in=note:{f'n{at - 1}' if at else 'act'}}}\n\n> note\n\nA note.\n" for at in range(3000)
    )
    found = failing(edition(("notes.md", "## cap\n", f"{chain.lstrip()}\n## cap\n")))
    assert {diagnostic.code for diagnostic in found} == {"M-043"}
