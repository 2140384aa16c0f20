"""An edition's own templates: what they may do, and what becomes of those that do something else."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace

import msgspec
import pytest

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.publication import FixedWords, Metadata, Publication
from publisher.model.rendition import PdfSection
from publisher.model.target import Format
from publisher.render import isolated, render_epub, render_pdf
from publisher.render.context import Context
from publisher.render.engine import DocumentRequest, Renderer
from publisher.render.isolated import rendered_apart
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{}</body></html>'
LARGEST = 100_000

MISTAKES: dict[str, tuple[str, int, str]] = {
    "an exception of a helper": ("\n{{ cycler() }}", 2, "at least one item"),
    "a lack of a filter": ("\n\n{{ 'a'|nothing }}", 3, "No filter named"),
    "a division": ("{{ 1 / 0 }}", 1, "division by zero"),
    "a lookup": ("\n{{ 'nowhere'|href(c) }}", 2, "there is no “nowhere”"),
    "an assertion": ("\n{{ c.note_at_call(c) }}", 2, ""),
    "a filter given nonsense": ("\n{{ 1|in_role(2) }}", 2, "not iterable"),
    "a sum of words and numbers": ("\n{{ 'a' + 1 }}", 2, "concatenate"),
    "a macro that calls itself": ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", 2, "without end"),
    "a template that includes itself": ("\n{% include 'pdf-empty.xhtml.j2' %}", 2, "without end"),
    "a template that imports itself": ("\n{% from 'pdf-empty.xhtml.j2' import x %}", 2, "without end"),
    "a template that extends itself": ("{% extends 'pdf-empty.xhtml.j2' %}", 1, "without end"),
    "a template that is not there": ("\n{% include '\x1b]0;no' %}", 2, "]0;no"),
    "deep loops": ("\n" + "{% for a in [1] %}" * 60 + "{% endfor %}" * 60, 2, "more than 16 statements"),
    "deep conditions": ("\n" * 9 + "{% if 1 %}" * 200 + "{% endif %}" * 200, 10, "more than 16 statements"),
    "deep brackets": ("\n{{ " + "(" * 300 + "1" + ")" * 300 + " }}", 2, "more than 40 brackets"),
    "a long sum": ("\n{{ " + "1 + " * 3000 + "1 }}", 2, "too long"),
    "a long chain of filters": ("\n{{ 1" + "|string" * 990 + " }}", 1, "nested too deeply"),
    "a repeated word": ("\n{{ ('a' * 2000000000)|length }}", 2, "too long"),
    "a repeated list": ("\n{{ (100000000 * [1])|length }}", 2, "too long"),
    "a power": ("\n{{ 9 ** 99999 }}", 2, "too large"),
    "a great range": ("\n{{ range(10 ** 9)|length }}", 2, "Range too big"),
    "much output": ("{% for a in range(99999) %}\nabcdefghij{% endfor %}", 1, "much more"),
    "much output of a macro": (
        "\n{% macro m() %}{% for a in range(99999) %}abcdefghij{% endfor %}{% endmacro %}{{ m() }}",
        2,
        "much more",
    ),
    "a filter that is withheld": ("\n{{ c|attr('metadata') }}", 2, "No filter named"),
    "chance": ("\n{{ [1, 2]|random }}", 2, "No filter named"),
    "words by chance": ("\n{{ lipsum() }}", 2, "undefined"),
    "a function": ("\n{{ c.note_at_call }}", 2, "only text and numbers"),
    "a value with fields": ("\n{{ c.metadata }}", 2, "only text and numbers"),
    "a generator": ("\n{{ ['a']|map('upper') }}", 2, "only text and numbers"),
    "a hidden field": ("\n{{ c.render_note('a', 'b') }}", 2, "unsafe"),
    "a class": ("\n{{ c.__class__.__mro__ }}", 2, "unsafe"),
    "a class by name in a string": ("\n{{ '{0.__class__.__mro__}'.format(c) }}", 2, "unsafe"),
    "a class by an attribute of a filter": ("\n{{ ([c]|map(attribute='__class__')|list)[0] }}", 2, "unsafe"),
    "the globals of a macro": ("{% macro m() %}{% endmacro %}\n{{ m.__globals__ }}", 2, "has no"),
    "the loop's iterator": ("\n{% for a in [1] %}{{ loop._iterator }}{% endfor %}", 2, "unsafe"),
    "the environment": ("\n{{ self._TemplateReference__context.environment }}", 2, "unsafe"),
    "a method that changes a list": ("\n{% set a = [1] %}{{ a.append(2) }}", 2, "unsafe"),
    "a method that changes a mapping": ("\n{{ c.places.update({}) }}", 2, "unsafe"),
    "words without Python's names": ("\n{{ c.nothing }}", 2, "Context has no “nothing”"),
}
"""What a template holds, the line of the mistake, and what the message says."""

MARKUP: dict[str, tuple[str, str]] = {
    "a script": ("<script>x()</script>", "<script>"),
    "a script put together": ("{{ '<scr' ~ 'ipt/>' }}", ""),
    "a script marked as safe": ("{{ ('<scr' ~ 'ipt/>')|safe }}", "<script>"),
    "an event": ('<p onmouseover="x()">A</p>', "onmouseover"),
    "a form": ("<form/>", "<form>"),
    "a frame": ('<iframe src="a.html"/>', "<iframe>"),
    "an object": ('<object data="a"/>', "<object>"),
    "a foreign drawing": ('<svg xmlns="http://www.w3.org/2000/svg"/>', "<svg>"),
    "a formula": ('<math xmlns="http://www.w3.org/1998/Math/MathML"/>', "<math>"),
    "an element of no language": ('<x xmlns=""/>', "<x>"),
    "a base": ('<base href="https://example.org/"/>', "<base>"),
    "an address of a picture": ('<img src="//example.org/a.png" alt=""/>', "outside of the book"),
    "an absolute path of a picture": ('<img src="/etc/passwd" alt=""/>', "outside of the book"),
    "data as a picture": ('<img src="data:image/png;base64,AA==" alt=""/>', "outside of the book"),
    "a choice of pictures": ('<img src="a.png" srcset="https://example.org/a.png 2x" alt=""/>', "srcset"),
    "a ping": ('<a href="#a" ping="https://example.org/">A</a>', "ping"),
    "a link that runs": ('<a href="javascript:x()">A</a>', "a link leads"),
    "a link that runs, disguised": ('<a href=" jAva&#10;script:x()">A</a>', "a link leads"),
    "a link to a file": ('<a href="file:///etc/passwd">A</a>', "a link leads"),
    "a refresh": ('<meta http-equiv="refresh" content="0; url=https://example.org/"/>', "http-equiv"),
    "another sheet": ('<link rel="stylesheet" href="https://example.org/a.css"/>', "a link leads"),
    "a preload": ('<link rel="preload" href="a.css"/>', "linked with style sheets only"),
    "words that are hidden": ('<p hidden="hidden">A</p>', "hidden"),
    "an instruction": ("<?go now?>", "<?go?>"),
    "elements without end": ("<div>" * 200 + "</div>" * 200, "more than 100 elements"),
}
"""What a template writes into the body, and what the message says; nothing if it is harmless."""


@pytest.fixture
def context(publication: Publication) -> Context:
    metadata: Metadata = publication.metadata
    words: FixedWords = publication.words
    return Context(format=Format.PDF, metadata=metadata, words=words, contents=(), series=(), places={})


def rendered(text: str, context: Context, *, name: str = "pdf-empty.xhtml.j2") -> str:
    """What a template of the edition's own writes, rendered in this process."""
    own = Source(name=f"book/templates/{name}", text=text)
    return Renderer((own,), largest=LARGEST).document(DocumentRequest(template="pdf-empty.xhtml.j2", context=context))


