"""A folder becomes an edition with everything in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from publisher.load import load_edition
from publisher.workspace import Folder

Files = dict[str, str | bytes]

AGREEMENT = (
    "---\nid: {id}\ntitle: T\nshort: S\ndate: 1999-11-19\nplace: P\nparties: All\nkind: K\nforce: draft\n"
    "published: Here\n---\nWords.\n"
)

MORE = """\
series:
  - {id: textual, title: Textual notes, file: notes/textual.md}
  - {id: editorial, title: Editorial notes, file: notes/editorial.md}
front: [introduction.md]
back: [matter/After word.md]
agreements: agreements/*.md
references: references.json
"""


def test_everything_in_the_folder_is_in_the_edition(
    edition: Callable[[Files], Folder], settings: Callable[..., str]
) -> None:
    files: Files = {
        "edition.yaml": settings(MORE),
        "notes/textual.md": "## slip\n\n> second\n\nRead “first”.\n",
        "notes/editorial.md": "## one\n\n> first\n\nWords.\n",
        "introduction.md": "# Introduction\n\nWords.\n",
        "matter/After word.md": "Words.\n",
        "agreements/b.md": AGREEMENT.format(id="b"),
        "agreements/a.md": AGREEMENT.format(id="a"),
        "references.json": '[{"id": "r", "type": "book"}]',
        "templates/section.xhtml.j2": "{{ s }}",
        "styles/mine.css": "p { color: black }",
    }
    found = load_edition(edition(files))
    assert [note.id for note in found.notes] == ["slip", "one"]
    assert [entry.id for entry in found.agreements] == ["a", "b"]
    assert found.settings.agreements == ("agreements/a.md", "agreements/b.md")
    assert [matter.id for matter in (*found.front, *found.back)] == ["introduction", "after-word"]
    assert [reference.key for reference in found.references] == ["r"]
    assert [source.name for source in (*found.templates, *found.stylesheets)] == [
        "templates/section.xhtml.j2",
        "styles/mine.css",
    ]


def test_agreements_may_be_listed(edition: Callable[[Files], Folder], settings: Callable[..., str]) -> None:
    files: Files = {
        "edition.yaml": settings("agreements: [z.md, a.md]\n"),
        "z.md": AGREEMENT.format(id="z"),
        "a.md": AGREEMENT.format(id="a"),
    }
    assert [entry.id for entry in load_edition(edition(files)).agreements] == ["z", "a"]


def test_a_markdown_text_has_its_heading_for_a_title(
    edition: Callable[[Files], Folder], settings: Callable[..., str]
) -> None:
    text = "# The title\n\nWords.\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    good = settings(old="article.txt", new="article.md")
    files: Files = {
        "article.md": text,
        "edition.yaml": "\n".join(f"  sha256: {digest}" if "sha256" in line else line for line in good.splitlines()),
    }
    assert load_edition(edition(files)).text.plain == "The title\nWords."


def test_two_readings_of_a_folder_are_equal(edition: Callable[[Files], Folder]) -> None:
    folder = edition({})
    assert load_edition(folder) == load_edition(folder)


def test_the_edition_that_comes_with_the_project_loads(root: Path) -> None:
    edition = load_edition(Folder(root / "book"))
    assert edition.text.source.text.replace("\n\n", "\n").rstrip("\n") == edition.text.plain
