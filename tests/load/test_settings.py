"""edition.yaml becomes settings; its JSON Schema comes from the same declarations."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition, schema
from publisher.load.assets.icc import profile_fault
from publisher.load.config.edition_keys import EditionKeys
from publisher.model.apparatus import EpubPlacement, Marks, PdfPlacement
from publisher.model.limits import Limits
from publisher.model.page import LineNumbers, Margins, Sides
from publisher.model.profile import Inks, Overrides, PrintSettings, Profile, Profiles, Style
from publisher.model.settings import Settings
from publisher.model.target import Format
from publisher.workspace import Folder, system_colour_profile

Files = dict[str, str | bytes]


@pytest.fixture
def loaded(edition: Callable[[Files], Folder], settings: Callable[..., str]) -> Callable[[str], Settings]:
    """The settings of a small edition with some more keys."""

    def load(more: str) -> Settings:
        files: Files = {"edition.yaml": settings(more), "notes/a.md": "", "agreements/b.md": b"", "front.md": "Words."}
        del files["agreements/b.md"]
        return load_edition(edition(files)).settings

    return load


def test_what_is_not_said_has_a_default(loaded: Callable[[str], Settings], tmp_path: Path) -> None:
    settings = loaded("")
    assert settings.short_title == settings.title == "A plain title"
    assert settings.contributors[0].sort == "Some Writer"
    assert settings.output.formats == (Format.EPUB, Format.PDF)
    assert (settings.output.page_width, settings.output.page_height) == ("156mm", "234mm")
    assert settings.output.paragraph_numbers
    assert settings.output.name in tmp_path.name
    assert (settings.agreements, settings.references, settings.citation_style) == ((), None, "chicago-author-date")


def test_the_identifier_is_made_from_title_and_text(loaded: Callable[[str], Settings]) -> None:
    identifier = loaded("").identifier
    assert identifier == loaded("").identifier
    assert uuid.UUID(identifier.removeprefix("urn:uuid:")).version == 5


def test_an_identifier_that_is_given_is_kept(loaded: Callable[[str], Settings]) -> None:
    assert loaded("identifier: urn:isbn:9783161484100\n").identifier == "urn:isbn:9783161484100"


def test_what_is_said_is_kept(loaded: Callable[[str], Settings]) -> None:
    settings = loaded(
        "isbn: 978-3-16-148410-0\n"
        "subjects: [One, Two]\n"
        "front: [front.md]\n"
        "output: {name: book, formats: [pdf, pdf], page: [6in, 9in], paragraph-numbers: false}\n"
    )
    assert settings.isbn == "978-3-16-148410-0"
    assert settings.subjects == ("One", "Two")
    assert settings.front == ("front.md",)
    assert settings.output.formats == (Format.PDF,)
    assert (settings.output.name, settings.output.page_width) == ("book", "6in")
    assert not settings.output.paragraph_numbers


def test_a_series_has_marks_and_a_place_in_each_format(loaded: Callable[[str], Settings]) -> None:
    (series,) = loaded(
        "series:\n  - id: a\n    title: A\n    file: notes/a.md\n    marks: lower-alpha\n    placement: {pdf: margin}\n"
    ).series
    assert (series.marks, series.pdf, series.epub) == (Marks.LOWER_ALPHA, PdfPlacement.MARGIN, EpubPlacement.POP_UP)


def test_the_schema_is_json_and_knows_every_key() -> None:
    told = json.loads(schema())
    assert told["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(told["properties"]) == [key.name for key in EditionKeys.all()]
    assert told["required"] == ["title", "language", "contributors", "date", "source", "rights"]
    assert told["additionalProperties"] is False


def test_every_key_of_the_schema_has_a_description_and_a_type() -> None:
    def check(told: dict[str, object]) -> None:
        properties = told.get("properties", {})
        assert isinstance(properties, dict)
        for name, below in properties.items():
            assert below["description"], name
            assert below.keys() & {"type", "enum", "anyOf"}, name
            check(below)
            check(below.get("items", {}))

    check(json.loads(schema()))


def test_the_schema_accepts_what_the_reader_accepts_and_nothing_else() -> None:
    told = json.loads(schema())["properties"]
    assert told["rights"]["properties"]["status"]["enum"] == [
        "public-domain",
        "licensed",
        "permission",
        "exception",
        "unknown",
    ]
    assert told["style"]["enum"] == ["default", "accessible", "compact"]
    names, words, pair = told["output"]["properties"]["page"]["anyOf"]
    assert names["enum"][:4] == ["A4", "A5", "B5", "Letter"]
    assert words["type"] == "string"
    assert pair | {"items": {}} == {"type": "array", "items": {}, "minItems": 2, "maxItems": 2}
    assert "aut" in told["contributors"]["items"]["properties"]["role"]["enum"]


def test_limits_of_a_proof_are_the_usual_ones_where_nothing_is_said(loaded: Callable[[str], Settings]) -> None:
    assert loaded("").proof == Limits()
    assert loaded("proof: {loose: 3, last-page: 0, ink: 280, cmyk: true}\n").proof == Limits(
        looseness=3, last_page=0, ink=280, cmyk=True
    )


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("proof: {hyphens: many}", "E-005", "“many” is not a whole number"),
        ("proof: {hyphens: 2.5}", "E-005", "“2.5” is not a whole number"),
        ("proof: {hyphens: '3'}", "E-005", "“3” is not a whole number"),
        ("proof: {loose: [3]}", "E-005", "a number expected"),
        ("proof: {loose: 0.5}", "E-007", "0.5 is too small"),
        ("proof: {dpi: 0}", "E-007", "0 is too small"),
    ],
)
def test_limits_that_are_no_numbers_are_errors(
    loaded: Callable[[str], Settings], said: str, code: str, words: str
) -> None:
    with pytest.raises(PublisherError) as raised:
        loaded(f"{said}\n")
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, words)
    assert diagnostic.span is not None
    assert diagnostic.span.source.text[: diagnostic.span.start].endswith(
        f"{said.partition('{')[2].partition(':')[0]}: "
    )


def test_profiles_can_be_a_list(loaded: Callable[[str], Settings]) -> None:
    profiles = loaded("output: {profiles: [print, screen, print]}\n").output.profiles
    assert profiles == Profiles(wanted=(Profile.PRINT, Profile.SCREEN))


def test_each_profile_can_have_settings_of_its_own(loaded: Callable[[str], Settings]) -> None:
    profiles = loaded(
        "output:\n"
        "  profiles:\n"
        "    screen: {references: true, style: compact}\n"
        "    archive: {page: A4, line-numbers: {every: 10}}\n"
        "    print: {condition: FOGRA51, inks: black, bleed: 5mm, marks: false, page: [6in, 9in], sides: one,\n"
        "            margins: {inside: 2cm}, style: accessible, references: false}\n"
    ).output.profiles
    assert profiles.wanted == (Profile.SCREEN, Profile.ARCHIVE, Profile.PRINT)
    assert profiles.printed == PrintSettings(condition="FOGRA51", inks=Inks.BLACK, bleed="5mm", marks=False)
    assert replace(profiles.screen, page_span=None) == Overrides(references=True, style=Style.COMPACT)
    assert replace(profiles.archive, page_span=None) == Overrides(
        page=("210mm", "297mm"), line_numbers=LineNumbers(every=10)
    )
    assert replace(profiles.print, page_span=None) == Overrides(
        page=("6in", "9in"), sides=Sides.ONE, margins=Margins(inside="2cm"), style=Style.ACCESSIBLE, references=False
    )


def test_the_archive_is_made_like_the_screen_where_it_says_nothing_else(loaded: Callable[[str], Settings]) -> None:
    output = loaded(
        "output: {profiles: {screen: {style: compact, page: A5, references: true}, archive: {page: A4}, print: }}\n"
    ).output
    screen, archive, printed = map(output.made_for, (Profile.SCREEN, Profile.ARCHIVE, Profile.PRINT))
    assert (screen.page_width, archive.page_width, printed.page_width) == ("148mm", "210mm", "156mm")
    assert (screen.style, archive.style, printed.style) == (Style.COMPACT, Style.COMPACT, Style.DEFAULT)
    assert output.profiles.references(Profile.ARCHIVE)
    assert not output.looks_alike(Profile.SCREEN, Profile.ARCHIVE)
    alike = loaded("output: {profiles: {screen: {page: A5}, archive: }}\n").output
    assert alike.looks_alike(Profile.SCREEN, Profile.ARCHIVE)


@pytest.mark.parametrize(
    ("profiles", "code", "hint"),
    [
        ("[sceen]", "E-006", "did you mean “screen”?"),
        ("{prnt: {}}", "E-006", "did you mean “print”?"),
        ("{print: {blead: 3mm}}", "E-003", "did you mean “bleed”?"),
        ("{archive: {style: acessible}}", "S-016", "did you mean “accessible”?"),
        ("{screen: {page: A55}}", "S-014", "did you mean “A5”? Else give width and height: [156mm, 234mm]"),
        ("{screen: {stile: compact}}", "E-003", "did you mean “style”?"),
        ("{print: {bleed: 11mm}}", "E-007", "write it like 3mm"),
        ("{print: {bleed: wide}}", "E-007", "write it like 3mm"),
        ("{print: {inks: [cmyk]}}", "E-005", "write words, in quotes where in doubt"),
        ("{print: {icc: no.icc}}", "E-010", "write the file, or correct the name"),
        ("{print: {icc: ../press.icc}}", "E-011", "copy the file into the folder and name it from there, with /"),
        ("{print: yes}", "E-005", "write icc: …"),
        ("{screen: {bleed: 3mm}}", "E-003", "use one of: page, style, sides, margins, line-numbers, references"),
        ("{archive: {bleed: 3mm}}", "E-003", "use one of: page, style, sides, margins, line-numbers, references"),
        ("{archive: [1]}", "E-005", "write archive: and nothing else"),
        ("[]", "E-007", "correct the list"),
    ],
)
def test_what_is_wrong_with_a_profile_is_told_where_it_stands(
    loaded: Callable[[str], Settings], profiles: str, code: str, hint: str
) -> None:
    with pytest.raises(PublisherError) as raised:
        loaded(f"output: {{profiles: {profiles}}}\n")
    (found,) = raised.value.diagnostics
    assert (found.code, found.hint) == (code, hint)
    assert found.span is not None
    assert found.span.source.text[found.span.start : found.span.end] in profiles


def test_the_schema_knows_profiles_in_both_forms() -> None:
    output = json.loads(schema())["properties"]["output"]["properties"]["profiles"]
    listed, mapped = output["anyOf"]
    assert listed["items"] == {"enum": ["screen", "print", "archive"]}
    assert list(mapped["properties"]) == ["screen", "print", "archive"]
    assert {"icc", "bleed", "marks", "page"} <= set(mapped["properties"]["print"]["anyOf"][1]["properties"])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is no ICC profile"),
        (bytes(200), "is no ICC profile"),
        (b"\0\0\0\x84" + bytes(8) + b"scnrRGB XYZ " + bytes(12) + b"acsp" + bytes(92), "is an input profile for RGB"),
        (b"\0\0\0\x84" + bytes(8) + b"prtrRGB XYZ " + bytes(12) + b"acsp" + bytes(92), "is an output profile for RGB"),
        (b"\0\0\0\x84" + bytes(8) + b"prtrCMYKLab " + bytes(12) + b"acsp" + bytes(92), "is damaged or not complete"),
    ],
)
def test_a_profile_that_nothing_can_be_printed_with_is_refused(content: bytes, fault: str) -> None:
    assert str(profile_fault(content)).startswith(fault)


def test_the_profile_of_this_computer_can_be_printed_with() -> None:
    found = system_colour_profile()
    assert found is not None
    assert profile_fault(found[1]) is None


def test_the_lines_of_the_title_are_those_of_the_title_page(loaded: Callable[[str], Settings]) -> None:
    assert loaded("").title_lines == ()
    assert loaded("title-lines: [A  plain, title]\n").title_lines == ("A plain", "title")


@pytest.mark.parametrize(
    ("lines", "hint"),
    [
        ("[A plain, Title]", "title"),
        ("[A pla, in title]", "A plain title"),
        ("[A, plain]", "plain title"),
        ("[A plain, title, page]", "delete the line"),
        ("[title, A plain]", "A plain title"),
    ],
)
def test_lines_that_do_not_make_up_the_title_are_refused(
    loaded: Callable[[str], Settings], lines: str, hint: str
) -> None:
    with pytest.raises(PublisherError) as refused:
        loaded(f"title-lines: {lines}\n")
    (found,) = refused.value.diagnostics
    assert (found.code, found.message) == ("E-007", "the lines do not make up the title")
    assert (found.hint or "").endswith(hint)
