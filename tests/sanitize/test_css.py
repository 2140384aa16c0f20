"""A style sheet is checked token by token against the lists, and what is shipped is written from its tokens."""

from __future__ import annotations

import time

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.validation import NOT_PRINT_MEDIA, expanders, properties

from publisher.sanitize.css import MOST_CHARACTERS, MOST_TOKENS, Why, sanitized_sheet, sanitized_style
from publisher.sanitize.css.lists import PROPERTIES
from publisher.sanitize.css.write import shape
from publisher.workspace import resources

NET = "https://edition.invalid/a.png"

REFUSED: tuple[tuple[str, Why, int, int], ...] = (
    ("[*|href] { color: red }", Why.SYNTAX, 1, 1),
    ("p:is(a, [ *|href='x']) { color: red }", Why.SYNTAX, 1, 9),
    (f"p {{ background: url({NET}) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: url(\n{NET}) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: u\\72l({NET}) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: \\75 \\72 \\6C(\n'{NET}') }}", Why.ADDRESS, 1, 17),
    (f"p {{ b\\61 ckground: url({NET}) }}", Why.ADDRESS, 1, 20),
    ('p { background: url("h\\\nttps://edition.invalid/a.png") }', Why.ADDRESS, 1, 17),
    (f".x::after {{ content: '/*' }}\np {{ background: url({NET}) }}\n.y {{ content: '*/' }}", Why.ADDRESS, 2, 17),
    (f"/* a */ p /* b */ {{ background /* c */ : /* d */ url( /* no comment */{NET}) }}", Why.SYNTAX, 1, 50),
    (f'@font-face {{ font-family: Z; src: url(\n"{NET}") }}', Why.ADDRESS, 1, 35),
    (f"@font-face {{ font-family: Z; src: local(a), url({NET}) format('woff2') }}", Why.ADDRESS, 1, 45),
    (f"@import '{NET}';", Why.ADDRESS, 1, 1),
    (f"@import url({NET}) screen;", Why.ADDRESS, 1, 1),
    (f"@\\69 mport '{NET}';", Why.ADDRESS, 1, 1),
    ("@import 'own.css';", Why.ADDRESS, 1, 1),
    (f"@media print {{ @import '{NET}'; }}", Why.ADDRESS, 1, 16),
    (f"@namespace url({NET});", Why.ADDRESS, 1, 1),
    (f"@namespace a '{NET}';", Why.ADDRESS, 1, 1),
    ("@namespace 'http://www.w3.org/2000/svg'; p { background: url(http://www.w3.org/2000/svg) }", Why.ADDRESS, 1, 58),
    ("@charset 'windows-1252';", Why.RULE, 1, 1),
    ("@-moz-document url(a) { p { color: red } }", Why.RULE, 1, 1),
    ("@document domain(a) { p { color: red } }", Why.RULE, 1, 1),
    ("@view-transition { navigation: auto }", Why.RULE, 1, 1),
    (f"p {{ background: image-set('{NET}' 1x) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: -webkit-image-set(url({NET}) 1x) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: image('{NET}') }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: src('{NET}') }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: cross-fade(url({NET}), red) }}", Why.ADDRESS, 1, 17),
    (f"p {{ background: url('{NET}' crossorigin(anonymous)) }}", Why.ADDRESS, 1, 17),
    ("p { background: attr(data-a url) }", Why.ADDRESS, 1, 17),
    ("p { background: attr(data-a type(<url>)) }", Why.ADDRESS, 1, 17),
    (f":root {{ --a: url({NET}) }} p {{ background: var(--a) }}", Why.ADDRESS, 1, 14),
    (f":root {{ --a: {{ x: url({NET}) }} }}", Why.ADDRESS, 1, 19),
    (f"@property --a {{ syntax: '<url>'; inherits: false; initial-value: url({NET}) }}", Why.ADDRESS, 1, 66),
    (f"p {{ cursor: url({NET}), auto }}", Why.ADDRESS, 1, 13),
    (f"p::before {{ content: url({NET}) }}", Why.ADDRESS, 1, 22),
    (f"ul {{ list-style-image: url({NET}) }}", Why.ADDRESS, 1, 24),
    (f"p {{ mask: url({NET}) }}", Why.ADDRESS, 1, 11),
    (f"p {{ filter: url({NET}#f) }}", Why.ADDRESS, 1, 13),
    ("p { background: url(//edition.invalid/a.png) }", Why.ADDRESS, 1, 17),
    ("p { background: url(\\\\\\\\edition.invalid/a.png) }", Why.ADDRESS, 1, 17),
    ("p { background: url(/etc/passwd) }", Why.ADDRESS, 1, 17),
    ("p { background: url(../../secret.png) }", Why.ADDRESS, 1, 17),
    ("p { background: url(../images/../../secret.png) }", Why.ADDRESS, 1, 17),
    ("p { background: url(../images/%2e%2e/a.png) }", Why.ADDRESS, 1, 17),
    ("p { background: url(file:///etc/passwd) }", Why.ADDRESS, 1, 17),
    ("p { background: url() }", Why.ADDRESS, 1, 17),
    ("p { background: url('') }", Why.ADDRESS, 1, 17),
    ("p { background: url(data:image/svg+xml,%3Csvg/%3E) }", Why.ADDRESS, 1, 17),
    ("p { background: url(data:text/html;base64,AAAA) }", Why.ADDRESS, 1, 17),
    ("p { background: url('ht\\A tps://edition.invalid/') }", Why.ADDRESS, 1, 17),
    (f"@supports (background: url({NET})) {{ p {{ color: red }} }}", Why.ADDRESS, 1, 24),
    (f"p {{ & em {{ background: url({NET}) }} }}", Why.ADDRESS, 1, 24),
    (f"@media screen {{ p:hover {{ background: url({NET}) }} }}", Why.ADDRESS, 1, 39),
    ("p { color: expression(1) }", Why.ADDRESS, 1, 12),
    ("p { -moz-binding: url(a.xml#b) }", Why.ADDRESS, 1, 19),
    ("p { behavior: url(a.htc) }", Why.ADDRESS, 1, 15),
    ("p { width: whatever(1) }", Why.FUNCTION, 1, 12),
    ("p { zoom-x: 3 }", Why.PROPERTY, 1, 5),
    ("p { behavior: none }", Why.PROPERTY, 1, 5),
    ("p { src: local(a) }", Why.PROPERTY, 1, 5),
    ("p { content: 'a\n}", Why.SYNTAX, 1, 14),
    ("p { content: 'a", Why.SYNTAX, 1, 14),
    ("p { background: url(a b) }", Why.SYNTAX, 1, 17),
    ("p { background: url(a", Why.SYNTAX, 1, 17),
    ("p { color red }", Why.SYNTAX, 1, 14),
    ("p { color: red } }\nem { color: red }", Why.SYNTAX, 1, 18),
    ("<!-- p { color: red } -->", Why.SYNTAX, 1, 1),
    ("p { width: " + "9" * 5000 + "px }", Why.SIZE, 1, 12),
    ("p { width: " + "calc(" * 5000 + ")" * 5000 + " }", Why.SIZE, 1, 167),
    ("a, b { " * 25 + "color: red" + " }" * 25, Why.SIZE, 1, 57),
    ("p { --a: var(--b); --b: var(--a) }", Why.SIZE, 1, 5),
    ("p {" + "".join(f"--a{at}: var(--a{at + 1}) var(--a{at + 1});" for at in range(20)) + "}", Why.SIZE, 1, 4),
)  # fmt: skip
"""What a style sheet may not hold, why, and where."""


