"""A browser that opens every part of a hostile edition calls nobody, and reads style sheets as they were meant.

A server on this machine records who calls. The files of the editions, opened as they are, do call: that is the control.
"""

from __future__ import annotations

import html
import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from lxml import etree

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.sanitize.css import sanitized_sheet
from publisher.workspace import Folder

LayDown = Callable[[Path, dict[str, bytes]], Path]
Opened = Callable[..., str]
NET = "http://NET/"
"""Stands for the address of the server."""

SHEETS = {
    "url": "p { background: url(NET) }",
    "quoted": "p { background: url('NET') }",
    "line-end": "p { background: url(\nNET) }",
    "escaped-name": "p { background: u\\72l(NET) }",
    "escaped-address": "p { background: url(\\68 ttpREST) }",
    "continued": 'p { background: url("h\\\nttpREST") }',
    "comment-in-string": ".x::before { content: '/*' } p { background: url(NET) } .y::before { content: '*/' }",
    "import": "@import 'NET';",
    "import-url": "@import url(NET);",
    "import-escaped": "@\\69mport 'NET';",
    "import-after-comment": "/* a */@import/* b */'NET'/* c */;",
    "image-set": "p { background: image-set('NET' 1x) }",
    "webkit-image-set": "p { background: -webkit-image-set(url(NET) 1x) }",
    "cross-fade": "p { background: -webkit-cross-fade(url(NET), url(NET), 50%) }",
    "custom": ":root { --a: url(NET) } p { background: var(--a) }",
    "nested": "body { & p { background: url(NET) } }",
    "media": "@media all { p { background: url(NET) } }",
    "supports": "@supports (color: red) { p { background: url(NET) } }",
    "layer": "@layer a { p { background: url(NET) } }",
    "content": "p::before { content: url(NET) }",
    "list": "p { display: list-item; list-style-image: url(NET) }",
    "border": "p { border: 9px solid; border-image: url(NET) 1 }",
    "mask": "p { mask: url(NET) }",
    "webkit-mask": "p { -webkit-mask-box-image: url(NET) }",
    "filter": "p { filter: url(NET#a) }",
    "shape": "p { float: left; shape-outside: url(NET) }",
    "font": "@font-face { font-family: Z; src: url(NET) } p { font-family: Z }",
    "font-line-end": '@font-face { font-family: Z; src: url(\n"NET") } p { font-family: Z }',
    "scheme-less": "p { background: url(//HOST/) }",
    "unclosed": "p { background: url(NET",
    "unclosed-string": "p { background: url('NET",
    "src": "p { background: src('NET') }",
    "attr": "p { background: attr(title type(<url>)) }",
    "cursor": "p { cursor: url(NET), auto }",
    "namespace": "@namespace url(NET);",
    "binding": "p { -moz-binding: url(NET#a) }",
    "behaviour": "p { behavior: url(NET) }",
    "filter-progid": "p { filter: progid:DXImageTransform.Microsoft.AlphaImageLoader(src='NET') }",
}
"""Style sheets that name the server."""
SILENT = frozenset(
    {
        "scheme-less",
        "src",
        "attr",
        "cursor",
        "namespace",
        "binding",
        "behaviour",
        "filter-progid",
        "filter",
        "unclosed-string",
    }
)
"""Those for which this browser calls nobody, or only if a pointer moves, or not from a file."""

