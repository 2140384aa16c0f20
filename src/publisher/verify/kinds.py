"""What words and paragraphs are, in documents: titles of works, dates, abbreviations, parts of letters and plays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publisher.diagnostics import Diagnostic
from publisher.model.inline import Emphasis
from publisher.verify.diagnose import display, whole, wrong
from publisher.verify.line import Expected, Found, MarkedWords

ELEMENTS: Mapping[Emphasis, str] = {
    Emphasis.TITLE: "cite.work-title",
    Emphasis.SOURCE: "cite.source",
    Emphasis.TERM: "dfn",
    Emphasis.ITALIC_TYPE: "i.italic-type",
    Emphasis.SHIP: "i.ship",
    Emphasis.FOREIGN: "i.foreign",
    Emphasis.STAGE_DIRECTION: "i.stage-direction",
    Emphasis.SPEAKER: "span.speaker",
    Emphasis.ROMAN: "span.roman",
    Emphasis.ALL_SMALL_CAPS: "span.all-small-caps",
    Emphasis.DATE: "span.date",
    Emphasis.DOTS: "span.dots",
    Emphasis.RUBY: "ruby",
}
"""The element, with its class, of words that are marked as what they are."""
ALWAYS = frozenset({"cite", "dfn", "i", "abbr", "time", "ruby"})
"""Elements that mark words; a span does so by its class."""
CLASSES = frozenset(text.partition(".")[2] for text in ELEMENTS.values() if text.startswith("span."))


def element_of(style: Emphasis, value: str | None) -> str:
    """The element of words of a style; empty if they are only set apart."""
    return (
        f"abbr.{value}"
        if style is Emphasis.ABBREVIATION and value
        else {**ELEMENTS, Emphasis.ABBREVIATION: "abbr"}.get(style, "")
    )


def found_element(name: str, classes: str) -> str:
    """The element that was found, with its class; empty if it marks nothing."""
    if name not in ALWAYS and not (name == "span" and classes in CLASSES):
        return ""
    return f"{name}.{classes}" if classes else name


def kind_faults(pairs: Iterable[tuple[Expected, Found]], *, artifact: str) -> Iterator[Diagnostic]:
    """V-064 for words and paragraphs that a document marks as something else than the publication does."""
    for expected, found in pairs:
        if expected.kind != found.kind:
            message = (
                f"({found.place}) {expected.name} should be marked as {expected.kind or 'nothing'}, "
                f"and is marked as {found.kind or 'nothing'}: {whole(found)}"
            )
            yield wrong("V-064", message, artifact=artifact, line=expected)
        if expected.within != found.within:
            wanted, there = (" in ".join(reversed(item.within)) or "no block" for item in (expected, found))
            message = f"({found.place}) {expected.name} should be in {wanted}, and is in {there}: {whole(found)}"
            yield wrong("V-064", message, artifact=artifact, line=expected)
        want, have = list(map(_key, expected.marked)), list(map(_key, found.marked))
        if want != have:
            first = next((item for item in want if item not in have), None)
            message = f"({found.place}) {expected.name} has words that are not marked as they should be: " + (
                f"“{display(first[1][:70])}” should be <{first[0]}>" if first else f"“{display(have[0][1][:70])}”"
            )
            yield wrong("V-064", message, artifact=artifact, line=expected)


def _key(marked: MarkedWords) -> tuple[str, str, str]:
    return marked.element, "".join(marked.text.split()), marked.value
