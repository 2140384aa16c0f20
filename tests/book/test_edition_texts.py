"""The texts of the edition in `book/` agree with one another, checked without the toolchain."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from ruamel.yaml import YAML

BOOK = Path(__file__).parents[2] / "book"
ARTICLE_SHA256 = "34f4089c698855fc8f74ebeac5cc5a5c588c28d4c4366c38a141e52862926a1f"
SERIES = ("editorial", "textual")


class Note(NamedTuple):
    """A note as its file has it."""

    id: str
    quotation: str
    """Its block quote, markers and all."""
    body: str


def read(name: str) -> str:
    """The text of a file of the edition."""
    return (BOOK / name).read_text(encoding="utf-8")


def folded(text: str) -> str:
    """The text with every run of white space, no-break spaces among it, made one space."""
    return re.sub(r"\s+", " ", text).strip()


def notes(series: str) -> tuple[Note, ...]:
    """The notes of a series in the order of its file."""
    return tuple(note(part) for part in re.split(r"^## ", read(f"notes/{series}.md"), flags=re.MULTILINE)[1:])


def note(part: str) -> Note:
    """The note that a heading and what follows it make up."""
    heading, quotation, body = part.split("\n\n", 2)
    words = " ".join(line.removeprefix(">").strip() for line in quotation.splitlines())
    return Note(heading.split()[0], words, body)


def lemma(quotation: str) -> tuple[str, str, str]:
    """What stands before the lemma, the lemma, and what stands after it."""
    before, mark, rest = quotation.partition("**")
    inner, _, after = rest.partition("**")
    return (before, inner, after) if mark else ("", quotation, "")


def agreements() -> dict[str, set[str]]:
    """The provisions of each agreement, by its id."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((BOOK / "agreements").glob("*.md"))]
    found: dict[str, set[str]] = {}
    for text in texts:
        matched = re.search(r"^id: *(\S+)", text, flags=re.MULTILINE)
        assert matched is not None
        found[matched[1]] = set(re.findall(r"^## .*\{#([^}\s]+)", text, flags=re.MULTILINE))
    return found


def written() -> dict[str, str]:
    """Every Markdown file of the edition, by its name."""
    return {path.relative_to(BOOK).as_posix(): path.read_text(encoding="utf-8") for path in BOOK.rglob("*.md")}


def settings() -> Any:
    """`edition.yaml` as plain values."""
    return YAML(typ="safe").load(read("edition.yaml"))


def references() -> list[dict[str, Any]]:
    """The records of `references.json`."""
    records: list[dict[str, Any]] = json.loads(read("references.json"))
    return records


EVERY_NOTE = tuple(pytest.param(item, id=item.id) for series in SERIES for item in notes(series))


def test_article_is_the_text_whose_digest_is_recorded() -> None:
    content = (BOOK / "article.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == ARTICLE_SHA256
    assert settings()["source"]["sha256"] == ARTICLE_SHA256


def test_article_keeps_its_oddities() -> None:
    text = read("article.txt")
    assert text.count("\u00a0") == 7
    assert (text.count("“"), text.count("”")) == (8, 7)
    for slip in ("expense or others", "deployed n near", "about about", "Minsk I and I "):
        assert text.count(slip) == 1


def test_no_break_spaces_stand_in_the_paragraphs_that_the_textual_note_names() -> None:
    title, *paragraphs = read("article.txt").rstrip("\n").split("\n\n")
    assert title.count("\u00a0") == 1
    numbers = [number for number, paragraph in enumerate(paragraphs, start=1) if "\u00a0" in paragraph]
    assert numbers == [10, 18, 22, 24, 25, 26]
    assert [number for number in numbers if paragraphs[number - 1].endswith("\u00a0")] == [10, 18, 24, 25, 26]


def test_title_is_the_first_line_of_the_article() -> None:
    assert settings()["title"] == folded(read("article.txt").partition("\n")[0])


def test_editorial_series_has_at_least_26_notes() -> None:
    assert len(notes("editorial")) >= 26


def test_textual_series_records_the_four_slips() -> None:
    assert {item.quotation for item in notes("textual")} >= {
        "expense or others",
        "deployed n near",
        "about about",
        "Minsk I and I",
    }


def test_no_two_notes_have_one_id() -> None:
    ids = [item.id for series in SERIES for item in notes(series)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("note", EVERY_NOTE)
def test_lemma_stands_once_in_the_article(note: Note) -> None:
    before, words, after = (re.sub(r"\s+", " ", part) for part in lemma(note.quotation))
    assert words.strip()
    assert folded(read("article.txt")).count(before + words + after) == 1


def length(item: Note) -> int:
    """How many words a note has, citations and cross-references not counted."""
    return len(re.sub(r"\[@[^\]]*\]|\[\]\([^)]*\)", "", item.body).split())


def test_editorial_notes_are_short() -> None:
    lengths = {item.id: length(item) for item in notes("editorial")}
    assert sum(lengths.values()) / len(lengths) <= 60
    assert {name: words for name, words in lengths.items() if not 20 <= words <= 75} == {}


@pytest.mark.parametrize("name", ["introduction.md", "chronology.md", "further-reading.md", "notes/editorial.md"])
def test_one_thing_has_one_name(name: str) -> None:
    prose = re.sub(r"\s+", " ", read(name))
    assert re.findall(r"participating states|foreign ministry|\bthe Act\b|Helsinki Final Act", prose) == []


def test_every_cited_key_exists_and_every_record_is_cited() -> None:
    citations = [found for text in written().values() for found in re.findall(r"\[(@[^\]]+)\]", text)]
    cited = {key for citation in citations for key in re.findall(r"@([\w-]+)", citation)}
    assert cited == {record["id"] for record in references()}


def test_records_are_sorted_and_say_who_or_what_and_where_known_when() -> None:
    ids = [record["id"] for record in references()]
    assert ids == sorted(set(ids))
    assert all(record["title"] and record["type"] for record in references())


def test_every_cross_reference_resolves() -> None:
    known = agreements()
    ids = {item.id for series in SERIES for item in notes(series)}
    for name, text in written().items():
        for target in re.findall(r"\]\(note:([^)\s]+)\)", text):
            assert target in ids, f"{name}: note:{target}"
        for target, fragment in re.findall(r"\]\(agreement:([^)#\s]+)(?:#([^)\s]+))?\)", text):
            assert target in known, f"{name}: agreement:{target}"
            assert not fragment or fragment in known[target], f"{name}: agreement:{target}#{fragment}"


def test_every_file_that_the_settings_name_is_there() -> None:
    values = settings()
    named = [*values["front"], *values["back"], values["references"], *(value["file"] for value in values["series"])]
    assert all((BOOK / name).is_file() for name in named)
    assert len(agreements()) == 13
