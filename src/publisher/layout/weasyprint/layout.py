"""One section laid out into pages by WeasyPrint (https://doc.courtbouillon.org/weasyprint/stable/)."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Self

from publisher.layout.weasyprint import engine  # isort: skip
import cssselect2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Source
from publisher.layout.weasyprint.defaults import defaults
from publisher.layout.weasyprint.features.baseline_grid import baseline_grid_hooks
from publisher.layout.weasyprint.features.composer.hooks import Composer
from publisher.layout.weasyprint.features.east_asian_lines import east_asian_line_hooks
from publisher.layout.weasyprint.features.element_identity import identity_hooks, number_elements
from publisher.layout.weasyprint.features.emphasis_dots import emphasis_dot_hooks
from publisher.layout.weasyprint.features.figures import fit_pictures
from publisher.layout.weasyprint.features.folios import Folios
from publisher.layout.weasyprint.features.formulas import formula_hooks
from publisher.layout.weasyprint.features.hyphenation_limits import hyphenation_limit_hooks
from publisher.layout.weasyprint.features.line_numbers import line_number_hooks
from publisher.layout.weasyprint.features.loose_lines import loose_line_hooks
from publisher.layout.weasyprint.features.margin_notes import margin_note_hooks
from publisher.layout.weasyprint.features.misplaced import find_misplaced, page_sizes
from publisher.layout.weasyprint.features.no_break import no_break_hooks
from publisher.layout.weasyprint.features.note_numbers import NoteNumbers
from publisher.layout.weasyprint.features.note_rules import note_rule_hooks
from publisher.layout.weasyprint.features.omit_fonts import omit_font_hooks
from publisher.layout.weasyprint.features.own_hyphenation import own_hyphenation_hooks, own_words
from publisher.layout.weasyprint.features.page_foot import page_foot_hooks
from publisher.layout.weasyprint.features.ruby import ruby_hooks
from publisher.layout.weasyprint.features.running_heads import cut_high_heads, let_heads_break, running_head_hooks
from publisher.layout.weasyprint.features.table_width import TightTables, set_run_in
from publisher.layout.weasyprint.fetch import Fetcher
from publisher.layout.weasyprint.fixes.bidirectional_lines import bidirectional_line_hooks
from publisher.layout.weasyprint.fixes.footnote_loss import footnote_loss_hooks
from publisher.layout.weasyprint.fixes.hanging_spaces import hanging_space_hooks
from publisher.layout.weasyprint.fixes.margin_floats import margin_float_hooks
from publisher.layout.weasyprint.fixes.note_pages import note_page_hooks
from publisher.layout.weasyprint.fixes.page_start_margin import page_start_margin_hooks
from publisher.layout.weasyprint.fixes.table_rows import divide_table_rows
from publisher.layout.weasyprint.fixes.wide_words import ROUNDS, WideWords
from publisher.layout.weasyprint.hooks import Hook, apply_hooks
from publisher.layout.weasyprint.speed import speed_hooks
from publisher.model.rendition import Asset, LayoutResources, PdfSection
from publisher.pdf.assemble.origin import origins
from publisher.pdf.assemble.section_pdf import RawSection
from publisher.pdf.base_address import BASE
from publisher.pdf.engine_log import capture
from publisher.workspace.tempdir import temporary_folder

__all__ = ["EngineState", "engine", "lay_out"]

VARIANT = "pdf/a-3a"
"""What the engine writes; the binder makes the same file PDF/UA-1 as well."""
_MOST_AGAIN = ROUNDS + 2
"""How often it is laid out again for one reason: rows are divided, then heads printed once, then tables set run in."""
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True, kw_only=True)
class _Prepared:
    """A dress that the engine has read."""

    sheets: tuple[Any, ...]
    fonts: FontConfiguration
    found: tuple[Diagnostic, ...]
    """What is wrong in the style sheets."""


class _Parsed(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A document from XML: an HTML parser would move a note out of the paragraph that calls it."""

    def __init__(self, text: str, fetcher: Fetcher) -> None:
        super().__init__(string="<html>", base_url=BASE, url_fetcher=fetcher)
        root = ElementTree.fromstring(text)
        self.origins = origins(root)
        self.etree_element = _without_namespace(root)
        self.changed()

    def changed(self) -> Self:
        """The document, with what its tree is now."""
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(self.etree_element, content_language=None)
        return self