@pytest.mark.parametrize(("text", "why", "line", "column"), REFUSED, ids=[case[0][:50] for case in REFUSED])
def test_what_is_on_no_list_is_refused_where_it_stands(text: str, why: Why, line: int, column: int) -> None:
    found = sanitized_sheet(text)
    assert (why, line, column) in [(fault.why, fault.line, fault.column) for fault in found.faults]
    assert NET not in found.text


ALLOWED = (
    "p { color: red; margin: 0 auto !important }",
    "a[href^='https://example.org'] { color: #123 }",
    "p { background: url(#a); filter: url('#b'); mask: url(\"#c\") }",
    "p { background: url(../images/001-map.png) }",
    "p { background: url(data:image/png;base64,iVBORw0KGgo=) }",
    "@font-face { font-family: Z; src: url(../fonts/own-1.otf) format('opentype'); unicode-range: U+26, u+4?? }",
    "@namespace epub 'http://www.idpf.org/2007/ops'; [epub|type~='note'] { color: blue }",
    "@charset 'UTF-8'; p { color: red }",
    "@page text:nth(1 of text) { size: A5; marks: crop; @top-left { content: string(work) counter(page) } }",
    "@media (prefers-color-scheme: dark) { a:hover { color: white } }",
    "@supports (display: grid) and (not (display: x)) { p { display: grid; grid-template: 'a b' 1fr / 1fr } }",
    "@keyframes k { from { opacity: 0 } 50% { opacity: .5 } to { opacity: 1 } }",
    "@counter-style tick { system: cyclic; symbols: '✓'; suffix: ' ' }",
    "@font-feature-values Z { @styleset { fancy: 1 2 } }",
    "p { & > em, & + & { color: red } @media print { color: black } }",
    ":root { --a: var(--b, 3px); --b: { anything: [goes] } }",
    "p::after { content: attr(data-page) ' “' counters(x, '.') '”'; bookmark-label: content(text) }",
    "p { -epub-hyphens: auto; -webkit-hyphens: auto; string-set: running attr(title) }",
    "u+a { color: red }",
    "p { width: calc(1px + 2 * var(--x)); color: oklch(50% .1 20 / 50%); rotate: 3deg }",
    "p { content: 'it\\'s' \"\\\"\" '\\A' '\\201C' }",
    "#\\31 23.a\\:b { color: red }",
    "p { color: red",
    "p { color: red } /* never ended",
)
"""What an edition may use."""


