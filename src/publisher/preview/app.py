"""The answers of the preview: files of the last jobs, events, pictures of pages, and actions of the editor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from publisher.diagnostics import codes
from publisher.preview.actions import READING, WRITING
from publisher.preview.guard import HEADERS, Access, Guard
from publisher.preview.hosting import Hosts
from publisher.preview.session import Session
from publisher.workspace import resources
from publisher.workspace.files_made import read_made, remove_made

TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
}
"""Media types by the endings of names; nothing else is served."""
SHOWN = ("first/", "draft/", "whole/", "epub/")
SHOWN_FILES = ("problems.json", "findings.json", "pdf.json", "epub.json", "book.pdf", "book.epub")
"""What of a job's folder a page may have."""
SHELL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
EPUB = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
NOTHING = "default-src 'none'; frame-ancestors 'self'"
WIDEST = 2400
"""Pixels of the widest picture of a page."""
LONGEST_WORDS = 200
"""Characters of what is looked for in the pages."""


def application(session: Session, hosts: Hosts, access: Access) -> Guard:
    """Return the application of a preview behind its guard."""
    server = _Server(session, hosts, access)
    routes = [
        Route("/", server.shell),
        Route("/static/{name}", server.static),
        Route("/events", server.events),
        Route("/state", server.state),
        Route("/explain/{code}", server.explain),
        Route("/run/{run:int}/{path:path}", server.made),
        Route("/page/{run:int}/{index:int}/{width:int}", server.picture),
        Route("/section/{run:int}/{index:int}/{width:int}", server.section_picture),
        Route("/words/{kind}/{run:int}/{index:int}", server.words),
        Route("/find/{run:int}/{index:int}/{number:int}", server.find),
        Route("/showing", server.showing, methods=["POST"]),
        Route("/api/{action}", server.act, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), access)


