"""Finished files compared with what the program makes of an edition now: identical, equivalent, or every difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from publisher import workspace
from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.data.proof_file import read_proof_file
from publisher.build.request import BuildRequest
from publisher.build.verification.candidates import Volume, makings, of_piece
from publisher.build.verification.changes import changed_files, changed_sources, changed_versions
from publisher.build.verification.limited import compare_limited, told_by
from publisher.build.verification.others import cover_again, findings_line, sheets_again
from publisher.build.verification.outcome import PROGRAM, Given, Outcome, Verdict, identical
from publisher.build.verification.outcomes import (
    another_part,
    different,
    edition_changed,
    equivalent,
    of_another_edition,
    other_report,
    skip,
    unknown,
)
from publisher.build.verification.rebuild import Files, Rebuilds
from publisher.build.verification.records import record_proof
from publisher.build.verification.semantic import claims_error, prove_file
from publisher.cache.fingerprint import libraries
from publisher.compose import piece as piece_of
from publisher.compose.audience import identifier_for
from publisher.diagnostics import PublisherError
from publisher.model.excerpt import UnknownPiece, Wanted, wanted_by
from publisher.model.marking import Made, Marking
from publisher.model.profile import Profile, file_name, profile_of
from publisher.model.proof_file import ENDING, Making, ProofFile
from publisher.model.reader import AnnotatedReader
from publisher.model.rendition import Artifact
from publisher.model.target import BOOKS, ENDINGS, Audience, Copy, Format, Target
from publisher.verify.comparison import Kind
from publisher.verify.comparison.statements import Statements

MOST_BUILDS = 6
"""How many ways of building are tried for a file that is identical with none of them."""
MOST_BUILDS_LISTED = 2
"""The same for a file that a record in its folder lists: it says how the file was built."""
HOPELESS = (Kind.UNREADABLE, Kind.LIMIT)
"""What differs in the same way from every build."""
REPORTS = (".accessibility.json", ".rights.csv", ENDING)
"""How the names of files end that a build writes next to its volume."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What a file can have been, and in how many places it differs from that."""

    differences: int
    making: Making
    expected: bytes


