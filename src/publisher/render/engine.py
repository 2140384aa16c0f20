"""Templates into documents: where Jinja's errors become diagnostics.

An edition's own templates run in a sandbox (`sandbox`), in a process of their own (`apart`); the built-in ones alone
need neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from traceback import walk_tb
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template, TemplateError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from lxml import etree
from markupsafe import Markup

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.publication import PlacedNote
from publisher.model.target import Format
from publisher.render.context import FILTERS, Context
from publisher.render.markup import check_doctype, check_markup
from publisher.render.sandbox import WRITES_TOO_MUCH, OwnEnvironment, OwnLoader, TooMuch
from publisher.render.semantics import SEMANTIC_FILTERS
from publisher.render.template_styles import with_styles_written
from publisher.sanitize.xml import parse_xml

_NO_MACRO = re.compile(r"TemplateModule object' has no attribute '(\w+)'")
"""What Jinja says where a template calls a macro that another should have."""
_NO_FIELD = re.compile(r"^'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'$")
"""What Jinja says where a template asks for a field that is not there."""
_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRequest:
    """A document to be made."""

    template: str
    context: Context
    values: Mapping[str, object] = field(default_factory=dict)
    """What the template is given next to the context, `c`."""


class Renderer:
    """The built-in templates, with those of an edition in their place where it has some.

    `largest` is how many characters all documents may have together; `on_shortage` makes room for the diagnostic when
    the memory is used up.
    """

    def __init__(
        self, own: Iterable[Source] = (), *, largest: int = 0, on_shortage: Callable[[], None] = lambda: None
    ) -> None:
        """Take the edition's own templates, the largest output in bytes, and what to call if it is exceeded."""
        self._own = {source.name.rpartition("templates/")[2]: source for source in own}
        self._house = PackageLoader("publisher.render")
        self._loader = OwnLoader(self._own)
        self._environment = self._own_environment(largest) if self._own else _house_environment()
        self._left = largest
        self._on_shortage = on_shortage

    def _own_environment(self, largest: int) -> Environment:
        """The environment of the edition's templates, and of the built-in where it has none."""
        environment = OwnEnvironment(ChoiceLoader([self._loader, self._house]), largest=largest)
        environment.filters.update((*FILTERS, *SEMANTIC_FILTERS))
        return environment

    def document(self, request: DocumentRequest) -> str:
        """The text of one well-formed XML document; raises as `parsed` does."""
        return self.parsed(request)[0]

    def parsed(self, request: DocumentRequest) -> tuple[str, etree._Element | None]:
        """The text of one well-formed XML document, and its tree if the text was not changed after it was parsed.

        Raises `PublisherError` if a template has an error or exceeds a limit, or if its output is not
        well-formed or has markup or styles that are not allowed.
        """
        values = {"c": self._with_notes(request.context), **request.values}

        def made() -> str:
            template = self._environment.get_template(request.template)
            return "".join(self._counted(template, values)) if self._own else template.render(values)

        return self._checked(request, self._or_mistake(made))

    def compile_own(self) -> None:
        """Compile every template of the edition, those that no document uses too. Raises `PublisherError` (S-010)."""
        for name in self._own:
            self._or_mistake(partial(self._compile, name))

    def _compile(self, name: str) -> str:
        return str(self._environment.get_template(name).name)

    def _or_mistake(self, made: Callable[[], str]) -> str:
        """What a function makes of templates. Raises `PublisherError` (S-010) for their mistakes."""
        try:
            return made()
        except TemplateError as error:
            raise PublisherError(self._mistake(error)) from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            if not self._own and self._place(error) is None:
                raise
            raise PublisherError(self._mistake(error)) from error
        except Exception as error:
            if not self._own:
                raise
            raise PublisherError(self._mistake(error)) from error

    def _with_notes(self, context: Context) -> Context:
        """The context in which notes can be rendered at their calls."""
        if not context.notes_at_calls:
            return context
        bare = replace(context, notes_at_calls={})
        return replace(context, render_note=lambda note, placement: self._note(note, bare, placement))

    def _note(self, note: PlacedNote, context: Context, placement: str) -> Markup:
        """The body of one note."""
        module: Any = self._environment.get_template("notes.xhtml.j2").module
        return Markup(module.note(note, context, placement))

    def _counted(self, template: Template, values: Mapping[str, object]) -> Iterator[str]:
        """What a template of the edition's own writes, bit by bit; raises `TooMuch` from within the template."""
        stream = cast("Generator[str, None, None]", template.generate(values))
        for words in stream:
            self._left -= len(words)
            if self._left < 0:
                stream.throw(TooMuch(WRITES_TOO_MUCH))
            yield words

    def _checked(self, request: DocumentRequest, text: str) -> tuple[str, etree._Element | None]:
        """The text, its styles written again where a template of the edition's own may have written them."""
        name = request.template
        if self._own:
            check_doctype(text, own=self._own, name=name)
        try:
            root = parse_xml(text.encode(), long=True)
        except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
            raise PublisherError(self._not_well_formed(name, error)) from error
        if not self._own:
            return text, root
        check_markup(root, own=self._own, name=name)
        context = request.context
        folder = "text" if context.format is Format.EPUB else ""
        pictures = frozenset(context.images.values())
        return with_styles_written(root, text, own=self._own, name=name, folder=folder, there=pictures), None

    def _mistake(self, error: Exception) -> Diagnostic:
        """A mistake in a template, at its line where the template is the edition's own."""
        if isinstance(error, MemoryError):
            self._on_shortage()
        lacking = self._without_macro(str(error))
        if lacking:
            return lacking
        name, line = self._place(error) or (self._loader.last if self._own else "a template", 1)
        source = self._own.get(name)
        where = "" if source else f" ({name}, line {line})"
        source = source or next(iter(self._own.values()), None)
        return Diagnostic(
            code="S-010",
            message=f"the template cannot be used: {_in_words(error)}{where}",
            span=source.line_span(min(line, len(source.line_starts)) if not where else 1) if source else None,
            hint="compare with the template of the same name that comes with publisher, or take your own away",
        )

    def _without_macro(self, problem: str) -> Diagnostic | None:
        """What is said of the edition's own template that lacks a macro which the built-in of that name has."""
        called = _NO_MACRO.search(problem)
        if not called:
            return None
        macro = re.compile(rf"\bmacro\s+{called[1]}\b")
        for name, source in self._own.items():
            if macro.search(self._of_the_house(name)) and not macro.search(source.text):
                return Diagnostic(
                    code="S-010",
                    message=f"the template lacks the macro “{called[1]}”, which other templates call",
                    span=source.line_span(1),
                    hint="begin with a copy of the template of that name that comes with publisher, and change that",
                )
        return None

    def _of_the_house(self, name: str) -> str:
        """The text of the built-in template of that name; nothing where it has none."""
        try:
            return self._house.get_source(self._environment, name)[0]
        except TemplateNotFound:
            return ""

    def _place(self, error: Exception) -> tuple[str, int] | None:
        """The template and the line in which an error arose, if it arose in one."""
        if isinstance(error, TemplateSyntaxError) and error.name:
            return error.name, error.lineno
        frames = ((frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__))
        inside = [(file.rpartition("templates/")[2], line) for file, line in frames if file.endswith(".j2")]
        if not inside:
            return None
        return next((place for place in reversed(inside) if place[0] in self._own), inside[-1])

    def _not_well_formed(self, name: str, error: Exception) -> Diagnostic:
        source = self._own.get(name) or next(iter(self._own.values()), None)
        return Diagnostic(
            code="S-011",
            message=f"{name} makes a document that is not well-formed: {_in_words(error)}",
            span=source.line_span(1) if source else None,
            hint="every element that a template opens must be closed, and every attribute quoted",
        )


@lru_cache(maxsize=1)
def _house_environment() -> Environment:
    """The environment of the built-in templates, each compiled once in a process."""
    environment = Environment(
        loader=PackageLoader("publisher.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=False,
        keep_trailing_newline=True,
    )
    environment.filters.update((*FILTERS, *SEMANTIC_FILTERS))
    return environment


def _in_words(error: Exception) -> str:
    """What an error says, without the names that Python has for things."""
    match error:
        case RecursionError():
            return "it calls or includes itself without end, or is nested too deeply"
        case MemoryError():
            return "it takes too much memory"
        case KeyError() if error.args:
            words = f"there is no “{error.args[0]}”"
        case etree.XMLSyntaxError():
            words = error.msg
        case _:
            words = str(error).rstrip(".") or type(error).__name__
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in words[:_LONGEST_MESSAGE]).split())
    return _NO_FIELD.sub(r"\1 has no “\2”", words)
