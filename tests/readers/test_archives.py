"""The PDF of a course reader for the archive carries what it is made from, and no more than its copy may have."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from tests.readers.canaries import canaries, plant

from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.cli.program import program
from publisher.diagnostics import ExitCode
from publisher.load.audience_cut import Uncuttable, cut_markdown, cut_reader, cut_references
from publisher.model.profile import Profile
from publisher.model.rendition import Artifact
from publisher.model.target import Audience, Format
from publisher.workspace import Folder
from publisher.workspace.archived import INDEX

SAME = "identical to the output of publisher"
MORE = """      - edition: ../../elsewhere/letters
        paragraphs: 2
        rights: {status: permission, granted: 2026-10-02, scope: print, expires: 2027-03-01}
  - reader: ../common
"""
LETTERS = "Letters\n\nA first that nobody may copy.\n\nThe second letter.\n\nA third that nobody may copy.\n"
LETTERS_NOTES = "## one\n\n> first that nobody\n\nOn the first.\n\n## two\n\n> second letter\n\nOn the second.\n"
LETTERS_SETTINGS = """title: Letters
language: en-GB
identifier: urn:uuid:4d9b1a53-3a5b-4f6e-8f0f-0f4d5f0a6a77
date: 2026-11-24
contributors: [{{name: A writer, role: aut}}]
source:
  file: ./letters.txt
  sha256: {digest}
  first-paragraph-is-title: true
rights: {{status: unknown, statement: Of the letters nothing is known.}}
front: [before.md]
series:
  - {{id: notes, title: Notes, file: notes.md}}
"""
COMMON = """title: What all have in common
language: en-GB
date: 2026-11-24
units:
  - title: Common
    readings:
      - document: rules.md
        rights: {status: public-domain}
"""


def write(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True)
    for name, text in files.items():
        folder.joinpath(name.replace("_", ".")).write_text(text, encoding="utf-8")


@pytest.fixture
def scattered(course: Path, tmp_path: Path) -> Path:
    """A reader with canaries that binds folders outside of its own, one of them in part and by permission."""
    plant(course)
    root = Path(shutil.copytree(course, tmp_path / "readers" / "course"))
    digest = hashlib.sha256(LETTERS.encode()).hexdigest()
    write(
        tmp_path / "elsewhere" / "letters",
        letters_txt=LETTERS,
        notes_md=LETTERS_NOTES,
        before_md="# Before\n\nWords of *another* hand.\n",
        edition_yaml=LETTERS_SETTINGS.format(digest=digest),
    )
    write(tmp_path / "readers" / "common", reader_yaml=COMMON, rules_md="# Rules\n\nEverybody reads.\n")
    settings = root.joinpath("reader.yaml")
    settings.write_text(settings.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return root


def built(folder: Path) -> BuildResult:
    return pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,), profiles=(Profile.ARCHIVE,)))


def archive(volume: BuildResult, folder: Path) -> Path:
    """The PDF for the archive, alone in a folder."""
    (artifact,) = (item for item in volume.volume.artifacts if item.name.endswith(".pdf"))
    folder.mkdir()
    folder.joinpath(artifact.name).write_bytes(artifact.content)
    return folder / artifact.name


def attached(path: Path) -> dict[str, bytes]:
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        return {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}


def verify(*words: str) -> Result:
    return CliRunner().invoke(program, ["verify", *words], prog_name="publisher")


def test_a_copy_for_students_verifies_itself_and_carries_nothing_for_others(
    scattered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = built(scattered)
    path = archive(volume, tmp_path / "alone")
    shutil.rmtree(scattered.parent)
    shutil.rmtree(tmp_path / "elsewhere")
    files = attached(path)
    assert canaries((Artifact(name=path.name, content=path.read_bytes()),)) == set()
    letters = files["editions/letters/letters.txt"].decode()
    assert (
        letters == "Letters\n\nx xxxxx xxxx xxxxxx xxx xxxx.\n\nThe second letter.\n\nx xxxxx xxxx xxxxxx xxx xxxx.\n"
    )
    assert b"On the first" not in files["editions/letters/notes.md"]
    assert files["editions/letters/before.md"] == b"# xxxxxx\n\nxxxxx xx *xxxxxxx* xxxx.\n"
    assert "pdfs/pages.pdf" not in files  # a third page is not permitted
    assert "readers/common/rules.md" in files
    assert json.loads(files[INDEX])["extracts"][0]["count"] == 3
    monkeypatch.chdir(path.parent)
    result = verify(path.name)
    assert (result.exit_code, SAME in result.stdout) == (ExitCode.DONE, True), result.output
    assert "for the sources attached to it" in result.stdout
    assert verify(path.name, "--semantic").exit_code == ExitCode.DONE


def test_an_archive_beside_another_edition_verifies_itself(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(built(course / "edition"), tmp_path / "alone")
    shutil.copytree(Path(__file__).parents[1] / "verify" / "edition", path.parent / "book")
    monkeypatch.chdir(path.parent)
    result = verify(path.name)
    assert (result.exit_code, SAME in result.stdout) == (ExitCode.DONE, True), result.output
    assert verify("book", path.name).exit_code == ExitCode.UNPROVED  # it is not of the edition that is named
    path.parent.joinpath("book", "edition.yaml").write_text("no: edition\n", encoding="utf-8")
    assert verify(path.name, "--semantic").exit_code == ExitCode.DONE


def test_sources_that_cannot_be_cut_are_not_carried(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = course.joinpath("reader.yaml")
    flow = "{document: readings/key.md, audience: instructor, rights: {status: public-domain}}"
    text = settings.read_text(encoding="utf-8") + f"  - {{title: Keys, readings: [{flow}]}}\n"
    settings.write_text(text, encoding="utf-8")
    course.joinpath("readings/key.md").write_text("# Key\n\nThe answers.\n", encoding="utf-8")
    volume = built(course)
    assert "V-075" in {diagnostic.code for diagnostic in volume.diagnostics}
    path = archive(volume, tmp_path / "alone")
    assert attached(path) == {}
    monkeypatch.chdir(path.parent)
    result = verify(path.name)
    assert (result.exit_code, "V-076" in result.stderr) == (ExitCode.USAGE, True), result.output


MARKDOWN = """## one

