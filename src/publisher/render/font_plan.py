"""Which family each word is set in, so that no word is set in two.

A word of which the family around it lacks a character is set whole in the first family that has all of it. The fonts
of the edition are tried in the order of their names; `fonts:` may assign families to the text, the sans serif,
languages and scripts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from publisher.fonts.families import Family, characters_of, families
from publisher.fonts.scripts import COMMON, is_blank, script_of, words
from publisher.model.assets import Assigned, FontChoices
from publisher.model.profile import Style
from publisher.model.publication import Publication
from publisher.render.builtin import house_fonts
from publisher.render.printed_characters import printed_strings

SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
_FILES = {SERIF: "SourceSerifPro", SANS: "SourceSansPro"}
_GENERIC = {SERIF: "serif", SANS: "sans-serif"}
CUTS = ("Regular", "It", "Semibold", "SemiboldIt")


def quote(name: str) -> str:
    """A name as a string of CSS."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>\n' else sign for sign in name) + '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a word is in."""

    cut: str = "Regular"
    """`Regular`, `It`, `Semibold` or `SemiboldIt`."""
    language: str = ""
    """The BCP 47 tag of the passage; empty where it is that of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A family that words can be set in."""

    name: str
    """As style sheets declare it."""
    key: str
    """What the class of a word ends in that is set in it."""
    cuts: Mapping[str, frozenset[int]]
    """The code points that each cut has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontPlan:
    """The families of a publication and what they serve."""

    candidates: tuple[Candidate, ...]
    """In the order in which they are tried: those of the edition that are used, then those of the program."""
    text: Candidate
    """What the text is set in."""
    sans: Candidate
    languages: tuple[tuple[str, Candidate], ...] = ()
    scripts: Mapping[str, Candidate] = field(default_factory=dict)
    """By ISO 15924 codes, as `fonts:` assigns them."""
    throughout: Mapping[str, Candidate] = field(default_factory=dict)
    """The same for scripts next to the main one of which a word needs another family: so that all words have it."""

    def around(self, language: str) -> Candidate:
        """The family of a passage in a language."""
        tag = language.casefold()
        for prefix, family in self.languages:
            if tag == prefix.casefold() or tag.startswith(f"{prefix.casefold()}-"):
                return family
        return self.text

    def stack(self, first: Candidate, house: str) -> str:
        """The names of families in the order in which an engine tries them: one, that of the program, all others."""
        own = [candidate.name for candidate in self.candidates if candidate.name not in _FILES]
        names = dict.fromkeys((first.name, house, *own))
        return ", ".join((*map(quote, names), _GENERIC[house]))

    def is_plain(self, text: str, setting: Setting) -> bool:
        """Whether nothing in a text needs another family than the one around it."""
        covered = self.around(setting.language).cuts[setting.cut]
        letters = {letter for letter in text if not is_blank(letter)}
        if any(ord(letter) not in covered for letter in letters):
            return False
        return not any(script_of(letter) in of for of in (self.scripts, self.throughout) if of for letter in letters)

    def chosen(self, word: str, script: str, setting: Setting) -> Candidate | None:
        """The family that a word is set in; None for the one around it."""
        assigned = self.scripts.get(script)
        around = self.around(setting.language)
        if assigned is not None:
            return None if assigned is around else assigned
        letters = {ord(letter) for letter in word if not is_blank(letter)}
        if not letters:
            return None
        if around is self.text and letters <= self.throughout.get(script, _NONE).cuts[setting.cut]:
            return self.throughout[script]
        if letters <= around.cuts[setting.cut]:
            return None
        others = [candidate for candidate in self.candidates if candidate is not around]
        best = max(others, key=lambda candidate: len(letters & candidate.cuts[setting.cut]), default=around)
        whole = next((candidate for candidate in others if letters <= candidate.cuts[setting.cut]), best)
        gained = len(letters & whole.cuts[setting.cut]) > len(letters & around.cuts[setting.cut])
        return whole if gained else None


_NONE = Candidate(name="", key="", cuts=dict.fromkeys(CUTS, frozenset[int]()))
"""A family of no characters."""


def font_plan(publication: Publication) -> FontPlan | None:
    """The plan of a publication; None if it has neither fonts of its own nor asks for families."""
    if not publication.typefaces and not publication.fonts.assigned:
        return None
    sheets = "\n".join(source.text for source in publication.stylesheets)
    found = families(publication.typefaces)
    return _restrict(found, publication.fonts, publication.output.style, _chunks(publication), sheets)


@lru_cache(maxsize=4)
def _restrict(
    found: tuple[Family, ...], choices: FontChoices, style: Style, chunks: frozenset[str], sheets: str
) -> FontPlan:
    """The plan with the families that something is set in, or that a style sheet of the edition names."""
    whole = _plan(found, choices, style)
    whole = replace(whole, throughout=_throughout(whole, chunks))
    named = {
        css_name(family)
        for family in found
        if any(name in sheets for name in (family.name, *(f"own-{face.file}" for face in family.faces)))
    }
    assigned = (whole.text, whole.sans, *(candidate for _, candidate in whole.languages), *whole.scripts.values())
    used = {candidate.key for candidate in (*assigned, *_needed_faces(whole, chunks))}
    return replace(
        whole,
        candidates=tuple(
            candidate
            for candidate in whole.candidates
            if candidate.key in used or candidate.name in named or candidate.name in _FILES
        ),
    )


@lru_cache(maxsize=8)
def _plan(found: tuple[Family, ...], choices: FontChoices, style: Style) -> FontPlan:
    """The plan with every family there is."""
    own = {family.name.casefold(): _own(family) for family in found}
    house = {name: _house(name) for name in _FILES}
    named = {**{name.casefold(): candidate for name, candidate in house.items()}, **own}

    def assigned(item: Assigned | None, otherwise: Candidate) -> Candidate:
        return otherwise if item is None else named.get(item.family.casefold(), otherwise)

    text = assigned(choices.text, house[SANS if style is Style.ACCESSIBLE else SERIF])
    return FontPlan(
        candidates=(*own.values(), *house.values()),
        text=text,
        sans=assigned(choices.sans, house[SANS]),
        languages=tuple((tag, assigned(language, text)) for tag, language in choices.languages),
        scripts={code: assigned(script, text) for code, script in choices.scripts},
    )


def _own(family: Family) -> Candidate:
    characters = family.characters
    return Candidate(name=css_name(family), key=str(family.number), cuts=dict.fromkeys(CUTS, characters))


def css_name(family: Family) -> str:
    """The name under which style sheets declare a family of the edition; no font of a computer has it."""
    plain = " ".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in family.name).split())
    name = plain if plain == family.name.strip() else f"{plain} {family.number}"
    return f"{name} Edition".strip()


@lru_cache(maxsize=2)
def _house(name: str) -> Candidate:
    """A family of the program, cut by cut; an italic that a style lacks is set in the upright."""
    files = {asset.href.rpartition("/")[2]: asset.content for asset in house_fonts(Style.ACCESSIBLE)}
    cuts = {cut: characters_of(files[f"{_FILES[name]}-{cut}.otf"]) for cut in CUTS}
    return Candidate(name=name, key="serif" if name == SERIF else "sans", cuts=cuts)


def _throughout(plan: FontPlan, chunks: Iterable[str]) -> dict[str, Candidate]:
    """The family of each script next to the main one of which a word needs another family than the text's."""
    letters: dict[str, set[int]] = {}
    counts: Counter[str] = Counter()
    lacking: set[str] = set()
    for chunk in chunks:
        for begin, end, script in words(chunk):
            letters.setdefault(script, set()).update(ord(text) for text in chunk[begin:end] if not is_blank(text))
            counts[script] += end - begin
            if plan.chosen(chunk[begin:end], script, Setting()) is not None:
                lacking.add(script)
    main = max((script for script in counts if script != COMMON), key=lambda text: (counts[text], text), default=COMMON)
    others = [candidate for candidate in plan.candidates if candidate is not plan.text]
    return {
        script: max(others, key=lambda candidate: len(letters[script] & candidate.cuts["Regular"]))
        for script in sorted(lacking - {main, COMMON})
    }


def _needed_faces(plan: FontPlan, chunks: Iterable[str]) -> Iterator[Candidate]:
    """The families that a word, or a single character of one, is set in."""
    settings = tuple(Setting(cut=cut) for cut in CUTS)
    settings += tuple(Setting(cut=cut, language=tag) for tag, _ in plan.languages for cut in CUTS)
    for chunk in chunks:
        for setting in settings:
            if plan.is_plain(chunk, setting):
                continue
            for begin, end, script in words(chunk):
                word = chunk[begin:end]
                for part in (word, *word):
                    found = plan.chosen(part, script if part == word else COMMON, setting)
                    if found is not None:
                        yield found


class _Same:
    """A publication compared by identity, to look up what was made of it before."""

    def __init__(self, value: Publication) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


def _chunks(publication: Publication) -> frozenset[str]:
    """What is between spaces in a publication, each once."""
    return _chunks_of(_Same(publication))


@lru_cache(maxsize=2)
def _chunks_of(publication: _Same) -> frozenset[str]:
    return frozenset(chunk for text in printed_strings(publication.value) for chunk in text.split())
