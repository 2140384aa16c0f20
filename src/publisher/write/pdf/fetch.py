"""What the layout engine may read: the assets of the rendition, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint.urls import URLFetcher, URLFetcherResponse

from publisher.model.rendition import Asset
from publisher.write.addresses import BASE


class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves assets by address; refuses and remembers every other address."""

    def __init__(self, assets: Iterable[Asset]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = {BASE + asset.href: asset for asset in assets}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset at an address; raises `PermissionError` for every other address."""
        asset = self._assets.get(url)
        if asset is None:
            self.refused.append(url)
            raise PermissionError(f"not a part of the edition: {url.removeprefix(BASE)}")
        return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})
