"""A drawing is rebuilt from what draws; what is no drawing is refused at its line, what takes too long is counted."""

from __future__ import annotations

import base64
import time

import pytest
from lxml import etree

from publisher.sanitize.svg import MOST_ELEMENTS, drawing
from publisher.sanitize.svg.path import path, points, transformations

NET = "https://edition.invalid/a"
OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:h="http://www.w3.org/1999/xhtml" viewBox="0 0 100 100">\n'
)
PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
        "0000000049454e44ae426082"
    )
).decode()


def drawn(inside: str) -> str:
    """What is shipped of a drawing with these elements."""
    found = drawing(f"{OPEN}{inside}\n</svg>".encode())
    assert found.faults == ()
    whole = found.content.decode()
    return whole[whole.index(">") + 1 :].removesuffix("</svg>").strip()


REFUSED = (
    f'<h:img srcset="{NET} 1x"/>',
    f'<h:link rel="stylesheet" href="{NET}"/>',
    "<foreignObject/>",
    "<script/>",
    '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>',
    '<g xmlns="urn:something"/>',
    '<rect xmlns="" width="1"/>',
    '<rect onload="a()"/>',
    '<rect onBegin="a()"/>',
    f'<a ping="{NET}" href="#a"/>',
    f'<a href="{NET}"/>',
    f'<a xlink:href="{NET}"/>',
    f'<use href="{NET}#a"/>',
    '<use href="other.svg#a"/>',
    f'<image href="{NET}"/>',
    f'<image src="{NET}"/>',
    f'<image xlink:href="{NET}"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    '<image href="data:text/html;base64,PHN2Zy8+"/>',
    '<image href="#a"/>',
    '<rect href="data:image/png;base64,AAAA"/>',
    f'<feImage href="{NET}"/>',
    f'<filter id="a"><feImage href="{NET}"/></filter>',
    f'<text><textPath href="{NET}#p">x</textPath></text>',
    f'<g xml:base="{NET}"/>',
    f'<rect fill="url({NET}#a)"/>',
    f'<rect fill="u\\72l({NET}#a)"/>',
    f'<rect fill="url(&#10;{NET}#a)"/>',
    f'<rect filter="url({NET}#a)"/>',
    f'<rect style="fill: url({NET}#a)"/>',
    f'<rect style="background: image-set(&quot;{NET}&quot; 1x)"/>',
    f'<rect style="--a: url({NET})"/>',
    f'<rect cursor="url({NET}), auto"/>',
    '<rect style="fill: url(../images/001-a.png)"/>',
    '<rect style="color: expression(1)"/>',
    '<rect style="unheard-of: 1"/>',
    f"<style>@import '{NET}';</style>",
    f"<style>@font-face {{ font-family: a; src: url({NET}) }}</style>",
    f"<style>svg {{ background-image: image-set('{NET}' 1x) }}</style>",
    f"<style>a {{}}<g/>@import url('{NET}');</style>",
    f"<style><![CDATA[ rect {{ fill: url({NET}) }} ]]></style>",
    '<style type="text/less">a</style>',
    '<animate attributeName="href" to="#a"/>',
    '<set attributeName="xlink:href" to="#a"/>',
    f'<set attributeName="fill" to="url({NET}#a)"/>',
    '<image><set attributeName="href" to="#a"/></image>',
    f'<animate attributeName="fill" values="red;url({NET}#a)"/>',
    f'<?xml-stylesheet href="{NET}"?>',
    '<g id="a"><use href="#a"/></g>',
    '<pattern id="a"><rect fill="url(#a)"/></pattern><rect fill="url(#a)"/>',
    '<mask id="a"><g mask="url(#b)"/></mask><mask id="b"><g mask="url(#a)"/></mask><g mask="url(#a)"/>',
    '<style>.a { fill: url(#p) }</style><pattern id="p"><rect class="a"/></pattern>',
    '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect fill="url(#a)"/>',
)


@pytest.mark.parametrize("inside", REFUSED)
def test_what_does_not_draw_or_leads_outside_is_refused(inside: str) -> None:
    found = drawing(f"{OPEN}{inside}\n</svg>".encode())
    assert [fault.is_size for fault in found.faults].count(False) == len(found.faults) > 0
    assert {fault.line for fault in found.faults} <= {1, 2}
    assert found.content == b""


@pytest.mark.parametrize(
    "content",
    [
        f'{OPEN}</svg><?xml-stylesheet href="{NET}"?>',
        f'<?xml-stylesheet href="{NET}"?>{OPEN}</svg>',
        f'<!DOCTYPE svg SYSTEM "{NET}">{OPEN}</svg>',
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{NET}">]>{OPEN}<text>&a;</text></svg>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        f"{OPEN}<g></svg>",
        "",
    ],
)
def test_what_is_no_plain_drawing_is_refused(content: str) -> None:
    assert drawing(content.encode()).faults


