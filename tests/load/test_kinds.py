"""Letters, diaries, plays and marked words become blocks and words of a kind, and not a letter is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.model.block import BlockQuote, Division, Figure, Heading, Paragraph, ThematicBreak, Verse
from publisher.model.inline import CrossReference, Emphasis, Foreign, Run, Styled, Target
from publisher.model.text import Text
from publisher.model.walk import inlines_of, plain_of_inlines

TextOf = Callable[[str], Text]
MistakesIn = Callable[[str], list[str]]


@pytest.mark.parametrize(
    "kind",
    [
        "dateline",
        "addressee",
        "salutation",
        "valediction",
        "signature",
        "postscript",
        "speaker",
        "stage-direction",
        "centred",
        "right",
        "continued",
    ],
)
def test_paragraph_of_a_kind(text_of: TextOf, kind: str) -> None:
    text = text_of(f"Some *words* {{.{kind}}}\n\nOthers.")
    first, second = text.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert (first.name, second.name) == (kind, None)
    assert text.plain == "Some words\nOthers."


@pytest.mark.parametrize(
    "words",
    ["He wrote {sic}", "a set {1, 2}", "{name}", "braces {} here {}", "x {a=b}", r"an escape \{.salutation}", "{ # }"],
)
def test_other_braces_are_words(text_of: TextOf, words: str) -> None:
    (block,) = text_of(words).blocks
    assert isinstance(block, Paragraph)
    assert plain_of_inlines(block.children) == words.replace("\\{", "{")


@pytest.mark.parametrize(
    "written",
    [
        "My Lord, {.salutation}",
        "My Lord,\n{.salutation}",
        "> My Lord, {.salutation}",
        "- My Lord, {.salutation}",
        "[^1]\n\n[^1]: My Lord, {.salutation}",
        "::: letter\nMy Lord, {.salutation}\n:::",
    ],
)
def test_braces_are_no_words_wherever_the_paragraph_is(text_of: TextOf, written: str) -> None:
    text = text_of(written)
    assert "{" not in text.plain
    assert "salutation" not in text.plain


def test_each_run_of_a_paragraph_with_braces_is_where_its_span_is(text_of: TextOf) -> None:
    text = text_of("> *My* Lord,\n> and Lady {.salutation}\n")
    (quote,) = text.blocks
    assert isinstance(quote, BlockQuote)
    (paragraph,) = quote.blocks
    assert isinstance(paragraph, Paragraph)
    last = paragraph.children[-1]
    assert isinstance(last, Run)
    assert (span := last.span) is not None
    assert text.source.text[span.start : span.end].endswith("and Lady")


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("[Hamlet]{.title}", Emphasis.TITLE),
        ("[B.]{.source}", Emphasis.SOURCE),
        ("[Naseby]{.ship}", Emphasis.SHIP),
        ("[bon mot]{.foreign}", Emphasis.FOREIGN),
        ("[words]{.italic}", Emphasis.ITALIC_TYPE),
        ("[term]{.term}", Emphasis.TERM),
        ("[XIV]{.roman}", Emphasis.ROMAN),
        ("[A.D.]{.all-small-caps}", Emphasis.ALL_SMALL_CAPS),
        ("[HAMLET.]{.speaker}", Emphasis.SPEAKER),
        ("[Exit.]{.stage-direction}", Emphasis.STAGE_DIRECTION),
        ("*words*", Emphasis.ITALIC),
    ],
)
def test_kinds_of_words(text_of: TextOf, written: str, style: Emphasis) -> None:
    (block,) = text_of(f"See {written} there.").blocks
    assert isinstance(block, Paragraph)
    (found,) = (styled for styled in block.children if isinstance(styled, Styled))
    assert found.style is style


@pytest.mark.parametrize("kind", ["acronym", "initialism", "truncation", "name", "title", "era", "other"])
def test_abbreviations_have_kinds(text_of: TextOf, kind: str) -> None:
    (block,) = text_of(f"[Mr.]{{abbr={kind}}} Pepys").blocks
    assert isinstance(block, Paragraph)
    found = block.children[0]
    assert isinstance(found, Styled)
    assert (found.style, found.value) == (Emphasis.ABBREVIATION, kind)


def test_words_with_a_language_a_kind_and_an_id(text_of: TextOf) -> None:
    (block,) = text_of("[bon mot]{.foreign lang=fr #mot}").blocks
    assert isinstance(block, Paragraph)
    (place,) = block.children
    assert isinstance(place, Styled)
    assert place.id == "mot"
    (foreign,) = place.children
    assert isinstance(foreign, Foreign)
    assert foreign.language == "fr"
    assert isinstance(foreign.children[0], Styled)


def date_in(block: object) -> str | None:
    """The date that the first words of a block say."""
    assert isinstance(block, Paragraph | Heading)
    first = block.children[0]
    return first.value if isinstance(first, Styled) and first.style is Emphasis.DATE else None


def test_dates_of_headings_words_letters_and_entries(text_of: TextOf) -> None:
    text = text_of(
        "## 2 September {#fire date=1666-09-02}\n\n[3d.]{date=1666-09-03} Up.\n\n"
        "::: entry {date=1666-09-04}\n### The fourth\n\nUp.\n:::\n\n"
        "::: letter {date=1666-09}\nMy Lord,\n\nLondon, September {.dateline}\n:::\n\n"
        '::: entry {date="c. 1666"}\nUp.\n:::'
    )
    heading, paragraph, entry, letter, plain = text.blocks
    assert (date_in(heading), date_in(paragraph)) == ("1666-09-02", "1666-09-03")
    assert isinstance(entry, Division)
    assert isinstance(letter, Division)
    assert isinstance(plain, Division)
    assert (entry.date, date_in(entry.blocks[0]), date_in(entry.blocks[1])) == ("1666-09-04", "1666-09-04", None)
    assert (letter.date, date_in(letter.blocks[0]), date_in(letter.blocks[1])) == ("1666-09", None, "1666-09")
    assert (plain.date, date_in(plain.blocks[0])) == ("1666~", "1666~")
    assert "date" not in text.plain


def test_blocks_nest_with_as_many_colons(text_of: TextOf) -> None:
    text = text_of("::: play\n::: act\n::: scene {#one}\nWho's there?\n:::\n:::\n:::\n\nAfter.")
    play, after = text.blocks
    assert isinstance(play, Division)
    assert isinstance(after, Paragraph)
    (act,) = play.blocks
    assert isinstance(act, Division)
    (scene,) = act.blocks
    assert isinstance(scene, Division)
    assert (play.name, act.name, scene.name, scene.id) == ("play", "act", "scene", "one")


@pytest.mark.parametrize(
    "written",
    [
        "::: poem\n```\n:::\n```\n\n| line\n:::\n\nAfter.",
        "> ::: poem\n> | line\n> :::\n\nAfter.",
        "::: {.poem}\n| line\n:::\n\nAfter.",
        "::: poem :::\n| line\n:::\n\nAfter.",
        "- ::: poem\n  | line\n  :::\n\nAfter.",
    ],
)
def test_blocks_end_where_their_colons_are(text_of: TextOf, written: str) -> None:
    after = text_of(written).blocks[-1]
    assert isinstance(after, Paragraph)
    assert plain_of_inlines(after.children) == "After."


def test_verse_with_numbers_language_and_id(text_of: TextOf) -> None:
    (verse,) = text_of("| arma virumque\n|   cano {lang=la numbers=5 from=3 #arma}").blocks
    assert isinstance(verse, Verse)
    assert (verse.language, verse.every, verse.first, verse.id) == ("la", 5, 3, "arma")
    assert plain_of_inlines(verse.lines[1]) == "\u00a0\u00a0cano"


def test_verse_of_a_poem_is_counted_through(text_of: TextOf) -> None:
    (poem,) = text_of("::: poem {numbers=2 from=9}\n| a\n| b\n\n| c {lang=la}\n\n| d\n:::").blocks
    assert isinstance(poem, Division)
    assert [(verse.every, verse.first, verse.language) for verse in poem.blocks if isinstance(verse, Verse)] == [
        (2, 9, None),
        (2, 11, "la"),
        (2, 12, None),
    ]


def test_plates_page_breaks_and_groups(text_of: TextOf) -> None:
    text = text_of(
        '![one](a.png "A"){.plate #p}\n\n{.page-break}\n\n'
        "::: pictures {#both}\n![two](b.png){width=40%}\n\n![three](c.png)\n\nBoth {.caption}\n:::"
    )
    plate, ended, group = text.blocks
    assert isinstance(plate, Figure)
    assert (plate.is_plate, plate.id) == (True, "p")
    assert ended == ThematicBreak(is_page_break=True)
    assert isinstance(group, Division)
    assert [type(block).__name__ for block in group.blocks] == ["Figure", "Figure", "Paragraph"]
    assert text.plain == "A\nBoth"


def test_links_to_what_has_an_id(text_of: TextOf) -> None:
    (block,) = text_of("See [the fire](#fire) and [](#p12).").blocks
    assert isinstance(block, Paragraph)
    found = [cross_reference for cross_reference in block.children if isinstance(cross_reference, CrossReference)]
    assert [
        (cross_reference.target, cross_reference.id, plain_of_inlines(cross_reference.children))
        for cross_reference in found
    ] == [
        (Target.PLACE, "fire", "the fire"),
        (Target.PLACE, "p12", ""),
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Words {.salutaton}", "M-004"),
        ("Words {.salutation .centred}", "M-004"),
        ("Words {lang=klingonisch}", "M-004"),
        ("Words {numbers=5}", "M-004"),
        ("| line {numbers=none}", "M-004"),
        ("| line {.salutation}", "M-004"),
        ("[Mr.]{abbr=mister}", "M-004"),
        ("{.salutation}", "M-004"),
        ("> Words\n>\n> — Who {.right}", "M-004"),
        ("[day]{date=1666-02-30}", "M-051"),
        ("## Day {date=Easter}", "M-051"),
        ("::: entry {date=1666-13-01}\nWords\n:::", "M-051"),
        ("::: poem {date=1666}\n| line\n:::", "M-004"),
        ("::: letter\nWords", "M-017"),
        ("::: lettre\nWords\n:::", "M-052"),
        ("::: letter {.poem}\nWords\n:::", "M-004"),
        ("::: pictures\nWords\n:::", "M-053"),
        ("Words {.caption}", "M-053"),
        ("[nowhere](#)", "M-008"),
        ("![one](a.png){.plat}", "M-004"),
    ],
)
def test_mistakes_are_located(mistakes_in: MistakesIn, written: str, code: str) -> None:
    found = mistakes_in(written)
    assert found, written
    assert all(text.startswith(code) for text in found), found


def test_page_break_at_the_beginning_of_a_block_precedes_it(text_of: TextOf) -> None:
    ended, letter = text_of("::: letter {#x}\n{.page-break}\n\nMy Lord,\n:::").blocks
    assert ended == ThematicBreak(is_page_break=True)
    assert isinstance(letter, Division)
    assert len(letter.blocks) == 1


def test_each_run_of_indented_verse_with_braces_is_where_its_span_is(text_of: TextOf) -> None:
    text = text_of("> |   arma *virumque* cano {lang=la}")
    for run in (inline for inline in inlines_of(text.blocks) if isinstance(inline, Run)):
        assert run.span is not None
        assert text.source.text[run.span.start : run.span.end] == run.text.replace("\u00a0", " ")
