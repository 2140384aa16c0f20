"""Whatever a style sheet or a drawing holds, it is refused at a place, or shipped, drawn and proved."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import ExitCode, PublisherError
from publisher.sanitize.css import sanitized_sheet
from publisher.sanitize.svg import drawing
from publisher.workspace import Folder

DRAWINGS, STYLES = (400, 20_000), (600, 40_000)
"""How many drawings and style sheets are tried always, and at night."""
LEAST = 0.2
"""The part of them that is written again, at least."""
LayDown = Callable[[Path, dict[str, bytes]], Path]
SHAPES = (
    "rect", "circle", "ellipse", "line", "path", "polygon", "polyline", "text", "tspan", "textPath", "image",
)  # fmt: skip
PARTS = (
    "g", "svg", "symbol", "defs", "a", "switch", "use", "mask", "marker", "pattern", "clipPath", "filter",
    "style",
)  # fmt: skip
PAINTS = (
    "linearGradient", "radialGradient", "stop", "feOffset", "feBlend", "feFlood", "animate", "title", "desc",
)  # fmt: skip
STRANGE = (
    "foreignObject", "script", "h:img", "i:grid", "metadata", "font", "rec\u0442",
)  # fmt: skip
NUMBERS = (
    "0", "1", "-1", "9", "50%", "1e3", ".5", "2em", "1e9", "-1e-9", "1,2", "1 2 3", "auto", "x", "", "1e400",
    "5mm",
)  # fmt: skip
IDS = (
    "a", "b", "c", "d", "e",
)  # fmt: skip
VALUES = (
    "#a", "url(#a)", "url('#b') red", "url(#c) none", "none", "red", "#123", "currentColor", "inherit",
    "rgb(1 2 3 / 50%)", "M0 0h9v9z", "M1,1 2-2.5.5a1 1 0 011 1T3 3S1 1 2 2", "m0 0q1 1 2 2t3 3z l1 1", "M 1",
    "L1 1", "1 2 3 4 5", "rotate(45)", "scale(0)", "matrix(1 0 0 1 0 0)", "translate(1e3,2)skewX(89)",
    "rotate(a)", "objectBoundingBox", "userSpaceOnUse", "repeat", "reflect", "xMidYMid slice", "evenodd", "bold",
    "middle", "preserve", "45deg", "round", "fill: url(#a); opacity: .5", "stroke:#000;stroke-width:2",
    "font: 12px a", "transform: rotate(3deg)", "display: none", "http://edition.invalid/",
    "data:image/png;base64,AAAA", "javascript:a", "url(http://edition.invalid/)", "\\75rl(a)",
)  # fmt: skip
ATTRIBUTES = (
    "id", "href", "xlink:href", "class", "style", "fill", "stroke", "d", "points", "transform", "viewBox",
    "width", "height", "x", "y", "r", "rx", "cx", "x1", "x2", "y1", "y2", "offset", "dx", "rotate",
    "letter-spacing", "text-anchor", "textLength", "opacity", "clip-path", "mask", "filter", "marker-start",
    "marker-mid", "marker-end", "stroke-dasharray", "stroke-width", "gradientUnits", "spreadMethod",
    "gradientTransform", "patternUnits", "patternContentUnits", "maskUnits", "orient", "refX",
    "preserveAspectRatio", "font-size", "font-weight", "stop-color", "stop-opacity", "fill-rule", "visibility",
    "onload", "ping", "xml:base", "data-a", "i:label", "attributeName", "from", "stroke-miterlimit",
    "fill-opacity", "mode",
)  # fmt: skip
STRANGERS = 10
"""How many attributes, the last ones, are for drawings that are spoilt."""
HARMLESS = {
    "id": ("a", "b", "c", "d", "e",),
    "href": ("#a", "#b",),
    "xlink:href": ("#c", "#d",),
    "class": ("a", "b", "c", "d", "e",),
    "d": ("M0 0h9v9z", "M1,1 2-2.5.5a1 1 0 011 1T3 3S1 1 2 2", "m0 0q1 1 2 2t3 3z l1 1", "M 1", "L1 1",),
    "points": ("1 2 3 4", "0,0 9,9 5",),
    "fill": ("url(#a)", "url('#b') red", "url(#c) none", "none", "red", "#123", "currentColor", "inherit",
        "rgb(1 2 3 / 50%)",),
    "stroke": ("url(#a)", "url('#b') red", "url(#c) none", "none", "red", "#123", "currentColor", "inherit",
        "rgb(1 2 3 / 50%)",),
    "transform": ("rotate(45)", "scale(0)", "matrix(1 0 0 1 0 0)", "translate(1e3,2)skewX(89)", "rotate(a)",),
    "clip-path": ("url(#a)", "url(#b)",),
    "mask": ("url(#c)",),
    "filter": ("url(#d)",),
    "style": ("fill: url(#a); opacity: .5", "stroke:#000;stroke-width:2", "font: 12px a",
        "transform: rotate(3deg)", "display: none",),
    "viewBox": ("0 0 9 9", "1 2 3", "0 0 0 0",),
    "orient": ("auto", "45", "45deg", "x",),
    "marker-start": ("url(#e)",),
    "marker-mid": ("url(#e)",),
    "marker-end": ("url(#b)",),
}  # fmt: skip
SHEETS = (
    "rect { fill: url(#a) } .b { opacity: .5 }", ".a, #b { stroke: red; marker: url(#c) }",
    "* { font-size: 3px }",
)  # fmt: skip


def random_drawing(chance: random.Random, *, spoilt: bool, worded: bool = True) -> str:
    """A drawing put together by chance: parts in parts, of which some name each other."""
    drawn = SHAPES if worded else [text for text in SHAPES if "t" not in text.replace("rect", "")]

    def element(depth: int) -> str:
        if spoilt and chance.random() < 0.005:
            return f"<{(name := chance.choice(STRANGE))}>{element(depth + 1) if depth < 3 else ''}</{name}>"
        name = chance.choice((*drawn, *drawn, *PARTS, *PAINTS))
        if name == "style":
            return f"<style>{chance.choice(SHEETS)}</style>"
        inside = "".join(element(depth + 1) for _ in range(chance.randint(0, 3))) if depth < 5 else ""
        words = "words " if name in ("text", "tspan", "textPath", "title", "desc", "a") else ""
        return f"<{name} {' '.join(attributes(name))}>{words}{inside}</{name}>"

    def attributes(name: str) -> Iterator[str]:
        for attribute in chance.sample(ATTRIBUTES[:-STRANGERS], k=chance.randint(0, 6)):
            plain = NUMBERS[:6] if attribute not in ("href", "xlink:href") else ()
            if attribute.endswith("href") and name not in ("use", "pattern", "textPath", "linearGradient", "a"):
                continue
            yield f'{attribute}="{chance.choice(HARMLESS.get(attribute, plain))}"'
        if spoilt and chance.random() < 0.01:
            yield f'{chance.choice(ATTRIBUTES[-STRANGERS:])}="{chance.choice((*VALUES, *NUMBERS))}"'

    names = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
    more = 'xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 90 90"'
    body = "".join(element(0) for _ in range(chance.randint(1, 8)))
    root = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="Source Serif Pro" {names} {more}>'
    whole = f'{root}<rect width="9" height="9" fill="#eee"/>{body}</svg>'
    if spoilt and chance.random() < 0.1:
        at = chance.randrange(len(whole))
        whole = (
            whole[:at]
            + chance.choice(("<", ">", "&", "<?a b?>", "<!-- -->", "]]>", "\x00", "\ufffe", '"'))
            + whole[at:]
        )
    return whole


def tree(content: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every element of a drawing, with its attributes."""
    found = etree.fromstring(content).iter(etree.Element)
    return [(str(element.tag), [(str(name), str(value)) for name, value in element.items()]) for element in found]


