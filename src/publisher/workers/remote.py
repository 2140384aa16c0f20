"""Functions that other processes call for this one, with their arguments and results as bytes (MessagePack).

Nothing is unpickled: a result is decoded into the type that the function returns, and checked against what was asked.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from publisher.diagnostics import ExitCode, PublisherError
from publisher.diagnostics.codec import decode, encode
from publisher.workers.cpython311 import call_in_large_frame
from publisher.workers.frames import Garbage

Given = TypeVar("Given")
Made = TypeVar("Made")


class Broken(Exception):
    """A mistake of ours in another process; its traceback as text."""


class DecodeHook(Protocol):
    """What makes values of types that msgspec does not know."""

    def __call__(self, kind: type, value: Any, /) -> Any:
        """The value of this type."""


def no_hook(kind: type, value: Any) -> Any:
    """Raise `TypeError`: every type is known."""
    raise TypeError(f"{kind} in place of {type(value)}")


def convert(value: Any, kind: Any) -> Any:
    """Return plain values as those of a type. Raises `ValueError` if they are none."""
    return msgspec.convert(value, kind)


def _always(_: Any) -> bool:
    """Return True."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote(Generic[Given, Made]):
    """A function that another process can call.

    Its argument is sent in two parts: what many calls have in common, which is sent to a process once, and the rest.
    """

    reference: str
    """Where it is found: `publisher.package.module:NAME`."""
    function: Callable[[Given], Made]
    common: Any
    """The type of what calls have in common."""
    rest: Any
    split: Callable[[Given], tuple[Any, Any]]
    """The two parts of an argument."""
    join: Callable[[Any, Any], Given]
    """The argument that they are the parts of."""
    made: Any
    """The type of the result."""
    fits: Callable[[Given, Made], bool]
    """Whether a result of the right type can be that of an argument."""
    describe: Callable[[Given], str]
    """What a process does with an argument, in the past tense: “laid out the section …”."""
    hook: DecodeHook = no_hook
    fingerprint: Callable[[], bytes] = bytes
    """A digest of what decides on the result apart from the argument: versions of programs. Empty if nothing does."""
    cost: Callable[[Given], int] | None = None
    """How long a call takes in addition to others; None if that is not known."""
    key: Callable[[Given], str] | None = None
    """A digest of everything that decides on the result, to store it under; None if it is not stored."""
    is_final: Callable[[Made], bool] = _always
    """Whether a result may be stored, and taken from a cluster without a second look at it here."""
    may_leave: bool = False
    """Whether a cluster may call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The common part of arguments, encoded."""

    value: Any
    digest: bytes
    content: bytes


class CommonParts:
    """The common parts of the arguments of some calls, each encoded once."""

    def __init__(self) -> None:
        """Begin without any common part."""
        self._encoded: list[Common] = []

    def encoded(self, value: Any) -> Common:
        """Return a common part with its bytes."""
        found = next((common for common in self._encoded if common.value is value), None)
        if found is None:
            content = msgspec.msgpack.encode(value)
            found = Common(value=value, digest=sha256(content).digest(), content=content)
            self._encoded.append(found)
        return found


def remote(reference: str) -> Remote[Any, Any]:
    """Return the function of a reference. Raises `Garbage` if there is none."""
    module, _, name = reference.partition(":")
    found = getattr(import_module(module), name, None)
    if not isinstance(found, Remote):
        raise Garbage(f"no function {reference}")
    return found


def decoded_common(called: Remote[Any, Any], content: bytes) -> Any:
    """Return the common part of arguments."""
    return msgspec.msgpack.decode(content, type=called.common)


def answer(called: Remote[Any, Any], common: Any, rest: bytes) -> bytes:
    """Return the result of a call as bytes, marked by the first one; whatever the function raises is a result too."""
    try:
        given = called.join(common, msgspec.msgpack.decode(rest, type=called.rest))
        return b"=" + msgspec.msgpack.encode(call_in_large_frame(called.function, given))
    except PublisherError as error:
        return b"D" + json.dumps({"diagnostics": encode(error.diagnostics), "exit": int(error.exit_code)}).encode()
    except OSError as error:
        return b"F" + json.dumps([error.errno or 0, error.strerror or str(error), str(error.filename or "")]).encode()
    except BaseException:
        return b"!" + traceback.format_exc().encode(errors="replace")


def open_answer(called: Remote[Given, Made], given: Given, content: bytes) -> Made:
    """Return the result that an answer holds.

    Raises what the function has raised: `PublisherError`, `OSError`, or `Broken` for any other exception. Raises
    `Garbage` if it is no answer to this call.
    """
    match content[:1]:
        case b"=":
            return _result(called, given, content[1:])
        case b"D":
            raise _diagnose(content[1:])
        case b"F":
            raise _of_files(content[1:])
        case b"!":
            raise Broken(content[1:].decode(errors="replace"))
        case _:
            raise Garbage("an answer without its mark")


def _result(called: Remote[Given, Made], given: Given, content: bytes) -> Made:
    try:
        made: Made = msgspec.msgpack.decode(content, type=called.made, dec_hook=called.hook)
        is_sound = called.fits(given, made)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError) as error:
        raise Garbage(str(error)) from error
    if not is_sound:
        raise Garbage("a result of another call")
    return made


def _diagnose(content: bytes) -> Exception:
    try:
        value = json.loads(content)
        return PublisherError(*decode(value["diagnostics"]), exit_code=ExitCode(value["exit"]))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return Garbage("diagnostics that are none")


def _of_files(content: bytes) -> Exception:
    try:
        number, words, name = json.loads(content)
        return OSError(int(number), str(words), *([str(name)] if name else []))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return Garbage("an error of files that is none")
