"""The documents of a rendition: made here with the built-in templates, in a process of its own with an edition's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from publisher.diagnostics import Source
from publisher.render.context import Context
from publisher.render.engine import DocumentRequest, Renderer
from publisher.render.font_plan import FontPlan
from publisher.render.font_spans import with_fonts
from publisher.render.isolated import rendered_apart


class Templates:
    """The built-in templates, with those of an edition in their place if it has some."""

    def __init__(self, own: Iterable[Source] = (), *, fonts: FontPlan | None = None) -> None:
        """Take the edition's own templates and the fonts of its documents."""
        self._own = tuple(own)
        self._fonts = fonts
        self._renderer = Renderer()

    def documents(self, requests: Sequence[DocumentRequest]) -> tuple[str, ...]:
        """The texts of well-formed XML documents, in the order of the requests.

        Raises `PublisherError`: S-010 if a template has a mistake or exceeds a limit, S-011 if what it makes is not
        well-formed, S-020 if it has what no book may have.
        """
        own = self._own if requests else ()
        if own:
            return tuple(self._set(text, None) for text in rendered_apart(own, requests))
        return tuple(self._set(*self._renderer.parsed(request)) for request in requests)

    def _set(self, text: str, root: etree._Element | None) -> str:
        """The text of a document with its words in the families of the plan; the tree is that of the text, if known."""
        return text if self._fonts is None else with_fonts(text, self._fonts, root=root)

    def document(self, template: str, context: Context, **values: object) -> str:
        """The text of one document; raises as `documents` does."""
        return self.documents((DocumentRequest(template=template, context=context, values=values),))[0]
