"""Annotations of other programs: each kind is recognised, placed by its words, and what has no place is listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from publisher.annotations.placing import place_annotations
from publisher.annotations.reading import read_annotations
from publisher.annotations.remark import Remark
from publisher.cli.program import program
from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.model.apparatus import Selector
from publisher.selectors.fold import Folded
from publisher.workspace import Folder

TEXT = """# Letters

The minister’s speech was long. Nobody listened to the speech of the other minister.

The speech ended. The rain began, and the rain ended.
"""
SETTINGS = """title: Letters
language: en
contributors: [{name: A Writer, role: aut}]
date: 2026-11-24
source: {file: text.md, sha256: DIGEST}
rights: {status: unknown, statement: Not known.}
SERIESoutput: {formats: [epub]}
"""
QUOTE = {
    "type": "TextQuoteSelector",
    "exact": "The speech",
    "prefix": "other minister.\n\n",
    "suffix": " ended. The rain",
}


def _hypothesis(identity: str, text: str, exact: str, **more: Any) -> dict[str, Any]:
    selector = [{"type": "RangeSelector"}, {"type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": ""}]
    return {
        "id": identity,
        "created": "2026-10-02T10:00:00+00:00",
        "user": "acct:jdoe@hypothes.is",
        "user_info": {"display_name": "Jane Doe"},
        "uri": "https://www.example.org",
        "text": text,
        "tags": [],
        "target": [{"source": "https://www.example.org", "selector": selector}] if exact else [{}],
        **more,
    }


ROWS = [
    _hypothesis("a1", "A *good* point, see [@nobody2001].", "Nobody listened", tags=["irony"]),
    _hypothesis("a2", "Was it?", "", user_info={"display_name": "R. Roe"}, references=["a1"], user="acct:r@x"),
]
CSV = (
    "Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags\r\n"
    '2026-10-02,Jane Doe,1,https://www.example.org,Public,Annotation,Nobody listened,"Two\nlines, ""quoted""",irony\r\n'
)
PLAIN = """https://www.example.org
Letters

Annotation 1:
Created at: 2026-10-02
Author: Jane Doe
Page: 1
Type: Annotation
Quote: “Nobody listened”
Comment: First line
second line
Tags: irony, rain
"""
ZOTERO = {
    "key": "ABCD2345",
    "data": {
        "itemType": "annotation",
        "annotationType": "highlight",
        "annotationAuthorName": "Jane Doe",
        "annotationText": "Nobody listened",
        "annotationComment": "A good <b>point</b>",
        "annotationPosition": "{}",
        "tags": [{"tag": "irony"}],
    },
}
NOTE = (
    '<div class="zotero-note"><h1>Annotations</h1>\n<p><span class="highlight" data-annotation="%7B%22annotationKey%22'
    '%3A%22K1%22%7D">“Nobody listened”</span> <span class="citation" data-citation="%7B%7D">('
    '<span class="citation-item">Writer, 2001</span>)</span> A good point</p>\n</div>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="x"><bib:Memo><rdf:value>'
    + NOTE.replace("&", "&amp;").replace("<", "&lt;")
    + "</rdf:value></bib:Memo></rdf:RDF>"
)
MARKDOWN = (
    "# Annotations\n“Nobody listened” ([Writer, 2001](zotero://select/items/X)) ([snapshot](zotero://open/Y)) "
    "A good point\n"
)
THORIUM = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "AnnotationSet",
    "about": {"dc:identifier": ["urn:isbn:123"], "dc:title": "Letters"},
    "items": [
        {
            "id": "urn:uuid:1",
            "type": "Annotation",
            "created": "2026-10-02T10:00:00Z",
            "creator": {"id": "urn:uuid:2", "type": "Person", "name": "Jane Doe"},
            "body": {"type": "TextualBody", "value": "A good point", "color": "pink", "tag": "irony"},
            "target": {"source": "text.xhtml", "selector": [{"type": "CssSelector", "value": "p", "refinedBy": QUOTE}]},
        }
    ],
}
RECOGITO = [
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#1",
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "commenting", "value": "A good point", "creator": {"name": "Jane Doe"}},
            {"type": "TextualBody", "purpose": "tagging", "value": "irony"},
        ],
        "creator": {"id": "https://recogito.example.org/users/jdoe", "name": "Jane Doe"},
        "target": {"selector": [QUOTE, {"type": "TextPositionSelector", "start": 99, "end": 109}]},
    }
]
FRAGMENT = [
    {
        "type": "Annotation",
        "creator": "Jane Doe",
        "body": {"type": "TextualBody", "value": {"language": "en", "text": "A good point"}},
        "target": {"selector": {"type": "FragmentSelector", "value": ":~:text=minister.-,The%20speech,-ended"}},
    }
]
H2O = {
    "annotations": [
        {"id": 7, "kind": "note", "content": "A good point", "user": "Jane Doe", "quote": "Nobody listened"}
    ]
}