> words

Said.

> ::: {audience=instructor}
> In a quotation.
> :::
>
> After it.

- An entry.

  :::: {audience=instructor}
  In a list.
  ::::

::: {audience=student}
For students.
:::

## two {audience=instructor}

> words

::: {audience=student}
For nobody.
:::

## three

> words

The end."""


def test_what_is_for_others_is_cut_line_by_line() -> None:
    cut = cut_markdown(MARKDOWN, Audience.STUDENT)
    assert not [words for words in ("In a quotation", "In a list", "two", "For nobody") if words in cut]
    assert [words for words in ("> After it.", "For students", "## three", "The end.") if words not in cut] == []
    assert cut_markdown(cut, Audience.STUDENT) == cut
    assert cut_markdown(MARKDOWN, Audience.ALL) == MARKDOWN
    assert "## three" not in cut_markdown(MARKDOWN, Audience.STUDENT, without={"three"})


def test_readings_for_others_are_cut_with_their_comments() -> None:
    text = (
        "units:\r\n- title: A\r\n  readings:\r\n  # the key\r\n  - document: key.md\r\n    audience: instructor\r\n"
        "    citation: >\r\n      Words.\r\n\r\n- title: B\r\n  readings:\r\n  - document: b.md\r\n"
    )
    assert cut_reader(text, Audience.STUDENT) == (
        "units:\r\n- title: A\r\n- title: B\r\n  readings:\r\n  - document: b.md\r\n"
    )
    with pytest.raises(Uncuttable):
        cut_reader("units: [{readings: [{document: a.md, audience: instructor}]}]", Audience.STUDENT)


def test_references_that_only_others_cite_are_cut() -> None:
    records = json.dumps([{"id": "one"}, {"id": "one-two"}, {"id": "unused"}])
    cut = json.loads(cut_references(records, "[@one] and [@one-two]", "[@one-two]"))
    assert [record["id"] for record in cut] == ["one-two", "unused"]
