"""How values are written: dates, languages, addresses, names, digests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from publisher.diagnostics import Span
from publisher.load.config.language_names import LANGUAGE_NAMES
from publisher.load.encodings import CODECS, UTF_8, known_encoding
from publisher.load.findings import Findings, nearest, only_meant, suggestion
from publisher.load.yaml.nodes import Node, Scalar, Sequence
from publisher.load.yaml.types import At, Json, Placed, Shaped, Words, short
from publisher.model.addresses import WrongAddress, normalize
from publisher.model.date import WrongDate, likely_edtf, standard
from publisher.model.language import fault


def _is_date(text: str) -> bool:
    """Whether the calendar has that day."""
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDigests:
    """One sha256 of a text, or one of each of its files."""

    each: tuple[Placed, ...]
    """As they are written, even if they cannot be one."""
    span: Span | None = None
    is_list: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The digests in lower case."""
        return tuple(item.text.lower() for item in self.each)


@dataclass(frozen=True, slots=True)
class Digest:
    """A sha256 with its place, or a list of them, whatever is written there: it is compared with that of the files."""

    def read(self, node: Node, *, findings: Findings) -> PlacedDigests | None:
        """Return the text as it is written; None after noting E-005 if there is a mapping."""
        entries = node.entries if isinstance(node, Sequence) else (node,)
        digests = tuple(digest for entry in entries if (digest := _digest(entry, findings=findings)) is not None)
        return PlacedDigests(each=digests, span=node.span, is_list=isinstance(node, Sequence)) if digests else None

    def schema(self) -> dict[str, Json]:
        """Return the form of a sha256 as JSON Schema."""
        record: dict[str, Json] = {"type": "string", "pattern": "^(?:[0-9A-Fa-f]{64})$"}
        return {"anyOf": [record, {"type": "array", "items": record, "minItems": 1}]}

    def blank(self) -> PlacedDigests:
        """Return no text at no place."""
        return PlacedDigests(each=(Placed(""),))


def _digest(node: Node, *, findings: Findings) -> Placed | None:
    if isinstance(node, Scalar):
        return Placed(node.text.strip() if node.plain else node.text, node.span)
    return At(Words()).read(node, findings=findings)


