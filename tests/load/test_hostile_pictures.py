"""Pictures that would take a machine's time or memory are refused, in a process that may fail."""

from __future__ import annotations

import io
import resource
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from publisher.load.assets import pictures
from publisher.load.assets.pictures import Fault, Picture, read_pictures

LARGE = (7000, 7000)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, format=kind, **options)
    return content.getvalue()


def many_scans() -> bytes:
    """A progressive JPEG whose last scan comes a thousand times."""
    content = saved(Image.new("L", LARGE, 90), "JPEG", progressive=True)
    scan = content.rindex(b"\xff\xda")
    return content[:scan] + content[scan:-2] * 1000 + content[-2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def profiled() -> bytes:
    """A PNG whose colour profile unpacks to 300 MB."""
    content = saved(Image.new("L", (4, 4)), "PNG")
    profile = chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(300_000_000), 9))
    return content[:33] + profile + content[33:]


def spent(call: Callable[[], object]) -> float:
    """Seconds of CPU that the children of a call take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.nightly
def test_a_picture_that_takes_too_long_is_refused() -> None:
    found: list[Picture | None] = []
    content = many_scans()
    assert len(content) < 5_000_000
    assert spent(lambda: found.extend(read_pictures([content]))) < 10
    assert found == [Picture(fault=Fault.SLOW)]


def test_a_picture_that_makes_the_process_fail_is_found_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = saved(Image.new("L", (4, 3)), "PNG"), saved(Image.new("L", LARGE), "PNG")
    monkeypatch.setattr(pictures, "_MEMORY", 24 << 20)
    first, second, third = read_pictures([small, large, small])
    assert first == Picture(format="PNG", width=4, height=3)
    assert second is not None
    assert second.fault in (Fault.MEMORY, Fault.DAMAGED)
    assert third in (None, first)


def test_pictures_may_not_unpack_to_too_much_together() -> None:
    content = saved(Image.new("RGB", LARGE), "PNG")
    found = read_pictures([content] * 3)
    assert [None if picture is None else picture.fault for picture in found] == [None, None, Fault.TOGETHER]


def test_a_profile_that_unpacks_to_too_much_is_no_danger() -> None:
    assert spent(lambda: read_pictures([profiled()])) < 5


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_that_is_cut_off_or_changed_is_read_or_refused(kind: str) -> None:
    content = saved(Image.effect_noise((40, 30), 60).convert("RGB"), kind)
    given = [content[: len(content) * part // 8] for part in range(8)]
    given += [content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :] for at in range(0, len(content), 37)]
    found = read_pictures(given)
    assert all(picture is not None and (picture.fault is None) is (picture.format != "") for picture in found)
    assert {Fault.SLOW, Fault.CRASHED, Fault.MEMORY}.isdisjoint(picture.fault for picture in found if picture)


def test_a_webp_may_have_fewer_pixels_than_other_pictures() -> None:
    found = read_pictures([saved(Image.new("RGB", (5001, 4000)), kind) for kind in ("WEBP", "PNG")])
    assert [picture and picture.fault for picture in found] == [Fault.LARGE_WEBP, None]


def test_the_same_small_pictures_are_read_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    given = [saved(Image.new("RGB", (31, 17)), "PNG")]
    first = read_pictures(given)
    monkeypatch.setattr(pictures, "run_limited", None)
    assert read_pictures(given) == first
    with pytest.raises(TypeError):
        read_pictures([*given, *given])


def test_an_edition_without_pictures_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "run_limited", None)
    assert read_pictures([]) == ()
