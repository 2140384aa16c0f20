"""The profile of sRGB in output intents: valid, the same colours, and small."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

from publisher.pdf.assemble.srgb import srgb_profile


def test_the_profile_gives_the_colours_of_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    assert profile.profile.profile_description == "sRGB IEC 61966-2-1"
    assert (profile.profile.version, profile.profile.xcolor_space.strip()) == (4.3, "RGB")
    image = Image.frombytes("RGB", (16, 16), bytes(range(256)) * 3)
    found = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("LAB"), outputMode="LAB")
    wanted = ImageCms.profileToProfile(
        image, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert found is not None
    assert wanted is not None
    assert max(abs(tobyte - other) for tobyte, other in zip(found.tobytes(), wanted.tobytes(), strict=True)) <= 1


def test_the_profile_has_formulas_for_curves_and_says_how_long_it_is() -> None:
    content = srgb_profile()
    assert int.from_bytes(content[:4]) == len(content) < 600
    assert content.count(b"para") == 1  # three channels share it
    assert b"curv" not in content
