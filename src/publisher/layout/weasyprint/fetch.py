"""What the layout engine may read: the assets of the rendition, pictures that an address holds, and nothing else."""

from __future__ import annotations

from publisher.layout.weasyprint import engine  # isort: skip
import base64
import binascii
import io
import warnings
from collections.abc import Iterable

from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publisher.layout.weasyprint.features.deep_grey import printable
from publisher.model.rendition import Asset
from publisher.pdf.base_address import BASE
from publisher.sanitize.css.lists import EMBEDDED

__all__ = ["PIXELS", "Fetcher", "engine"]

PIXELS = 50_000_000
"""How many pixels the pictures in addresses may have together."""
_BOMBS = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning)


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves assets by address; refuses and remembers every other address."""

    def __init__(self, assets: Iterable[Asset]) -> None:
        """Serve these assets and nothing else."""
        super().__init__(allowed_protocols=())
        self._assets = {BASE + asset.href: asset for asset in assets}
        self.refused: list[str] = []
        self._left = PIXELS

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset at an address; raises `PermissionError` for every other address."""
        asset = self._assets.get(url) or self._embed(url)
        if asset is None:
            self.refused.append(url)
            raise PermissionError(f"not a part of the edition: {url.removeprefix(BASE)}")
        return URLFetcherResponse(url, printable(asset.content), {"Content-Type": asset.media_type})

    def _embed(self, url: str) -> Asset | None:
        """The picture that an address holds (`data:image/png;base64,…`); None for other addresses, or a bad picture."""
        if not (url.startswith("data:image/") and EMBEDDED.fullmatch(url)):
            return None
        kind, _, data = url.removeprefix("data:").partition(",")
        try:
            content = base64.b64decode(data, validate=True)
            with warnings.catch_warnings():
                warnings.simplefilter("error", Pillow.DecompressionBombWarning)
                with Pillow.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
                    self._left -= picture.width * picture.height
        except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError, *_BOMBS):
            return None
        return Asset(href=url, media_type=kind.partition(";")[0], content=content) if self._left >= 0 else None