def _without_namespace(root: ElementTree.Element) -> ElementTree.Element:
    """The root element with plain HTML names; templates make the text, it holds no document type of its own."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(_XHTML)
    return root


@dataclass(frozen=True, kw_only=True)
class EngineState:
    """What the patches of the engine know of one document while it is laid out."""

    root: ElementTree.Element
    folios: Folios = field(default_factory=Folios)
    tables: TightTables = field(default_factory=TightTables)
    words: WideWords = field(default_factory=WideWords)
    composer: Composer = field(default_factory=Composer)
    numbers: dict[ElementTree.Element, int] = field(init=False)
    """The number of each element; one that continues another has its number."""
    note_numbers: NoteNumbers = field(init=False)

    def __post_init__(self) -> None:
        """Number the elements of the document."""
        object.__setattr__(self, "numbers", number_elements(self.root))
        object.__setattr__(self, "note_numbers", NoteNumbers(elements=self.numbers))

    def hooks(self, assets: Iterable[Asset]) -> tuple[Hook, ...]:
        """Return the hooks of all fixes and features, in the order of the registry."""
        return (
            *footnote_loss_hooks(self.root),
            *margin_float_hooks(),
            *margin_note_hooks(self.root),
            *note_page_hooks(self.root),
            *page_start_margin_hooks(),
            *baseline_grid_hooks(self.root),
            *no_break_hooks(),
            *hanging_space_hooks(),
            *loose_line_hooks(),
            *own_hyphenation_hooks(),
            *east_asian_line_hooks(),
            *hyphenation_limit_hooks(),
            *self.folios.hooks(),
            *self.tables.hooks(),
            *self.words.hooks(),
            *self.composer.hooks(),
            *bidirectional_line_hooks(self.root),
            *formula_hooks(),
            *emphasis_dot_hooks(self.root),
            *ruby_hooks(),
            *identity_hooks(self.numbers),
            *omit_font_hooks(assets),
            *line_number_hooks(),
            *self.note_numbers.hooks(),
            *note_rule_hooks(),
            *running_head_hooks(),
            *page_foot_hooks(self.root),
        )


def lay_out(section: PdfSection, dress: LayoutResources, *, hyphen: str) -> RawSection:
    """A tagged PDF of one section, whose structure elements carry the private keys of `identity`.

    Its pages are numbered from 1, and their folios are marked as `folios` says; typefaces of the dress are named and
    left out, as `faces` says. `hyphen` is set at line ends. Raises `PublisherError` with everything that the engine
    complained about, and with every address that it was refused.
    """
    prepared = _prepare(dress)
    fetcher = Fetcher((*dress.assets, *dress.stylesheets))
    html = _Parsed(section.document, fetcher)
    state = EngineState(root=html.etree_element)
    with capture() as log, own_words(html.etree_element), apply_hooks((*speed_hooks(), *state.hooks(dress.assets))):
        laid = _write(html, section, prepared, state, hyphen)
    refusals = (*state.folios.refused, *(_refusal(url) for url in dict.fromkeys(fetcher.refused)))
    found = (*prepared.found, *log.diagnostics(), *refusals)
    if found:
        raise PublisherError(*found, exit_code=ExitCode.CONTENT)
    return laid


def _write(html: _Parsed, section: PdfSection, prepared: _Prepared, state: EngineState, hyphen: str) -> RawSection:
    """The pages of a document, written."""
    let_heads_break(html.etree_element)
    document, divided = _render(html, prepared, state, CSS(string=defaults(hyphen=hyphen, side=section.side)))
    with warnings.catch_warnings():
        # WeasyPrint leaves the file of its colour profile to the garbage collector
        warnings.simplefilter("ignore", ResourceWarning)
        content: bytes = document.write_pdf(pdf_variant=VARIANT, uncompressed_pdf=True)
    return RawSection(
        content=content,
        misplaced=tuple(find_misplaced(document)),
        sizes=tuple(page_sizes(document)),
        divided=divided,
        left=tuple(sorted(state.composer.refused.items())),
        origins=html.origins,
        numbers=tuple(state.note_numbers.drawn),
    )


def _render(html: _Parsed, prepared: _Prepared, state: EngineState, first: Any) -> tuple[Any, tuple[str, ...]]:
    """The pages of a document, and the words that were divided.

    It is laid out again if it has words wider than their line, tables or rows that have no room, or long notes.
    """
    sheets, root, words = [first, *prepared.sheets], html.etree_element, state.words

    def render() -> Any:
        state.composer.forget()
        return html.changed().render(stylesheets=sheets, font_config=prepared.fonts, pdf_variant=VARIANT)

    document = render()
    for _ in range(_MOST_AGAIN):
        changed = any((set_run_in(state.tables.crowded), divide_table_rows(document)))
        if changed:
            words.pieces.clear()  # words of tables that have more room now; others are noted again
        if not any((words.divide(), cut_high_heads(document, root), changed)):
            break
        document = render()
    for _ in range(_MOST_AGAIN):
        if not any((divide_table_rows(document), fit_pictures(document))):
            break
        document = render()
    return document, tuple(dict.fromkeys(words.divided))


def _prepare(dress: LayoutResources) -> _Prepared:
    """The style sheets parsed and the typefaces read, once for all sections that a process lays out.

    The engine keeps typefaces in temporary files: they are gone with the folder that a build had for these.
    """
    return _prepared_in(dress, temporary_folder())


@lru_cache(maxsize=2)
def _prepared_in(dress: LayoutResources, folder: str) -> _Prepared:
    """The same, as long as temporary files are in one folder."""
    fetcher = Fetcher((*dress.assets, *dress.stylesheets))
    fonts = FontConfiguration()
    parsed: list[Any] = []
    found: list[Diagnostic] = []
    for asset in dress.stylesheets:
        source = _source(asset)
        with capture() as log:
            parsed.append(CSS(string=source.text, base_url=BASE + asset.href, url_fetcher=fetcher, font_config=fonts))
        found += log.diagnostics(source)
    refused = (_refusal(url) for url in dict.fromkeys(fetcher.refused))
    return _Prepared(sheets=tuple(parsed), fonts=fonts, found=(*found, *refused))


def _source(asset: Asset) -> Source:
    return Source(name=asset.shown or asset.href, text=asset.content.decode())


def _refusal(url: str) -> Diagnostic:
    return Diagnostic(
        code="D-003",
        message=f"{url.removeprefix(BASE)[:80]} is not a part of the edition and was not read",
        hint="only images and typefaces of the edition's own folder can be used; nothing is fetched from elsewhere",
    )