@pytest.mark.parametrize(
    ("content", "kind", "exact", "body"),
    [
        (json.dumps({"total": 2, "rows": ROWS}), "Hypothesis", "Nobody listened", "A *good* point, see [@nobody2001]."),
        (json.dumps({"client_version": "1", "annotations": ROWS}), "Hypothesis", "Nobody listened", "A *good* point"),
        ("\ufeff" + CSV, "Hypothesis (CSV)", "Nobody listened", 'Two\nlines, "quoted"'),
        (PLAIN, "Hypothesis (text)", "Nobody listened", "First line\nsecond line"),
        (json.dumps([ZOTERO]), "Zotero", "Nobody listened", "A good point"),
        (json.dumps([{"title": "PDF", "annotations": [ZOTERO["data"]]}]), "Zotero", "Nobody listened", "A good point"),
        (NOTE, "Zotero", "Nobody listened", "A good point"),
        (RDF, "Zotero", "Nobody listened", "A good point"),
        (MARKDOWN, "Zotero", "Nobody listened", "A good point"),
        (json.dumps(THORIUM), "Web Annotations", "The speech", "A good point"),
        (json.dumps(RECOGITO), "Web Annotations", "The speech", "A good point"),
        (json.dumps(RECOGITO[0]), "Web Annotations", "The speech", "A good point"),
        (json.dumps(FRAGMENT), "Web Annotations", "The speech", "A good point"),
        (json.dumps(H2O), "H2O", "Nobody listened", "A good point"),
    ],
)
def test_each_kind_of_file_is_read(content: str, kind: str, exact: str, body: str) -> None:
    found = read_annotations(content.encode(), "file")
    assert kind in found.kind
    first = found.remarks[0]
    assert first.selector.exact == exact
    assert body in first.body
    assert first.person in ("Jane Doe", "")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"{}",
        b"[]",
        b"[1, 2]",
        b'{"items": 3}',
        b'{"a": {"b": []}}',
        b"\xff\xfe",
        b"[" * 9_000,
        b"words",
    ],
)
def test_what_is_no_annotations_is_refused(content: bytes) -> None:
    with pytest.raises(PublisherError) as caught:
        read_annotations(content, "file")
    assert caught.value.diagnostics[0].code == "W-011"


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "place"),
    [
        ("Nobody listened", "", "", 32),
        ("Nobody  listened\nto", "was long. ", " the speech", 32),
        ("speech", "The minister’s ", " was long", 15),
        ("speech", "listened to the ", " of the other", 55),
        ("speech", "", "", None),
        ("speech", "an unknown", "context", None),
        ("the rain", "began, and ", "", 123),
        ("Nobody listened", "quite another", "place entirely", None),
        ("Nobody heard", "", "", None),
        ("", "a", "b", None),
        ("The speech", "minister.", "ended", 85),
    ],
)
def test_words_and_context_decide_and_likeness_does_not(
    exact: str, prefix: str, suffix: str, place: int | None
) -> None:
    folded = Folded.of(TEXT.partition("\n\n")[2].replace("\n\n", "\n").strip())
    remark = Remark(id="", person="", created="", selector=Selector(exact=exact, prefix=prefix, suffix=suffix), body="")
    (found,) = place_annotations((remark,), folded)
    assert (found.range[0] if found.range else None) == place


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    monkeypatch.chdir(tmp_path)

    def make(series: str) -> Path:
        folder = tmp_path / "mine"
        (folder / "notes").mkdir(parents=True)
        (folder / "text.md").write_text(TEXT)
        (folder / "notes/old.md").write_text("## old\n\n> The rain\n\nIt rained.\n")
        digest = hashlib.sha256(TEXT.encode()).hexdigest()
        (folder / "edition.yaml").write_text(SETTINGS.replace("DIGEST", digest).replace("SERIES", series))
        return folder

    return make


