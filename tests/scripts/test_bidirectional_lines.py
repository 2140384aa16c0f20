"""Lines in which letters run both ways: levels by UAX #9, boxes in their order, and a proof that objects to others."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bidi import get_display
from bidi.mirror import MIRRORED
from tests.scripts.samples import HERE

from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import read_pdf
from publisher.pdf.read.levels import embedding_levels, visual_order
from publisher.verify.line import Expected
from publisher.verify.pdf.found import FoundInPdf
from publisher.verify.pdf.lines import read_tree
from publisher.verify.pdf.visual import misplaced_word

ALPHABET = "abאבגاب12٣۴+-#%,.:/ ()[]{}!?«\u0301\u05b0\u2066\u2067\u2068\u2069\u2069\ufffc€"
"""Characters of each class that texts have."""
SILENT = "\u2066\u2067\u2068\u2069"


def texts(count: int) -> list[str]:
    """Texts of these characters from a fixed seed; each ends with letters, so that no white space is at its end."""
    chance = random.Random(9)
    return ["".join(chance.choices(ALPHABET, k=chance.randint(1, 13))) + "אb" for _ in range(count)]


def shown(text: str, order: list[int]) -> str:
    """The characters from left to right; brackets that are mirrored are alike."""
    return alike("".join(text[at] for at in order))


def alike(text: str) -> str:
    return "".join(min(item, MIRRORED.get(item, item)) for item in text if item not in SILENT + "\u0301\u05b0")


@pytest.mark.parametrize("base", [0, 1])
def test_characters_are_in_the_order_of_python_bidi(base: int) -> None:
    for text in texts(1500):
        levels = embedding_levels(text, base)
        assert shown(text, visual_order(text, levels, base)) == alike(str(get_display(text, base_dir="LR"[base]))), text


@pytest.mark.parametrize(
    ("text", "base", "levels"),
    [
        ("\u202eabc\u202c d", 0, [0, 1, 1, 1, 1, 0, 0]),
        ("\u202aא1\u202c", 0, [0, 3, 4, 4]),
        ("\u2067a\u2069 b", 0, [0, 2, 0, 0, 0]),
        ("\u2068א.\u2069", 0, [0, 1, 1, 0]),
        ("א (ב) c", 1, [1, 1, 1, 1, 1, 1, 2]),
        ("a [א]", 0, [0, 0, 0, 1, 0]),
        ("א -5", 1, [1, 1, 1, 2]),
        ("ا 12%", 1, [1, 1, 2, 2, 1]),
        ("\u2067א 1\u2069 \u2066+5\u2069", 1, [1, 3, 3, 4, 1, 1, 1, 2, 2, 1]),
        ("", 1, []),
    ],
)
def test_controls_brackets_and_numbers_have_their_levels(text: str, base: int, levels: list[int]) -> None:
    assert embedding_levels(text, base) == levels


def word(text: str, left: float, right: float, *, painted: str = "") -> Chunk:
    """A word on a page; what is painted of it, from left to right, is its text unless it is said."""
    return Chunk(
        text=text,
        page=0,
        x=left,
        end=right,
        y=100,
        size=10,
        seen=True,
        actual=bool(painted),
        painted=tuple(painted),
        box=(left, 100, right, 105),
    )


def line(*words: Chunk, language: str = "he", languages: tuple[str, ...] = ()) -> tuple[Expected, FoundInPdf]:
    text = "".join(chunk.text for chunk in words)
    expected = Expected(text=text, name="paragraph 1", language=language)
    return expected, FoundInPdf(
        text=text,
        place="page 1",
        page=0,
        x=0,
        y=0,
        words=words,
        languages=languages or (language,) * len(words),
        language=language,
    )


ALEF = word("אב ", 50, 80, painted=" בא")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ((ALEF, word("one ", 0, 25), word("two", 25, 50)), None),
        ((ALEF, word("one ", 25, 50), word("two", 0, 25)), "two"),
        ((word("12", 60, 80), word("–", 50, 60, painted="–"), word("15", 30, 50)), None),
        ((ALEF, word("12", 30, 40), word("–", 40, 45, painted="–"), word("15", 45, 50)), "–"),
        ((ALEF, word("(", 45, 50, painted=")"), word("one", 10, 45), word(")", 5, 10, painted="(")), None),
        ((ALEF, word("(", 0, 5, painted="("), word("one", 5, 45), word(")", 45, 50, painted=")")), "one"),
        ((word("אב. ", 50, 80, painted=" .בא"),), None),
        ((word("אב. ", 50, 80, painted=" בא."),), "אב. "),
    ],
)
def test_words_elsewhere_than_the_algorithm_puts_them_are_found(words: tuple[Chunk, ...], wrong: str | None) -> None:
    found = misplaced_word(*line(*words))
    assert (found and found.text) == wrong


def test_a_passage_in_another_language_is_isolated() -> None:
    languages = ("he", "la", "he")
    passage = (ALEF, word("liber 1.", 20, 50), word(" גד", 0, 20, painted="דג "))
    assert misplaced_word(*line(*passage, languages=languages)) is None
    apart = (ALEF, word("one", 20, 50), word(" 12", 0, 20, painted="12 "))
    assert misplaced_word(*line(*apart, languages=("he", "la", "he"))) is None
    assert misplaced_word(*line(*apart)) is not None


TEXT = """# ספר