DRAWINGS = {
    "image": "<image href='NET' width='9' height='9'/>",
    "xlink": "<image xlink:href='NET' width='9' height='9'/>",
    "html-image": "<h:img src='NET'/>",
    "html-srcset": "<h:img srcset='NET 1x'/>",
    "html-link": "<h:link rel='stylesheet' href='NET'/>",
    "html-frame": "<foreignObject width='9' height='9'><h:iframe src='NET'/></foreignObject>",
    "html-video": "<h:video src='NET' poster='NET'/>",
    "style-import": "<style>@import 'NET';</style>",
    "style-import-tail": "<style>a{}<g/>@import url('NET');</style>",
    "style-image-set": "<style>svg{background-image:image-set('NET' 1x)}</style>",
    "style-cdata": "<style><![CDATA[svg{background-image:url(NET)}]]></style>",
    "style-attribute": "<g style='background:url(NET)'/><rect width='9' height='9' style='mask:url(NET)'/>",
    "script": "<script href='NET'/>",
    "script-xlink": "<script xlink:href='NET'/>",
    "script-event": "<image href='data:,' onerror='fetch(\"NET\")'/>",
    "fe-image": "<filter id='f'><feImage href='NET'/></filter><rect width='9' height='9' filter='url(#f)'/>",
    "fill": "<rect width='9' height='9' fill='url(NET#a)'/>",
    "marker": "<path d='M0 0h9' marker-end='url(NET#a)'/>",
    "use": "<use href='NET#a'/>",
    "set": "<image width='9' height='9'><set attributeName='href' to='NET'/></image>",
    "instruction": "<?xml-stylesheet href='NET'?>",
    "link": "<a href='NET'><rect width='9' height='9'/></a>",
    "ping": "<a href='#a' ping='NET'><rect width='9' height='9'/></a>",
    "cursor": "<rect width='9' height='9' cursor='url(NET), auto'/>",
    "base": "<g xml:base='NET'><image href='a.png'/></g>",
}
"""Drawings that name the server."""

WORDS = {
    "image": "![A](NET)",
    "image-title": '![A](NET "title")',
    "image-reference": "![A][r]\n\n[r]: NET",
    "image-scheme-less": "![A](//HOST/)",
    "raw-image": "<img src='NET'/>",
    "raw-inline": "Words <img src='NET'/> and words",
    "raw-link": "<link rel='stylesheet' href='NET'/>",
    "raw-style": "<style>p { background: url(NET) }</style>",
    "raw-frame": "<iframe src='NET'></iframe>",
    "raw-script": "<script src='NET'></script>",
    "raw-meta": "<meta http-equiv='refresh' content='0; NET'/>",
    "raw-instruction": "<?xml-stylesheet href='NET'?>",
    "attribute": "Words [that](#a){style='background: url(NET)'} count.",
    "attribute-event": "Words [that](#a){onclick='fetch(1)'} count.",
    "script-link": "[A](javascript:fetch(1))",
    "data-link": "[A](data:text/html,NET)",
}
"""Markdown that names the server."""


