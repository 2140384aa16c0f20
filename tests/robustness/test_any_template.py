"""Whatever an edition's own templates hold, they make documents, or diagnostics that have a place, within limits."""

from __future__ import annotations

import random
import re
import resource
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import ExitCode, PublisherError, Source
from publisher.model.publication import Publication, Role
from publisher.model.target import Format
from publisher.render import render_epub, render_pdf
from publisher.render.context import Context
from publisher.render.engine import DocumentRequest, Renderer
from publisher.render.link_targets import places
from publisher.render.sandbox import TooMuch
from publisher.workspace import Folder, resources

LayDown = Callable[[Path, dict[str, bytes]], Path]
CODES = {"S-001", "S-010", "S-011", "S-012", "S-020", "S-030"}
"""What can be wrong with a template or with what it writes."""
NAMES = ("section", "half-title", "title-page", "blocks", "inlines", "notes", "pdf")
FEW, MANY, STEP = 120, 10_000, 1_000
"""How many templates are tried always, at night, and in one test at night."""
LEAST_MADE = 0.2
"""The part of the templates that make documents, at least."""
SECONDS = 0.5
BYTES = 200_000_000
LARGEST = 200_000
PLACE = re.compile(r"(?<=>)(?=\s*<[a-z])|(?<=%\})\n")
"""Where something can be inserted into a template of the house."""

VALUES = (
    "c", "s", "c.metadata", "c.metadata.title", "c.words.by", "c.places", "c.series", "c.contents", "c.format", "s.id",
    "s.blocks", "s.notes", "s.title", "s.matter", "s.label", "s.page_breaks", "c.metadata.contributors", "loop.index",
    "self", "range", "dict", "cycler", "joiner()", "namespace(a=1)", "caller", "varargs", "c.note_at_call",
    "c.render_note", "c.__class__", "''.__class__.__mro__", "c.metadata.title.format", "nothing", "none", "true", "0",
    "1", "-1", "2.5", "1e999", "'a'", "'<b>'", "'{0.__class__}'", "'%999999999s'", "[]", "[1, 2]", "{}", "{'a': 1}",
    "()", "range(9)", "range(99999)", "'a' * 99", "'a' * 10 ** 9", "9 ** 9 ** 9", "[[]] * 10 ** 8", "'x' * 999999",
)  # fmt: skip
FILTERS = (
    "upper", "length", "list", "first", "last", "join", "join(',')", "string", "safe", "e", "escape", "striptags",
    "trim", "title", "sort", "reverse", "unique", "sum", "int", "float", "round", "abs", "batch(2)", "slice(3)",
    "groupby('id')", "map('upper')", "map(attribute='id')", "selectattr('id')", "reject('none')", "default('x')",
    "replace('a', 'b')", "truncate(3)", "wordwrap(2)", "indent", "center(99)", "center(10 ** 9)", "format(1)", "urlize",
    "xmlattr", "tojson", "dictsort", "items", "min", "max", "pprint", "random", "attr('id')", "filesizeformat", "kind",
    "href(c)", "file(c)", "folio(c)", "folded", "semantics(c)", "template", "listed_notes(c)", "by_series(c)",
    "order(c)", "image(c)", "in_role('aut')", "cited_lines(c)", "nothing",
)  # fmt: skip
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "~", "==", "<", "in", "not in", "and", "or", "is", "|", ".", "[")
MARKUP = (
    "<p>A</p>", "<em>B</em>", "<br/>", '<span lang="de">C</span>', '<p class="x" id="own">D</p>', "<p>E", "</p>", "&",
    "&nbsp;", "&amp;", "<script/>", '<p onclick="a()"/>', '<svg xmlns="http://www.w3.org/2000/svg"/>', "<?a b?>",
    "<!-- F -->", "<![CDATA[G]]>", '<a href="javascript:a()">H</a>', '<a href="#own">I</a>', "<style>p{}</style>",
    '<p style="color:red">J</p>', '<p style="background:url(//a.invalid)">K</p>', "\x00", "\ufffe",
    "\u202e", "\x1b[31m", '<img src="x.png" alt=""/>',
    '<x:y xmlns:x="urn:z"/>', "<!DOCTYPE a>", "<!ENTITY b 'c'>", "]]>", "<div>" * 99,
)  # fmt: skip
RAW = (
    "{%", "{{", "{#", "%}", "}}", "#}", "{% endfor %}", "{% else %}", "{% endraw %}", "{% raw %}", "{%- -%}", "{{}}",
    "{% include 'section.xhtml.j2' %}", "{% include 'no.j2' ignore missing %}", "{% include '../../etc/passwd' %}",
    "{% extends 'pdf.xhtml.j2' %}", "{% import 'blocks.xhtml.j2' as t %}{{ t }}",
    "{% from 'notes.xhtml.j2' import x %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% set c = 1 %}", "{% set n = namespace() %}{% set n.a = c %}",
    "{% block b %}{{ self.b() }}{% endblock %}", "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
    "{% endfor %}", "{% for a in range(99999) %}abcdefghi{% endfor %}", "{% do x %}", "{% debug %}", "{% break %}",
    "{% set n = namespace(x='ab') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}", "{{ cycler() }}",
    "{% call c() %}{% endcall %}", "{% filter upper %}a{% endfilter %}", "{% with %}{% endwith %}", "{{ super() }}",
    "{% if 1 %}" * 40 + "{% endif %}" * 40, "{{ " + "(" * 90 + ")" * 90 + " }}", "{{ " + "not " * 999 + "1 }}",
    "{% autoescape false %}{{ '<script/>' }}{% endautoescape %}", "{{ caller() }}", "{% trans %}{% endtrans %}",
)  # fmt: skip