## פרק

בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים אֵ֥ת הַשָּׁמַ֖יִם.

ראו [@smith, p. 12; @jones, pp. 3–5] וכן [-@jones]; הנוסחה $a^2 + b^2 = c^2$ והכתובת <https://example.org/a-b?c=1>
שאחריה. המספרים 3.5%, +972-3-555, \u200e-5 ו-12–15 (בסוגריים), וגם [De rerum natura, *liber* (1, 62)]{lang=la} ועוד מלים
רבות. חברת *Microsoft Corporation* וגם **NATO** (1949) וגם [הקישור הזה](https://example.com/x) ושוב ABC 123 DEF, כתוב
בערבית ובעברית يوم ١٢ וגם *מלה (בסוגריים) ו-Latin בתוכה* נמשכת. abc, אבג 12, def.

W [x](https://example.org/8) `c 42` العالم قَالَ 12/3/2020 `c 48` [كتاب abc]{lang=la} *ספר الْفَوَائِدِ בראשיתx* ועוד.

ש `c 50` [x كتاب]{lang=la} [בְּרֵאשִׁ֖ית العالم עולם /(]{lang=la} [12 ראש 1,948]{lang=he} [+5 «]{lang=la} [@smith] **x׃y**

عَ ספר يوم $5 [בראשית café سلام يوم]{lang=ar} `c 39` abc . 1,948 [; word NATO]{lang=la} **x-7 x - )y** *בראשית*

1. שני עם [Latin words]{lang=la} בתוכו

| שם | מספר |
|----|-----:|
| אלף | 12–15 |
"""
NOTES = """## one

> בָּרָ֣א אֱלֹהִ֑ים

ראה [Rashi on Genesis 1:2]{lang=en} בעמוד 12, וגם [@smith, p. 7; @jones] להלן.

## two

> ועוד מלים

הערה עם $x=1$.
"""
REFERENCES = [
    {
        "id": "smith",
        "type": "book",
        "title": "A History",
        "author": [{"family": "Smith"}],
        "issued": {"date-parts": [[2010]]},
    },
    {
        "id": "jones",
        "type": "book",
        "title": "On Words",
        "author": [{"family": "Jones"}],
        "issued": {"date-parts": [[2012]]},
    },
]


def edition(folder: Path, text: str, notes: str, output: str) -> Path:
    """An edition in Hebrew, with notes in the margin."""
    content = text.encode()
    (folder / "fonts").mkdir(parents=True)
    for name in ("hebrew.ttf", "amiri.ttf"):
        (folder / "fonts" / name).write_bytes((HERE / "fonts" / name).read_bytes())
    (folder / "text.md").write_bytes(content)
    (folder / "notes.md").write_text(notes, encoding="utf-8")
    (folder / "references.json").write_text(json.dumps(REFERENCES), encoding="utf-8")
    (folder / "edition.yaml").write_text(
        "title: ספר\nlanguage: he\ndate: 2026-11-30\ncontributors: [{name: A. Reader, role: edt}]\n"
        f"source: {{file: text.md, sha256: {hashlib.sha256(content).hexdigest()}, statement: S}}\n"
        "rights: {status: public-domain, statement: Public domain.}\nreferences: references.json\n"
        "series: [{id: ed, title: Notes, file: notes.md, placement: {pdf: margin, epub: pop-up}}]\n"
        "fonts: {text: Noto Serif Hebrew, scripts: {Arab: Amiri}}\n"
        f"output: {output}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="session")
def words(built_once: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> list[Chunk]:
    """The words of a built edition, which the proof found to be in order, as they are on its pages.

    It has formulas, line numbers and notes in the margin, and a family for its text.
    """
    folder = edition(
        tmp_path_factory.mktemp("bidi") / "edition", TEXT, NOTES, "{formats: [pdf, epub], line-numbers: {every: 2}}"
    )
    volume = built_once(folder)
    pdf = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".pdf"))
    reading = read_tree(read_pdf(pdf.content))
    return [word for found_in_pdf in (*reading.lines, *reading.notes) for word in found_in_pdf.words]


def left_of(words: list[Chunk], text: str, other: str) -> bool:
    """Whether one word is to the left of another one, in the first line that has both."""
    pairs = ((a, b) for a in words for b in words if text in a.text and other in b.text)
    chunk, two = next((a, b) for a, b in pairs if a.page == b.page and abs(a.y - b.y) < 1)
    return chunk.box[2] <= two.box[0] + 1


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Smith", "Jones"),
        (", 12; ", "Jones"),
        ("Smith", "ראו"),
        ("def", "abc"),
        ("NATO", " (1949)"),
        ("Rashi", "ראה"),
    ],
)
def test_boxes_of_a_line_are_in_the_order_of_their_text(words: list[Chunk], text: str, other: str) -> None:
    assert left_of(words, text, other)