@pytest.mark.parametrize("count", [DRAWINGS[0], pytest.param(DRAWINGS[1], marks=pytest.mark.nightly)])
def test_whatever_is_drawn_is_refused_at_its_line_or_rebuilt(count: int) -> None:
    rebuilt = 0
    for seed in range(count):
        text = random_drawing(random.Random(seed), spoilt=bool(seed % 2))
        found = drawing(text.encode())
        assert [fault for fault in found.faults if not 1 <= fault.line <= text.count("\n") + 1] == []
        assert [fault for fault in found.faults if not fault.message.isprintable()] == []
        if found.faults:
            continue
        rebuilt += 1
        again = drawing(found.content)
        assert (again.faults, again.content, again.steps) == ((), found.content, found.steps), seed
        for tag, attributes in tree(found.content):
            assert tag.startswith("{http://www.w3.org/2000/svg}")
            assert not [name for name, value in attributes if name.startswith("on") or "edition.invalid" in value]
    assert rebuilt > LEAST * count


def random_sheet(chance: random.Random) -> str:
    """A style sheet put together by chance; now and then something in it should not be there."""
    pieces = [
        chance.choice(("p", ".note", "h2, h3", "#p1", "a:hover", "@media print { p", "p { & em", "@page", ":root")),
        chance.choice((" {", "{", " { ", "/* a */{")) if chance.random() < 0.95 else chance.choice(PIECES),
        *(chance.choice(DECLARED) for _ in range(chance.randint(0, 4))),
        "}" * chance.choice((1, 1, 1, 1, 1, 2)),
        chance.choice(PIECES) if chance.random() < 0.1 else "",
    ]
    return "".join(pieces)