class Overdue(BaseException):
    """A case that does not stop when it is told to."""


def expression(chance: random.Random, depth: int = 0) -> str:
    """An expression, most of them nonsense."""
    value = chance.choice(VALUES)
    for _ in range(chance.choice((0, 0, 1, 2))):
        value += f"|{chance.choice(FILTERS)}"
    if depth < 2 and chance.random() < 0.3:
        return f"{value} {chance.choice(OPERATORS)} {expression(chance, depth + 1)}"
    return value


def harmless(chance: random.Random) -> str:
    """Something that a template may have."""
    return chance.choice(
        (
            "<p>Words</p>",
            "{# nothing #}",
            "{{ c.metadata.title|upper }}",
            "{% for a in [1, 2] %}<br/>{% endfor %}",
            "{% if s is defined %}{% endif %}",
            "{% set a = c.words.by ~ '!' %}<em>{{ a }}</em>",
            "{% macro own(x) %}<b>{{ x }}</b>{% endmacro %}{{ own(1 + 1) }}",
            "<p>{{ c.metadata.contributors|map(attribute='name')|join(', ') }}</p>",
            "<p lang='la'>{{ '%s, %d'|format(c.metadata.language, 7) }}</p>",
        )
    )


def inserted(chance: random.Random) -> str:
    """Something that is put into a template."""
    match chance.randrange(8):
        case 0 | 1 | 2:
            return harmless(chance)
        case 3:
            return chance.choice(MARKUP)
        case 4:
            return chance.choice(RAW)
        case 5:
            return f"{{% for x in {expression(chance)} %}}{{{{ {expression(chance)} }}}}{{% endfor %}}"
        case 6:
            return f"{{% if {expression(chance)} %}}{chance.choice(MARKUP)}{{% endif %}}"
        case _:
            return f"{{{{ {expression(chance)} }}}}"


def templates(seed: int) -> tuple[Source, ...]:
    """One or two templates of the house with something put into them, or cut out."""
    chance = random.Random(seed)
    return tuple(spoilt(name, chance) for name in chance.sample(NAMES, chance.choice((1, 1, 2))))


def spoilt(name: str, chance: random.Random) -> Source:
    text = resources("templates").read(f"{name}.xhtml.j2").decode()
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.choice([found.start() for found in PLACE.finditer(text)])
        text = text[:at] + inserted(chance) + text[at:]
    if chance.random() < 0.1:
        at = chance.randrange(len(text))
        text = text[:at] + text[at + chance.randrange(30) :]
    return Source(name=f"book/templates/{name}.xhtml.j2", text=text)


