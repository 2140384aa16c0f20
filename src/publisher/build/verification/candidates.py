"""How a file can have been built: the few ways that give different bytes, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from publisher.compose.audience import identifier_for
from publisher.model.date import whole_day
from publisher.model.output import Output
from publisher.model.profile import Profile, file_name
from publisher.model.proof_file import Making
from publisher.model.target import BOOKS, Audience, Copy, Format, Target

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
COVER = "cover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What a folder can be built as, as far as files are recognised by it."""

    identifier: str
    output: Output
    date: str
    is_reader: bool
    moment: str
    """The moment that a build carries now."""
    target: Target
    usual_copy: Copy | None
    """The kind of copy that a reader is without an option."""
    any_audience: bool
    """Whether the audience is to be found, since none was asked for."""

    def audiences(self) -> tuple[Audience, ...]:
        """The audiences that a file may be for."""
        return (
            self.target.audience,
            *(audience for audience in Audience if self.any_audience and audience is not self.target.audience),
        )

    def copies(self) -> tuple[Copy | None, ...]:
        """The kinds of copies that a file may be."""
        if not self.is_reader or self.target.copy is not None:
            return (self.target.copy,)
        return (None, *(copy for copy in Copy if copy is not self.usual_copy))

    def name(self, audience: Audience) -> str:
        """What the files for an audience are called."""
        return self.output.name if audience is Audience.STUDENT else f"{self.output.name}-{audience}"

    def audience_of(self, file: str, identifier: str | None) -> Audience | None:
        """The audience that a file is for, by its name, else by what it says; None if it is of another volume."""
        said = (identifier or "").partition("#")[0]
        named = sorted(self.audiences(), key=lambda audience: len(self.name(audience)), reverse=True)
        by_name = (
            audience
            for audience in named
            if file.startswith((f"{self.name(audience)}.", f"{self.name(audience)}-{COVER}"))
        )
        by_identifier = (audience for audience in self.audiences() if identifier_for(self.identifier, audience) == said)
        return next(by_identifier, None) or next(by_name, None)


def makings(
    volume: Volume, file: str, kind: Format, audience: Audience, *, moment: str | None, recorded: Iterable[Making]
) -> Iterator[Making]:
    """How a volume can have been built that has a file; those of records in the same folder first.

    `moment` is when the file says that it was made.
    """
    moments = dict.fromkeys((volume.moment, f"{whole_day(volume.date)}T00:00:00Z"))
    if is_moment(moment):
        moments = {str(moment): None}
    yielded = dict[Making, None]()
    for making in (*recorded, *_guess(volume, file, kind, audience, tuple(moments))):
        if making not in yielded and _fits(making, volume, audience):
            yielded[making] = None
            yield making


def is_moment(told: str | None) -> bool:
    """Whether a text is a moment that files can carry."""
    if told is None or not MOMENT.fullmatch(told):
        return False
    try:
        return datetime.fromisoformat(told).year > 0
    except ValueError:
        return False


def _fits(making: Making, volume: Volume, audience: Audience) -> bool:
    """Whether a volume can be built in this way, which another person may have recorded."""
    if making.audience != audience or (volume.target.copy is not None and making.copy != volume.target.copy):
        return False
    return not volume.is_reader or not making.freezing


def _guess(volume: Volume, file: str, kind: Format, audience: Audience, moments: tuple[str, ...]) -> Iterator[Making]:
    """Every way of building that gives a file of this format other bytes."""
    listed = tuple(dict.fromkeys(volume.output.formats))
    formats = [item for item in dict.fromkeys((listed, BOOKS, (kind,), tuple(Format))) if kind in item]
    profiles = profiles_for(volume, file, kind, volume.name(audience))
    for moment, copy, freezing in product(moments, volume.copies(), (False, True)):
        if freezing and volume.is_reader:
            continue
        for some, asked in product(formats, profiles):
            wanted = asked if Format.PDF in some else ()
            yield Making(formats=some, profiles=wanted, audience=audience, copy=copy, moment=moment, freezing=freezing)


def profiles_for(volume: Volume, file: str, kind: Format, name: str) -> tuple[tuple[Profile, ...], ...]:
    """The profiles that a file was built in, or of which the pages are counted."""
    wanted = tuple(dict.fromkeys(volume.output.profiles.wanted))
    if kind is Format.EPUB:
        return tuple(dict.fromkeys((wanted, *((profile,) for profile in (Profile.PRINT, Profile.SCREEN)))))
    own = next((profile for profile in Profile if file == file_name(name, profile)), None)
    if own is not None:
        return (wanted if own in wanted else (own,),)
    return (wanted, *((profile,) for profile in Profile if profile not in wanted))


def of_piece(making: Making, piece: str, profile: Profile) -> Making:
    """The same for an excerpt, which is a PDF."""
    return replace(making, formats=(Format.PDF,), profiles=(profile,), freezing=False, piece=piece)
