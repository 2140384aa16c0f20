"""What `cover` may say in edition.yaml, and where mistakes in it are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.model.block import BlockQuote, Paragraph
from publisher.model.cover import PALETTES, Cover, Design, SpineText
from publisher.model.walk import plain
from publisher.validate import warnings
from publisher.workspace import Folder

Edition = Callable[..., Folder]


@pytest.fixture
def cover(edition: Edition) -> Callable[[str], Cover]:
    """The cover of an edition with these keys."""
    return lambda more: load_edition(edition(cover=more)).cover


@pytest.fixture
def mistakes(edition: Edition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[str]]:
    """What is wrong with an edition with these keys: code, place and hint."""
    monkeypatch.chdir(tmp_path)

    def found(more: str, **files: str) -> list[str]:
        folder = edition(cover=more)
        for name, content in files.items():
            folder.root.joinpath(f"{name}.md").write_text(content, encoding="utf-8")
        with pytest.raises(PublisherError) as caught:
            load_edition(folder)
        return [f"{diagnostic.code} {diagnostic.span}: {diagnostic.hint}" for diagnostic in caught.value.diagnostics]

    return found


def test_an_edition_that_says_nothing_has_a_plain_cover(cover: Callable[[str], Cover]) -> None:
    found = cover("")
    assert (found.design, found.printed_design, found.blurb, found.image) == (None, Design.BANDED, (), None)
    assert (found.paper.name, found.bleed, found.spine_text) == ("80 gsm offset", "3mm", SpineText.AUTO)


def test_what_is_said_is_kept(cover: Callable[[str], Cover]) -> None:
    found = cover(
        'isbn: 978-3-16-148410-0\ncover:\n  design: motif\n  price: "12 €"\n  price-code: "90000"\n  paper: 0.12mm\n'
        '  spine-text: never\n  bleed: 0.125in\n  colours:\n    accent: "#ff0000"\n'
        "  image:\n    file: images/grey.png\n    alt: Grey\n"
    )
    assert (found.design, found.price, found.price_code) == (Design.MOTIF, "12 €", "90000")
    assert (found.paper.caliper, found.spine_text, found.bleed) == (0.12, SpineText.NEVER, "0.125in")
    assert (found.palette.accent, found.palette.ground) == ("#ff0000", PALETTES[Design.MOTIF].ground)
    assert found.image is not None
    assert (found.image.width, found.image.alternative) == (1600, "Grey")


def test_a_blurb_is_words_or_a_file(edition: Edition) -> None:
    words = load_edition(edition(cover="cover:\n  blurb: |\n    One *and*\n    two.\n\n    Three.\n")).cover.blurb
    assert [plain((block,)) for block in words] == ["One and two.", "Three."]
    assert all(isinstance(block, Paragraph) for block in words)


def test_a_blurb_in_a_file_may_quote(edition: Edition) -> None:
    folder = edition(cover="cover:\n  blurb: back.md\n")
    folder.root.joinpath("back.md").write_text("Words.\n\n> Praise.\n", encoding="utf-8")
    paragraph, quotation = load_edition(folder).cover.blurb
    assert isinstance(paragraph, Paragraph)
    assert isinstance(quotation, BlockQuote)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("cover:\n  design: bandet\n", ["E-006 edition/edition.yaml:21:11: did you mean “banded”?"]),
        ("cover:\n  dessign: motif\n", ["E-003 edition/edition.yaml:21:3: did you mean “design”?"]),
        ("cover:\n  colours:\n    ink: blue\n", ["E-007 edition/edition.yaml:22:10: write it like #7a1f1f"]),
        ("cover:\n  bleed: 3\n", ["E-007 edition/edition.yaml:21:10: write it like 3mm"]),
        ("cover:\n  image: a.png\n", ["E-005 edition/edition.yaml:21:10: write file: …"]),
        (
            'cover:\n  price-code: "90000"\n',
            ["E-004 edition/edition.yaml:21:15: add “isbn: …” at the top level, or delete the price code"],
        ),
    ],
)
def test_a_mistake_is_shown_where_it_is(more: str, expected: list[str], mistakes: Callable[..., list[str]]) -> None:
    assert mistakes(more) == expected


def test_an_unknown_paper_has_the_nearest_name(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes("cover:\n  paper: 90gsm offset\n")
    assert found.startswith("E-006 edition/edition.yaml:21:10: did you mean “90 gsm offset”?")
    assert "0.1mm" in found


def test_invisible_characters_of_a_blurb_are_told(edition: Edition) -> None:
    folder = edition(cover="cover:\n  blurb: back.md\n")
    folder.root.joinpath("back.md").write_text("Words\u200b.\n", encoding="utf-8")
    (found,) = warnings(load_edition(folder))
    assert (found.code, str(found.span).rpartition("/")[2]) == ("T-006", "back.md:1:6")


def test_a_picture_that_is_not_there_is_told(mistakes: Callable[..., list[str]]) -> None:
    (found,) = mistakes("cover:\n  image:\n    file: images/gray.png\n    alt: Grey\n")
    assert found.startswith("I-001 edition/edition.yaml:22:11")


def test_a_blurb_file_is_judged_at_its_own_lines(mistakes: Callable[..., list[str]]) -> None:
    content = "# Title\n\nA [link](https://example.org).\n\n## Heading\n\n![A](images/grey.png)\n"
    found = mistakes("cover:\n  blurb: back.md\n", back=content)
    assert [text.partition(": ")[0] for text in found] == [
        "J-007 edition/back.md:1:1",
        "J-007 edition/back.md:5:1",
        "J-007 edition/back.md:7:1",
        "J-007 edition/back.md:3:3",
    ]
