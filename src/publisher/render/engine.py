"""Templates into documents: the only place that knows Jinja2, and where its errors become diagnostics.

An edition's own templates run in a sandbox: they can loop and ask, not reach out; those of the house alone need none
(https://jinja.palletsprojects.com/en/stable/sandbox/).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment, PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.publication import PlacedNote
from publisher.render.context import FILTERS, Context

_NO_MACRO = re.compile(r"TemplateModule object' has no attribute '(\w+)'")
"""What Jinja says where a template calls a macro that another should have."""
_NO_FIELD = re.compile(r"^'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'$")
"""What Jinja says where a template asks for a field that is not there."""


class Templates:
    """The templates of the house, with those of an edition in their place where it has some."""

    def __init__(self, own: Iterable[Source] = ()) -> None:
        self._own = {source.name.rpartition("templates/")[2]: source for source in own}
        self._house = PackageLoader("publisher.render")
        loaders: list[BaseLoader] = [
            DictLoader({name: source.text for name, source in self._own.items()}),
            self._house,
        ]
        environment = ImmutableSandboxedEnvironment if self._own else Environment
        self._environment = environment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=False,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(FILTERS)

    def document(self, name: str, context: Context, **values: object) -> str:
        """The text of one well-formed XML document.

        Raises `PublisherError` (S-010 where a template has a mistake, S-011 where what it makes is not well-formed).
        """
        text = self._render(name, c=context, **values)
        try:
            etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        except etree.XMLSyntaxError as error:
            raise PublisherError(self._not_well_formed(name, error)) from error
        return text

    def note(self, note: PlacedNote, context: Context, *, placement: str) -> Markup:
        """The body of one note."""
        try:
            module: Any = self._environment.get_template("notes.xhtml.j2").module
            return Markup(module.note(note, context, placement))
        except TemplateError as error:
            raise PublisherError(self._mistake(error)) from error

    def _render(self, name: str, **values: object) -> str:
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateError as error:
            raise PublisherError(self._mistake(error)) from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            if self._line(error) is None:
                raise
            raise PublisherError(self._mistake(error)) from error

    def _mistake(self, error: Exception) -> Diagnostic:
        """A mistake in a template, at its line where the template is the edition's own."""
        lacking = self._without_macro(str(error))
        if lacking:
            return lacking
        name, line = self._line(error) or ("a template", 1)
        source = self._own.get(name)
        where = "" if source else f" ({name}, line {line})"
        return Diagnostic(
            code="S-010",
            message=f"the template cannot be used: {_in_words(error)}{where}",
            span=source.line_span(min(line, len(source.line_starts))) if source else None,
            hint="compare with the template of the same name that comes with publisher, or take your own away",
        )

    def _without_macro(self, problem: str) -> Diagnostic | None:
        """What is said of the edition's own template that lacks a macro which the house's of that name has."""
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
        """The text of the house's template of that name; nothing where it has none."""
        try:
            return self._house.get_source(self._environment, name)[0]
        except TemplateNotFound:
            return ""

    def _line(self, error: Exception) -> tuple[str, int] | None:
        """The template and the line in which an error arose, if it arose in one."""
        if isinstance(error, TemplateSyntaxError) and error.name:
            return error.name, error.lineno
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if frame.filename.endswith(".j2") or frame.filename == "<template>"]
        if not inside:
            return None
        frame = next((frame for frame in reversed(inside) if self._name(frame.filename) in self._own), inside[-1])
        return self._name(frame.filename), frame.lineno or 1

    def _name(self, filename: str) -> str:
        """The name of a template, from what a traceback calls it."""
        if filename == "<template>" and len(self._own) == 1:
            return next(iter(self._own))
        return filename.rpartition("templates/")[2]

    def _not_well_formed(self, name: str, error: etree.XMLSyntaxError) -> Diagnostic:
        source = self._own.get(name) or next(iter(self._own.values()), None)
        return Diagnostic(
            code="S-011",
            message=f"{name} makes a document that is not well-formed: {error.msg}",
            span=source.line_span(1) if source else None,
            hint="every element that a template opens must be closed, and every attribute quoted",
        )


def _in_words(error: Exception) -> str:
    """What an error says, without the names that Python has for things."""
    return _NO_FIELD.sub(r"\1 has no “\2”", str(error).rstrip("."))