@pytest.mark.parametrize(
    ("inside", "shipped"),
    [
        ("<path d='M0,0 10 10l1-1.5.5 z'/>", '<path d="M0 0L10 10l1 -1.5"/>'),
        ("<!-- a --><rect/>", "<rect/>"),
        ("<metadata><a xmlns='urn:b'/></metadata><rect/>", "<rect/>"),
        ("<rect foo='1' data-a='2' p-id='3' fill='red'/>", '<rect fill="red"/>'),
        ("<rect width='auto-ish' height='1e3' x='5mm' y='10%'/>", '<rect height="1e3" x="5mm" y="10%"/>'),
        ("<rect transform='rotate(45,1 2)scale(2)'/>", '<rect transform="rotate(45 1 2) scale(2)"/>'),
        ("<rect transform='matrix(1 2)'/>", "<rect/>"),
        ("<marker orient='45deg'/>", '<marker orient="45"/>'),
        ("<rect fill='url(#a) red' style='stroke:url(#b)'/>", '<rect fill="url(#a) red" style="stroke:url(#b)"/>'),
        ("<style>.a{fill:/* b */red}</style>", "<style>.a{fill:/*   */red}</style>"),
        ("<text>a <tspan>b</tspan> c</text>", "<text>a <tspan>b</tspan> c</text>"),
        ("<use xlink:href='#a'/>", '<use xlink:href="#a"/>'),
        (f"<image href='data:image/png;base64,\n{PIXEL}'/>", f'<image href="data:image/png;base64,{PIXEL}"/>'),
        ("<g>stray words</g>", "<g/>"),
        ("<animate attributeName='cx' values='1;2' dur='3s'/>", '<animate attributeName="cx" values="1;2" dur="3s"/>'),
    ],
)  # fmt: skip
def test_what_draws_is_written_again(inside: str, shipped: str) -> None:
    assert drawn(inside) == shipped
    assert drawn(shipped) == shipped


INKSCAPE = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="210mm" height="297mm" viewBox="0 0 210 297" version="1.1" id="svg5" inkscape:version="1.2.2"
   sodipodi:docname="plan.svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <defs id="d"><linearGradient id="lg"><stop style="stop-color:#000;stop-opacity:1" offset="0"/></linearGradient></defs>
  <metadata id="m"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format></cc:Work></rdf:RDF></metadata>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <path style="fill:none;stroke:#000000;stroke-width:0.26;-inkscape-stroke:none;font-variant-ligatures:normal;paint-order:markers fill stroke"
       d="m 10,20 c 1,2 3,4 5,6 z" id="path1" sodipodi:nodetypes="ccc" inkscape:connector-curvature="0"/>
    <text xml:space="preserve" style="font-size:10.58px;line-height:1.25;font-family:sans-serif;-inkscape-font-specification:'sans-serif, Normal';text-align:start;writing-mode:lr-tb;fill:url(#lg)"
       x="10" y="50" id="t"><tspan sodipodi:role="line" id="tspan1" x="10" y="50">Harbour</tspan></text>
  </g>
</svg>"""  # noqa: E501
ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px"
\t y="0px" viewBox="0 0 300 200" style="enable-background:new 0 0 300 200;" xml:space="preserve">
<style type="text/css">
\t.st0{fill:none;stroke:#231F20;stroke-miterlimit:10;}
\t.st1{clip-path:url(#SVGID_00000012345_);fill:#EE3124;}
</style>
<g><defs><rect id="SVGID_1_" x="10" y="10" width="100" height="50"/></defs>
<clipPath id="SVGID_00000012345_"><use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath>
<rect class="st1" width="50" height="50"/><polyline class="st0" points="10,10 20,20 30.5,10.5 "/></g>
</svg>"""


@pytest.mark.parametrize("content", [INKSCAPE, ILLUSTRATOR], ids=["inkscape", "illustrator"])
def test_drawings_of_common_programs_are_drawings(content: str) -> None:
    found = drawing(content.encode())
    assert found.faults == ()
    assert [word for word in (b"sodipodi", b"metadata", b"<!--") if word in found.content] == []
    before, after = etree.fromstring(content.encode()), etree.fromstring(found.content)
    for tag in ("path", "rect", "text", "tspan", "polyline", "use", "clipPath", "linearGradient", "stop"):
        assert len(list(before.iter(f"{{*}}{tag}"))) == len(list(after.iter(f"{{*}}{tag}")))