@contextmanager
def limited() -> Iterator[None]:
    """Stops a template as the child process does, and fails if it goes on."""
    calls = 0

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal calls
        calls += 1
        raise Overdue if calls > 5 else TooMuch("it takes too long")

    here = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGPROF, stop)
    resource.setrlimit(resource.RLIMIT_AS, (here + BYTES, hard))
    signal.setitimer(signal.ITIMER_PROF, SECONDS, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGPROF, before)


@pytest.fixture(scope="module")
def requests(everything: Path) -> tuple[DocumentRequest, ...]:
    """Requests for some documents of a PDF: a text with notes, and front matter."""
    publication = pipeline.check(BuildRequest(folder=Folder(everything))).publication
    assert isinstance(publication, Publication)
    sections = publication.sections
    context = Context(
        format=Format.PDF,
        metadata=publication.metadata,
        words=publication.words,
        contents=publication.contents,
        series=publication.series,
        places=places(sections, gathered=()),
        images={image.path: f"images/{at}.png" for at, image in enumerate(publication.images)},
        notes_at_calls={note.call_id: note for section in sections for note in section.notes},
    )
    return tuple(
        DocumentRequest(template="pdf.xhtml.j2", context=replace(context, here=item.id), values={"s": item})
        for item in sections
        if item.role in (Role.HALF_TITLE, Role.TITLE_PAGE, Role.INTRODUCTION)
    )


def ending(seed: int, requests: Sequence[DocumentRequest]) -> str:
    """`made`, or the code of what was found."""
    own = templates(seed)
    try:
        with limited():
            renderer = Renderer(own, largest=LARGEST)
            made = [renderer.document(request) for request in requests]
        assert sum(map(len, made)) <= 2 * LARGEST
        return "made"
    except PublisherError as error:
        for found in error.diagnostics:
            assert found.code in CODES
            assert found.span is not None, found
            assert found.span.source in own
            assert "\x1b" not in found.message
        return error.diagnostics[0].code


def test_spoilt_templates_make_documents_or_located_diagnostics(requests: tuple[DocumentRequest, ...]) -> None:
    endings = Counter(ending(seed, requests) for seed in range(FEW))
    assert endings["made"] >= LEAST_MADE * FEW, endings
    assert {"S-010", "S-011", "S-020"} <= set(endings)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(1_000, 1_000 + MANY, STEP))
def test_ten_thousand_spoilt_templates(first: int, requests: tuple[DocumentRequest, ...]) -> None:
    endings = Counter(ending(seed, requests) for seed in range(first, first + STEP))
    assert endings["made"] >= LEAST_MADE * STEP, endings


def test_a_spoilt_template_ends_the_command_in_order(tmp_path: Path, lay_down: LayDown) -> None:
    endings = Counter(checked(tmp_path / str(seed), seed, lay_down) for seed in range(200, 204))
    assert set(endings) <= {ExitCode.DONE, ExitCode.CONTENT}


@pytest.mark.nightly
def test_spoilt_templates_end_the_command_in_order(tmp_path: Path, lay_down: LayDown) -> None:
    endings = Counter(checked(tmp_path / str(seed), seed, lay_down) for seed in range(12_000, 12_300))
    assert endings[ExitCode.DONE] >= 60, endings


def checked(folder: Path, seed: int, lay_down: LayDown) -> ExitCode:
    """How `publisher check` ends, with the templates in a process of their own."""
    own = {source.name.removeprefix("book/"): source.text.encode(errors="surrogatepass") for source in templates(seed)}
    lay_down(folder, own)
    try:
        publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
        assert publication is not None
        render_pdf(publication)
        render_epub(publication, cover=b"", page_break_source=None)
    except PublisherError as error:
        return error.exit_code if all(diagnostic.span for diagnostic in error.diagnostics) else ExitCode.BUG
    return ExitCode.DONE
