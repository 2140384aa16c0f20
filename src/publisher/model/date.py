"""Dates as far as they are known: days, months, seasons, years, centuries, intervals, approximate or uncertain.

They are stored in the Extended Date/Time Format (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/), levels 0
and 1, and read from what people write as well: `c. 1886`, `1914–1918`, `1880s`, `before 1700`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
"""The numbers of the seasons in the place of a month."""
OPEN = ".."
"""The end of an interval that has none."""

_POINT = re.compile(r"(?P<year>-?[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?")
_BOUND = re.compile(r"\[(?:\.\.(?P<last>[^.\]]+)|(?P<first>[^.\]]+)\.\.)\]")
_QUALIFIER = re.compile(r"[?~%]$")
_ABOUT = re.compile(r"(?i)(?:circa|ca?\.?|about|approx\.?|um|etwa|ungefähr|vers|environ|v\.)\s*(?=[0-9-])")
_BEFORE = re.compile(r"(?i)(?:before|vor|avant)\s+(?=[0-9-])")
_UNTIL = re.compile(r"(?i)(?:until|bis|jusqu['’]en)\s+(?=[0-9-])")
_AFTER = re.compile(r"(?i)(?:after|nach|après)\s+(?=[0-9-])")
_FROM = re.compile(r"(?i)(?:since|from|seit|ab|depuis)\s+(?=[0-9-])")
_RANGE = re.compile(r"([0-9][0-9-]*[?~%]?)\s*[–—]\s*([0-9][0-9-]*[?~%]?)")
_YEARS = re.compile(r"([0-9]{4})\s*-\s*([0-9]{4})")
_SHORT_RANGE = re.compile(r"([0-9]{2})([0-9]{2})\s*[–/]\s*([0-9]{2})")
_DECADE = re.compile(r"(?i)([0-9]{3})0(?:['’]?s|er(?:-Jahre)?)")
_CENTURY = re.compile(r"(?i)([0-9]{1,2})(?:st|nd|rd|th)?\.?\s*(?:century|cent\.|Jahrhundert|Jh\.)")
_LATEST = (9999, 12, 31)


class WrongDate(ValueError):
    """Something that is no date; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day, a month, a season, a year, a decade or a century."""

    year: int
    """The year; of a decade or a century its first."""
    month: int | None = None
    """The month, or the number of a season."""
    day: int | None = None
    years: int = 1
    """How many years it covers: 10 of a decade, 100 of a century."""
    approximate: bool = False
    uncertain: bool = False

    @property
    def is_season(self) -> bool:
        """Whether the month is that of a season."""
        return self.month in SEASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A time from one date to another; an end that is None is open."""

    start: Point | None
    end: Point | None
    is_moment: bool = False
    """Whether it is one moment in that time, before or after a date: `[..1700]`, `[1700..]`."""


Date = Point | Interval


def parse(written: str) -> Date:
    """Return the date that a text in EDTF means. Raises `WrongDate`."""
    if bounded := _BOUND.fullmatch(written):
        first, last = bounded["first"], bounded["last"]
        return Interval(start=_point(first) if first else None, end=_point(last) if last else None, is_moment=True)
    if "/" not in written:
        return _point(written)
    start, slash, end = written.partition("/")
    if "/" in end or not slash:
        raise WrongDate("it has more than one “/”")
    first, last = (None if part in ("", OPEN) else _point(part) for part in (start, end))
    if first is None and last is None:
        raise WrongDate("neither its beginning nor its end is given")
    if first is not None and last is not None and _first_day(first) > _last_day(last):
        raise WrongDate("it ends before it begins")
    return Interval(start=first, end=last)


def standard(written: str) -> str:
    """Return in EDTF what people write: `c. 1886` is `1886~`, `1914–1918` is `1914/1918`. Raises `WrongDate`."""
    text = " ".join(written.split())
    found = _standard(text)
    parse(found)
    return found


