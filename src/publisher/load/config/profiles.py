"""`output.profiles` of `edition.yaml`: what PDFs are made for, as a list or with settings for each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from publisher.load.config.page_keys import OverrideKeys, overrides
from publisher.load.findings import Findings, suggestion
from publisher.load.yaml.nodes import Mapping, Node, Pair, Scalar
from publisher.load.yaml.schema import Key, Keys, Record, Values, default, object_schema, optional, values
from publisher.load.yaml.types import At, Flag, Json, Many, OneOf, Placed, Shaped, Words, short
from publisher.model.pdf_standard import PrintStandard
from publisher.model.profile import Inks, PrintSettings, Profile, Profiles, points

LARGEST_BLEED = points("10mm")
BLEED_LENGTH = Shaped(
    what="a length of at most 10 mm",
    example="3mm",
    pattern=r"(0|[1-9][0-9]*)(\.[0-9]+)?(mm|cm|in|pt|pc|px|q|Q)",
    sound=lambda text: points(text) <= LARGEST_BLEED,
)


class PrintKeys(Keys):
    """The profile `print`."""

    icc = optional("icc", At(Words()), about="the file of the printer's ICC profile; else the one of this computer")
    condition = optional("condition", Words(), about="the printing condition as the ICC registers it: FOGRA51")
    inks = default("inks", OneOf(Inks), absent=Inks.CMYK, about="cmyk, or black: everything in black and grey")
    bleed = default("bleed", BLEED_LENGTH, absent="3mm", about="how far is printed beyond the edge of the page")
    marks = default("marks", Flag(), absent=True, about="whether crop and registration marks are drawn")
    standard = default(
        "standard",
        OneOf(PrintStandard),
        absent=PrintStandard.X_4,
        about="the part of PDF/X: x-4, x-3, x-3-2003, x-1a or x-1a-2003",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedProfiles:
    """The profiles with the place where the ICC profile is named."""

    profiles: Profiles = field(default_factory=Profiles)
    icc: Placed | None = None


def _print_profile(given: Values) -> PlacedProfiles:
    icc = given[PrintKeys.icc]
    printed = PrintSettings(**PrintKeys.fields(given, PrintSettings) | {"icc": None if icc is None else icc.text})
    return PlacedProfiles(profiles=Profiles(print=overrides(given), printed=printed), icc=icc)


PRINT_RECORD = Record(keys=(*PrintKeys.all(), *OverrideKeys.all()), build=_print_profile, empty=PlacedProfiles())
KEYS: dict[Profile, tuple[Key[object], ...]] = {
    Profile.SCREEN: OverrideKeys.all(),
    Profile.PRINT: PRINT_RECORD.keys,
    Profile.ARCHIVE: OverrideKeys.all(),
}
"""What may be said of each profile."""


@dataclass(frozen=True, slots=True)
class ProfilesKind:
    """A list of profiles, or a mapping with what is to be different for each."""

    def read(self, node: Node, *, findings: Findings) -> PlacedProfiles | None:
        """The profiles. Notes E-006 at unknown ones with the nearest name, and what their settings note."""
        if not isinstance(node, Mapping):
            named = Many(kind=OneOf(Profile), least=1).read(node, findings=findings)
            return None if named is None else _wanting(PlacedProfiles(), named)
        found = PlacedProfiles()
        wanted: list[Profile] = []
        for pair in node.pairs:
            if pair.key not in tuple(Profile):
                _note_unknown(pair, findings)
                continue
            wanted.append(Profile(pair.key))
            found = _with(found, wanted[-1], pair.value, findings)
        return _wanting(found, tuple(wanted)) if wanted else None

    def schema(self) -> dict[str, Json]:
        """Either."""
        records: dict[str, Json] = {
            str(profile): {"anyOf": [{"type": "null"}, object_schema(keys)]} for profile, keys in KEYS.items()
        }
        mapping: dict[str, Json] = {
            "type": "object",
            "properties": records,
            "minProperties": 1,
            "additionalProperties": False,
        }
        return {"anyOf": [Many(kind=OneOf(Profile), least=1).schema(), mapping]}

    def blank(self) -> PlacedProfiles:
        """The screen alone."""
        return PlacedProfiles()


def _wanting(found: PlacedProfiles, wanted: tuple[Profile, ...]) -> PlacedProfiles:
    return replace(found, profiles=replace(found.profiles, wanted=tuple(dict.fromkeys(wanted))))


def _with(found: PlacedProfiles, profile: Profile, node: Node, findings: Findings) -> PlacedProfiles:
    """The profiles with the settings of one more."""
    if isinstance(node, Scalar) and node.plain and not node.text:
        return found
    if profile is Profile.PRINT:
        printed = PRINT_RECORD.read(node, findings=findings) or found
        return replace(printed, profiles=_with_print(found.profiles, printed.profiles))
    if not isinstance(node, Mapping):
        findings.error("E-005", "keys with values expected", span=node.span, hint=f"write {profile}: and nothing else")
        return found
    own = overrides(values(node, keys=OverrideKeys.all(), findings=findings))
    if profile is Profile.ARCHIVE:
        return replace(found, profiles=replace(found.profiles, archive=own))
    return replace(found, profiles=replace(found.profiles, screen=own))


def _with_print(known: Profiles, read: Profiles) -> Profiles:
    return replace(known, print=read.print, printed=read.printed)


def _note_unknown(pair: Pair, findings: Findings) -> None:
    findings.error(
        "E-006",
        f"“{short(pair.key)}” is not one of the allowed values",
        span=pair.key_span,
        hint=suggestion(pair.key, tuple(profile.value for profile in Profile)),
    )