FAN = "".join(f'<g id="a{at}">' + f'<use class="url(#z)" href="#a{at - 1}"/>' * 10 + "</g>" for at in range(1, 9))
TOO_MUCH = {
    "uses behind decoys": '<g id="a0"><rect width="1" height="1"/></g>' + FAN,
    "patterns in patterns": "".join(
        f'<pattern id="p{at}" width="1" height="1">' + f'<rect fill="url(#p{at - 1})"/>' * 10 + "</pattern>"
        for at in range(9)
    )
    + '<rect fill="url(#p8)"/>',
    "a fill that many inherit": '<pattern id="p" width="1" height="1">' + "<rect/>" * 300 + "</pattern>"
    '<g fill="url(#p)">' + "<rect/>" * 400 + "</g>",
    "a fill from a style sheet": "<style>rect { fill: url(#p) }</style>"
    '<pattern id="p" width="1" height="1">' + "<g><circle/></g>" * 200 + "</pattern>" + "<rect/>" * 400,
    "masks in masks": "".join(
        f'<mask id="m{at}">' + f'<g mask="url(#m{at - 1})"/>' * 10 + "</mask>" for at in range(9)
    )
    + '<g mask="url(#m8)"/>',
    "clips in clips": "".join(
        f'<clipPath id="c{at}">' + f'<use href="#c{at - 1}" clip-path="url(#c{at - 1})"/>' * 8 + "</clipPath>"
        for at in range(9)
    )
    + '<g clip-path="url(#c8)"/>',
    "a marker at each point": '<marker id="m">' + "<rect/>" * 100 + '</marker><path marker-mid="url(#m)" d="M0 0'
    + "l1 1" * 5000 + '"/>',
    "markers by the shorthand": '<marker id="m">' + "<rect/>" * 100 + '</marker><path style="marker:url(#m)" d="M0 0'
    + "l1 1" * 5000 + '"/>',
    "many elements": "<g/>" * (MOST_ELEMENTS + 1),
    "many commands": '<path fill="#000" d="M0 0' + "l1 1" * 500_000 + '"/>',
    "many points": '<polygon points="' + "1 1 " * 200_000 + '"/>',
    "many letters": '<text letter-spacing="1">' + "word " * 30_000 + "</text>",
    "many dashes": '<path stroke-dasharray="' + "1 " * 100_000 + '" d="M0 0h9"/>',
    "many parts looked for": "".join(f'<clipPath id="c{at}"/><g clip-path="url(#c{at})"/>' for at in range(5000)),
    "many selectors": "<style>" + "*{fill:red}" * 9_000 + "</style>" + "<g/>" * 1000,
    "a deep drawing": "<g>" * 150 + "</g>" * 150,
    "uses one below the other": "".join(f'<g id="u{at}"><use href="#u{at + 1}"/></g>' for at in range(300)),
    "a gradient that repeats itself": '<linearGradient id="g" spreadMethod="repeat" x2="1e-7"/><rect fill="url(#g)"/>',
    "a gradient that takes its method": '<linearGradient id="g" spreadMethod="reflect"/>'
    '<radialGradient id="h" href="#g" r=".00001"/>',
    "a wide shape with a gradient": '<linearGradient spreadMethod="repeat" gradientUnits="userSpaceOnUse" x2="9"/>'
    '<rect width="1000000"/>',
    "a pattern of dots": '<pattern patternUnits="userSpaceOnUse" width=".001" height=".001"/>',
    "a number beyond measure": '<rect width="1e300"/>',
    "a transformation beyond measure": '<rect transform="scale(1e30)"/>',
    "a style beyond measure": '<rect style="stroke-width: 1e300"/>',
    "a path beyond measure": '<path d="M0 0L1e300 0"/>',
}  # fmt: skip
"""Drawings that would take too long."""


@pytest.mark.parametrize("inside", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_a_drawing_that_takes_too_long_is_refused_before_it_is_drawn(inside: str) -> None:
    before = time.process_time()
    found = drawing(f"{OPEN}{inside}</svg>".encode())
    assert [fault for fault in found.faults if fault.is_size]
    assert time.process_time() - before < 6


def test_steps_are_counted_as_often_as_they_are_drawn() -> None:
    once = drawing(f'{OPEN}<g id="a"><rect/><rect/></g></svg>'.encode()).steps
    thrice = drawing(f'{OPEN}<g id="a"><rect/><rect/></g><use href="#a"/><use href="#a"/></svg>'.encode()).steps
    assert (once, thrice) == (4, 12)


def test_the_children_of_what_is_in_a_mask_are_counted_where_it_is_used() -> None:
    mask = '<mask id="m">' + "<rect/>" * 50 + "</mask>"
    few = drawing(f"{OPEN}{mask}</svg>".encode()).steps
    masked = '<g mask="url(#m)"/>' * 10
    many = drawing(f"{OPEN}{mask}{masked}</svg>".encode()).steps
    assert few < 10
    assert many > 500


@pytest.mark.parametrize(
    ("text", "written", "count"),
    [
        ("", "", 0),
        ("L 1 1", "", 0),
        ("M1", "", 0),
        ("m1 1 2 2", "m1 1l2 2", 2),
        ("M1 1 2 2zm1 1h3 4v5", "M1 1L2 2zm1 1h3h4v5", 7),
        ("M0 0A-5 5 0 1110,10 5 5 0 00 1 1", "M0 0A5 5 0 1 1 10 10A5 5 0 0 0 1 1", 3),
        ("M0 0a1 1 0 2 0 1 1L1 1", "M0 0", 1),
        ("M0 0L1e2-3.5.5", "M0 0L1e2 -3.5", 2),
        ("M0 0 url(a) 1 1", "M0 0", 1),
    ],
)
def test_path_data_is_written_with_a_letter_for_each_command(text: str, written: str, count: int) -> None:
    assert path(text) == (written, count)


def test_points_and_transformations_are_written_again() -> None:
    assert points("1,2 3-4,5 x") == "1 2 3 -4"
    assert transformations("translate(1)\nskewX(2)") == "translate(1) skewX(2)"
    assert transformations("url(a)") is None
