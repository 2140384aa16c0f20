"""The sources that a PDF for the archive carries: laid out in one folder, and cut for the audience of the copy.

A copy is for an audience. Its sources are those that the same build reads if everything that is marked for others is
removed from them first: so nothing that the copy does not have goes with it, and a build of them gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from publisher.build.checked import Checked
from publisher.diagnostics import Diagnostic, PublisherError, Severity, Source, Span
from publisher.load.audience_cut import Uncuttable, cut_markdown, cut_reader, cut_references
from publisher.model.assets import SourceFile
from publisher.model.block import CodeBlock
from publisher.model.edition import Edition
from publisher.model.facts import facts, shown_readings
from publisher.model.publication import Publication
from publisher.model.reader import AnnotatedReader, EditionBody, ForeignBody, Reader, Reading
from publisher.model.settings import RightsStatus
from publisher.model.target import Audience
from publisher.model.text import Text
from publisher.model.walk import leaves, lines
from publisher.render import render_pdf
from publisher.workspace import Folder, digest
from publisher.workspace.archived import INDEX, Archive, ArchiveIndex, Extract
from publisher.workspace.unpack import unpack

MARK = b"audience"
"""What every file says that marks something for an audience."""
MISSING_WORDS = "N-003"
"""The error for a note whose words are not in the text."""
NOTE = re.compile(r"(?m)^ {0,3}##[ \t]+([^\s{]+)")
MOST_ROUNDS = 3
PERMITTED = frozenset({RightsStatus.PUBLIC_DOMAIN, RightsStatus.LICENSED})
"""The rights that permit to copy the whole of what a volume has a part of."""
WORD = re.compile(r"\w")

Files = Mapping[str, bytes]
Again = Callable[[Folder], tuple[Checked, Publication]]
"""What loads and composes a folder in the same way. Raises `PublisherError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of a volume, each by its place in the archive, and what they do not say themselves."""

    files: Files
    index: ArchiveIndex
    places: Mapping[Path, str] = field(default_factory=dict, compare=False)
    """Where each folder lies in the archive."""
    encodings: Mapping[str, str] = field(default_factory=dict, compare=False)
    """The codecs of the texts that are not UTF-8, by their places."""

    def place(self, folder: str) -> str:
        """Where a folder lies in the archive."""
        return self.places[Path(folder).resolve()]

    def attach(self) -> tuple[SourceFile, ...]:
        """The files as they are attached; the index only if something is in it."""
        own = ArchiveIndex(name=self.index.name) != self.index or self.index.name
        files = {**self.files, INDEX: self.index.encoded()} if own else self.files
        return tuple(SourceFile(path=path, content=content) for path, content in sorted(files.items()))


def archive_sources(
    checked: Checked, publication: Publication, *, audience: Audience, again: Again
) -> tuple[tuple[SourceFile, ...], tuple[Diagnostic, ...]]:
    """The files to attach to a volume, and a warning (V-075) with no files if its sources cannot be cut for it."""
    laid = sources_of(checked)
    marked = audience is not Audience.ALL and any(_is_marked(laid, path) for path in laid.files)
    try:
        permitted = as_permitted(laid, checked, publication, audience)
        if not marked and permitted == laid:
            return laid.attach(), ()
        return _cut(permitted, publication, audience=audience, again=again).attach(), ()
    except (Uncuttable, PublisherError) as error:
        return (), (_not_carried(str(error), checked.settings.source),)


def sources_of(checked: Checked) -> Sources:
    """The files that were read of a volume, as they lie in an archive."""
    folder, annotated_reader = checked.folder, checked.annotated
    name = "" if checked.settings.output.is_named else folder.name
    known = {} if folder.archive is None else folder.archive.index.whole
    if isinstance(annotated_reader, AnnotatedReader):
        extracts = () if folder.archive is None else folder.archive.index.extracts
        return _of_reader(annotated_reader, folder, ArchiveIndex(name=name, whole=known, extracts=extracts))
    files = {file.path: file.content for file in annotated_reader.edition.files}
    index = ArchiveIndex(name=name, whole=_still_there(known, files))
    return Sources(files=files, index=index, encodings=_encodings(annotated_reader.edition))


def _encodings(edition: Edition, place: str = "") -> dict[str, str]:
    """The codecs of the texts of an edition that are not UTF-8, by their places."""
    return {
        _join(place, file.path): file_source.encoding
        for name, file_source in zip(edition.settings.provenance.names, edition.text.source.files, strict=False)
        for file in edition.files
        if file.path == PurePosixPath(name).as_posix() and file_source.content is not None
    }


def _is_marked(laid: Sources, path: str) -> bool:
    """Whether a file marks something for an audience."""
    return MARK.decode().encode(laid.encodings.get(path, "utf-8")) in laid.files[path]


def _still_there(known: Mapping[str, str], files: Files) -> dict[str, str]:
    return {path: whole for path, whole in known.items() if path in files}


def _of_reader(annotated: AnnotatedReader, folder: Folder, index: ArchiveIndex) -> Sources:
    """The files of a reader and of every folder that it takes something from."""
    reader = annotated.reader
    own = {file.path: file.content for file in reader.own.files}
    places = _Places(taken=frozenset(own), places={folder.root.resolve(): ""})
    found = dict(own)
    for other in reader.others:
        place = places.link(other.within, other.named, other.folder, new=f"readers/{_plain(other.named)}")
        found |= {_join(place, file.path): file.content for file in other.files}
    editions = dict(annotated.editions)
    encodings: dict[str, str] = {}
    for slug, body in _bodies(reader):
        place = places.link(body.within, body.named, body.folder, new=f"editions/{_plain(slug)}")
        encodings |= _encodings(editions[slug].edition, place)
        found |= {_join(place, file.path): file.content for file in editions[slug].edition.files}
    index = replace(index, folders=places.links, whole=_still_there(index.whole, found))
    return Sources(files=found, index=index, places=places.places, encodings=encodings)


def _bodies(reader: Reader) -> Iterator[tuple[str, EditionBody]]:
    return ((reading.slug, reading.body) for reading in reader.readings if isinstance(reading.body, EditionBody))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).name.lower()).strip("-") or "other"


def _join(place: str, path: str) -> str:
    return f"{place}/{path}" if place else path


@dataclass(slots=True, kw_only=True)
class _Places:
    """Where folders lie in an archive."""

    taken: frozenset[str]
    """The files of the topmost folder."""
    places: dict[Path, str]
    links: dict[tuple[str, str], str] = field(default_factory=dict)

    def link(self, within: str, named: str, folder: str, *, new: str) -> str:
        """The place of a folder that a reader names; a new one if it has none yet."""
        root = Path(folder).resolve()
        if root not in self.places:
            while new in self.places.values() or any(path.startswith(f"{new}/") for path in self.taken):
                new += "-"
            self.places[root] = new
        self.links[self.places[Path(within).resolve()], named] = self.places[root]
        return self.places[root]


def as_permitted(laid: Sources, checked: Checked, publication: Publication, audience: Audience) -> Sources:
    """The sources with no more of a reading than the volume has, unless its rights permit to copy the whole.

    Raises `Uncuttable` if a picture would go with them that is not in the volume.
    """
    annotated_reader = checked.annotated
    if not isinstance(annotated_reader, AnnotatedReader):
        return laid
    editions, files, extracts = dict(annotated_reader.editions), dict(laid.files), list[Extract]()
    shown = tuple(reading for _, reading in shown_readings(annotated_reader.reader, audience))
    whole = {Path(body.folder).resolve() for body in _whole_editions(shown)}
    for reading in shown:
        body, permitted = (
            reading.body,
            facts(reading, editions.get(reading.slug), annotated_reader.reader).entitlement.status,
        )
        if permitted in PERMITTED:
            continue
        if isinstance(body, ForeignBody) and len(body.sizes) < body.count:
            extracts.append(_extract(reading.slug, body, laid))
            files[_join(extracts[-1].reader, extracts[-1].file)] = body.content
        elif isinstance(body, EditionBody) and body.selection and Path(body.folder).resolve() not in whole:
            files |= _redact(laid, editions[reading.slug].edition, body, publication)
    taken = {(extract.reader, extract.name, extract.first, extract.last) for extract in extracts}
    needed = {
        wanted[:2]
        for wanted in (_pdf_place(foreign_body, laid) for foreign_body in _pdfs(shown))
        if wanted not in taken
    }
    gone = {_join(reader, name) for reader, name, _, _ in taken if (reader, name) not in needed}
    files = {path: content for path, content in files.items() if path not in gone}
    return replace(laid, files=files, index=_as_cut(laid, files, tuple(extracts)))


def _as_cut(laid: Sources, files: Files, extracts: tuple[Extract, ...]) -> ArchiveIndex:
    """The index after some files were cut."""
    cut = {path: digest(content) for path, content in laid.files.items() if files.get(path, content) != content}
    return replace(laid.index, extracts=extracts, whole={**cut, **laid.index.whole})


def _whole_editions(readings: Iterable[Reading]) -> Iterator[EditionBody]:
    return (
        reading.body for reading in readings if isinstance(reading.body, EditionBody) and not reading.body.selection
    )


def _pdfs(readings: Iterable[Reading]) -> Iterator[ForeignBody]:
    return (reading.body for reading in readings if isinstance(reading.body, ForeignBody))


def _pdf_place(body: ForeignBody, laid: Sources) -> tuple[str, str, int, int]:
    """The place of the reader that names a PDF, the name, and the pages that are bound."""
    return laid.place(body.within), body.named, body.first, body.last


def _extract(slug: str, body: ForeignBody, laid: Sources) -> Extract:
    reader, name, first, last = _pdf_place(body, laid)
    file = f"pages/{_plain(slug)}.pdf"
    return Extract(reader=reader, name=name, first=first, last=last, count=body.count, sha256=body.sha256, file=file)


def _redact(laid: Sources, edition: Edition, body: EditionBody, publication: Publication) -> dict[str, bytes]:
    """The texts of an edition with an x for each letter that the volume does not have.

    Raises `Uncuttable` if it has pictures that are not in the volume.
    """
    shown = {image.content for image in publication.images}
    if any(image.content not in shown for image in edition.images):
        raise Uncuttable("a picture outside of the selected paragraphs may not be copied")
    name = edition.text.source.name
    spans = [section.source.omitted for section in publication.sections if section.source is not None]
    omitted = [item for item in spans if any(span.source.name == name for span in item)]
    texts = [(edition.text, omitted), *((matter.text, None) for matter in (*edition.front, *edition.back))]
    found: dict[str, bytes] = {}
    root = Path(body.folder)
    for text, cut in texts:
        redacted = _without_words(text, cut)
        for start, file in text.source.parts or ((0, text.source),):
            path = Path(file.name).resolve().relative_to(root.resolve())
            place = _join(laid.place(body.folder), path.as_posix())
            found[place] = redacted[start : start + len(file.text)].encode(file.encoding)
    return found


def _without_words(text: Text, omitted: list[tuple[Span, ...]] | None) -> str:
    """The source of a text with an x for each letter of its words, or of those that all readings leave out."""
    content = text.source.text
    blocks = (*text.blocks, *(block for note in text.footnotes for block in note.blocks))
    for line in (*(() if omitted else (text.title,)), *lines(blocks)):
        for leaf in (line,) if isinstance(line, CodeBlock) else leaves(line):
            span = getattr(leaf, "span", None)
            if span is not None and (omitted is None or all(_covers(item, span) for item in omitted)):
                words = WORD.sub("x", content[span.start : span.end])
                content = content[: span.start] + words + content[span.end :]
    return content


def _covers(omitted: tuple[Span, ...], span: Span) -> bool:
    return any(
        item.source.name == span.source.name and item.start <= span.start and span.end <= item.end for item in omitted
    )


def _cut(laid: Sources, publication: Publication, *, audience: Audience, again: Again) -> Sources:
    """The sources without what is for others. Raises `Uncuttable`, or `PublisherError` if they are no volume."""
    notes: set[tuple[str, str]] = set()
    for _ in range(MOST_ROUNDS):
        cut = _without(laid, audience, notes)
        with unpack(cut.files) as root:
            try:
                loaded, composed = again(Folder(root, Archive(top=root, index=cut.index)))
            except PublisherError as error:
                lost = set(_notes_without_words(error.diagnostics, root)) - notes
                if not lost:
                    raise
                notes |= lost
                continue
            read = sources_of(loaded)
        if not _is_same(publication, composed):
            raise Uncuttable("what remains does not give the same pages")
        return read
    raise Uncuttable("notes remain whose words are not in the text")


def _without(laid: Sources, audience: Audience, notes: set[tuple[str, str]]) -> Sources:
    """The files without what is marked for others, and without some notes."""
    files = {path: _cut_file(laid, path, audience, notes) for path in laid.files}
    for path, content in laid.files.items():
        if path.lower().endswith(".json"):
            before, after = (_citing(some, path) for some in (laid.files, files))
            files[path] = cut_references(content.decode(), before, after).encode()
    whole = {path: digest(content) for path, content in laid.files.items() if files[path] != content}
    return replace(laid, files=files, index=replace(laid.index, whole={**whole, **laid.index.whole}))


def _cut_file(laid: Sources, path: str, audience: Audience, notes: set[tuple[str, str]]) -> bytes:
    content, codec = laid.files[path], laid.encodings.get(path, "utf-8-sig")
    lost = {name for place, name in notes if place == path}
    if not path.lower().endswith((".md", ".yaml")) or (not _is_marked(laid, path) and not lost):
        return content
    text = content.decode(codec).removeprefix("\ufeff")
    if path.lower().endswith(".md"):
        return cut_markdown(text, audience, without=lost).encode(codec.removesuffix("-sig"))
    return cut_reader(text, audience).encode() if path.endswith("reader.yaml") else content


def _citing(files: Files, path: str) -> str:
    """What can cite the references in a file: the texts below its folder."""
    folder = PurePosixPath(path).parent
    below = (content for name, content in files.items() if PurePosixPath(name).is_relative_to(folder))
    return "\n".join(content.decode(errors="replace") for content in below)


def _notes_without_words(diagnostics: tuple[Diagnostic, ...], root: Path) -> Iterator[tuple[str, str]]:
    """The file and the name of each note whose words are not in the text."""
    for diagnostic in diagnostics:
        yield from _notes_without_words(diagnostic.beneath, root)
        if diagnostic.code == MISSING_WORDS and diagnostic.span is not None:
            named = NOTE.findall(diagnostic.span.source.text[: diagnostic.span.end])
            path = Path(diagnostic.span.source.name).resolve()
            if named and path.is_relative_to(root):
                yield path.relative_to(root).as_posix(), named[-1]


def _is_same(publication: Publication, other: Publication) -> bool:
    """Whether two publications give the same pages."""
    return render_pdf(publication) == render_pdf(other)


def _not_carried(why: str, settings: Source) -> Diagnostic:
    return Diagnostic(
        code="V-075",
        message=f"the PDF for the archive carries no sources, which cannot be cut for this copy: {why}",
        span=settings.span(0, settings.text.find("\n") if "\n" in settings.text else len(settings.text)),
        severity=Severity.WARNING,
        hint="verify it in the folder of its edition; a copy for all (--audience all) carries every source",
    )