@pytest.mark.parametrize("text", ALLOWED)
def test_what_dresses_a_book_is_allowed_and_means_the_same(text: str) -> None:
    found = sanitized_sheet(text)
    assert found.faults == ()
    again = sanitized_sheet(found.text)
    assert (shape(again.tokens), again.text) == (shape(found.tokens), found.text)


def test_places_in_what_is_written_are_places_in_the_source() -> None:
    text = "/* ünd */ p {\r\n  content: 'a\\\nb' /* c\nd */;\n  color: RED }\n\n\tem{}"
    found = tinycss2.parse_stylesheet(sanitized_sheet(text).text, True, True)
    assert [(item.source_line, item.source_column) for item in found] == [(1, 11), (7, 2)]
    assert "ünd" not in sanitized_sheet(text).text


@pytest.mark.parametrize(
    ("text", "shipped"),
    [
        ("p{width:1\\65 3}", "p{width:1\\65 3}"),
        ("p{content:'\\D800'}", "p{content:'\ufffd'}"),
        ("p{content:'\\0'}", "p{content:'\ufffd'}"),
        ("p{content:'\\7f \\b'}", "p{content:'\\7F \\B '}"),
        ("\u00a0{}", "\\A0 {}"),
        ("\\-\\-a{}", "--a{}"),
        ("-\\31 {}", "-\\31 {}"),
        ("\\.a\\\x7fb{}", "\\.a\\7F b{}"),
    ],
)
def test_escapes_are_written_so_that_every_program_reads_them(text: str, shipped: str) -> None:
    assert sanitized_sheet(text).text == shipped


def test_every_property_that_the_pdf_knows_is_allowed() -> None:
    known = {name.replace("_", "-") for name in INITIAL_VALUES} | {*properties.PROPERTIES, *expanders.EXPANDERS}
    assert sorted((known | {*NOT_PRINT_MEDIA}) - PROPERTIES) == []


def test_the_sheets_of_publisher_use_only_what_is_allowed() -> None:
    folder = resources("styles")
    sheets = [folder.read(name).decode() for name in folder.matching("**/*.css") if not name.startswith("covers/")]
    assert len(sheets) > 10
    assert [fault for sheet in sheets for fault in sanitized_sheet(sheet).faults] == []


def test_a_style_attribute_is_checked_as_declarations() -> None:
    assert sanitized_style("color: red; margin: 0").text == "color: red; margin: 0"
    assert [fault.why for fault in sanitized_style(f"background: url({NET})").faults] == [Why.ADDRESS]
    assert [fault.why for fault in sanitized_style("} p { color: red").faults][:1] == [Why.SYNTAX]


def test_too_much_is_refused_before_it_costs_much() -> None:
    before = time.process_time()
    assert [fault.why for fault in sanitized_sheet(" " * (MOST_CHARACTERS + 1)).faults] == [Why.SIZE]
    assert [fault.why for fault in sanitized_sheet("a," * (MOST_TOKENS // 2 + 1)).faults] == [Why.SIZE]
    assert time.process_time() - before < 5


PIECES = (
    "a", "p", "-", "--x", "\\", "\\31 ", "\\75 rl(", "url(", "#", "#1", "#a", ".", "+", "-1", "1", "1e3",
    "1\\65 3", "%", "px", "e3", "E-", "/", "*", "/*", "*/", "'", '"', "\n", "\r\n", " ", "\t", "(", ")", "[", "]", "{",
    "}", ";", ":", ",", "|", "||", "=", "~=", "!important", "!", "@", "@media", "@page", "u+a", "U+26", "?", "<!--",
    "-->", "\x00", "\x7f", "é", "\u00a0", "\U0001f600", "\\D800 ", "\\110000 ", "var(--x)", "calc(", "color", "red",
    "&", ">", "attr(", "content", "'a'", "\\\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_again_parses_to_the_same_tokens(text: str) -> None:
    for sanitize in (sanitized_sheet, sanitized_style):
        found = sanitize(text)
        if not found.faults:
            assert shape(tinycss2.parse_component_value_list(found.text)) == shape(found.tokens)
            assert sanitize(found.text).text == found.text
            found.text.encode()
