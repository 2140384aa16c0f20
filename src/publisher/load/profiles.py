"""`output.profiles` of `edition.yaml`: what PDFs are made for, as a list or with settings for each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from publisher.load.fields import Key, Record, Values, defaulted, object_schema, optional, values
from publisher.load.findings import Findings, suggestion
from publisher.load.kinds import At, Flag, Json, Many, OneOf, Placed, Shaped, Words, short
from publisher.load.page_keys import MARGINS_RECORD
from publisher.load.tree import Mapping, Node, Pair, Scalar
from publisher.load.trims import Trim
from publisher.model.leaf import Sides
from publisher.model.profile import Inks, PrintSettings, Profile, Profiles, points

LARGEST_BLEED = points("10mm")
BLEED_LENGTH = Shaped(
    what="a length of at most 10 mm",
    example="3mm",
    pattern=r"(0|[1-9][0-9]*)(\.[0-9]+)?(mm|cm|in|pt|pc|px|q|Q)",
    sound=lambda text: points(text) <= LARGEST_BLEED,
)

ICC = optional("icc", At(Words()), about="the file of the printer's ICC profile; else the one of this computer")
CONDITION = optional("condition", Words(), about="the printing condition as the ICC registers it: FOGRA51")
INKS = defaulted("inks", OneOf(Inks), absent=Inks.CMYK, about="cmyk, or black: everything in black and grey")
BLEED = defaulted("bleed", BLEED_LENGTH, absent="3mm", about="how far is printed beyond the edge of the page")
MARKS = defaulted("marks", Flag(), absent=True, about="whether crop and registration marks are drawn")
TRIM = optional("page", Trim(), about="the trim of a printed page, where it is another")
SIDES = optional("sides", OneOf(Sides), about="two or one: printed sides of a leaf, where they are others")
MARGINS = optional("margins", MARGINS_RECORD, about="margins of a printed page, where they are others")
REFERENCES = defaulted(
    "references", Flag(), absent=True, about="whether page numbers follow cross-references, addresses follow links"
)
SCREEN_REFERENCES = defaulted(
    "references", Flag(), absent=False, about="true gives all profiles the page references of print, so the same pages"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedProfiles:
    """The profiles with the place where the ICC profile is named."""

    profiles: Profiles = field(default_factory=Profiles)
    icc: Placed | None = None


def _printed(given: Values) -> PlacedProfiles:
    icc, trim, margins = given[ICC], given[TRIM], given[MARGINS]
    printed = PrintSettings(
        icc=None if icc is None else icc.text,
        condition=given[CONDITION],
        inks=given[INKS],
        bleed=given[BLEED],
        marks=given[MARKS],
        page=None if trim is None else (trim.width, trim.height),
        page_span=next((one.span for one in (margins, trim) if one and one.span), None),
        sides=given[SIDES],
        margins=margins.margins if margins else None,
        references=given[REFERENCES],
    )
    return PlacedProfiles(profiles=Profiles(printed=printed), icc=icc)


PRINT_RECORD = Record(
    keys=(ICC, CONDITION, INKS, BLEED, MARKS, TRIM, SIDES, MARGINS, REFERENCES), build=_printed, empty=PlacedProfiles()
)
KEYS: dict[Profile, tuple[Key[object], ...]] = {
    Profile.SCREEN: (SCREEN_REFERENCES,),
    Profile.PRINT: PRINT_RECORD.keys,
    Profile.ARCHIVE: (),
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
        return replace(printed, profiles=replace(found.profiles, printed=printed.profiles.printed))
    if not isinstance(node, Mapping):
        findings.error("E-005", "keys with values expected", span=node.span, hint=f"write {profile}: and nothing else")
        return found
    given = values(node, keys=KEYS[profile], findings=findings)
    if profile is Profile.ARCHIVE:
        return found
    return replace(found, profiles=replace(found.profiles, screen_references=given[SCREEN_REFERENCES]))


def _note_unknown(pair: Pair, findings: Findings) -> None:
    findings.error(
        "E-006",
        f"“{short(pair.key)}” is not one of the words that may stand here",
        span=pair.key_span,
        hint=suggestion(pair.key, tuple(profile.value for profile in Profile)),
    )