@dataclass(frozen=True)
class Verification:
    """Files of one folder's volumes, verified one after the other."""

    rebuilds: Rebuilds
    target: Target
    any_audience: bool = True
    wanted: Wanted | None = None
    """The excerpt that every file has to be; None if they may be anything."""

    def outcome(self, item: Given) -> Outcome:
        """What was found of a file.

        Raises `PublisherError` with what is wrong with the edition, after what has changed in it since the file was
        built; `UnknownPiece` if it has no excerpt of the name.
        """
        try:
            return self._outcome(item)
        except PublisherError as error:
            record = record_proof(item.path)
            changed = () if record is None else changed_files(record, self.rebuilds.folder)
            told = tuple(edition_changed(item, change) for change in changed)
            raise PublisherError(*told, *error.diagnostics, exit_code=error.exit_code) from error

    def _outcome(self, item: Given) -> Outcome:
        if item.name.endswith(REPORTS):
            return self._report(item)
        if item.kind is None:
            return unknown(item)
        (told,) = told_by(((item.content, item.kind),))
        if self.wanted is None and told.marking is not None and not self._is_named_as_volume(item):
            return self._marked(item, told, told.marking)
        if self.wanted is None and self._is_cover(item, told):
            return self._cover(item, told)
        audience = self.volume.audience_of(item.name, told.identifier)
        if audience is None:
            return of_another_edition(item, told.identifier, self.volume.identifier)
        fragment = (told.identifier or "").partition("#")[2]
        if told.program not in (None, PROGRAM):
            return self._prove(item, f"made by {told.program}, and this is {PROGRAM}", fragment, audience)
        return self._volume(item, told, audience, fragment)

    def owns(self, item: Given) -> bool:
        """Whether a file says that it is a volume of the folder, or has the name of one.

        Raises `PublisherError` with what is wrong with the edition.
        """
        if item.kind is None or item.name.endswith(REPORTS):
            return True
        (told,) = told_by(((item.content, item.kind),))
        said = (told.identifier or "").partition("#")[0] or None
        mine = {identifier_for(self.volume.identifier, audience) for audience in Audience}
        return said in mine if said else self.volume.audience_of(item.name, None) is not None

    @cached_property
    def loaded(self) -> Checked:
        """The edition or the reader, without what `strict` would make an error."""
        return pipeline.load(BuildRequest(folder=self.rebuilds.folder, target=self.target))

    @cached_property
    def composed(self) -> Checked:
        """The same, composed."""
        return pipeline.check(
            BuildRequest(folder=self.rebuilds.folder, strict=self.rebuilds.strict, target=self.target)
        )

    @cached_property
    def volume(self) -> Volume:
        """What the folder can be built as."""
        settings = self.loaded.settings
        return Volume(
            identifier=settings.identifier,
            output=settings.output,
            date=settings.date,
            is_reader=pipeline.is_reader(self.rebuilds.folder),
            moment=workspace.moment(settings.date),
            target=self.target,
            usual_copy=_usual_copy(self.loaded),
            any_audience=self.any_audience,
        )

    def _is_named_as_volume(self, item: Given) -> bool:
        """Whether a file has the name of a volume of the folder: then it has to be that volume."""
        names = [self.volume.name(audience) for audience in self.volume.audiences()]
        pdfs = {file_name(name, profile) for name in names for profile in Profile}
        return item.name in pdfs | {f"{name}.epub" for name in names}

    def _marked(self, item: Given, told: Statements, marking: Marking) -> Outcome:
        """The outcome for a file that says that it is no volume."""
        if marking.program != PROGRAM:
            return skip(item, f"made by {marking.program}, and this is {PROGRAM}: not verified")
        if marking.made is Made.COVER:
            return self._cover(item, told)
        if marking.made is Made.FINDINGS:
            return skip(item, findings_line(item.path, marking))
        try:
            found = sheets_again(item.path, marking)
        except PublisherError as error:
            return different(item, told=error.diagnostics)
        if found is None:
            return skip(item, "sheets of a PDF that is not in its folder, or has changed since: not verified")
        return _against(item, found.content, found.line)

    def _is_cover(self, item: Given, told: Statements) -> bool:
        """Whether a file without a marking is a printer's cover."""
        names = {file_name(f"{self.volume.output.name}-cover", profile) for profile in Profile}
        return item.name in names or (told.identifier or "").endswith("#cover")

    def _cover(self, item: Given, told: Statements) -> Outcome:
        assert self.composed.publication is not None  # what is wrong with the edition is raised here
        try:
            found = cover_again(self.rebuilds.folder, told, name=item.name, output=item.path.parent)
        except PublisherError as error:
            return different(item, told=error.diagnostics)
        if found is None:
            return skip(item, "a cover, and the PDF that it was made for is not in its folder: not verified")
        return _against(item, found.content, found.line)

    def _volume(self, item: Given, told: Statements, audience: Audience, fragment: str) -> Outcome:
        """The outcome for a volume or an excerpt of one."""
        asked = None if self.wanted is None else self._asked(self.wanted)
        if self.wanted is not None and fragment != asked:
            return another_part(item, fragment, self.wanted)
        record = record_proof(item.path)
        excerpt = fragment if wanted_by(fragment) else None
        candidates = self._candidates(item, told, audience, excerpt, record)
        listed = record is not None and item.name in record.artifacts
        near: list[Near] = []
        for making, files in self._built(candidates, most=MOST_BUILDS_LISTED if listed else MOST_BUILDS):
            expected = _counterpart(files, item, making)
            if expected == item.content:
                return identical(item, making)
            if expected is not None and all(expected != entry.expected for entry in near):
                differences = compare_limited(expected, item.content, item.kind or Format.PDF, drawn=False)
                near.append(Near(differences=len(differences), making=making, expected=expected))
                if all(difference.kind in HOPELESS for difference in differences):
                    break
        if not near:
            return of_another_edition(item, told.identifier, self.volume.identifier)
        versions = "" if record is None else changed_versions(record, PROGRAM, libraries())
        if versions and record is not None and record.artifacts.get(item.name) == item.digest:
            return self._prove(item, versions, fragment, audience)
        return self._differing(item, min(near, key=lambda entry: entry.differences), record)

    def _asked(self, wanted: Wanted) -> str:
        """The name of the excerpt that was asked for. Raises `UnknownPiece`."""
        assert self.composed.publication is not None
        return piece_of(self.composed.publication, wanted).name

    def _candidates(
        self, item: Given, told: Statements, audience: Audience, excerpt: str | None, record: ProofFile | None
    ) -> tuple[Making, ...]:
        """How a file can have been built; what its record says first."""
        assert item.kind is not None
        known = (record.making,) if record is not None else ()
        every = makings(self.volume, item.name, item.kind, audience, moment=told.moment, recorded=known)
        if excerpt is None:
            return tuple(making for making in every if making.piece is None)
        profile = profile_of(item.name, name=f"{self.volume.name(audience)}.{excerpt}")
        return tuple(dict.fromkeys(of_piece(making, excerpt, profile) for making in every))

    def _built(self, candidates: tuple[Making, ...], *, most: int = MOST_BUILDS) -> Iterator[tuple[Making, Files]]:
        """Each candidate with its files, those that were built already first; others are skipped.

        Raises `PublisherError` with what is wrong if none can be built.
        """
        known = tuple(making for making, _ in self.rebuilds.known() if making in candidates)
        errors: list[PublisherError] = []
        tried = tuple(dict.fromkeys((*known, *candidates)))[:most]
        for making in tried:
            try:
                yield making, self.rebuilds.files(making, now=self.volume.moment)
            except UnknownPiece:
                return
            except PublisherError as error:
                errors.append(error)
        if errors and len(errors) == len(tried):
            raise errors[0]

    def _differing(self, item: Given, near: Near, record: ProofFile | None) -> Outcome:
        """The outcome for a file that is identical with nothing: its differences from what it is nearest to."""
        assert item.kind is not None
        differences = compare_limited(near.expected, item.content, item.kind)
        if not differences:
            return equivalent(item, near.making.described())
        changed = () if record is None else changed_sources(record, self.loaded)
        told = tuple(edition_changed(item, change) for change in changed)
        untouched = record is not None and record.artifacts.get(item.name) == item.digest
        return different(item, () if told and untouched else differences, told=told)

    def _prove(self, item: Given, why: str, fragment: str, audience: Audience) -> Outcome:
        """The outcome of the semantic proof, for a file that another version has made."""
        assert item.kind is not None
        wanted = wanted_by(fragment) if fragment else None
        target = Target(audience=audience, copy=self.target.copy)
        request = BuildRequest(folder=self.rebuilds.folder, target=target)
        checked = self.composed if target == self.target else pipeline.check(request)
        artifact = Artifact(name=item.name, content=item.content)
        try:
            (found,) = prove_file(
                checked, (artifact,), wanted=wanted, target=target, open_executor=self.rebuilds.open_executor
            )
        except PublisherError as error:
            return different(item, told=error.diagnostics)
        line = f"{why}: not compared; {found}: proved from the sources"
        return Outcome(name=item.name, verdict=Verdict.PROVED, line=line)

    def _report(self, item: Given) -> Outcome:
        """The outcome for a report that a build writes next to its volume."""
        own = item.name.endswith(ENDING)
        record = read_proof_file(item.content) if own else record_proof(item.path)
        stem = next(item.name.removesuffix(ending) for ending in REPORTS if item.name.endswith(ending))
        audience = self.volume.audience_of(f"{stem}.", None)
        if audience is None or (own and (record is None or record_proof(item.path) is None)):
            return unknown(item)
        versions = "" if record is None else changed_versions(record, PROGRAM, libraries())
        if versions:
            return skip(item, f"{versions}: not verified")
        found = False
        for making, files in self._built(self._makings_of_report(item, audience, record)):
            if files.get(item.name) == item.content:
                return identical(item, making)
            found = found or item.name in files
        if not found:
            return unknown(item)
        changed = () if record is None else changed_sources(record, self.loaded)
        told = tuple(edition_changed(item, change) for change in changed)
        wrong = claims_error(item.name) if item.name.endswith(".accessibility.json") else other_report(item)
        return different(item, told=told or (wrong,))

    def _makings_of_report(self, item: Given, audience: Audience, record: ProofFile | None) -> tuple[Making, ...]:
        """How the volume can have been built that a report is about."""
        known = (record.making,) if record is not None else ()
        moment = record.making.moment if record is not None else None
        every = (
            making
            for kind in self.volume.output.formats or BOOKS
            for making in makings(self.volume, item.name, kind, audience, moment=moment, recorded=known)
        )
        return tuple(dict.fromkeys(every))


