"""Who may talk to the preview: a page of its own in the browser that was given the address with the token.

Every request has to name this server as `Host` (a name of another host that leads to 127.0.0.1 is refused: DNS
rebinding), must not come from a page of another origin (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/), and
has to carry the token in a cookie. What writes has to name its origin and to be JSON, which a form cannot send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What every answer carries."""
LARGEST = 256 * 1024
"""How many bytes a request may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The address of a server, and the token that opens it."""

    port: int
    token: str

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins of its own pages."""
        return tuple(f"http://{host}" for host in self.hosts)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names by which it may be called."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    @property
    def address(self) -> str:
        """What is opened in the browser."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies of one host are common to all its ports."""
        return f"publisher-preview-{self.port}"


class Guard:
    """Refuses every request that does not come from a page of the preview."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        """Take the application behind it."""
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it pass."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no WebSocket is offered
            await send({"type": "websocket.close", "code": 1008})
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            refusal.headers.update(HEADERS)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer that ends a request; None if it may pass."""
        headers, access = Headers(scope=scope), self._access
        if headers.get("host", "") not in access.hosts:
            return _refuse("this server answers to 127.0.0.1 alone")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin not in access.origins:
            return _refuse("pages of other origins get nothing")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and given and scope["method"] == "GET":
            return self._entrance(given)
        if site not in (None, "same-origin", "none"):
            return _refuse("pages of other origins get nothing")
        if not self._is_known(headers.get("cookie", "")):
            return _refuse("open the address that 'publisher preview' has printed: it has a token")
        if scope["method"] not in ("GET", "HEAD"):
            return self._unwritable(headers, origin)
        return None

    def _entrance(self, given: str) -> Response:
        """The answer to the address with the token: a cookie, and the same address without the token."""
        if not compare_digest(given.encode(), self._access.token.encode()):
            return _refuse("the token is not that of this preview")
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._access.cookie, self._access.token, httponly=True, samesite="strict", path="/")
        return answer

    def _is_known(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self._access.cookie)
        except CookieError:
            return False
        return found is not None and compare_digest(found.value.encode(), self._access.token.encode())

    def _unwritable(self, headers: Headers, origin: str | None) -> Response | None:
        if origin is None or headers.get("sec-fetch-site") not in (None, "same-origin"):
            return _refuse("only a page of the preview may write")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _refuse("only JSON is accepted")
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return PlainTextResponse("the request is too long\n", status_code=413)
        return None


def _refuse(reason: str) -> Response:
    return PlainTextResponse(f"Refused: {reason}.\n", status_code=403)
