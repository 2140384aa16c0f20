"""Links and language tags as people write them: what `check` lets pass is built, proved and valid."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from tests.cases.conftest import Make, demand_built

LINKS = (
    *("https://example.org/#a#b", "https://example.org/a|b", "https://example.org/100%", "https://exämple.org/λόγος"),
    *(
        "https://[::1]:8080/x",
        "https://example.org/a b",
        "mailto:a@ö.org?subject=Hi there",
        "https://user@example.org/",
    ),
    "https://example.org/" + "x" * 3_000,
)
TAGS = ("x-zumm", "de-x-zumm", "i-klingon", "zh-yue-Hant-HK", "sl-rozaj-biske-1994", "en-GB-oed", "en-a-bbb-x-a-ccc")
WORDS = "incomprehensibilities and disproportionableness "


@pytest.mark.parametrize("language", ["x-zumm", "de-x-zumm"])
def test_addresses_and_tags_that_pass_are_built_and_proved(small: Make, language: str) -> None:
    text = "# T\n\n" + "".join(f"[link]({'<' + item + '>'})\n\n" for item in LINKS)
    text += "".join(f"[{WORDS * 3}]{{lang={tag}}} and so on.\n\n" for tag in TAGS)
    notes = "## a\n\n> and so on.\n\n[Words]{lang=x-zumm} and *[more]{lang=de-x-zumm}*.\n"
    edition = small(text.replace("and so on", "and so on once", 1), notes=notes.replace("so on", "so on once"))
    settings = edition.folder / "edition.yaml"
    changed = settings.read_text().replace("language: en", f"language: {language}")
    settings.write_text(changed.replace("source:\n", "source:\n  url: https://exämple.org/λόγος#a#b\n"))
    demand_built(edition.build())
    (epub,) = (edition.folder / "output").glob("*.epub")
    with ZipFile(epub) as archive:
        words = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert 'href="https://example.org/#a%23b"' in words
    assert (
        'href="https://xn--exmple-cua.org/%CE%BB%CF%8C%CE%B3%CE%BF%CF%82#a%23b">https://exämple.org/λόγος#a%23b<'
        in words
    )


def test_each_address_and_tag_that_does_not_pass_is_reported_at_its_line(small: Make) -> None:
    edition = small("# T\n\n[a](https://example.org:80:90/)\n\n[b](<https://[::g]/>)\n\n[c]{lang=de_DE}\n")
    found = edition.check().output
    assert "text.md:3:1: error[M-005 broken-link]" in found
    assert "text.md:5:1: error[M-005 broken-link]" in found
    assert "text.md:7:1: error[M-004 unknown-attribute]" in found