DECLARED = (
    "color: #123;", "margin: 0 1em;", "margin:-1px", "width: calc(1px + 2em);", "--accent: #333;", "--x: {a};",
    "font-size: 1.1em;", "content: 'a';", "background: url(#a);", "hyphens: none;", "text-align: left;", ";;",
    "/* c */", "font: italic 1em/1.2 serif;", "border: 1px solid;", "color: red !important;",
    "string-set: a attr(title);",
)  # fmt: skip
PIECES = (
    "{", "}", "(", ")", "[", "]", '"', "'", "\\", "@", "@import 'a';", "<!--", "-->", "url(", "url(a b)",
    "\\75rl(a)", "/*", "\n", ";", "!", "#", "\u00a0", "1e999", "9" * 200, "var(--x)", "image-set('a' 1x)", "&",
    "@charset 'x';", "\\0 ",
)  # fmt: skip


@pytest.mark.parametrize("count", [STYLES[0], pytest.param(STYLES[1], marks=pytest.mark.nightly)])
def test_whatever_is_declared_is_refused_at_its_place_or_written_again(count: int) -> None:
    written = 0
    for seed in range(count):
        chance = random.Random(seed)
        text = "\n".join(random_sheet(chance) for _ in range(chance.randint(1, 4)))
        found = sanitized_sheet(text)
        lines = text.split("\n")
        assert all(
            1 <= fault.line <= len(lines) and fault.column <= len(lines[fault.line - 1]) + 1 for fault in found.faults
        )
        if not found.faults:
            written += 1
            assert sanitized_sheet(found.text).text == found.text
    assert written > LEAST * count


@pytest.mark.parametrize("first", [0, *(pytest.param(at, marks=pytest.mark.nightly) for at in range(30, 6_000, 30))])
def test_whole_editions_with_such_drawings_and_styles_are_built_or_refused_at_a_place(
    first: int, tmp_path: Path, lay_down: LayDown
) -> None:
    drawings: dict[str, bytes] = {}
    for seed in range(first, first + 30):
        content = random_drawing(random.Random(seed), spoilt=False, worded=False).encode()
        if not drawing(content).faults:
            drawings[f"d{seed}.svg"] = content
    chance = random.Random(first)
    sheets = (random_sheet(chance) for _ in range(30))
    sheet = next((text for text in sheets if "'a'" not in text and not sanitized_sheet(text).faults), "")
    shown = "".join(f"![A drawing]({name})\n\n" for name in drawings)
    files = {"text.md": f"# A text\n\nThe first words.\n\n{shown}".encode(), "styles/a.screen.css": sheet.encode()}
    assert len(drawings) > 6
    assert refusals(lay_down(tmp_path / "edition", {**files, **drawings})) == []


def refusals(folder: Path) -> list[str]:
    """What of a build is not as it should be: another exit code than for content, or nothing to show."""
    try:
        pipeline.build(BuildRequest(folder=Folder(folder)))
    except PublisherError as error:
        wrong = [str(diagnostic.message) for diagnostic in error.diagnostics if diagnostic.span is None]
        return wrong if error.exit_code is ExitCode.CONTENT else [str(error)]
    return []
