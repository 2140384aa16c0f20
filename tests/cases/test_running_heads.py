"""Right-hand pages say where one is, and titles are broken by sense or into even lines."""

from __future__ import annotations

import re

from tests.cases.conftest import Make, demand_built

WORDS = "On the Promises of Several States and on Their Many Reservations"
TEXT = f"# {WORDS}\n\n" + "\n\n".join(f"Paragraph {at} says this. {'And a little more. ' * 14}" for at in range(1, 40))
AGREEMENTS = "\n".join(
    (
        "---",
        "id: short-{0}",
        "title: A Treaty of a Long Name Number {0}",
        "short: Long Name Number {0}",
        "date: 19{0}0",
        "place: Bern",
        "parties: two",
        "kind: treaty",
        "published: In print.",
        "---",
        "",
        "What it says. " * 60,
    )
)
NOTES = "\n\n".join(f"## n{at}\n\n> Paragraph {at} says\n\nA remark. {'At length. ' * 40}" for at in range(1, 30))
MORE = """title-lines: [On the Promises of Several States, and on Their Many Reservations]
agreements: agreements/*.md
output: {paragraph-numbers: true}
"""


def test_right_hand_pages_say_which_paragraphs_notes_or_agreement_they_hold(small: Make) -> None:
    files = {f"agreements/{at}.md": AGREEMENTS.format(at) for at in (6, 7, 8)}
    edition = small(TEXT, notes=NOTES, place="section", more=MORE, files=files)
    settings = edition.folder / "edition.yaml"
    settings.write_text(settings.read_text().replace("title: A Small Edition", f"title: {WORDS}"), encoding="utf-8")
    demand_built(edition.build("--format", "pdf"))
    pages = edition.pages()
    heads = [page.lstrip("\n").split("\n")[0] for page in pages]
    ranges = [re.search(r"¶¶\s(\d+)–(\d+)", head) for head in heads]
    for page, found in zip(pages, ranges, strict=True):
        if found:
            first, last = int(found[1]), int(found[2])
            said = [int(at) for at in re.findall(r"^\s*\d+\s+Paragraph (\d+) says", page, re.M)]
            assert said[-1:] == [last], page
            assert first in (said[0], said[0] - 1), page
    assert any(ranges)
    assert any("Editorial notes" in head for head in heads)
    assert any(re.search(r"A\d Long Name Number \d", head) for head in heads)
    assert not any("Short title" in page for page in pages)
    (opening,) = (page for page in pages if "1" in page and "Paragraph 1 says" in page)
    title = [line.strip() for line in opening.splitlines() if "Promises" in line or "Reservations" in line]
    assert title == ["On the Promises of Several States", "and on Their Many Reservations"]
