"""Slack's Web API and response URLs, as far as the channel uses them. It refuses what Slack would refuse."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from . import block_kit, traffic
from .workspace import Workspace

TOKEN = "xoxb-of-the-sim"
APP_TOKEN = "xapp-of-the-sim"
CLIENT_ID, CLIENT_SECRET, CODE = "1234.5678", "client-secret-of-the-sim", "code-of-the-sim"


class Refused(Exception):
    """`{"ok": false, "error": …}`."""


def install(app: FastAPI, workspace: Workspace) -> None:
    methods = _Methods(workspace)

    @app.api_route("/api/{method}", methods=["GET", "POST"])
    async def call(method: str, request: Request) -> Response:
        body = await _fields(request)
        with workspace.lock:
            workspace.calls.append((method, body))
            fault = _fault(workspace, method)
        if fault is not None:
            return fault
        handler = getattr(methods, method.replace(".", "_"), None)
        if handler is None:
            return JSONResponse({"ok": False, "error": "unknown_method"})
        try:
            expected = APP_TOKEN if method == "apps.connections.open" else TOKEN
            given = request.headers.get("authorization")
            if method != "oauth.v2.access" and given != f"Bearer {expected}":
                raise Refused("invalid_auth")
            return JSONResponse({"ok": True} | handler(body, str(request.base_url)))
        except Refused as error:
            return JSONResponse({"ok": False, "error": str(error)})

    @app.post("/response/{key}")
    async def response_url(key: str, request: Request) -> Response:
        body = await request.json()
        with workspace.lock:
            workspace.calls.append(("response_url", body))
            known = workspace.response_urls.get(key)
            if known is None or workspace.faults.expired_response_urls:
                return JSONResponse({"ok": False, "error": "expired_url"}, 404)
            if block_kit.faults_of_message(body):
                return JSONResponse({"ok": False, "error": "invalid_blocks"}, 400)
            channel, user = known
            ephemeral = body.get("response_type", "ephemeral") == "ephemeral"
            shown = _shown(body) | ({"is_ephemeral": True, "seen_by": user} if ephemeral else {})
            workspace.post(channel, shown)
        return Response("ok")


async def _fields(request: Request) -> dict[str, Any]:
    """slack_sdk sends JSON for some methods and a form, with JSON inside, for others."""
    if request.method == "GET":
        return dict(request.query_params)
    raw = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(json.loads(raw or b"{}"))
    fields: dict[str, Any] = dict(parse_qsl(raw.decode()))
    return {key: json.loads(value) if value[:1] in "[{" else value for key, value in fields.items()}


def _fault(workspace: Workspace, method: str) -> Response | None:
    faults = workspace.faults
    if method in faults.good_calls:
        faults.good_calls[method] -= 1
        if faults.good_calls[method] < 0:
            del faults.good_calls[method]
            return Response("upstream error", 503)
    if faults.rate_limited > 0:
        faults.rate_limited -= 1
        headers = {"Retry-After": str(faults.retry_after_s)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    if faults.server_errors > 0:
        faults.server_errors -= 1
        return Response("upstream error", 503)
    if faults.errors:
        return JSONResponse({"ok": False, "error": faults.errors.pop(0)})
    return None


def _shown(body: dict[str, Any]) -> dict[str, Any]:
    kept = {key: body[key] for key in ("text", "blocks", "thread_ts", "metadata") if body.get(key)}
    for number, block in enumerate(kept.get("blocks", [])):
        block.setdefault("block_id", f"b{number}")
    return kept | {"user": traffic.BOT_USER, "bot_id": traffic.BOT, "app_id": traffic.APP}


class _Methods:
    """One method a Web API method, named alike with `_` for the dot."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def auth_test(self, _body: dict[str, Any], _base: str) -> dict[str, Any]:
        return {
            "url": "https://kommunen.slack.com/",
            "team": "Kommunen",
            "user": "radgivaren",
            "team_id": traffic.TEAM,
            "user_id": traffic.BOT_USER,
            "bot_id": traffic.BOT,
            "is_enterprise_install": False,
        }

    def chat_postMessage(self, body: dict[str, Any], _base: str) -> dict[str, Any]:  # noqa: N802 Slack's own name
        channel = self._channel(body)
        self._check(body)
        message = self._workspace.post(channel, _shown(body))
        return {"channel": channel, "ts": message["ts"], "message": message}

    def chat_postEphemeral(self, body: dict[str, Any], _base: str) -> dict[str, Any]:  # noqa: N802
        channel = self._channel(body)
        self._check(body)
        if body.get("user") not in self._workspace.members:
            raise Refused("user_not_in_channel")
        message = self._workspace.post(channel, _shown(body) | {"is_ephemeral": True, "seen_by": body["user"]})
        return {"message_ts": message["ts"]}

    def views_open(self, body: dict[str, Any], _base: str) -> dict[str, Any]:
        if block_kit.faults_of_view(body["view"]):
            raise Refused("invalid_arguments")
        user = self._workspace.triggers.pop(str(body.get("trigger_id")), None)
        if user is None:
            raise Refused("exchanged_trigger_id")
        return {"view": self._workspace.open_view(user, body["view"])}

    def views_publish(self, body: dict[str, Any], _base: str) -> dict[str, Any]:
        if block_kit.faults_of_view(body["view"]):
            raise Refused("invalid_arguments")
        return {"view": self._workspace.publish_home(body["user_id"], body["view"])}

    def users_info(self, body: dict[str, Any], _base: str) -> dict[str, Any]:
        member = self._workspace.members.get(body.get("user", ""))
        if member is None:
            raise Refused("user_not_found")
        user = {"id": member.id, "team_id": traffic.TEAM, "name": member.name.lower(), "is_bot": False}
        return {"user": user | ({"locale": member.locale} if body.get("include_locale") in ("1", "true", True) else {})}

    def oauth_v2_access(self, body: dict[str, Any], _base: str) -> dict[str, Any]:
        if body.get("code") != CODE:
            raise Refused("invalid_code")
        return {
            "app_id": traffic.APP,
            "authed_user": {"id": "U0MARIA01"},
            "scope": "app_mentions:read,chat:write,commands,im:history,users:read",
            "token_type": "bot",
            "access_token": TOKEN,
            "bot_user_id": traffic.BOT_USER,
            "team": {"id": traffic.TEAM, "name": "Kommunen"},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def auth_revoke(self, _body: dict[str, Any], _base: str) -> dict[str, Any]:
        return {"revoked": True}

    def apps_connections_open(self, _body: dict[str, Any], base: str) -> dict[str, Any]:
        return {"url": base.replace("http://", "ws://") + "socket"}

    def _channel(self, body: dict[str, Any]) -> str:
        named = str(body.get("channel", ""))
        channel = self._workspace.members[named].im if named in self._workspace.members else named
        if channel not in self._workspace.channels:
            raise Refused("channel_not_found")
        if not self._workspace.channels[channel].bot_is_member:
            raise Refused("not_in_channel")
        return channel

    @staticmethod
    def _check(body: dict[str, Any]) -> None:
        if block_kit.faults_of_message(body):
            raise Refused("invalid_blocks")
