"""The syntax of PDF: bytes into numbers, names, strings, arrays, dictionaries, references and operators.

ISO 32000-1, 7.2 and 7.3. Strings are bytes, dictionaries are dicts whose keys are names without their slash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SPACE = rb"\x00\t\n\x0c\r "
TOKEN = re.compile(
    rb"(?:[" + SPACE + rb"]++|%[^\r\n]*+)*+(?:"
    rb"(?P<ref>\d++[" + SPACE + rb"]++\d++[" + SPACE + rb"]++R(?![^" + SPACE + rb"()<>\[\]{}/%]))"
    rb"|(?P<number>[+-]?(?:\d++(?:\.\d*+)?|\.\d++))(?![^" + SPACE + rb"()<>\[\]{}/%])"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|/(?P<name>[^" + SPACE + rb"()<>\[\]{}/%]*)"
    rb"|<(?P<hex>[0-9A-Fa-f" + SPACE + rb"]*)>"
    rb"|(?P<literal>\()"
    rb"|(?P<word>[^" + SPACE + rb"()<>\[\]/%]+)"
    rb")"
)
BLANK = re.compile(rb"(?:[" + SPACE + rb"]++|%[^\r\n]*+)*+")
"""White space and comments."""
END = rb"(?=[" + SPACE + rb"/<>\[\]])"
ENTRY = re.compile(
    rb"[" + SPACE + rb"]*/(?P<key>[^" + SPACE + rb"()<>\[\]{}/%#]++)[" + SPACE + rb"]*(?:"
    rb"(?P<ref>\d+)["
    + SPACE
    + rb"]+\d+["
    + SPACE
    + rb"]+R"
    + END
    + rb"|(?P<whole>[+-]?\d{1,30}+)"
    + END
    + rb"(?!["
    + SPACE
    + rb"]+\d+["
    + SPACE
    + rb"]+R)"
    rb"|/(?P<name>[^" + SPACE + rb"()<>\[\]{}/%#]+)" + END + rb")"
)
"""The commonest entries of dictionaries, read at one go: a reference, a whole number, a name."""
REFERENCES = re.compile(rb"(?:[" + SPACE + rb"]*\d+[" + SPACE + rb"]+\d+[" + SPACE + rb"]+R)+[" + SPACE + rb"]*\]")
"""An array of references alone, after its bracket."""
DIGITS = re.compile(rb"\d+")
STRING = re.compile(rb"[^()\\]+|\\(?:[0-7]{1,3}|\r\n|.)|[()]", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
NAME_ESCAPE = re.compile(r"#([0-9A-Fa-f]{2})")


class Malformed(Exception):
    """Bytes that are no PDF."""


class Name(str):
    """A name: `/Span`."""

    __slots__ = ()


class Word(bytes):
    """An operator or a keyword: `BT`, `endobj`, `null`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an indirect object."""

    number: int


Value = object
"""None, bool, int, float, Name, bytes, list, dict, Ref."""
OWN_CHARACTERS = {
    **dict(zip(range(0x18, 0x20), "˘ˇˆ˙˝˛˚˜", strict=True)),
    **dict(zip(range(0x80, 0x9F), "•†‡…—–ƒ⁄‹›\u2212‰„“”‘’‚™\ufb01\ufb02ŁŒŠŸŽıłœšž", strict=True)),
    0xA0: "€",
}
"""Where text strings of one byte a character depart from Latin-1 (ISO 32000-1, annex D.3)."""
CONSTANTS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}


LONGEST = 30
"""How many digits a whole number may have; a longer one is taken as a real number."""
DEEPEST = 100
"""How many arrays and dictionaries may be inside one another."""


@dataclass(slots=True)
class Scanner:
    """A place in bytes from which values are read."""

    content: bytes
    at: int = 0
    _depth: int = 0

    def value(self) -> Value:
        """The next value; a `Word` where an operator or a keyword is. Raises `Malformed` at the end."""
        found = TOKEN.match(self.content, self.at)
        if found is None:
            raise Malformed(f"nothing that PDF knows at byte {self.at}")
        self.at = found.end()
        kind, text = found.lastgroup, found[found.lastgroup or 0]
        if kind == "number":
            return float(text) if b"." in text or len(text) > LONGEST else int(text)
        if kind == "name":
            return name(text)
        if kind == "hex":
            digits = bytes(text).translate(None, b"\x00\t\n\x0c\r ")
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        if kind == "literal":
            return self._string()
        if kind == "ref":
            return Ref(int(DIGITS.findall(text)[0]))
        if kind == "open":
            return self._nest(self._dictionary if text == b"<<" else self._array)
        if kind == "word" and text in CONSTANTS:
            return CONSTANTS[text]
        return Word(text)

    def values(self) -> Iterator[Value]:
        """Every value up to the end."""
        end = len(self.content.rstrip(b"\x00\t\n\x0c\r "))
        while self.at < end:
            begin = self.at
            try:
                value = self.value()
            except Malformed:
                if BLANK.fullmatch(self.content, begin):
                    return
                raise
            yield value

    def _nest(self, read: Callable[[], Value]) -> Value:
        """An array or a dictionary; raises `Malformed` if it is too deep in others."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed(f"more than {DEEPEST} arrays are inside one another at byte {self.at}")
        value = read()
        self._depth -= 1
        return value

    def _array(self) -> list[Value]:
        found = REFERENCES.match(self.content, self.at)
        if found is not None:
            self.at = found.end()
            return [Ref(int(number)) for number in DIGITS.findall(found[0])[::2]]
        result: list[Value] = []
        while True:
            value = self.value()
            if isinstance(value, Word):
                if value == b"]":
                    return result
                raise Malformed(f"an array does not end at byte {self.at}")
            result.append(value)

    def _dictionary(self) -> dict[str, Value]:
        result: dict[str, Value] = {}
        while True:
            while (found := ENTRY.match(self.content, self.at)) is not None:
                self.at = found.end()
                result[found["key"].decode("latin-1")] = _simple(found)
            key = self.value()
            if isinstance(key, Word):
                if key == b">>":
                    return result
                raise Malformed(f"a dictionary does not end at byte {self.at}")
            if not isinstance(key, Name):
                raise Malformed(f"a dictionary has a key that is no name at byte {self.at}")
            result[key] = self.value()

    def _string(self) -> bytes:
        parts: list[bytes] = []
        depth = 1
        for found in STRING.finditer(self.content, self.at):
            text = found[0]
            depth += (text == b"(") - (text == b")")
            if not depth:
                self.at = found.end()
                return b"".join(parts)
            parts.append(_unescape(text))
        raise Malformed(f"a string does not end at byte {self.at}")


def _simple(found: re.Match[bytes]) -> Value:
    """The value of an entry that was read at one go."""
    match found.lastgroup:
        case "ref":
            return Ref(int(found["ref"]))
        case "whole":
            return int(found["whole"])
        case _:
            return Name(found["name"].decode("latin-1"))


def name(text: bytes) -> Name:
    """A name from its bytes without the slash."""
    written = text.decode("latin-1")
    return Name(NAME_ESCAPE.sub(lambda code: chr(int(code[1], 16)), written) if "#" in written else written)


def _unescape(text: bytes) -> bytes:
    if not text.startswith(b"\\"):
        return text
    rest = text[1:]
    return bytes((int(rest, 8) & 255,)) if rest[:1] in b"01234567" else ESCAPES.get(rest, rest)


def text_string(value: bytes) -> str:
    """The characters of a text string (ISO 32000-1, 7.9.2.2): UTF-16 or UTF-8 with a mark, else one byte each."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", errors="replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", errors="replace")
    return value.decode("latin-1").translate(OWN_CHARACTERS)