def _import(content: Any, folder: Path) -> Result:
    (folder.parent / "given.json").write_text(json.dumps(content))
    return CliRunner().invoke(program, ("import", "annotations", "given.json", folder.name))


BLOCK = "series:\n  - id: old\n    title: Old\n    file: notes/old.md\n# a comment\n"


@pytest.mark.parametrize(
    "series",
    [
        BLOCK,
        "series: [{id: old, title: Old, file: notes/old.md}]\n",
        "series:\n- {id: old, title: Old, file: notes/old.md}  # mine\n\n",
        "series: []\n",
        "",
    ],
)
def test_people_become_series_wherever_edition_yaml_lists_them(edition: Callable[[str], Path], series: str) -> None:
    folder = edition(series)
    settings = (folder / "edition.yaml").read_text()
    done = _import({"rows": ROWS}, folder)
    assert done.exit_code == 0, done.output
    after = (folder / "edition.yaml").read_text()
    added = '{id: jane-doe, title: "Comments by Jane Doe", file: notes/jane-doe.md}'
    assert added in after
    left = after.replace(f"  - {added}\n", "").replace(f"- {added}\n", "").replace(f", {added}", "").replace(added, "")
    assert left.replace("series:\n", "") == settings.replace("series:\n", "")
    notes = [note for note in load_edition(Folder(folder)).notes if note.series == "jane-doe"]
    text = (folder / "notes/jane-doe.md").read_text()
    assert len(notes) == 1
    assert "A \\*good\\* point, see \\[\\@nobody2001\\]." in text
    assert "Tags: irony." in text
    assert "**R. Roe** (2026-10-02):\n\nWas it?" in text
    assert CliRunner().invoke(program, ("check", "mine")).exit_code == 0


def test_what_has_no_place_is_listed_and_counted(edition: Callable[[str], Path]) -> None:
    folder = edition(BLOCK)
    rows = [*ROWS, _hypothesis("a3", "Long?", "The minister's speech"), _hypothesis("a4", "Page note", "")]
    done = _import({"rows": rows}, folder)
    assert done.exit_code == 1
    assert done.stderr.count("[W-012 ") == 2
    assert 'nearest text is "The minister’s speech"' in done.stderr
    assert (folder / "notes/jane-doe.orphans.md").read_text().count("## ") == 2
    found = CliRunner().invoke(program, ("check", "mine"))
    assert found.exit_code == 0
    assert "[K-001 orphaned-notes]: 2 notes" in found.stderr
    again = _import({"rows": rows}, folder)
    assert "0 notes placed, 3 there already" in again.output


def test_a_person_with_the_name_of_a_series_gets_another(edition: Callable[[str], Path]) -> None:
    folder = edition(BLOCK)
    rows = [_hypothesis("a1", "One", "The rain began", user_info={"display_name": "Old"})]
    assert _import(rows, folder).exit_code == 0
    assert "id: old-2" in (folder / "edition.yaml").read_text()
    more = [*rows, _hypothesis("a5", "Two", "rain ended", user_info={"display_name": "Old"})]
    assert _import(more, folder).exit_code == 0
    assert (folder / "notes/old-2.md").read_text().count("## ") == 2
    assert (folder / "notes/old.md").read_text() == "## old\n\n> The rain\n\nIt rained.\n"
