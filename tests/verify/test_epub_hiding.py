"""What a style sheet hides, and what it only dresses."""

from __future__ import annotations

import pytest
from lxml import etree

from publisher.verify.epub.rules import sheet
from publisher.verify.epub.visibility import Styles

BODY = """<html xmlns="http://www.w3.org/1999/xhtml"><body class="b"><section id="s">
<p id="p" class="c">Words <em>stressed</em> here</p><p>Others</p></section></body></html>"""

SEEN = (
    "p { display: block }",
    "p { display: none } p.c, p { display: block }",
    "#p { visibility: hidden } #p#p { visibility: visible }",
    "p { opacity: 0.5 }",
    "p { font-size: 0.62rem }",
    "sup { line-height: 0; font-size: 0.75em }",
    "p { font: italic 400 1rem/1.4 serif }",
    "p { color: #595959 }",
    "p { color: white; background: #333 }",
    "body { background: black } p { color: white }",
    "@media (prefers-color-scheme: dark) { p { color: white } }",
    "p { text-indent: calc(-1 * var(--indent)); padding-left: 2em }",
    "p { text-indent: -2em }",
    "p { position: relative; left: 2em }",
    "p { left: -9999px }",
    "td { width: 1px }",
    "p { clip-path: inset(0) }",
    "p { clip-path: polygon(0 0, 100% 0, 100% 100%) }",
    "p { transform: rotate(90deg) }",
    "div { display: none }",
    "p:hover { display: none }",
    "p::before { display: none }",
    "p { unicode-bidi: isolate }",
    "p { width: 100%; overflow: hidden }",
    "@font-face { font-family: a; src: url(a.otf) }",
    "p { visibility: hidden } p, p em { visibility: visible }",
)
HIDDEN = (
    ("p.c { display: none }", "Words stressed here"),
    ("p { display: block } .c { display: none }", "Words stressed here"),
    ("#p { display: none } p.c { display: block }", "Words stressed here"),
    ("p.c { display: none !important } #p { display: block }", "Words stressed here"),
    ("@media screen { @supports (display: grid) { em { display: none } } }", "stressed"),
    ("section { .c { em { display: none } } }", "stressed"),
    ("section { & > .c em { display: none } }", "stressed"),
    ("p.c { visibility: hidden } em { visibility: visible }", "Words  here"),
    ("p.c { font-size: 0 } em { font-size: 2em }", "Words stressed here"),
    ("p.c { font-size: 0 } em { font-size: 1rem }", "Words  here"),
    ("p.c { font: 0/0 a }", "Words stressed here"),
    ("em { opacity: 0% }", "stressed"),
    ("em { color: rgba(0, 0, 0, 0) }", "stressed"),
    (":root { --paper: #fff } em { color: var(--paper) }", "stressed"),
    ("em { background: navy; color: #000080 }", "stressed"),
    ("@media (prefers-color-scheme: dark) { body { background: #111 } em { color: #111 } }", "stressed"),
    ("em { position: fixed; top: -100vh }", "stressed"),
    ("em { position: absolute; clip: rect(1px, 1px, 1px, 1px) }", "stressed"),
    ("em { clip-path: circle(0) }", "stressed"),
    ("em { clip-path: polygon(0 0, 0 0, 0 0) }", "stressed"),
    ("em { max-height: 0; overflow: hidden }", "stressed"),
    ("em { transform: translateX(-1000px) }", "stressed"),
    ("em { filter: opacity(0) }", "stressed"),
    ("em { unicode-bidi: isolate-override; direction: rtl }", "stressed"),
    ("p:first-of-type::first-line { font-size: 0 }", "Words stressed here"),
)


def hidden(css: str, *, body: str = BODY) -> list[str]:
    """The words that a style sheet takes away."""
    styles = Styles([sheet("x.css", css)])
    assert styles.unweighed == []
    return [concealed.text.strip() for concealed in styles.conceal(etree.fromstring(body))]


@pytest.mark.parametrize("css", SEEN)
def test_what_only_dresses_words_hides_none(css: str) -> None:
    assert hidden(css) == []


@pytest.mark.parametrize(("css", "words"), HIDDEN)
def test_what_takes_words_away_is_found(css: str, words: str) -> None:
    assert hidden(css) == [words]


def test_a_style_of_an_element_weighs_more_than_a_sheet() -> None:
    body = BODY.replace('id="p"', 'id="p" style="display: block"')
    assert hidden("#p { display: none }", body=body) == []
    assert hidden("#p { display: none !important }", body=body) == ["Words stressed here"]
    assert hidden("", body=body.replace("block", "none")) == ["Words stressed here"]


def test_a_rule_that_hides_in_a_way_nobody_understands_is_told() -> None:
    assert [rule.selector for _, rule in Styles([sheet("x", "p::-x-y { display: none }")]).unweighed] == ["p::-x-y"]
    assert Styles([sheet("x", "p::-x-y { color: red }")]).unweighed == []