def _usual_copy(checked: Checked) -> Copy | None:
    """The kind of copy that a reader is without an option; None for an edition."""
    annotated_reader = checked.annotated
    return annotated_reader.reader.course.copy if isinstance(annotated_reader, AnnotatedReader) else None


def _counterpart(files: Files, item: Given, making: Making) -> bytes | None:
    """The file of a build that one is compared with: of the same name, else of the same format and profile."""
    if item.name in files:
        return files[item.name]
    if item.kind in (Format.EPUB, Format.WEB):
        return next((content for name, content in files.items() if name.endswith(ENDINGS[item.kind])), None)
    if not making.profiles:
        return None
    stem = next((name.removesuffix(ENDING) for name in files if name.endswith(ENDING)), "")
    profile = profile_of(item.name, name=stem)
    return files.get(file_name(stem, Profile(profile if profile in making.profiles else making.profiles[0])))


def _against(item: Given, expected: bytes, how: str) -> Outcome:
    """The outcome for a PDF that can have been made in one way only."""
    if expected == item.content:
        line = f"identical to the output of {PROGRAM} ({how})"
        return Outcome(name=item.name, verdict=Verdict.IDENTICAL, line=line)
    differences = compare_limited(expected, item.content, Format.PDF)
    return different(item, differences) if differences else equivalent(item, how)
