"""References in one style and language, as a volume cites and lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from publisher.compose.citations.processor import Processor
from publisher.compose.citations.running import running
from publisher.compose.markup import Inlines, inlines_of
from publisher.model.inline import Citation, CitedReference, Emphasis, Inline, InternalLink, Run, Styled
from publisher.model.publication import ReferenceEntry
from publisher.model.reference import Reference


def reference_id(key: str) -> str:
    """The element id of a reference in the list."""
    return "ref-" + re.sub(r"[^\w.-]", lambda one: f"_{ord(one.group()):x}", key)


class Citations:
    """References formatted in one style and language."""

    def __init__(
        self, references: Sequence[Reference], *, style: str, language: str, cited: Iterable[str] | None = None
    ) -> None:
        """`cited` are the keys that the volume cites, in order; without it, all references in theirs.

        Raises `PublisherError` where the style is unknown (R-010) or a record cannot be formatted (R-011).
        """
        by_key = {reference.key: reference for reference in references}
        keys = [key for key in dict.fromkeys(by_key if cited is None else cited) if key in by_key]
        with running():
            processor = Processor([by_key[key] for key in keys], style=style, language=language)
            self._affixes = processor.affixes
            self._superscript = processor.superscript
            self._order, self._cores, self._entries = processor.printed()

    def cite(self, citation: Citation) -> Inlines:
        """The citation: each reference a link to its entry in the list, locators as they are written."""
        prefix, delimiter, suffix = self._affixes
        nodes: list[Inline] = [Run(text=prefix)] if prefix else []
        for index, cited in enumerate(citation.references):
            nodes += [Run(text=delimiter)] if index else []
            nodes += self._cited(cited)
        nodes += [Run(text=suffix)] if suffix else []
        return (Styled(style=Emphasis.SUPERSCRIPT, children=tuple(nodes)),) if self._superscript else tuple(nodes)

    def _cited(self, cited: CitedReference) -> Iterator[Inline]:
        core = self._cores[cited.key]
        yield InternalLink(
            target_id=reference_id(cited.key), children=inlines_of(core, links=False), purpose="citation"
        )
        if cited.locator:
            yield Run(text=f", {_unbroken(cited.locator)}")

    def bibliography(self, keys: Iterable[str]) -> tuple[ReferenceEntry, ...]:
        """The entries of these references, in the order of the style."""
        asked = set(keys)
        return tuple(
            ReferenceEntry(id=reference_id(key), children=inlines_of(self._entries[key]))
            for key in self._order
            if key in asked
        )


def _unbroken(locator: str) -> str:
    """The locator with no line end between an abbreviation and its number: `para. 8`."""
    return re.sub(r"(?<=\.) (?=[\dIVXivx])", "\u00a0", locator)
