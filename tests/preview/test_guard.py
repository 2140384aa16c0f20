"""Who gets an answer: a page of the preview with its token. A page of another origin gets none, whatever it sends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.preview.conftest import Running

ACCEPTABLE = json.dumps({}).encode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": None},
        {"Cookie": "publisher-preview-{port}=wrong"},
        {"Cookie": "publisher-preview-1={token}"},
        {"Cookie": "\x7f=;;"},
        {"Host": "evil.example"},
        {"Host": "evil.example:{port}"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:1"},
        {"Host": None},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/state", "/events", "/static/app.js", "/run/1/problems.json", "/api/undo"])
def test_what_no_page_of_the_preview_sends_gets_nothing(preview: Running, path: str, headers: dict[str, Any]) -> None:
    filled = {
        name: value and value.replace("{port}", str(preview.port)).replace("{token}", preview.token)
        for name, value in headers.items()
    }
    method = "POST" if path.startswith("/api") else "GET"
    answer = preview.ask(path, method=method, headers=filled, body=ACCEPTABLE if method == "POST" else None)
    assert answer.status in (400, 403) if headers == {"Host": None} else answer.status == 403
    assert preview.token.encode() not in answer.content
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": None},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_what_a_form_can_send_writes_nothing(preview: Running, headers: dict[str, Any]) -> None:
    assert preview.ask("/api/undo", method="POST", headers=headers, body=ACCEPTABLE).status == 403


def test_a_wrong_token_opens_nothing_and_the_right_one_leaves_the_address(preview: Running) -> None:
    no_cookie = {"Cookie": None, "Sec-Fetch-Site": "none"}
    assert preview.ask("/?token=wrong", headers=no_cookie).status == 403
    assert preview.ask(f"/state?token={preview.token}", headers=no_cookie).status == 403
    opened = preview.ask(f"/?token={preview.token}", headers=no_cookie)
    assert (opened.status, opened.headers["location"]) == (303, "/")
    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_answers_to_preflights_allow_nothing(preview: Running) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST", "Sec-Fetch-Site": "cross-site"}
    answer = preview.ask("/api/create", method="OPTIONS", headers=asked)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_websockets_are_refused(preview: Running) -> None:
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": "http://evil.example",
    }
    assert preview.ask("/events", headers=asked).status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/run/{run}/request.json",
        "/run/{run}/answer.json",
        "/run/{run}/read.json",
        "/run/{run}/../{run}/request.json",
        "/run/{run}/draft/../request.json",
        "/run/{run}/draft/%2e%2e/request.json",
        "/run/{run}/draft/..%2f..%2f..%2fetc%2fpasswd",
        "/run/{run}/whole//etc/hosts.json",
        "/run/0/problems.json",
        "/static/..%2fhost.py",
        "/static/nothing.js",
        "/explain/X-999",
        "/page/{run}/0/800",
        "/nothing",
    ],
)
def test_only_what_is_made_for_the_page_is_served(preview: Running, path: str) -> None:
    run = preview.state()["results"]["text"]["run"]
    assert preview.ask(path.replace("{run}", str(run))).status == 404


def test_policies_allow_no_script_but_those_of_the_page(preview: Running) -> None:
    state = preview.state()
    run, part = state["results"]["text"]["run"], state["results"]["text"]["part"]
    shell = preview.ask("/").headers["content-security-policy"]
    page = preview.ask(f"/run/{run}/{part}/web/index.html").headers["content-security-policy"]
    book = preview.ask(f"/run/{run}/epub/text/nav.xhtml").headers["content-security-policy"]
    for policy in (shell, page, book):
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors" in policy
    assert "'unsafe-inline'" not in shell + page
    assert "script-src 'self'" not in page
    assert "/web/site.js" in page
    assert "script-src" not in book
    assert "sandbox allow-same-origin" in book
    assert preview.ask("/").headers["x-content-type-options"] == "nosniff"
    assert preview.ask("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"note": 1}', b'{"a": {"b": {}}}', b"[" * 5000])
def test_a_request_that_is_no_form_is_refused(preview: Running, body: bytes) -> None:
    assert preview.ask("/api/create", method="POST", body=body).status == 400


def test_a_request_that_is_too_long_is_refused(preview: Running) -> None:
    body = json.dumps({"body": "x" * 300_000}).encode()
    assert preview.ask("/api/create", method="POST", body=body).status == 413
    assert (
        preview.ask(
            "/api/create",
            method="POST",
            headers={"Content-Length": None, "Transfer-Encoding": "chunked"},
            body=b"0\r\n\r\n",
        ).status
        == 413
    )


def test_unknown_actions_are_not_there(preview: Running) -> None:
    assert preview.ask("/api/back", method="POST", body=ACCEPTABLE).status == 404
    assert preview.ask("/api/create").status == 405


def test_the_server_listens_on_this_computer_alone(preview: Running) -> None:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ports = [line[1] for line in lines if line[3] == "0A" and int(line[1].partition(":")[2], 16) == preview.port]
    assert ports == [f"0100007F:{preview.port:04X}"]
