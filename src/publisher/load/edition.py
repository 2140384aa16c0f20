"""An edition's folder to an edition: every file is read, and whatever is wrong is reported at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from publisher.diagnostics import PublisherError, Source
from publisher.load.assets.images import images
from publisher.load.assets.overrides_files import bring, colour_profile, typefaces
from publisher.load.checksum import AlteredText, is_all
from publisher.load.config.cover import cover
from publisher.load.config.cover_keys import cover_span
from publisher.load.config.edition_keys import (
    EditionKeys,
)
from publisher.load.config.settings import edition_values, settings
from publisher.load.config.trade_keys import settled_trade
from publisher.load.frozen_pages import frozen_pages, note_not_frozen
from publisher.load.loading import Loading
from publisher.load.manuscript import (
    agreement_files,
    all_agreements,
    all_documents,
    all_notes,
    all_references,
    matters,
    note_repeats,
)
from publisher.load.orphans import orphans
from publisher.load.own_style import own_style
from publisher.load.plugins import named_plugins, plugin_sheets
from publisher.load.printers import limits_for, printer
from publisher.load.source_text import main_text
from publisher.load.yaml.schema import Values
from publisher.model.edition import Edition
from publisher.model.text import Text
from publisher.model.trade import SaleFormat
from publisher.workspace import Folder, RememberedFolder, digest

NAME = "edition.yaml"


def load_edition(folder: Folder, *, freezing: bool = False) -> Edition:
    """The edition in a folder; where its pages are to be frozen again, without the map that may be there.

    Raises `PublisherError` with every diagnostic about every file; exit code 4 if a file cannot be read. If only
    the record of the text is wrong, the error holds the edition (`AlteredText`).
    """
    loading = Loading(folder=RememberedFolder(folder.root, folder.archive))
    source = _edition_yaml(loading)
    given = None if source is None else edition_values(source, findings=loading.findings)
    if source is None or given is None:
        raise PublisherError(*loading.findings.diagnostics)
    edition = _edition(given, source=source, loading=loading)
    if freezing:
        note_not_frozen(given[EditionKeys.pages], loading, source)
    else:
        edition = replace(edition, page_map=frozen_pages(given[EditionKeys.pages], loading))
    edition = replace(_with_cut_text(edition, loading), files=loading.files())
    if is_all(loading.findings.diagnostics, loading.about_record):
        raise AlteredText(*loading.findings.diagnostics, edition=edition)
    loading.findings.settle()
    return edition


def _with_cut_text(edition: Edition, loading: Loading) -> Edition:
    """The edition, which knows the digest of its text as it is here if that was cut for an archive."""
    provenance = edition.settings.provenance
    if not any(map(loading.folder.is_cut, provenance.names)):
        return edition
    contents = loading.folder.contents
    cut = " ".join(digest(contents[PurePosixPath(name).as_posix()]) for name in provenance.names)
    provenance = replace(provenance, cut_sha256=cut)
    return replace(edition, settings=replace(edition.settings, provenance=provenance))


def _edition_yaml(loading: Loading) -> Source | None:
    hint = "name the folder of an edition, or begin one with: publisher init DIR"
    return loading.decode(loading.demand_settings(NAME, hint=hint), name=NAME)


def _edition(given: Values, *, source: Source, loading: Loading) -> Edition:
    note_repeats(given, loading)
    text = main_text(given[EditionKeys.source], loading)
    front, back = (matters(given[key], loading) for key in (EditionKeys.front, EditionKeys.back))
    found = all_notes(given, loading)
    plugins = named_plugins(given[EditionKeys.plugins], findings=loading.findings)
    files = agreement_files(given[EditionKeys.agreements].files, loading)
    documents = agreement_files(given[EditionKeys.documents].files, loading)
    trade = settled_trade(given[EditionKeys.trade], given[EditionKeys.isbn], findings=loading.findings)
    isbn = given[EditionKeys.isbn] or trade.isbn(SaleFormat.PRINT)
    wanted = printer(given[EditionKeys.printer], loading, cover=cover_span(given[EditionKeys.cover]))
    return Edition(
        settings=replace(
            settings(
                given,
                agreements=tuple(file.text for file in files),
                name=loading.folder.name,
                source=source,
            ),
            citation_file=own_style(given[EditionKeys.citation_style], loading),
            isbn=isbn,
            trade=trade,
            proof=limits_for(given[EditionKeys.proof], wanted),
        ),
        text=text or Text(title=(), blocks=(), plain="", source=source),
        front=front,
        back=back,
        notes=found,
        agreements=(*all_agreements(files, loading), *all_documents(documents, loading)),
        references=all_references(given[EditionKeys.references], loading),
        images=images(loading.figures, folder=loading.folder, findings=loading.findings),
        templates=bring("templates/**/*.j2", loading),
        stylesheets=(*plugin_sheets(plugins), *bring("styles/**/*.css", loading)),
        typefaces=typefaces(loading),
        cover=cover(given[EditionKeys.cover], loading, isbn=isbn, settings=source),
        colour_profile=colour_profile(given[EditionKeys.output].icc, loading),
        printer=wanted,
        orphans=orphans(given, loading),
    )