def order(edtf: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return what dates are sorted by: their first day, then the longer time; a text that is no date comes last."""
    try:
        date = parse(edtf)
    except WrongDate:
        return _LATEST, _LATEST
    if isinstance(date, Point):
        return _first_day(date), _negate(_last_day(date))
    last = _LATEST if date.end is None else _last_day(date.end)
    return (last if date.start is None else _first_day(date.start)), _negate(last)


def _negate(day: tuple[int, int, int]) -> tuple[int, int, int]:
    return -day[0], -day[1], -day[2]


def whole_day(date: str) -> str:
    """Return the first day of a date that may be a month or a year, `YYYY-MM-DD`."""
    return f"{date}-01-01"[:10]


def last_day(date: str) -> str:
    """Return the last day of a date that may be a month or a year, `YYYY-MM-DD`."""
    point = parse(date)
    assert isinstance(point, Point)
    year, month, day = _last_day(point)
    return f"{year:04}-{month:02}-{min(day, monthrange(year, month)[1]):02}"


def _standard(text: str) -> str:
    if about := _ABOUT.match(text):
        return "/".join(f"{part}~" for part in _standard(text[about.end() :]).rstrip("~").split("/"))
    if before := _BEFORE.match(text):
        return f"[{OPEN}{_standard(text[before.end() :])}]"
    if after := _AFTER.match(text):
        return f"[{_standard(text[after.end() :])}{OPEN}]"
    if until := _UNTIL.match(text):
        return f"{OPEN}/{_standard(text[until.end() :])}"
    if since := _FROM.match(text):
        return f"{_standard(text[since.end() :])}/{OPEN}"
    if decade := _DECADE.fullmatch(text):
        return f"{decade[1]}X"
    if century := _CENTURY.fullmatch(text):
        return f"{int(century[1]) - 1:02}XX"
    if years := _SHORT_RANGE.fullmatch(text):
        return f"{years[1]}{years[2]}/{years[1]}{years[3]}"
    if years := _YEARS.fullmatch(text) or _RANGE.fullmatch(text):
        return f"{years[1]}/{years[2]}"
    return re.sub(r"\s+(?=[?~%]$)|\(|\)", "", text)


def _point(written: str) -> Point:
    sign = _QUALIFIER.search(written)
    qualifier, text = (sign.group(), written[:-1]) if sign else ("", written)
    found = _POINT.fullmatch(text)
    if found is None:
        raise WrongDate("it is none that is understood")
    year, unknown = found["year"].rstrip("X"), found["year"].count("X")
    month = None if found["month"] in (None, "XX") else int(found["month"])
    day = None if found["day"] in (None, "XX") else int(found["day"])
    _demand_possible(int(year) * 10**unknown, month, day, unknown=unknown, has_day=found["day"] is not None)
    return Point(
        year=int(year) * 10**unknown,
        month=month,
        day=day if month is not None else None,
        years=10**unknown,
        approximate=qualifier in ("~", "%"),
        uncertain=qualifier in ("?", "%"),
    )


def _demand_possible(year: int, month: int | None, day: int | None, *, unknown: int, has_day: bool) -> None:
    """Raise `WrongDate` if there is no such month or day."""
    if month is None:
        if day is not None:
            raise WrongDate("it has a day and no month")
        return
    if unknown or year < 1:
        raise WrongDate("it has a month, and no year after Christ")
    if month in SEASONS and not has_day:
        return
    if not 1 <= month <= 12:
        raise WrongDate(f"there is no month {month:02}")
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise WrongDate(f"that month has no day {day:02}")


def _first_day(point: Point) -> tuple[int, int, int]:
    return point.year, _season_month(point) or 1, point.day or 1


def _last_day(point: Point) -> tuple[int, int, int]:
    return point.year + point.years - 1, _season_month(point) or 12, point.day or 31


def _season_month(point: Point) -> int | None:
    """The month; of a season the first of its three."""
    return (point.month - 21) * 3 + 3 if point.is_season and point.month else point.month


_MONTHS = tuple(
    names.split()
    for names in (
        "jan january januar jänner janvier",
        "feb february februar février fevrier",
        "mar march märz maerz mars",
        "apr april avril",
        "may mai",
        "jun june juni juin",
        "jul july juli juillet",
        "aug august août aout",
        "sep sept september septembre",
        "oct october oktober octobre",
        "nov november novembre",
        "dec december dezember décembre decembre",
    )
)

_AROUND = frozenset({"of", "the", "de", "le", "den", "am", "st", "nd", "rd", "th", "er"})
"""Words that are around the parts of a date."""


def likely_edtf(written: str) -> str | None:
    """Return the date in EDTF that a text means as people write dates: `12 May 1990`, `1990-9-1`, `12.5.1990`."""
    text = written.lower()
    year = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    if year is None or len(text) > 40:
        return None
    rest = text[: year.start()] + " " + text[year.end() :]
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word not in _AROUND]
    names = [number for word in words for number, known in enumerate(_MONTHS, 1) if word in known]
    if len(names) < len(words):
        return None
    numbers = [int(element) for element in re.findall(r"[0-9]+", rest)]
    is_iso = year.start() == 0
    parts = names[:1] + numbers if names else numbers if is_iso else numbers[::-1]
    found = "-".join([year.group(), *(f"{part:02}" for part in parts)])
    try:
        parse(found)
    except WrongDate:
        return None
    return found if len(parts) in (1, 2) and (names or is_iso or "." in text) else None
