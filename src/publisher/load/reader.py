"""A reader's folder to a reader: its course, its units, their readings; editions are left where they are."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field, replace
from pathlib import Path

from publisher.diagnostics import PublisherError, Source
from publisher.load.assets.overrides_files import colour_profile
from publisher.load.config.cover import cover
from publisher.load.config.cover_keys import cover_span
from publisher.load.config.output_keys import named_output
from publisher.load.config.reader_keys import (
    ReaderKeys,
    UnitKeys,
)
from publisher.load.config.trade_keys import settled_trade
from publisher.load.loading import Loading
from publisher.load.own_style import own_style
from publisher.load.plugins import named_plugins, plugin_sheets
from publisher.load.printers import printer
from publisher.load.reader_matter import own_edition
from publisher.load.readings import ReadingContext, first_line, line, pages_of, reading
from publisher.load.references import references
from publisher.load.yaml.nodes import tree
from publisher.load.yaml.schema import Values, object_schema, values
from publisher.load.yaml.types import Placed
from publisher.model.inline import Reference
from publisher.model.page import Openings
from publisher.model.reader import Course, OtherReader, Reader, Unit
from publisher.model.settings import Contributor
from publisher.workspace import Folder, NotThere, OutsideFolder, RememberedFolder

NAME = "reader.yaml"
MOST_READINGS = 1_000
"""How many readings and units a reader may have, those of the readers that it takes units from among them."""
LONGEST_CHAIN = 20
"""How many readers may take the units of the next, one after the other."""


def schema() -> str:
    """The JSON Schema (draft 2020-12) of reader.yaml, made from the declarations that validate it."""
    heading = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reader.yaml",
        "description": "What a course reader is: its course, its units, their readings, the rights in them, output.",
    }
    return json.dumps(heading | object_schema(ReaderKeys.all()), ensure_ascii=False, indent=2) + "\n"


def load_reader(folder: Folder) -> Reader:
    """The reader in a folder; of editions only what `reader.yaml` says of them.

    Raises `PublisherError` with every diagnostic about every file; exit code 4 if a file cannot be read.
    """
    loading = Loading(folder=RememberedFolder(folder.root, folder.archive))
    source, given = _read(loading)
    if given is None:
        raise PublisherError(*loading.findings.diagnostics)
    course = _course(given, source=source, name=folder.name)
    course = replace(course, citation_file=own_style(given[ReaderKeys.citation_style], loading))
    course = replace(course, trade=settled_trade(course.trade, None, findings=loading.findings))
    found = _references(given, loading)
    opened = Opened(loading=loading, chain=(folder.root.resolve(),), course=course, references=found)
    units = opened.units(given)
    own = own_edition(course, loading, introduction=given[ReaderKeys.introduction], references=found)
    sheets = plugin_sheets(named_plugins(given[ReaderKeys.plugins], findings=loading.findings))
    own = replace(own, stylesheets=(*sheets, *own.stylesheets))
    own = replace(own, colour_profile=colour_profile(given[ReaderKeys.output].icc, loading))
    own = replace(own, printer=printer(given[ReaderKeys.printer], loading, cover=cover_span(given[ReaderKeys.cover])))
    own = replace(own, cover=cover(given[ReaderKeys.cover], loading, isbn=None, settings=source))
    loading.findings.settle()
    return Reader(course=course, units=units, own=replace(own, files=loading.files()), others=opened.shared.others())


def _read(loading: Loading) -> tuple[Source, Values | None]:
    """The source of `reader.yaml` and what it says. Raises `PublisherError` (E-001) where there is none."""
    hint = "name the folder of a reader, or begin one with: publisher init --reader DIR"
    content = loading.demand_settings(NAME, hint=hint)
    source = loading.decode(content, name=NAME) or Source(name=loading.folder.shown(NAME), text="")
    node = tree(source, start=0, end=len(source.text), findings=loading.findings) if source.text else None
    return source, None if node is None else values(node, keys=ReaderKeys.all(), findings=loading.findings)


def _references(given: Values, loading: Loading) -> tuple[Reference, ...]:
    placed = given[ReaderKeys.references]
    source = None if placed is None else loading.source(placed)
    return () if source is None else references(source, findings=loading.findings)


def _course(given: Values, *, source: Source, name: str) -> Course:
    title = given[ReaderKeys.title]
    names = tuple(placed.text for placed in given[ReaderKeys.instructor])
    output = named_output(given[ReaderKeys.output], folder=name, otherwise="reader", style=given[ReaderKeys.style])
    read_further = {
        "short_title": given[ReaderKeys.short_title] or title,
        "identifier": given[ReaderKeys.identifier]
        or _identifier(title, given[ReaderKeys.term] or "", given[ReaderKeys.date]),
        "citation_style": given[ReaderKeys.citation_style].text,
        "plugins": tuple(placed.text for placed in given[ReaderKeys.plugins]),
        "output": replace(output, openings=output.openings or Openings.ANY),
    }
    instructors = tuple(Contributor(name=text, role="com", sort=text) for text in names)
    return Course(**ReaderKeys.fields(given, Course) | read_further, instructors=instructors, source=source)


def _identifier(*parts: str) -> str:
    """A name-based UUID (RFC 9562, §5.5) over title, term and date."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'urn:reader:' + '?'.join(parts))}"


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all readers have in common that one volume takes units from."""

    units: dict[Path, tuple[Unit, ...]] = field(default_factory=dict)
    """The units of the readers that were read, by their folders: each is read once."""
    is_full: bool = False
    """Whether it has been noted that there are too many readings."""
    loadings: dict[Path, Loading] = field(default_factory=dict)
    """What was read of the same readers."""
    links: list[tuple[str, str, Path]] = field(default_factory=list)
    """Each time a reader names another: the folder of the one, the name that it writes, the folder of the other."""

    def others(self) -> tuple[OtherReader, ...]:
        """The readers that were named, in this order."""
        return tuple(
            OtherReader(
                folder=str(self.loadings[root].folder.root),
                named=named,
                within=within,
                files=self.loadings[root].files(),
            )
            for within, named, root in self.links
            if root in self.loadings
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A folder with `reader.yaml` whose units are being read: the reader's own, or one that it takes units from."""

    loading: Loading
    chain: tuple[Path, ...]
    """The folders that led here, this one last."""
    course: Course
    references: tuple[Reference, ...]
    shared: Shared = field(default_factory=Shared)

    def units(self, given: Values) -> tuple[Unit, ...]:
        """The units in order, those of other readers in their place. Notes C-020 where there are too many."""
        found: list[Unit] = []
        readings = 0
        context = self._context(given)
        for item in given[ReaderKeys.units]:
            units = self._unit(item, context) if item is not None and not self.shared.is_full else ()
            readings += sum(len(unit.readings) for unit in units)
            found += units
            if item is not None and max(readings, len(found)) > MOST_READINGS and not self.shared.is_full:
                self._note_full(item)
        return () if self.shared.is_full else tuple(found)

    def _context(self, given: Values) -> ReadingContext:
        """Where readings are looked for, with what was read of their PDFs."""
        readings = (
            entry
            for item in given[ReaderKeys.units]
            if item is not None
            for entry in item[UnitKeys.readings]
            if entry is not None
        )
        return ReadingContext(
            loading=self.loading,
            course=self.course,
            references=self.references,
            pages=pages_of(readings, loading=self.loading, language=self.course.language),
        )

    def _note_full(self, unit: Values) -> None:
        self.shared.is_full = True
        other = unit[UnitKeys.reader]
        self.loading.findings.error(
            "C-020",
            f"with this, the reader has more than {MOST_READINGS:,} readings",
            span=(other.span if other else None) or first_line(unit.span),
            hint="divide it into several readers; or look whether readers take the units of others more than once",
        )

    def _unit(self, given: Values, context: ReadingContext) -> tuple[Unit, ...]:
        if given[UnitKeys.reader] is not None:
            return self._of_another(given)
        findings, title = self.loading.findings, given[UnitKeys.title]
        if title is None:
            findings.error("C-019", "the unit has no title", span=first_line(given.span), hint="add title: Week 1: …")
        found = (reading(item, context=context) for item in given[UnitKeys.readings] if item is not None)
        starts, ends = given[UnitKeys.starts], given[UnitKeys.ends]
        return (
            Unit(
                title=title.text if title else "",
                starts=starts.text if starts else None,
                ends=ends.text if ends else None,
                about=line(given[UnitKeys.about], findings=findings),
                readings=tuple(item for item in found if item is not None),
                span=title.span if title and title.span else first_line(given.span),
                starts_span=starts.span if starts else None,
                ends_span=ends.span if ends else None,
            ),
        )

    def _of_another(self, given: Values) -> tuple[Unit, ...]:
        """The units of another reader. Notes C-001 where there is none, C-003 where it leads back here."""
        findings, placed = self.loading.findings, given[UnitKeys.reader] or Placed("")
        if len(given.read) > 1:
            hint = "give the unit its readings, or take another reader's units; not both"
            findings.error("C-016", "“reader” does not allow other keys", span=placed.span, hint=hint)
        try:
            folder = self.loading.folder.beside(placed.text)
            folder.locate(NAME)
        except (NotThere, OutsideFolder):
            hint = "name the folder that holds its reader.yaml, as seen from this file"
            findings.error("C-001", f"there is no reader in “{placed.text}”", span=placed.span, hint=hint)
            return ()
        root = folder.root.resolve()
        self.shared.links.append((str(self.loading.folder.root), placed.text, root))
        if root in self.shared.units:
            return self.shared.units[root]
        if root in self.chain:
            names = " → ".join(item.name for item in (*self.chain[self.chain.index(root) :], root))
            hint = "take the units of one reader into the other, not both into each other"
            findings.error("C-003", f"the readers lead in a circle: {names}", span=placed.span, hint=hint)
            return ()
        if len(self.chain) > LONGEST_CHAIN:
            hint = "name the reader that has the units, not one that includes them from another"
            message = f"more than {LONGEST_CHAIN} readers lead here, each taking the units of the next"
            findings.error("C-021", message, span=placed.span, hint=hint)
            return ()
        self.shared.units[root] = units = self._read_another(folder, root)
        return units

    def _read_another(self, folder: Folder, root: Path) -> tuple[Unit, ...]:
        loading = Loading(folder=RememberedFolder(folder.root, folder.archive), findings=self.loading.findings)
        self.shared.loadings[root] = loading
        _, below = _read(loading)
        if below is None:
            return ()
        other = Opened(
            loading=loading,
            chain=(*self.chain, root),
            course=self.course,
            references=_references(below, loading),
            shared=self.shared,
        )
        return other.units(below)
