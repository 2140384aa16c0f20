"""An edition or a course reader in which nothing is wrong: what all that is made of it begins with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.diagnostics import Diagnostic
from publisher.model.date import whole_day
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.facts import shown_readings
from publisher.model.publication import Publication
from publisher.model.reader import AnnotatedReader, EditionBody
from publisher.model.settings import Settings
from publisher.model.target import Audience, Format
from publisher.workspace import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An edition without errors."""

    folder: Folder
    """The folder that it was read from."""
    annotated: AnnotatedEdition | AnnotatedReader
    warnings: tuple[Diagnostic, ...] = ()
    """Every warning and note, after waivers; none while the run continues."""
    publication: Publication | None = None
    """The volume composed and measured; None where only the edition was looked at."""

    @property
    def settings(self) -> Settings:
        """What `edition.yaml` says; of a reader, what its `reader.yaml` says in an edition's terms."""
        annotated_edition = self.annotated
        return (
            annotated_edition.reader.own
            if isinstance(annotated_edition, AnnotatedReader)
            else annotated_edition.edition
        ).settings

    def whole(self, audience: Audience) -> tuple[Edition, ...]:
        """The editions that a copy has from end to end; those of a reader without agreements, which they share."""
        annotated_edition = self.annotated
        if not isinstance(annotated_edition, AnnotatedReader):
            return (annotated_edition.edition,)
        editions = dict(annotated_edition.editions)
        return tuple(
            replace(editions[reading.slug].edition, agreements=())
            for _, reading in shown_readings(annotated_edition.reader, audience)
            if isinstance(reading.body, EditionBody) and not reading.body.selection
        )

    @property
    def date(self) -> str:
        """The day that the edition or the reader gives itself, the first of its month or year if it gives no day."""
        return whole_day(self.settings.date)

    @property
    def formats(self) -> tuple[Format, ...]:
        """What its folder asks for."""
        return self.settings.output.formats

    def sources(self) -> dict[str, bytes]:
        """Every file that was read, by its name in the folder; those of a reader's editions below its slug."""
        annotated_edition = self.annotated
        if not isinstance(annotated_edition, AnnotatedReader):
            return {file.path: file.content for file in annotated_edition.edition.files}
        own = {file.path: file.content for file in annotated_edition.reader.own.files}
        of_readings = {
            f"{slug}/{file.path}": file.content
            for slug, edition in annotated_edition.editions
            for file in edition.edition.files
        }
        of_others = {
            f"{other.named}/{file.path}": file.content
            for other in annotated_edition.reader.others
            for file in other.files
        }
        return own | of_readings | of_others
