"""Lemmas that nest, touch and cross: every note is called at the end of its words, in both formats."""

from __future__ import annotations

import re
from zipfile import ZipFile

from tests.cases.conftest import Make, demand_built

TEXT = (
    "# T\n\nOne two *three four* five six [seven]{.small-caps} eight nine ten eleven twelve.\n\n"
    "Second paragraph here.\n"
)
LEMMAS = {
    "a": "One two three",
    "b": "two three four five",
    "c": "four five six",
    "whole": "One two three four five six seven eight nine ten eleven twelve.",
    "same1": "six seven",
    "same2": "six seven",
    "inner": "seven",
    "touch1": "eight nine",
    "touch2": "ten eleven",
    "over": "twelve. Second",
    "late": "Second paragraph",
}
CALLS = ("a", "b", "c", "same1", "same2", "inner", "touch1", "touch2", "whole", "over", "late")
OTHER = "  - {id: other, title: Other, file: other.md, marks: lower-alpha, placement: {pdf: end, epub: end}}\n"


def written(lemmas: dict[str, str]) -> str:
    return "".join(f"## {name}\n\n> {words}\n\nNote {name}.\n\n" for name, words in lemmas.items())


def test_lemmas_of_one_series_may_cross_in_every_way(small: Make) -> None:
    crossing = {f"x-{name}": words for name, words in LEMMAS.items() if name in "abc"}
    edition = small(TEXT, notes=written(LEMMAS), more=OTHER, files={"other.md": written(crossing)})
    result = edition.run("check", str(edition.folder), "--strict", "--diagnostics", "short")
    assert result.exit_code == 0
    assert set(re.findall(r"(\w+)\[(N-\d+) [a-z-]+\]", result.output)) == {("note", "N-005")}
    demand_built(edition.build())
    (epub,) = (edition.folder / "output").glob("*.epub")
    with ZipFile(epub) as archive:
        text = archive.read("EPUB/text/text.xhtml").decode()
    calls = re.findall(r'href="#note-ed-([\w-]+)"|href="[^"]*#ed-([\w-]+)"', text)
    assert [call or other for call, other in calls] == list(CALLS), text
    page = next(words for words in edition.pages() if "One two" in words)
    assert page.count("Note ") == len(LEMMAS)
