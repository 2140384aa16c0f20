"""Paragraphs broken as wholes: the best breaks, the places for hyphens, and the lines of the engine."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from tests.pdf.conftest import document, rendered
from weasyprint import CSS
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from publisher.layout.weasyprint import layout
from publisher.layout.weasyprint.features.composer import breaks, hooks, points
from publisher.layout.weasyprint.features.composer.breaks import (
    LOOSE,
    SHRINK,
    STRETCH,
    Hyphen,
    Measure,
    Point,
    choose,
    letter_fit,
    loosest,
)
from publisher.layout.weasyprint.features.composer.hooks import Composer
from publisher.layout.weasyprint.features.composer.letters import Fit, fit_letters
from publisher.layout.weasyprint.features.composer.plan import extend_plan
from publisher.layout.weasyprint.features.composer.points import divisions
from publisher.layout.weasyprint.fetch import Fetcher
from publisher.layout.weasyprint.hooks import apply_hooks
from publisher.layout.weasyprint.speed import speed_hooks

SPACE, LETTER = 250, 500
LIMITS = (6, 3, 3)


def words(lengths: Sequence[int], *, hyphens: Sequence[tuple[int, int]] = ()) -> list[Point]:
    """The points of words of so many letters; `hyphens` are after a letter of a word."""
    points, x, spaces, order = [Point(0, 0, 0, 0, 0, Hyphen.NONE, 0, 0, 0)], 0, 0, 1
    for number, length in enumerate(lengths):
        for word, letters in hyphens:
            if word == number:
                here = x + letters * LETTER
                points.append(Point(order, here + LETTER // 2, here, spaces, spaces, Hyphen.USUAL, 0, order, order))
                order += 1
        x += length * LETTER
        last = number == len(lengths) - 1
        after = spaces + (0 if last else SPACE)
        points.append(Point(order, x, x + SPACE, spaces, after, Hyphen.NONE, 0, order, None if last else order))
        x, spaces, order = x + SPACE, after, order + 1
    return points


def measure(room: float, **more: Any) -> Measure:
    """A paragraph that is so many letters wide."""
    return Measure(first=room * LETTER, rest=room * LETTER, em=2 * LETTER, **more)


def demerits(points: Sequence[Point], way: Sequence[int], of: Measure, most: float) -> float | None:
    """The demerits of lines that end at these points; None if one of them has no room."""
    node, last = breaks._Node(0.0, 0, 1, 0, None), len(points) - 1
    for at in way:
        start, point = points[node.point], points[at]
        gap = of.rest - (point.end - start.next)
        ratio = breaks._ratio(gap, point.spaces_before - start.spaces_after, 0.0, of, most, is_last=at == last)
        if ratio is None:
            return None
        fitness = breaks._fitness(ratio)
        own = breaks._demerits(ratio, point, gap, of, node.point, is_last=at == last)
        total = node.demerits + own + breaks._beside(node, point, fitness, is_last=at == last)
        node = breaks._Node(total, at, fitness, node.hyphens + 1 if point.hyphen else 0, node)
    return node.demerits


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("full", [False, True])
def test_no_other_lines_have_less_demerits(seed: int, full: bool) -> None:
    chance = random.Random(seed)
    points = words([chance.randint(1, 9) for _ in range(11)])
    of = measure(chance.randint(14, 24), last_is_full=full, shortest=3 * LETTER)
    last = len(points) - 1
    ways = [(*way, last) for count in range(last) for way in itertools.combinations(range(1, last), count)]
    known = [(total, way) for way in ways if (total := demerits(points, way, of, 8.0)) is not None]
    found = choose(points, of, most=8.0)
    if not known:
        assert found is None
    else:
        assert found is not None
        assert demerits(points, found, of, 8.0) == pytest.approx(min(known)[0])


def test_spaces_shrink_by_a_fifth_and_no_more() -> None:
    spaces = 3
    for narrower, fits in ((SHRINK, True), (SHRINK * 1.1, False)):
        natural = 16 * LETTER + spaces * SPACE
        of = Measure(first=natural - narrower * spaces * SPACE, rest=9 * LETTER, em=LETTER)
        found = choose(words([4, 4, 4, 4, 4]), of, most=LOOSE)
        assert (found is not None and found[0] == 4) is fits


@pytest.mark.parametrize(("fit", "fits"), [(0.0, False), (0.02, True)])
def test_letters_give_way_where_spaces_alone_do_not_reach(fit: float, fits: bool) -> None:
    spaces = 3
    natural = 16 * LETTER + spaces * SPACE
    room = natural - SHRINK * spaces * SPACE - 0.015 * natural
    found = choose(words([4, 4, 4, 4, 4]), Measure(first=room, rest=9 * LETTER, em=LETTER, fit=fit), most=LOOSE)
    assert (found is not None and found[0] == 4) is fits


@pytest.mark.parametrize("share", [-2.0, -1.0, -0.4, 0.0, 0.3, 1.0, 3.0])
def test_letters_and_spaces_share_in_proportion_up_to_what_letters_may(share: float) -> None:
    begin, *_, end = words([4, 4, 4, 4])
    natural, spaces = end.end - begin.next, end.spaces_before - begin.spaces_after
    of = Measure(first=0, rest=0, em=LETTER, fit=0.02, last_is_full=True)
    play = of.play(begin, end)
    room = natural + share * ((STRETCH if share > 0 else SHRINK) * spaces + play)
    fitted = letter_fit(begin, end, of, room, is_last=True)
    assert fitted == pytest.approx(0.02 * max(-1.0, min(share, 1.0)))


def test_texts_with_marks_above_letters_have_no_play() -> None:
    begin, *_, end = words([4, 4, 4, 4])
    whole = (begin.next, end.end)
    assert Measure(first=0, rest=0, em=LETTER, fit=0.02, unfitted=(whole,)).play(begin, end) == 0


def test_widened_letters_are_as_wide_as_they_are_drawn() -> None:
    fit = Fit(scaling=0.01, tracking=0.05)
    glyphs, width = 40, 200.0
    drawn = (width + glyphs * fit.tracking) * (1 + fit.scaling)  # ISO 32000-1, 9.4.4
    assert width + fit.widen(width, glyphs) == pytest.approx(drawn)


def test_the_first_line_may_be_too_loose_for_a_better_paragraph() -> None:
    """Line by line, the first line would take the third word, and the second line would gape."""
    points = words([6, 6, 4, 12, 6, 6, 4])
    found = choose(points, measure(18), most=8.0)
    assert found is not None
    assert loosest(points, found, measure(18)) < 8.0


def test_lines_with_hyphens_do_not_follow_each_other_if_they_need_not() -> None:
    lengths = [5, 9] * 8
    points = words(lengths, hyphens=[(number, 5) for number in range(1, 16, 2)])
    found = choose(points, measure(20), most=8.0)
    assert found is not None
    ends = "".join("-" if points[at].hyphen else " " for at in found)
    assert "---" not in ends


def test_a_last_line_is_not_the_rest_of_a_word() -> None:
    points = words([5, 5, 5, 5, 8], hyphens=[(4, 5)])
    found = choose(points, measure(27, shortest=2 * LETTER), most=8.0)
    assert found is not None
    assert [bool(points[at].hyphen) for at in found] == [False, False]


def test_a_ragged_line_is_never_too_long() -> None:
    points = words([5, 7, 3, 8, 6, 4, 5, 9, 2, 6])
    of = measure(20, ragged=True)
    found = choose(points, of, most=8.0)
    assert found is not None
    starts = (0, *found[:-1])
    assert all(points[at].end - points[start].next <= of.rest for start, at in zip(starts, found, strict=True))


def test_a_word_that_is_too_long_has_no_lines() -> None:
    assert choose(words([5, 40, 5]), measure(20), most=8.0) is None


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("reported", "en_GB", "re-port-ed"),
        ("Budapest", "en_GB", "Bu-da-pest"),
        ("atmosphère", "fr", "at-mo-sphère"),
        ("Donaudampfschiff", "de_DE", "Do-nau-dampf-schiff"),
    ],
)
def test_words_are_divided_as_the_language_does(word: str, language: str, parts: str) -> None:
    ends = (0, *divisions(word, language, (4, 2, 2)), len(word))
    assert "-".join(word[start:end] for start, end in itertools.pairwise(ends)) == parts


def test_three_letters_stand_before_and_after_a_hyphen() -> None:
    assert all(3 <= place <= 6 for place in divisions("reporters", "en_GB", LIMITS))
    assert divisions("reported", "en_GB", LIMITS) == ()


# --- in the engine

CSS_RULES = """
html { font: 10pt/14pt "Source Serif Pro" } body { margin: 0 } p { margin: 0; text-align: justify; hyphens: auto }
@page { size: 90mm 200mm; margin: 10mm } a { color: inherit; text-decoration: none }
.narrow { width: 30mm } .note { float: footnote; font-size: 8pt; line-height: 10pt; text-align: justify; hyphens: auto }
.note::footnote-call, .note::footnote-marker { content: none }
"""
TEXT = (
    "The participating States will not strengthen their security at the expense of the security of other States, and "
    "each of them has an equal right to security, whatever the organisations to which it belongs; within the framework "
    "of the Organization no State, group of States or organization can have any pre-eminent responsibility for "
    "maintaining peace and stability. "
)


def laid_out(body: str, *, composed: bool = True, rules: str = "") -> tuple[Any, Composer]:
    """A document as the engine lays it out, and the composer."""
    rendition = rendered(document(f'<section id="s">{body}</section>'), faces() + CSS_RULES + rules)
    (section,) = rendition.sections
    html = layout._Parsed(section.document, Fetcher((*rendition.dress.assets, *rendition.dress.stylesheets)))
    state = layout.EngineState(root=html.etree_element)
    hooks = [*speed_hooks(), *state.hooks(rendition.dress.assets)]
    if not composed:
        hooks = [hook for hook in hooks if getattr(hook.function, "__module__", "").split(".")[-2] != "composer"]
    with apply_hooks(hooks):
        made, _ = layout._render(
            html, layout._prepare(rendition.dress), state, CSS(string='html { hyphenate-character: "-" }')
        )
    return made, state.composer


def faces() -> str:
    """The typefaces of the styles."""
    return rendered("").dress.stylesheets[0].content.decode().partition("html {")[0]


def lines(made: Any) -> list[Any]:
    """The lines of the text of a document."""
    return [line for page in made.pages for line in _lines(page._page_box.children[0])]


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)


def text(line: Any) -> str:
    """The text of a line."""
    return "".join(box.text for box in line.descendants() if isinstance(box, TextBox))


def joined(made: Any) -> str:
    """The text of a document, with words that were divided put together."""
    return re.sub(r"-\n", "", "\n".join(map(text, lines(made)))).replace("\n", " ")


def spaces(made: Any) -> list[float]:
    """How much is added to each space of each justified line, as a share of a space of 10 pt."""
    return [
        box.justification_spacing / (0.25 * box.style["font_size"])
        for line in lines(made)
        for box in line.descendants()
        if isinstance(box, TextBox) and " " in box.text
    ]


def test_a_paragraph_has_every_word_and_even_spaces() -> None:
    body = f"<p>{TEXT * 3}</p>"
    greedy, _ = laid_out(body, composed=False)
    made, composer = laid_out(body)
    assert joined(made) == joined(greedy).replace("  ", " ") == (TEXT * 3).strip()
    assert composer.composed == 1
    assert not composer.refused
    assert min(spaces(made)) < 0 <= min(spaces(greedy))
    assert max(spaces(made)) < max(spaces(greedy))


def test_lines_fill_their_measure_and_last_lines_do_not() -> None:
    made, _ = laid_out(f"<p>{TEXT}</p>")
    *full, last = lines(made)
    right = [line.position_x + line.width for line in full]
    assert max(right) - min(right) < 0.05
    assert last.width < full[0].width


MIXED = f"""<p>Before <em>marked words</em> and <strong>others</strong>, “quoted”<a href="#n"><sup class="x">1</sup></a>
in the middle; {TEXT}<em>of a text that</em><span> continues</span> here, with <span
style="white-space: nowrap">no break in here</span> and <u>underlined words</u>, 10<sup>2</sup>, office, affluent,
<i lang="de">Donaudampfschifffahrt</i> and {TEXT}</p>"""


@pytest.mark.parametrize("width", [30, 37, 45, 52, 60, 70])
def test_words_between_marks_of_style_are_there_once_at_any_width(width: int) -> None:
    made, composer = laid_out(MIXED, rules=f"p {{ width: {width}mm }}")
    greedy, _ = laid_out(MIXED, composed=False, rules=f"p {{ width: {width}mm }}")
    assert composer.composed == 1
    assert re.sub(r"[\s-]+", "", joined(made)) == re.sub(r"[\s-]+", "", joined(greedy))
    assert sum("no break in here" in text(line) for line in lines(made)) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("soft\u00adhyphen", "characters"),
        ("<bdo dir='rtl'>\u05d0\u05d1</bdo>", "boxes in the line"),
        ("a<br/>b", "white space"),
        ("<i style='float: left'>f</i>", "floats"),
        ("<i style='display: inline-block'>f</i>", "pictures and blocks in the line"),
        ("<i style='padding: 0 1mm'>f</i>", "boxes with space at their sides"),
        ("<i style='position: relative'>f</i>", "boxes in the line"),
        ("W" * 80, "characters"),
    ],
)
def test_what_is_left_to_the_engine_is_counted_by_its_reason(body: str, reason: str) -> None:
    made, composer = laid_out(f"<p>{TEXT}{body} {TEXT}</p>")
    assert composer.refused[reason] >= 1
    assert "participating" in joined(made)


@pytest.mark.parametrize("hyphens", ["auto", "none"])
def test_ragged_text_is_even_and_has_no_spaces_of_other_widths(hyphens: str) -> None:
    rules = f"p {{ text-align: left; hyphens: {hyphens} }}"
    made, composer = laid_out(f"<p>{TEXT * 3}</p>", rules=rules)
    greedy, _ = laid_out(f"<p>{TEXT * 3}</p>", composed=False, rules=rules)
    assert composer.composed == 1
    assert set(spaces(made)) == {0}
    widths = [[line.width for line in lines(item)[:-1]] for item in (made, greedy)]
    ends = [text(line) for line in lines(made) if text(line).endswith("-")]
    if hyphens == "none":
        assert max(widths[0]) - min(widths[0]) <= max(widths[1]) - min(widths[1])
        assert {end.split()[-1] for end in ends} <= {"pre-"}


def test_letters_of_justified_lines_are_fitted_within_the_limits_of_the_style() -> None:
    limits = ":root { --letter-fit: 2%; --glyph-scaling: 1% }"
    body = f"<p>{TEXT * 3}</p>"
    made, _ = laid_out(body, rules=limits)
    plain, _ = laid_out(body)
    fits = [box.pango_layout.fit for line in lines(made) for box in fit_letters(line)]
    assert any(fit.scaling for fit in fits)
    assert all(abs(fit.scaling) <= 0.01 + 1e-9 for fit in fits)
    assert {round(line.width, 2) for line in lines(made)[:-1]} == {round(line.width, 2) for line in lines(plain)[:-1]}
    assert max(spaces(made)) <= max(spaces(plain))
    assert re.sub(r"\s+", "", joined(made)) == re.sub(r"\s+", "", joined(plain))


@pytest.mark.parametrize("rules", ["p { text-align: left }", "p { letter-spacing: 1px }", ":root { --letter-fit: 0% }"])
def test_letters_stay_as_they_are_in_ragged_and_spaced_text_and_without_the_property(rules: str) -> None:
    made, _ = laid_out(f"<p>{TEXT * 2}</p>", rules=f":root {{ --letter-fit: 2% }} {rules}")
    assert {box.pango_layout.fit.scaling for line in lines(made) for box in fit_letters(line)} <= {0.0}
    assert {box.pango_layout.fit.tracking for line in lines(made) for box in fit_letters(line)} <= {0.0}


@pytest.mark.parametrize("number", ["", "<span>1</span>", "<span>1</span> "])
def test_an_indented_paragraph_is_planned_once(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    rooms: list[tuple[float, float]] = []

    def count(context: Any, line: Any, plan: Any, place: Any, *, first: float, rest: float) -> None:
        rooms.append((first, rest))
        extend_plan(context, line, plan, place, first=first, rest=rest)

    monkeypatch.setattr(hooks, "extend_plan", count)
    rules = "p { text-indent: 20px; position: relative } span { position: absolute; left: -10mm }"
    laid_out(f"<p>{number}{TEXT * 3}</p>", rules=rules)
    ((first, rest),) = rooms
    assert rest - first == pytest.approx(20)


def test_tracking_of_one_paragraph_changes_nothing_in_another() -> None:
    rules = ":root { --letter-fit: 2% } .closer { letter-spacing: -0.5px }"
    alone, _ = laid_out(f"<p>{TEXT * 3}</p>", rules=rules)
    after, _ = laid_out(f'<p class="closer">{TEXT * 3}</p><p>{TEXT * 3}</p>', rules=rules)
    expected = [(text(line), line.width, [box.pango_layout.fit for box in fit_letters(line)]) for line in lines(alone)]
    found = [(text(line), line.width, [box.pango_layout.fit for box in fit_letters(line)]) for line in lines(after)]
    assert found[-len(expected) :] == expected


def test_a_cell_that_is_as_wide_as_its_words_keeps_them_on_one_line() -> None:
    body = "<table><tr><td>Some words of a cell</td><td>other words</td></tr></table>"
    made, _ = laid_out(body, rules="td { text-align: left }")
    assert [text(line) for line in lines(made)] == ["Some words of a cell", "other words"]


def test_ends_of_lines_are_where_no_rule_forbids_them() -> None:
    made, _ = laid_out(
        f"<p>{TEXT}See www.example.org/documents_of/participating and well-established commitments – or not – as "
        f"reported{'; the commitments of Budapest' * 8}. {TEXT}</p>"
    )
    ends = [text(line) for line in lines(made)]
    assert not any(line.startswith("–") for line in ends)
    assert not any(re.search(r"(?:well-\w+|www\S*|_\w+)-$", line) and not line.endswith("well-") for line in ends)


def test_a_note_that_is_laid_out_with_every_other_note_is_composed_once() -> None:
    notes = "".join(
        f'Word<a class="note-call" id="c{at}" href="#n{at}">{at}</a>'
        f'<aside class="note" id="n{at}" role="doc-footnote">{TEXT}</aside> '
        for at in range(3)
    )
    _, composer = laid_out(f"<p>{notes}{TEXT}</p>")
    assert composer.composed <= 6


def test_the_rest_of_a_paragraph_has_other_room() -> None:
    body = f"<div style='float: right; width: 30mm; height: 30mm'>beside</div><p>{TEXT * 2}</p>"
    made, composer = laid_out(body)
    assert composer.composed >= 1
    assert re.sub(r"\s+", "", (TEXT * 2)) in re.sub(r"\s+", "", joined(made))


def test_a_text_without_spaces_takes_time_in_proportion_to_its_length() -> None:
    text = "word," * 40_000
    ends = [points._is_plain(text, at, at + 4) for at in range(0, len(text), 5)]
    assert all(ends)


def test_a_word_in_a_long_address_is_not_divided() -> None:
    address = "https://www.example.org/participating"
    assert not points._is_plain(f"see {address} now", 4 + address.index("part"), 4 + len(address))
    assert not points._is_plain("see example.org/participating now", 16, 29)
    assert not points._is_plain("see folder/participating/file now", 11, 24)
    assert points._is_plain("see participating now", 4, 17)
    assert points._is_plain("the Russian/Ukrainian border", 4, 11)
    assert not points._is_plain("see well-participating now", 9, 22)