@dataclass(frozen=True, slots=True)
class EncodingName:
    """An encoding of texts."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """Return its name in `CODECS`; nothing after noting E-006 if there is none, so that no bytes are decoded."""
        text = node.text if isinstance(node, Scalar) else ""
        if not text.strip():
            return Words().read(node, findings=findings)
        name = known_encoding(text)
        if name is None:
            known = tuple(CODECS)
            hint = (
                suggestion(text.lower(), known) if nearest(text.lower(), known) else f"use one of: {', '.join(known)}"
            )
            message = f"“{short(text)}” is not an encoding that can be read"
            findings.error("E-006", message, span=node.span, hint=hint, fix=only_meant(text.lower(), known))
            return ""
        return name

    def schema(self) -> dict[str, Json]:
        """Return a string as JSON Schema: encodings have several names."""
        return {"type": "string", "examples": [*CODECS]}

    def blank(self) -> str:
        """Return UTF-8."""
        return UTF_8


def _with_scheme(text: str) -> str:
    """The address of a host that is written without `https://`."""
    return f"https://{text}" if re.match(r"[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}(/|$)", text) else text


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that leads somewhere."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """Return the address as the URL Standard has it, its letters as they are written; None after noting E-007."""
        shaped = Shaped(what="a web address", example=_EXAMPLE, pattern=_ADDRESS, meant=_with_scheme).read(
            node, findings=findings
        )
        if shaped is None:
            return None
        try:
            return normalize(shaped, unicode=True)
        except WrongAddress as error:
            message = f"“{short(shaped)}” leads nowhere that a reader can follow: {error}"
            findings.error("E-007", message, span=node.span, hint="copy the address from where it works")
            return None

    def schema(self) -> dict[str, Json]:
        """Return the form of a web address as JSON Schema."""
        return {"type": "string", "pattern": f"^(?:{_ADDRESS})$", "examples": [_EXAMPLE]}

    def blank(self) -> str:
        """Return an address."""
        return _EXAMPLE


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """A language tag."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """Return the tag; None after noting E-007 with the wrong subtag."""
        text = Words().read(node, findings=findings)
        reason = None if text is None else fault(text)
        if text is None or reason is None:
            return text
        message = f"“{short(text)}” is not a language tag (BCP 47): {reason}"
        hint = language_hint(text)
        fix = hint.removeprefix("write ") if not hint.startswith("write it like") else None
        findings.error("E-007", message, span=node.span, hint=hint, fix=fix)
        return None

    def schema(self) -> dict[str, Json]:
        """Return the characters of a tag as JSON Schema."""
        return {"type": "string", "pattern": f"^(?:{LANGUAGE_PATTERN})$", "examples": ["en-GB"]}

    def blank(self) -> str:
        """Return English."""
        return "en"


def language_hint(tag: str) -> str:
    """Return what to write instead of a malformed tag."""
    mended = re.sub(r"[\s_.–—‑]+", "-", tag.strip()).strip("-")
    if mended != tag and mended and fault(mended) is None:
        return f"write {mended}"
    named = LANGUAGE_NAMES.get(tag.strip().lower())
    return f"write {named}" if named else "write it like en-GB"


_PLAIN_DATE = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateKind:
    """A date, as far as it is known."""

    what: str
    is_plain: bool
    """Whether only a day, a month or a year will do."""

    def read(self, node: Node, *, findings: Findings) -> str | None:
        """Return the date in EDTF; None after noting E-005 if there is none, E-007 if it is not understood."""
        text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        if not text:
            return Words().read(node, findings=findings)
        try:
            found = standard(text)
            if self.is_plain and not re.fullmatch(_PLAIN_DATE, found):
                raise WrongDate("a day, a month or a year is needed")
        except WrongDate as error:
            known = likely_edtf(text)
            otherwise = (
                "2026-11-24, 2026-11, 2026" if self.is_plain else "1886-05-12, 1886-05, 1886, c. 1886, 1914/1918"
            )
            hint = f"write {known}" if known else f"write it like one of these: {otherwise}"
            message = f"“{short(text)}” is not {self.what}: {error}"
            findings.error("E-007", message, span=node.span, hint=hint, fix=known)
            return None
        return found

    def schema(self) -> dict[str, Json]:
        """Return a string or a year as JSON Schema."""
        if not self.is_plain:
            return {"type": ["string", "integer"], "examples": ["1886-05-12", "c. 1886", "1914/1918"]}
        return {"type": ["string", "integer"], "pattern": f"^(?:{_PLAIN_DATE})$", "examples": ["2026-11-24"]}

    def blank(self) -> str:
        """Return a day."""
        return "2026-11-24"


_EXAMPLE = "https://www.example.org/article"
_ADDRESS = r"https?://[^\s/]+(/\S*)?"
WORDS = Words()
FILE = At(WORDS)
DAY = Shaped(what="a date", example="2026-11-24", pattern=r"[0-9]{4}-[0-9]{2}-[0-9]{2}", sound=_is_date)
PARTIAL_DATE = DateKind(what="a date, a month or a year", is_plain=True)
"""Of the edition itself, which can be dated."""
ANY_DATE = DateKind(what="a date", is_plain=False)
"""Of works and documents: as far as it is known."""
LANGUAGE_PATTERN = r"[A-Za-z]{1,3}(-[A-Za-z0-9]{1,8})*"
"""The characters of a language tag; `model.language` has the grammar."""
LANGUAGE = LanguageTag()
URL = Address()
NAME = Shaped(what="a name of letters, digits and hyphens", example="editorial", pattern=r"[A-Za-z][A-Za-z0-9-]*")
IDENTIFIER = Shaped(
    what="an identifier",
    example="urn:isbn:9783161484100",
    pattern=r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:\S+|https?://\S+",
)
CODE = Shaped(what="the code of a warning", example="T-006", pattern=r"[A-Z]-[0-9]{3}")
FILE_OR_LINE = Shaped(
    what="a file, or a file and a line", example="notes/editorial.md:12", pattern=r"[^\s:][^:]*(:[1-9][0-9]*)?"
)
FILE_NAME = Shaped(
    what="a file name without extension", example="my-edition", pattern=r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
)
NO_PLACE = Placed("")
