"""Notes as annotations and back: the same notes at the same words, in places that other programs find."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from publisher.annotate import annotate
from publisher.cli.program import program
from publisher.load import load_edition
from publisher.workspace import Folder

TEXT = """# The long letter

They met in *Vienna* in 1999, they met in Paris in 2000, and they met nowhere else.

::: {audience=instructor}
An answer that only teachers read, about Vienna.
:::

> A letter is a short visit,
> and the reader is at home.

| who | where |
|---|---|
| Anna | Vienna |

The *end* of the letter, and of “the story”—as **all** of them knew.
"""
NOTES = """## met {kind=context}

> **they met** in Paris

They did, as [the record](https://www.example.org) *says*.

- once
- twice

## both {calls=2}

> They met in Vienna

> they met nowhere

In both years.

## secret {audience=instructor}

> The end

The solution is in the drawer.

## quoted {calls=1}

> the reader

> A reader is a lender.

So it is said.

## across

> at home. who where Anna

Across a quotation and a table.

## hidden

> only teachers read

About the answer.
"""
OTHERS = "## story\n\n> “the story”\n\nIt has no end.\n"
SETTINGS = """title: The long letter
language: en
contributors: [{name: A Writer, role: aut}, {name: An Editor, role: edt}]
date: 2026-11-24
source:
  file: text.md
  sha256: DIGEST
rights: {status: unknown, statement: Not known.}
series:
  - id: ed
    title: Notes
    file: notes/ed.md
  - id: other
    title: "Others: more"
    file: notes/other.md
# the end of the series
output: {formats: [epub], name: letter}
"""


NAMES = {"student": "letter", "teacher": "letter-instructor"}


def invoke(*words: str) -> Result:
    return CliRunner().invoke(program, words)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("annotations")
    mine = folder / "mine"
    (mine / "notes").mkdir(parents=True)
    (mine / "text.md").write_text(TEXT)
    (mine / "notes/ed.md").write_text(NOTES)
    (mine / "notes/other.md").write_text(OTHERS)
    (mine / "edition.yaml").write_text(SETTINGS.replace("DIGEST", hashlib.sha256(TEXT.encode()).hexdigest()))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = [
            invoke("build", "mine", "-o", "student"),
            invoke("export", "annotations", "mine", "-o", "student", "--epub", "student/letter.epub", "--embed"),
            invoke("export", "annotations", "mine", "-o", "teacher", "--audience", "instructor", "--embed"),
            invoke("export", "annotations", "mine", "-o", "teacher", "--audience", "instructor", "--format", "jsonld"),
        ]
        assert [result.exit_code for result in done] == [0] * 4, [result.output for result in done]
        yield folder


def test_notes_about_other_parts_are_counted(work: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(work / "mine", mine)
    with (mine / "notes/ed.md").open("a") as file:
        file.write("\n## on-note {in=note:across}\n\n> a quotation\n\nFrom nowhere.\n")
        file.write("\n## for-teachers {in=note:across audience=instructor}\n\n> a table\n\nOf two columns.\n")
    outputs = [
        invoke("export", "annotations", str(mine), "-o", str(tmp_path / audience), "--audience", audience).output
        for audience in ("student", "instructor")
    ]
    assert "warning[K-010" in outputs[0]
    assert ["a note is not among" in outputs[0], "2 notes are not among" in outputs[1]] == [True, True]


def exported(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def selectors(item: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {child["type"]: child for child in item["target"]["selector"]}


def resolved(book: zipfile.ZipFile, cfi: str) -> str:
    """The text of a range, by the steps of its CFI: an own reader of the specification, by elements and text nodes."""
    inner = re.fullmatch(r"epubcfi\((.*)\)", cfi)
    assert inner is not None
    parent, first, last = re.split(r"(?<!\^),", inner[1])
    spine, _, local = parent.partition("!")
    package = etree.fromstring(book.read(_opf(book)))
    itemref = _walk(package, spine)
    href = next(element.get("href") for element in package.iter("{*}item") if element.get("id") == itemref.get("idref"))
    root = etree.fromstring(book.read(f"{_opf(book).rpartition('/')[0]}/{href}"))
    start, end = (_point(root, local + item) for item in (first, last))
    text = "".join(map(str, root.itertext()))
    return text[_offset(root, *start) : _offset(root, *end)]


def _opf(book: zipfile.ZipFile) -> str:
    return next(name for name in book.namelist() if name.endswith(".opf"))


def _walk(element: etree._Element, steps: str) -> etree._Element:
    for number, name in re.findall(r"/(\d+)(?:\[((?:\^.|[^\]])*)\])?", steps):
        element = [child for child in element if isinstance(child.tag, str)][int(number) // 2 - 1]
        assert not name or element.get("id") == name.replace("^", "")
    return element


def _point(root: etree._Element, steps: str) -> tuple[etree._Element, int, int]:
    way, step, offset = re.fullmatch(r"(.*)/(\d+):(\d+)", steps).groups()  # type: ignore[union-attr]
    return _walk(root, way), int(step), int(offset)


def _offset(root: etree._Element, parent: etree._Element, step: int, offset: int) -> int:
    """How many characters of the document precede the offset in a text node."""
    count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if element is parent and step == 1:
                return count + offset
            count += len(element.text or "")
        else:
            place = element.getparent()
            if place is parent and step == 2 * (list(place).index(element) + 1) + 1:
                return count + offset
            count += len(element.tail or "") if place is not None else 0
    raise AssertionError("no such place")


@pytest.mark.parametrize("copy", ["student", "teacher"])
def test_every_place_is_that_of_the_words(work: Path, copy: str) -> None:
    name = NAMES[copy]
    items = exported(work / copy / f"{name}.annotations")["items"]
    assert len(items) == {"student": 6, "teacher": 8}[copy]
    with zipfile.ZipFile(work / copy / f"{name}.annotated.epub") as book:
        for item in items:
            found = selectors(item)
            exact = found["TextQuoteSelector"]["exact"]
            text = resolved(book, found["FragmentSelector"]["value"])
            assert re.sub(r"[\d\s]+", "", text) == re.sub(r"[\d\s]+", "", exact)
            root = etree.fromstring(book.read(item["target"]["source"]))
            inner = root.find("{*}body")
            assert inner is not None
            body = "".join(map(str, inner.itertext()))
            assert body[found["TextPositionSelector"]["start"] : found["TextPositionSelector"]["end"]] == text
        assert json.loads(book.read(f"META-INF/{name}.annotations"))["type"] == "AnnotationSet"


def test_a_copy_for_students_has_nothing_for_instructors(work: Path) -> None:
    for name in ("letter.annotations", "letter.annotated.epub"):
        content = (work / "student" / name).read_bytes()
        parts = [content]
        if name.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                parts = [book.read(text) for text in book.namelist() if not text.endswith(".css")]
        for word in (b"drawer", b"only teachers", b"instructor", b"secret"):
            assert not [part for part in parts if word in part]
    assert "drawer" in (work / "teacher/letter-instructor.annotations").read_text()


def test_the_set_says_what_it_is_about_and_which_draft_it_follows(work: Path) -> None:
    value = exported(work / "student/letter.annotations")
    assert value["@context"] == "https://www.w3.org/ns/epub-anno.jsonld"
    assert value["publisher:conformsTo"].startswith("https://www.w3.org/TR/2026/WD-epub-anno-10-")
    assert value["publisher:edition"]["text-sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert value["about"]["dc:title"] == "The long letter"
    first = value["items"][0]
    assert first["body"]["format"] == "text/plain"
    assert first["creator"] == {"id": first["creator"]["id"], "type": "Person", "name": "An Editor"}
    assert len({item["id"] for item in value["items"]}) == len(value["items"])


def _placed(folder: Path) -> list[tuple[object, ...]]:
    found = annotate(load_edition(Folder(folder)))
    return sorted(
        (anchor.note.series, anchor.note.id, anchor.nth, anchor.start, anchor.end) for anchor in found.anchors
    )


@pytest.mark.parametrize("name", ["letter-instructor.annotations", "letter-instructor.annotations.jsonld"])
def test_what_was_exported_comes_back_as_it_was(work: Path, tmp_path: Path, name: str) -> None:
    again = tmp_path / "again"
    shutil.copytree(work / "mine", again)
    shutil.rmtree(again / "notes")
    settings = SETTINGS.replace("DIGEST", hashlib.sha256(TEXT.encode()).hexdigest())
    cut = re.sub(r"series:\n(?:  .*\n)+", "", settings)
    (again / "edition.yaml").write_text(cut)
    done = invoke("import", "annotations", str(work / "teacher" / name), str(again))
    assert done.exit_code == 0, done.output
    assert (again / "edition.yaml").read_text().startswith(cut)
    assert _placed(again) == _placed(work / "mine")
    before, after = (
        {note.id: (note.series, note.kind, note.audience, note.blocks) for note in load_edition(Folder(folder)).notes}
        for folder in (work / "mine", again)
    )
    assert after == before
    repeated = invoke("import", "annotations", str(work / "teacher" / name), str(again))
    assert "0 notes placed, 7 there already" in repeated.output


def test_a_set_of_another_text_is_refused_with_both_digests(work: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(work / "mine", other)
    text = TEXT.replace("nowhere", "nowhere at all")
    (other / "text.md").write_text(text)
    before = {path: path.read_bytes() for path in other.rglob("*") if path.is_file()}
    done = invoke("import", "annotations", str(work / "student/letter.annotations"), str(other))
    assert done.exit_code == 1
    assert "[W-010 " in done.stderr
    for item in (TEXT, text):
        assert hashlib.sha256(item.encode()).hexdigest() in done.stderr
    assert {path: path.read_bytes() for path in other.rglob("*") if path.is_file()} == before
