"""The benchmarks: the same texts each time, planted differences found, verdicts and pages by the figures."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.diary import Shape, diary, note_added, note_changed, paragraph_changed
from benchmarks.editions import reader
from benchmarks.figures import FIGURES, Figures, Measured
from benchmarks.manuscript import Manuscript, Paragraph, Size, changed, manuscript
from benchmarks.measuring import CommandFailed, Taken, measured
from benchmarks.page import benchmarks
from benchmarks.peers.html import write_html
from benchmarks.peers.pandoc import PANDOC
from benchmarks.peers.peer import Peer
from benchmarks.peers.publisher import PUBLISHER_EPUB, PUBLISHER_PDF, job
from benchmarks.peers.typst import TYPST
from benchmarks.peers.vivliostyle import VIVLIOSTYLE
from benchmarks.peers.weasyprint import WEASYPRINT
from benchmarks.rows import ROWS
from benchmarks.sameness import OtherText, Words, demand_same, epub_words, pdf_words
from benchmarks.scaling import scaling
from benchmarks.stages import PART, PARTS, Stages, lines, stages
from benchmarks.table import table
from benchmarks.targets import TARGETS, Target, Verdict
from weasyprint.text import line_break

from publisher.layout import document

SMALL = Size(chapters=2, paragraphs=4)


def test_the_same_seed_makes_the_same_text() -> None:
    assert manuscript(SMALL) == manuscript(SMALL)
    assert manuscript(SMALL) != manuscript(SMALL, seed=7)


def test_sixty_chapters_are_what_they_are_said_to_be() -> None:
    text = manuscript(Size(chapters=60, paragraphs=40))
    assert len(list(text.paragraphs())) == 2400
    assert sum(1 for paragraph in text.paragraphs() if any(paragraph.notes)) == 600
    assert not any(sign.isdigit() or sign == "-" for word in text.words() for sign in word)


def test_a_million_words_have_five_thousand_notes() -> None:
    text = manuscript(Size(chapters=100, paragraphs=100, sentences=(5, 7), note_every=2))
    assert sum(1 for paragraph in text.paragraphs() if any(paragraph.notes)) == 5_000
    assert len(text.words()) == pytest.approx(1_000_000, rel=0.05)


def test_a_change_is_in_one_paragraph_and_another_each_time() -> None:
    text = manuscript(SMALL)
    first, second = changed(text, times=1), changed(text, times=2)
    assert first != second
    for item in (first, second):
        pairs = zip(text.paragraphs(), item.paragraphs(), strict=True)
        assert sum(1 for old, new in pairs if old != new) == 1


@pytest.mark.parametrize("peer", [WEASYPRINT, PUBLISHER_PDF, PUBLISHER_EPUB], ids=["weasyprint", "pdf", "epub"])
def test_what_was_made_is_the_text_and_a_planted_difference_is_found(peer: Peer, tmp_path: Path) -> None:
    text = manuscript(SMALL)
    job = peer.ready(tmp_path, text)
    measured(job.command, folder=job.folder, environment=dict(job.environment))
    words = epub_words(job.made) if peer.epub else pdf_words(job.made)
    demand_same(words, text, maker=peer.name)
    for planted in (_without_a_word(text), _with_another_note(text)):
        with pytest.raises(OtherText, match=peer.name):
            demand_same(words, planted, maker=peer.name)


def _without_a_word(text: Manuscript) -> Manuscript:
    *chapters, last = text.chapters
    *paragraphs, end = last.paragraphs
    shorter = replace(end, sentences=(*end.sentences[:-1], end.sentences[-1].partition(" ")[2]))
    return replace(text, chapters=(*chapters, replace(last, paragraphs=(*paragraphs, shorter))))


def _with_another_note(text: Manuscript) -> Manuscript:
    def other(paragraph: Paragraph) -> Paragraph:
        return replace(paragraph, notes=tuple(f"{note} Indeed." for note in paragraph.notes))

    return replace(
        text,
        chapters=tuple(replace(chapter, paragraphs=tuple(map(other, chapter.paragraphs))) for chapter in text.chapters),
    )


@pytest.mark.parametrize(("peer", "source"), [(TYPST, "book.typ"), (PANDOC, "book.md"), (VIVLIOSTYLE, "book.html")])
def test_every_peer_is_given_every_word_and_note(
    peer: Peer, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.peers.vivliostyle._manifest", lambda: {"bin": {"vivliostyle": "cli.js"}})
    text = manuscript(SMALL)
    job = peer.ready(tmp_path, text)
    given = (tmp_path / source).read_text(encoding="utf-8")
    assert job.made.parent == tmp_path
    assert all(note in given for paragraph in text.paragraphs() for note in paragraph.notes)
    assert all(sentence in given for paragraph in text.paragraphs() for sentence in paragraph.sentences)


def test_notes_of_pandoc_are_told_from_its_text(tmp_path: Path) -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><p>One'
        '<a epub:type="noteref">1</a> two.</p><aside epub:type="footnote"><p>Three.<a role="doc-backlink">Back</a>'
        "</p></aside></body></html>"
    )
    package = '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>'
    with zipfile.ZipFile(tmp_path / "book.epub", "w") as book:
        book.writestr("META-INF/container.xml", '<container><rootfile full-path="E/p.opf"/></container>')
        book.writestr("E/p.opf", package)
        book.writestr("E/a.xhtml", page)
    assert epub_words(tmp_path / "book.epub") == Words(text=("One", "two."), notes=("Three.",))


def test_html_has_each_note_after_the_first_sentence(tmp_path: Path) -> None:
    text = manuscript(SMALL)
    page = write_html(tmp_path / "book.html", text).read_text(encoding="utf-8")
    noted = next(paragraph for paragraph in text.paragraphs() if paragraph.notes)
    assert f'{noted.sentences[0]}<span class="note">{noted.notes[0]}</span>' in page


def test_all_processes_of_a_command_are_measured(tmp_path: Path) -> None:
    child = "x = bytearray(60_000_000); import time; t = time.process_time()\nwhile time.process_time() < t + 0.3: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    taken = measured((sys.executable, "-c", parent), folder=tmp_path)
    assert taken.wall > 0.3
    assert taken.cpu > 0.3
    assert 60 < taken.largest < taken.peak


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="no such thing"):
        measured((sys.executable, "-c", "raise SystemExit('no such thing')"), folder=tmp_path)


def row(**seconds: tuple[float, ...]) -> dict[str, Measured]:
    """Programs with the seconds of their runs, 10 pages each."""
    return {
        name: Measured(
            runs=tuple(Taken(wall=number, cpu=number, peak=80, largest=50) for number in all_of_it), pages=10
        )
        for name, all_of_it in seconds.items()
    }


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (Target(said="", ours="a", theirs="b", most=0.5), Verdict.REACHED),
        (Target(said="", ours="a", theirs="b", most=0.49), Verdict.MISSED),
        (Target(said="", ours="b", theirs="a", per_page=True, most=1.9), Verdict.MISSED),
        (Target(said="", ours="a", most=2.0), Verdict.REACHED),
        (Target(said="", ours="a", measure="largest", most=49), Verdict.MISSED),
        (Target(said="", ours="a", theirs="b"), Verdict.STATED),
        (Target(said="", ours="a", theirs="nobody", most=9), Verdict.UNMEASURED),
    ],
)
def test_a_verdict_follows_from_the_medians(target: Target, verdict: Verdict) -> None:
    assert target.verdict(row(a=(1, 2, 99), b=(3, 4, 5))) is verdict


def test_the_diary_has_its_shape_and_changes_in_one_place() -> None:
    whole = diary(Shape(part=0.1))
    assert whole == diary(Shape(part=0.1))
    assert sum(map(bool, (note for paragraph in whole.paragraphs() for note in paragraph.notes))) == 450
    lengths = sorted(len(chapter.paragraphs) for chapter in whole.chapters)
    assert lengths[-1] > 10 * lengths[0]
    assert max(len(note.split()) for paragraph in whole.paragraphs() for note in paragraph.notes) > 800
    for change in (paragraph_changed, note_changed, note_added):
        pairs = zip(whole.chapters, change(whole, times=1).chapters, strict=True)
        assert sum(before != after for before, after in pairs) == 1
    assert len(note_added(whole, times=1).note_words()) > len(whole.note_words())


def test_every_row_has_its_targets() -> None:
    assert list(TARGETS) == [item.name for item in ROWS]


def test_a_target_that_was_missed_says_why() -> None:
    figures = Figures(rows={"unchanged": row(publisher=(1.0, 2.0))})
    (line,) = (line for line in table(figures).splitlines() if "PDF with nothing changed" in line)
    assert "| at most 0.30 s | 1.50 s | not reached" in line
    assert line.endswith("| 2 |")


def test_figures_are_read_as_they_were_kept(tmp_path: Path) -> None:
    figures = Figures(machine={"memory": "1 GB"}, versions={"Typst": "1"}, rows={"epub": row(publisher=(1.5,))})
    figures.keep(tmp_path / "figures.json")
    assert Figures.read(tmp_path / "figures.json") == figures


def test_a_catalogue_is_computed_from_what_was_measured() -> None:
    rows = {name: row(publisher=(3.6,), cluster=(2.0,), local=(1.0,)) for name in TARGETS}
    page = scaling(Figures(rows=rows))
    assert "| all PDFs from nothing | 2,500 | 312 |" in page
    assert "2.00 times as long" in page
    assert "has not measured sixty, epub" in scaling(Figures())


@pytest.mark.parametrize(("name", "write"), [("benchmarks", benchmarks), ("scaling", scaling)])
def test_the_page_says_what_the_figures_say(name: str, write: object, root: Path) -> None:
    assert callable(write)
    assert (root / "docs" / f"{name}.md").read_text(encoding="utf-8") == write(Figures.read(FIGURES))


def test_a_reader_is_built_in_which_nobody_is_named(tmp_path: Path) -> None:
    folder = reader(tmp_path / "reader", readings=2, size=Size(chapters=1, paragraphs=2))
    made = job(tmp_path, folder, "--jobs", "1")
    measured(made.command, folder=tmp_path, environment=dict(made.environment))
    assert pdf_words(made.made).pages > 4


def test_the_floor_counts_lines() -> None:
    text = manuscript(SMALL)
    count = lines(text)
    assert len(text.words()) / 20 < count < len(text.words()) / 5
    assert lines(manuscript(Size(chapters=4, paragraphs=4))) > 1.5 * count


def test_stages_are_kept_with_the_seconds_of_each() -> None:
    watched = Stages()
    for _ in range(2):
        with watched.stage("Reading"):
            sum(range(200_000))
    assert list(watched.seconds) == ["Reading"]
    assert watched.seconds["Reading"] > 0


def test_parts_of_setting_a_pdf_are_watched_and_left_as_they_were(tmp_path: Path) -> None:
    before = [line_break.Layout.get_first_line, vars(document)["join"]]
    found = stages(tmp_path, manuscript(SMALL))
    whole = found["Setting the PDF"]
    parts = {name.removeprefix(PART): seconds for name, seconds in found.items() if name.startswith(PART)}
    assert list(parts) == [name for name, *_ in PARTS]
    assert 0 < parts.pop(PARTS[1][0]) < parts[PARTS[0][0]]
    assert whole / 3 < sum(parts.values()) <= whole + found["Making the EPUB"]
    assert [line_break.Layout.get_first_line, vars(document)["join"]] == before


def test_an_unknown_row_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "nothing"])
    assert "invalid choice" in capsys.readouterr().err