def mistake(text: str, context: Context) -> Diagnostic:
    with pytest.raises(PublisherError) as caught:
        rendered(text, context)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(("text", "line", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_whatever_goes_wrong_is_shown_at_its_line(text: str, line: int, words: str, context: Context) -> None:
    found = mistake(text, context)
    assert found.code == "S-010"
    assert found.span is not None
    assert found.span.source.position(found.span.start) == (line, 1)
    assert words in found.message
    assert found.message.isprintable()


@pytest.mark.parametrize(("body", "words"), MARKUP.values(), ids=MARKUP.keys())
def test_what_no_book_may_have_is_refused(body: str, words: str, context: Context) -> None:
    if not words:
        assert "&lt;script/&gt;" in rendered(PAGE.replace("{}", body), context)
        return
    found = mistake(PAGE.replace("{}", body), context)
    assert found.code == "S-020"
    assert found.span is not None
    assert words in found.message


def test_a_document_declares_nothing(context: Context) -> None:
    for declared in ('<!ENTITY a "b">', "<!ELEMENT p ANY>", '<!ENTITY a SYSTEM "file:///etc/passwd">'):
        assert mistake(f"<!DOCTYPE html [{declared}]>{PAGE}", context).code == "S-020"


def test_of_several_templates_the_one_with_the_mistake_is_shown(context: Context) -> None:
    own = [
        Source(name=f"book/templates/{name}", text=text)
        for name, text in (("a.j2", "fine"), ("b.j2", "\n{{ 1 / 0 }}"), ("pdf-empty.xhtml.j2", "{% include 'b.j2' %}"))
    ]
    with pytest.raises(PublisherError) as caught:
        Renderer(own, largest=LARGEST).document(DocumentRequest(template="pdf-empty.xhtml.j2", context=context))
    (found,) = caught.value.diagnostics
    assert str(found.span) == "book/templates/b.j2:2:1"


def test_a_template_that_no_document_uses_is_compiled_too(context: Context) -> None:
    used = Source(name="templates/pdf-empty.xhtml.j2", text=PAGE.format("{{ 1 }}"))
    for text, line in (
        ("\n{% if %}", 2),
        ("{% for a in [1] %}" * 60 + "{% endfor %}" * 60, 1),
        ("{{ 'a'|nothing }}", 1),
    ):
        unused = Source(name="templates/never/used.j2", text=text)
        with pytest.raises(PublisherError) as caught:
            rendered_apart((used, unused), (DocumentRequest(template="pdf-empty.xhtml.j2", context=context),))
        (found,) = caught.value.diagnostics
        assert (found.code, found.span and found.span.source.name) == ("S-010", unused.name)
        assert found.span is not None
        assert found.span.source.text.count("\n", 0, found.span.start) + 1 == line


def test_what_templates_need_is_allowed(context: Context) -> None:
    body = (
        "{% set names = namespace(all=[]) %}{% for a in ['x', 'y'] %}{% set names.all = names.all + [a.upper()] %}"
        "{% endfor %}<p>{{ names.all|join(', ') }}{{ 2 * 3 }}{{ '-' * 3 }}{{ c.words.by[:1] }}{{ c.format.value }}</p>"
    )
    by = context.words.by[:1]
    assert f"<p>X, Y6---{by}pdf</p>" in rendered(PAGE.replace("{}", body), context)


def unnamed(section: PdfSection) -> PdfSection:
    """A section whose pictures have no names."""
    return replace(section, document=re.sub(r'src="images/[^"]*"', 'src="images/"', section.document))


def test_a_copy_of_a_template_of_the_house_makes_the_same_documents(publication: Publication) -> None:
    house = Renderer()._house
    names = [name for name in house.list_templates() if "cover" not in name]
    own = tuple(
        Source(name=f"book/templates/{name}", text=house.get_source(Renderer()._environment, name)[0]) for name in names
    )
    with_own = replace(publication, templates=own)
    # with templates of its own, which may name them, the pictures of a PDF have the names of their files
    mine, ours = ([unnamed(section) for section in render_pdf(item).sections] for item in (with_own, publication))
    assert mine == ours
    here, apart_ = (render_epub(item, cover=b"", page_break_source=None) for item in (publication, with_own))
    assert (here.documents, here.ncx) == (apart_.documents, apart_.ncx)


LIMITED: dict[str, tuple[str, str]] = {
    "loops": (
        "{% for a in range(99999) %}{% for b in range(99999) %}\n{% endfor %}{% endfor %}",
        "more than 1 seconds",
    ),
    "memory": (
        "{% set n = namespace(x='a' * 999999) %}\n{% for a in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "too much memory",
    ),
    "one long computation": (
        "\n{{ ('x' * 999999)|replace('x', 'y' * 999999)|length }}",
        "too much memory",
    ),
}
"""A template, and which limit stops it."""


@pytest.mark.parametrize(("text", "words"), LIMITED.values(), ids=LIMITED.keys())
def test_time_and_memory_have_limits(text: str, words: str, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "SECONDS", 1)
    own = Source(name="book/templates/pdf-empty.xhtml.j2", text=text)
    with pytest.raises(PublisherError, match=rf"S-010.*{words}") as caught:
        rendered_apart((own,), [DocumentRequest(template="pdf-empty.xhtml.j2", context=context)])
    (found,) = caught.value.diagnostics
    assert found.span is not None


def test_a_child_that_ends_or_answers_otherwise_is_a_fault_of_the_template(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Source(name="book/templates/pdf-empty.xhtml.j2", text="x")
    answers: list[bytes | Exception] = [LimitExceeded(Limit.TIME), LimitExceeded(Limit.OUTPUT), ChildFailed("gone")]
    answers += [b"\x93\x01\x02\x03", b"\x90", b"garbage"]

    def answer(function: str, request: bytes, *, limits: Limits) -> bytes:
        found = answers.pop()
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(isolated, "run_limited", answer)
    while answers:
        with pytest.raises(PublisherError, match="S-010"):
            rendered_apart((own,), [DocumentRequest(template="pdf-empty.xhtml.j2", context=context)])


STYLES: dict[str, tuple[str, str, str]] = {
    "an address": ('\n<p style="background: url(https://example.org/a.png)">A</p>', "S-012", "2:23"),
    "an address in pieces": ("<p style=\"{{ 'background: url(https://exam' ~ 'ple.org/a)' }}\">A</p>", "S-012", "1:1"),
    "an escaped address": ('\n<p style="background: u\\72l(//a.b)">A</p>', "S-012", "2:23"),
    "an entity in an address": ('<p style="background: url(&#104;ttps://example.org/a.png)">A</p>', "S-012", "1:1"),
    "a picture that is not there": ('\n<p style="background: url(images/x.png)">A</p>', "S-012", "2:23"),
    "a sheet that imports": ("\n<style>\n@import 'a.css';</style>", "S-012", "3:1"),
    "a sheet with an address": ("\n<style>p { color: red }\n em { background: url(//a.b) }</style>", "S-012", "3:19"),
    "a sheet that ends in its middle": ("\n<style>p { content: 'a\n}</style>", "S-001", "2:21"),
    "an unknown property": ('\n<p style="zoom-x: 3">A</p>', "S-012", "2:11"),
    "a number without end": (f'\n<p style="width: {"9" * 5000}px">A</p>', "S-030", "2:18"),
}
"""What a template writes, the code, and the place in the template."""


@pytest.mark.parametrize(("body", "code", "place"), STYLES.values(), ids=STYLES.keys())
def test_a_style_that_a_template_writes_is_held_to_the_lists(
    body: str, code: str, place: str, context: Context
) -> None:
    found = mistake(PAGE.replace("{}", body), context)
    assert (found.code, str(found.span).partition("j2:")[2]) == (code, place)


def test_a_style_that_a_template_writes_is_written_again(context: Context) -> None:
    body = '<p style="c\\6f lor: red /* why */">A &amp; B</p><style>p &gt; em { color: blue /* x */ }</style>'
    written = rendered(PAGE.replace("{}", body), context)
    assert '<p style="color: red /*     */">A &amp; B</p><style>p &gt; em { color: blue /*   */ }</style>' in written


def test_a_request_holds_values_of_the_model_only() -> None:
    request = msgspec.msgpack.encode((1, 1, pickle.dumps(((), [print]))))
    with pytest.raises(pickle.UnpicklingError, match="no value of the model"):
        isolated.render(request)
