"""Open licences, as fonts name them in their table `name` (OpenType 1.9.1, name IDs 13 and 14)."""

from __future__ import annotations

from collections.abc import Mapping

_OPEN: Mapping[str, tuple[str, ...]] = {
    "SIL OFL": ("open font license", "open font licence", "openfontlicense.org", "scripts.sil.org/ofl", "sil ofl"),
    "Apache 2.0": ("apache license", "apache.org/licenses"),
    "Ubuntu Font Licence": ("ubuntu font licence", "ubuntu font license"),
    "DejaVu licence": ("bitstream vera", "dejavu-fonts.org/wiki/license", "dejavu changes are in public domain"),
    "GUST Font License": ("gust font license", "gust.org.pl/fonts/licenses"),
    "GPL with font exception": ("font exception",),
    "CC0": ("creativecommons.org/publicdomain/zero", "cc0"),
    "public domain": ("public domain",),
    "MIT": ("mit license", "opensource.org/licenses/mit"),
}
"""Words by which a licence is known that lets everybody embed and copy a font."""


def open_licence(statement: str) -> str | None:
    """The name of the open licence that a font states; None if it states none that is known."""
    folded = statement.casefold()
    return next((name for name, words in _OPEN.items() if any(word in folded for word in words)), None)