class Recorder:
    """A server that records every call."""

    def __init__(self) -> None:
        recorder = self
        self.calls: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                recorder.calls.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_GET  # noqa: N815
            do_HEAD = do_GET  # noqa: N815
            do_OPTIONS = do_GET  # noqa: N815

            def log_message(self, format: str, *words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"

    def address(self, name: str) -> str:
        return f"http://{self.host}/{name}"

    def filled(self, text: str, name: str) -> str:
        """A text that names this server."""
        address = self.address(name)
        filled = text.replace("ttpREST", address[1:]).replace("//HOST/", f"//{self.host}/{name}")
        return filled.replace("NET", address)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    found = Recorder()
    thread = Thread(target=found.server.serve_forever, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Opens files in one start of a browser, each in a frame; what comes back is the page with the frames."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert browser, "sudo apt-get install chromium"

    def opening(*paths: Path, page: str = "") -> str:
        frames = "".join(f'<iframe src="{path.as_uri()}" width="400" height="300"></iframe>\n' for path in paths)
        index = tmp_path / "index.html"
        index.write_text(f"<!DOCTYPE html><meta charset='utf-8'><body>{frames}{page}</body>", encoding="utf-8")
        words = (
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
            "--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
            f"--user-data-dir={tmp_path / 'profile'}", "--timeout=60000", "--dump-dom", index.as_uri(),
        )  # fmt: skip
        ended = subprocess.run([browser, *words], capture_output=True, check=True, timeout=300)
        return ended.stdout.decode()

    return opening


def drawing(inside: str) -> str:
    names = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {names} viewBox="0 0 9 9">{inside}</svg>'


def test_files_that_are_opened_as_they_are_do_call(recorder: Recorder, opened: Opened, tmp_path: Path) -> None:
    paths = []
    for name, sheet in SHEETS.items():
        path = tmp_path / f"{name}.xhtml"
        style = html.escape(recorder.filled(sheet, f"sheet-{name}"), quote=False)
        head = f"<head><title>T</title><style>{style}</style></head>"
        path.write_text(f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body><p>Words</p></body></html>')
        paths.append(path)
    for name, inside in DRAWINGS.items():
        path = tmp_path / f"{name}.svg"
        path.write_text(drawing(recorder.filled(inside, f"drawing-{name}")))
        paths.append(path)
    opened(*paths)
    called = {call.lstrip("/").partition("#")[0] for call in recorder.calls}
    silent = {f"sheet-{name}" for name in SHEETS} - called
    assert silent <= {f"sheet-{name}" for name in SILENT}
    assert len([name for name in called if name.startswith("drawing-")]) >= 12


def refused(folder: Path) -> dict[str, set[str]]:
    """The codes of what is wrong in an edition, by the name of the file, or by the file and line of Markdown."""
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=Folder(folder)))
    found: dict[str, set[str]] = {}
    for diagnostic in caught.value.diagnostics:
        name, line, _ = str(diagnostic.span).rpartition("/")[2].rsplit(":", 2)
        found.setdefault(f"{name}:{line}" if name.endswith(".md") else name, set()).add(diagnostic.code)
    return found


def test_every_sheet_that_names_the_server_is_refused(recorder: Recorder, tmp_path: Path, lay_down: LayDown) -> None:
    files = {f"styles/{name}.screen.css": recorder.filled(sheet, name).encode() for name, sheet in SHEETS.items()}
    found = refused(lay_down(tmp_path / "edition", files))
    assert {name.removesuffix(".screen.css") for name in found} == {*SHEETS}
    assert set().union(*found.values()) == {"S-012", "S-001"}
    assert {name.partition(".")[0] for name, codes in found.items() if "S-012" not in codes} <= {
        "unclosed",
        "unclosed-string",
    }


def test_every_drawing_that_names_the_server_is_refused(recorder: Recorder, tmp_path: Path, lay_down: LayDown) -> None:
    drawings = {f"{name}.svg": drawing(recorder.filled(item, name)).encode() for name, item in DRAWINGS.items()}
    shown = "".join(f"![A drawing]({name})\n\n" for name in drawings)
    text = f"# A text\n\nThe first words of the text.\n\n{shown}".encode()
    found = refused(lay_down(tmp_path / "edition", {**drawings, "text.md": text}))
    assert {name: codes for name, codes in found.items() if name.endswith(".svg")} == {
        name: {"I-006"} for name in drawings
    }


def test_words_that_name_the_server_are_refused(recorder: Recorder, tmp_path: Path, lay_down: LayDown) -> None:
    lines = ["# A text", "", "The first words of the text.", ""]
    places = {}
    for name, words in WORDS.items():
        places[name] = len(lines) + 1
        lines += [*recorder.filled(words, name).split("\n"), ""]
    found = refused(lay_down(tmp_path / "edition", {"text.md": "\n".join(lines).encode()}))
    told = {int(place.partition(":")[2]) for place in found if place.startswith("text.md")}
    assert {name for name, line in places.items() if line not in told} == set()


TEMPLATE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{{ s.language }}" xml:lang="{{ s.language }}">
<head><title>{{ s.label }}</title>
{%- for sheet in c.sheets %}<link rel="stylesheet" type="text/css" href="../{{ sheet }}"/>{%- endfor %}
<style>p { color: #222; /* NET */ }</style></head>
<body epub:type="{{ s.matter }}">
{%- import s|template as t %}{{ t.section(s, c) }}
<hr style="border: 1px solid /* NET */"/></body>
</html>
"""  # noqa: E501
DRAWN = """<?xml version="1.0"?><!-- NET -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" viewBox="0 0 9 9" i:export-filename="NET" data-a="NET">
<metadata><rdf:RDF rdf:about="NET"/></metadata><i:grid href="NET"/><style>.a { fill: url(#g) /* NET */ }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#123"/></linearGradient></defs>
<a href="#g"><rect class="a" width="9" height="9" style="stroke: #000; /* NET */ -inkscape-stroke: none"/></a>
<rect width="3" height="3" formerly="NET"><title>A square</title></rect>
</svg>
"""
SHEET = """/* NET */ @charset "utf-8";
a[href^='https://example.org/'] { color: #123456 } /* url(NET) */
@media (min-width: 1px) { p { background: url(#a); margin: 0 /* NET */ } }
"""
TEXT = """# A text

The first words of the text, and [a link](NETlink), <NETlink>, and `<img src="link">`.

![A drawing](a.svg)
"""


def edition(recorder: Recorder, small: dict[str, bytes]) -> dict[str, bytes]:
    """An edition with addresses wherever they may stand, or are left out."""
    settings = small["edition.yaml"].decode()
    url = recorder.address("link")
    settings = settings.replace("title: A title", "title: A <img src='x'/> title")
    settings += f'description: "See {url}"\n'
    settings = settings.replace("  sha256: DIGEST", f"  sha256: DIGEST\n  url: {url}")
    reference = [{"id": "book", "type": "book", "title": "A <b>book", "URL": url, "issued": {"date-parts": [[1999]]}}]
    return {
        "edition.yaml": settings.encode(),
        "text.md": TEXT.replace("NET", recorder.address("")).encode(),
        "notes.md": f"## one\n\n> first words\n\nA note with [an address]({url}), see [@book, 8].\n".encode(),
        "references.json": json.dumps(reference).encode(),
        "a.svg": recorder.filled(DRAWN, "kept").encode(),
        "styles/a.screen.css": recorder.filled(SHEET, "kept").encode(),
        "templates/epub-section.xhtml.j2": recorder.filled(TEMPLATE, "kept").encode(),
    }


def unpacked(content: bytes, folder: Path) -> list[Path]:
    """The members of an EPUB, written into a folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        book.extractall(folder)
        return [folder / name for name in book.namelist()]


def test_a_browser_that_opens_each_part_of_an_edition_calls_nobody(
    recorder: Recorder, opened: Opened, tmp_path: Path, lay_down: LayDown, small: dict[str, bytes]
) -> None:
    built = pipeline.build(
        BuildRequest(folder=Folder(lay_down(tmp_path / "edition", edition(recorder, small))))
    ).volume.artifacts
    artifacts = {artifact.name: artifact.content for artifact in built}
    parts = unpacked(artifacts["book.epub"], tmp_path / "book")
    (tmp_path / "book.pdf").write_bytes(artifacts["book.pdf"])
    control = tmp_path / "control.svg"
    control.write_text(drawing(recorder.filled(DRAWINGS["image"], "control")))
    shown = [part for part in parts if part.suffix in (".xhtml", ".svg", ".css", ".opf", ".ncx", ".xml")]
    opened(*shown, tmp_path / "book.pdf", control)
    assert len(shown) > 15
    assert set(recorder.calls) == {"/control"}
    for part in parts:
        demand_only_links(part, recorder)
    demand_only_links_in_pdf(artifacts["book.pdf"], recorder)
    for name, content in artifacts.items():
        assert name.endswith((".epub", ".pdf")) or recorder.host.encode() not in content


def demand_only_links(part: Path, recorder: Recorder) -> None:
    """A part of an EPUB names the server in links and in words only."""
    content = part.read_bytes()
    assert recorder.address("kept").encode() not in content, part
    if recorder.host.encode() not in content:
        return
    assert part.suffix in (".xhtml", ".opf"), part
    for element in etree.fromstring(content).iter(etree.Element):
        tag = etree.QName(element).localname
        named = {str(name) for name, value in element.items() if recorder.host in str(value)}
        assert named <= ({"href"} if tag == "a" else set()), (part, tag, named)


def demand_only_links_in_pdf(content: bytes, recorder: Recorder) -> None:
    """A PDF names the server in links that are followed, in their descriptions and in what it says of itself only."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            own = thing.unparse(resolved=False)
            whole = own + (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b"")
            assert recorder.address("kept").encode() not in whole
            if recorder.host.encode() in own and isinstance(thing, pikepdf.Dictionary):
                keys = {
                    key for key, value in thing.items() if recorder.host in str(value) or recorder.host in repr(value)
                }
                assert keys <= {"/A", "/URI", "/Contents", "/Subject", "/Alt", "/ActualText", "/E"}, keys


SELECTORS = (
    "p", ".a", "#b", "a:hover", "*", "[title='x y']", "p::before", "\\31 a", "\u00a0", "\u00e9t\u00e9", "u+a",
    "p > em", ":is(p, em):not(.a)", "a b", "&", "p:nth-child(2n + 1)", "\\.a\\:b", "[a|='\\'']", "-\\31", "--a",
    "a/**/b", ".a/* x */.b",
)  # fmt: skip
DECLARATIONS = (
    "color: red", "color:#123", "margin: 0 auto!important", "width: calc(1px + 2em)", "content: 'a\\'b'",
    'content: "\\201C x"', "c\\6f lor: blue", "--x: {a} [b] (c)", "--y: 1e3px", "color: var(--x, 1px)",
    'font-family: "A B", c\\ d', "font: 1e1px/1.5 a", "background: url(#a)", "background: url('#a') no-repeat",
    "content: 'a\\\nb' '\\A'", "--z: u+26 1px #1a @a -- -", "padding: 1\\65 3px", "transform: rotate(4\\64 eg)", "x: y",
    "/* a */ color /* b */ : /* c */ blue /* d */", "margin: -1px +.5em -.5e-1px",
)  # fmt: skip
NOISE = ("\n", "/* c */", "/**/", ";", ";;", " ", "\t", "!", "}", ")", "'", "\ufffd", "-->")
READ = """
<pre id="found"></pre><script>
const pairs = PAIRS;
const read = text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);
  // values with var() and of custom properties keep comments, and how a unit is spelt: 1e- or 1\\65 -
  const plain = text => text.replace(/\\/\\*[^]*?\\*\\//g, "/**/").replace(/([0-9])\\\\65 /g, "$1e");
  return [...sheet.cssRules].map(rule => plain(rule.cssText)).join("\\n"); };
const differing = pairs.filter(([one, other]) => read(one) !== read(other));
document.getElementById("found").textContent = JSON.stringify(differing);
</script>"""


def sheets(*, count: int, seed: int) -> Iterator[str]:
    """Style sheets put together by chance, some with something in them that should not be there."""
    chance = random.Random(seed)

    def rule(depth: int) -> str:
        inside = [chance.choice(DECLARATIONS) + ";" for _ in range(chance.randint(0, 3))]
        inside += [rule(depth + 1)] if depth < 3 and chance.random() < 0.3 else []
        head = ", ".join(chance.choices(SELECTORS, k=chance.randint(1, 2)))
        group = chance.choice(("@media print", "@media (min-width: 1px)", "@supports (color: red)", "@layer a", ""))
        whole = f"{head}{{{chance.choice(' /').replace('/', '/**/')}{''.join(inside)}}}"
        return f"{group} {{ {whole} }}" if group and depth == 0 and chance.random() < 0.3 else whole

    for _ in range(count):
        text = "\n".join(rule(0) for _ in range(chance.randint(1, 3)))
        if chance.random() < 0.4:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(NOISE) + text[at:]
        yield text


@pytest.mark.parametrize("count", [400, pytest.param(20_000, marks=pytest.mark.nightly)])
def test_a_browser_reads_what_is_written_again_as_it_reads_the_source(opened: Opened, count: int) -> None:
    found = ((text, sanitized_sheet(text)) for text in sheets(count=count, seed=count))
    pairs = [(text, sanitized.text) for text, sanitized in found if not sanitized.faults]
    assert len(pairs) > count / 5
    control = ["p { color: red }", "p { color: blue }"]
    pairs.append((control[0], control[1]))
    page = opened(page=READ.replace("PAIRS", json.dumps(pairs).replace("<", "\\u003c")))
    told = page.partition('<pre id="found">')[2].partition("</pre>")[0]
    assert json.loads(html.unescape(told)) == [control]