class _Server:
    def __init__(self, session: Session, hosts: Hosts, access: Access) -> None:
        self._session, self._hosts, self._access = session, hosts, access
        self._drawing = asyncio.Semaphore(2)

    async def shell(self, _: Request) -> Response:
        """The page."""
        return _answer(await asyncio.to_thread(_static, "index.html"), ".html", policy=SHELL)

    async def static(self, request: Request) -> Response:
        """A file of the page."""
        name = request.path_params["name"]
        return _answer(await asyncio.to_thread(_static, name), Path(name).suffix)

    async def state(self, _: Request) -> Response:
        """The state now."""
        return JSONResponse(self._session.state.record(), headers=dict(HEADERS))

    async def events(self, request: Request) -> Response:
        """The state after each change (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""

        async def lines() -> AsyncIterator[bytes]:
            async for state in self._session.states():
                if await request.is_disconnected():
                    return
                yield f"data: {json.dumps(state.record())}\n\n".encode()

        return StreamingResponse(lines(), media_type="text/event-stream", headers=dict(HEADERS))

    async def explain(self, request: Request) -> Response:
        """The page on a code."""
        page = await asyncio.to_thread(codes.page, request.path_params["code"])
        if page is None:
            raise HTTPException(404)
        return JSONResponse({"code": page.code, "name": page.name, "text": page.text}, headers=dict(HEADERS))

    async def made(self, request: Request) -> Response:
        """A file that a job has made."""
        run, name = request.path_params["run"], request.path_params["path"]
        folder = self._session.folder / f"run-{run}"
        ending = Path(name).suffix.lower()
        path = (folder / name).resolve()
        is_shown = name in SHOWN_FILES or name.startswith(SHOWN)
        if ending not in TYPES or not is_shown or ".." in name.split("/"):
            raise HTTPException(404)
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise HTTPException(404)
        headers = {**HEADERS, "Content-Security-Policy": self._policy(run, name, ending)}
        return FileResponse(path, media_type=TYPES[ending], headers=headers)

    def _policy(self, run: int, name: str, ending: str) -> str:
        part = name.partition("/")[0]
        if part == "epub":
            return EPUB
        if ending == ".html":
            scripts = ("site.js", "search.js", "search-index.js")
            sources = " ".join(
                f"{origin}/run/{run}/{part}/web/{script}" for origin in self._access.origins for script in scripts
            )
            return (
                f"default-src 'none'; script-src {sources}; style-src 'self'; img-src 'self'; font-src 'self'; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
            )
        return "frame-ancestors 'self'" if ending == ".pdf" else NOTHING

    async def picture(self, request: Request) -> Response:
        """The picture of a page of the PDF."""
        return await self._drawn(request, "book.pdf")

    async def section_picture(self, request: Request) -> Response:
        """The picture of a page of the section that was laid out before the others."""
        return await self._drawn(request, "section.pdf")

    async def _drawn(self, request: Request, name: str) -> Response:
        run, index = request.path_params["run"], request.path_params["index"]
        width = max(100, min(request.path_params["width"], WIDEST))
        pdf = self._session.folder / f"run-{run}" / name
        if not pdf.is_file():
            raise HTTPException(404)
        async with self._drawing:
            wanted = {"pdf": str(pdf), "page": index, "width": width}
            folder = await self._hosts.answer("publisher.preview.job:picture", wanted)
        if folder is None:
            raise HTTPException(404)
        content = await asyncio.to_thread(read_made, folder / "page.png")
        await asyncio.to_thread(remove_made, folder)
        return _answer(content, ".png")

    async def words(self, request: Request) -> Response:
        """The words of a page of the PDF with their places."""
        name = {"page": "book.pdf", "section": "section.pdf"}.get(request.path_params["kind"], "")
        return await self._read(request, "words", name, page=request.path_params["index"])

    async def find(self, request: Request) -> Response:
        """The next place of words in the PDF, from a place on a page on."""
        page, number = request.path_params["index"], request.path_params["number"]
        wanted = request.query_params.get("words", "")[:LONGEST_WORDS]
        return await self._read(request, "find", "book.pdf", page=page, number=number, words=wanted)

    async def _read(self, request: Request, function: str, name: str, **asked: Any) -> Response:
        """What a job has read in a PDF."""
        pdf = self._session.folder / f"run-{request.path_params['run']}" / name
        if not name or not pdf.is_file():
            raise HTTPException(404)
        async with self._drawing:
            folder = await self._hosts.answer(f"publisher.preview.job:{function}", {"pdf": str(pdf), **asked})
        if folder is None:
            raise HTTPException(404)
        content = await asyncio.to_thread(read_made, folder / "answer.json")
        await asyncio.to_thread(remove_made, folder)
        return _answer(content, ".json")

    async def showing(self, request: Request) -> Response:
        """Note what is on the screen: it is made first."""
        match await _give(request):
            case {"text": str(text), "page": int() | None as page}:
                self._session.showing = {"text": text, "page": page}
            case _:
                raise HTTPException(400)
        return JSONResponse({}, headers=dict(HEADERS))

    async def act(self, request: Request) -> Response:
        """Do what the editor asks for."""
        action = request.path_params["action"]
        if action not in READING | WRITING:
            raise HTTPException(404)
        given = await _give(request)
        if not _is_form(given):
            raise HTTPException(400)
        asked: dict[str, Any] = {**given, "action": action}
        asked.pop("root", None)
        answer = await (self._session.answer(asked) if action in READING else self._session.write(asked))
        status = 409 if answer.get("conflict") else 422 if "error" in answer else 200
        return JSONResponse(dict(answer), status_code=status, headers=dict(HEADERS))


async def _give(request: Request) -> Any:
    """The JSON of a request; None if it is none."""
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        return None


def _is_form(given: object) -> bool:
    """Whether a request is an object of texts, or of such objects."""
    return isinstance(given, dict) and all(
        isinstance(value, str | None)
        or (isinstance(value, dict) and all(isinstance(item, str) for item in value.values()))
        for value in given.values()
    )


def _static(name: str) -> bytes:
    folder = resources("preview/static")
    if name not in folder.matching("*"):
        raise HTTPException(404)
    return folder.read(name)


def _answer(content: bytes, ending: str, *, policy: str = NOTHING) -> Response:
    headers = {**HEADERS, "Content-Security-Policy": policy}
    return Response(content, media_type=TYPES.get(ending, "application/octet-stream"), headers=headers)
