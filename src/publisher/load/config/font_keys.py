"""The key `fonts`: which family is for the text, for the sans serif, for a language, for a script."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.fonts.scripts import scripts
from publisher.load.findings import Findings
from publisher.load.yaml.formats import LANGUAGE, LANGUAGE_PATTERN, WORDS
from publisher.load.yaml.nodes import Mapping, Node, Scalar
from publisher.load.yaml.schema import Keys, Record, Values, default, optional
from publisher.load.yaml.types import At, Json, Kind, Known, Placed
from publisher.model.assets import NO_FONT_CHOICES, Assigned, FontChoices

SCRIPT = Known(what="the code of a script (ISO 15924)", words=scripts())
FAMILY = At(WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """A family for each of some languages or scripts."""

    key: Kind[str]
    pattern: str
    """What the keys look like, for the JSON Schema."""
    example: str

    def read(self, node: Node, *, findings: Findings) -> tuple[tuple[str, Placed], ...] | None:
        """The keys with their families. Notes E-005 where it is no mapping, and what the kinds note."""
        if not isinstance(node, Mapping):
            findings.error("E-005", "keys with values expected", span=node.span, hint=f"write {self.example}")
            return None
        read = (
            (self.key.read(Scalar(text=pair.key, plain=False, span=pair.key_span), findings=findings), pair.value)
            for pair in node.pairs
        )
        both = ((key, FAMILY.read(value, findings=findings)) for key, value in read)
        return tuple((key, family) for key, family in both if key is not None and family is not None)

    def schema(self) -> dict[str, Json]:
        """An object whose keys are of the pattern."""
        return {
            "type": "object",
            "patternProperties": {f"^(?:{self.pattern})$": FAMILY.schema()},
            "additionalProperties": False,
        }

    def blank(self) -> tuple[tuple[str, Placed], ...]:
        """None."""
        return ()


class FontKeys(Keys):
    """`fonts`."""

    text = optional("text", FAMILY, about="the family of the text: EB Garamond")
    sans = optional("sans", FAMILY, about="the family of labels, numbers and tables")
    languages = default(
        "languages",
        Families(key=LANGUAGE, pattern=LANGUAGE_PATTERN, example="languages: {el: GFS Didot}"),
        absent=(),
        about="the family of passages in a language: {el: GFS Didot}",
    )
    scripts = default(
        "scripts",
        Families(key=SCRIPT, pattern="[A-Z][a-z]{3}", example="scripts: {Arab: Amiri}"),
        absent=(),
        about="the family of words in a script (ISO 15924): {Arab: Amiri}",
    )


def _choices(given: Values) -> FontChoices:
    return FontChoices(
        text=_assign(given[FontKeys.text]),
        sans=_assign(given[FontKeys.sans]),
        languages=tuple((tag, Assigned(family=item.text, span=item.span)) for tag, item in given[FontKeys.languages]),
        scripts=tuple((code, Assigned(family=item.text, span=item.span)) for code, item in given[FontKeys.scripts]),
    )


def _assign(family: Placed | None) -> Assigned | None:
    return None if family is None else Assigned(family=family.text, span=family.span)


FONTS = default(
    "fonts",
    Record(keys=FontKeys.all(), build=_choices, empty=NO_FONT_CHOICES),
    absent=NO_FONT_CHOICES,
    about="which font families are used, of those in fonts/",
)
