"""In: Slack's requests, verified, to the intake. The channel as the rest of the gateway knows it."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from ...bootstrap import Gateway
from ...errors import BadMessage, Unauthorized
from ...incoming.progress import Progress
from ...sealing import Seal
from ...settings import kept_secret
from ..replies import AdviserReply
from .answering import Answering
from .desk import Desk
from .intake import Intake
from .languages import Languages
from .oauth import INSTALL, REDIRECT, oauth_flow
from .socket_mode import SocketLine
from .web_api import SlackAddresses, SlackWebApi
from .workspaces import InstalledWorkspaces, OneWorkspace, Workspaces

CHANNEL = "slack"
EVENTS = f"/channels/{CHANNEL}/events"
# bolt's page that says what went wrong on the way back from Slack.
_PAGE: dict[str, Any] = {"description": "A page that says why.", "content": {"text/html": {}}}


def build(gateway: Gateway, addresses: SlackAddresses | None = None) -> SlackChannel | None:
    """The channel; None where Slack has no settings. Tests hand in other addresses."""
    if not gateway.settings.slack.configured:
        return None
    return SlackChannel(gateway, addresses or SlackAddresses())


class SlackChannel:
    name = CHANNEL

    def __init__(self, gateway: Gateway, addresses: SlackAddresses) -> None:
        settings = gateway.settings.slack
        secret = kept_secret(gateway.settings)
        self._api = SlackWebApi(addresses)
        self._forbidden = gateway.texts.error("forbidden_tenant")
        installed = InstalledWorkspaces(gateway.engine, Seal(secret), self._api, settings.allowed_teams)
        by_oauth = bool(settings.client_id)
        self._workspaces: Workspaces = installed if by_oauth else OneWorkspace(self._api, settings.bot_token)
        digest = partial(gateway.conversations.keyed, f"{CHANNEL}-person")
        desk = Desk(
            gateway, self._api, self._workspaces, Languages(gateway.engine, self._api, self._workspaces, digest)
        )
        self._answering = Answering(gateway, desk)
        self._intake = Intake(gateway, desk)
        flow = oauth_flow(settings, addresses, self._api, installed, secret) if by_oauth else None
        app = AsyncApp(
            name=CHANNEL,
            logger=_quiet_logger(),
            client=self._api.client,
            authorize=_Authorize(),
            before_authorize=self._only_known,
            oauth_flow=flow,
            # Verified in this module, before anything of the body is read.
            request_verification_enabled=False,
            # What is not kept must not be acknowledged, and bolt would acknowledge events first otherwise.
            process_before_response=True,
        )
        if flow is not None:
            app.enable_token_revocation_listeners()
        self._intake.register(app)  # last: it takes whatever nobody else has taken
        self._socket = SocketLine(app, self._api, settings.app_token) if settings.app_token else None
        self.router = _router(app, settings.signing_secret, by_oauth)

    async def start(self) -> None:
        await self._workspaces.start()
        if self._socket is not None:
            await self._socket.open()

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        await self._intake.close()
        await self._api.close()

    async def work(self, work: dict[str, Any], progress: Progress) -> None:
        await self._answering.work(work, progress)

    async def tell_delay(self, work: dict[str, Any]) -> None:
        await self._answering.tell_delay(work)

    async def tell_failure(self, work: dict[str, Any]) -> None:
        await self._answering.tell_failure(work)

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None:
        await self._answering.deliver(address, reply)

    async def _only_known(self, req: AsyncBoltRequest, next_: Any) -> BoltResponse | None:
        """Before bolt authorizes: it would write to a response_url of a workspace that it does not know."""
        if req.body.get("type") in ("url_verification", "ssl_check") or "ssl_check" in req.body:
            await next_()
            return None
        context = req.context
        if await self._workspaces.knows(context.team_id or "", context.enterprise_id or ""):
            await next_()
            return None
        return BoltResponse(status=403, body={"error": self._forbidden})


def _router(app: AsyncApp, signing_secret: str, by_oauth: bool) -> APIRouter:
    router = APIRouter()
    handler = AsyncSlackRequestHandler(app)
    if signing_secret:  # with Socket Mode alone there is none, and an empty one would let anyone sign
        verifier = SignatureVerifier(signing_secret)

        @router.post(EVENTS)
        async def events(request: Request) -> Response:
            """Everything that Slack sends: events, commands, presses and filled-in dialogs."""
            await _verify(request, verifier)
            _check_shape(await request.body(), request.headers.get("content-type", ""))
            return await handler.handle(request)

    if by_oauth:

        @router.get(INSTALL, status_code=302, response_class=RedirectResponse)
        @router.get(REDIRECT, response_class=HTMLResponse, responses={400: _PAGE, 500: _PAGE})
        async def install(request: Request) -> Response:
            """To Slack, where an administrator allows the app, and back from there."""
            return await handler.handle(request)

    return router


async def _verify(request: Request, verifier: SignatureVerifier) -> None:
    """Slack's signature, not older than five minutes. Raises Unauthorized."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    known = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12 and signature.isascii()
    body = await request.body()
    try:
        body.decode()  # the verifier signs text
    except UnicodeDecodeError as error:
        raise Unauthorized from error
    if not known or not verifier.is_valid(body, timestamp, signature):
        raise Unauthorized


def _check_shape(body: bytes, content_type: str) -> None:
    """Signed, and yet perhaps no JSON object, which bolt takes for granted. Raises BadMessage."""
    text = body.decode()
    is_json = content_type == "application/json" or text.startswith("{")
    document = text if is_json else dict(parse_qsl(text, keep_blank_values=True)).get("payload", "{}")
    try:
        whole = isinstance(json.loads(document or "{}"), dict)
    except ValueError as error:
        raise BadMessage("invalid") from error
    if not whole:
        raise BadMessage("invalid")


class _Authorize(AsyncAuthorize):
    """Nobody is asked before a request is acknowledged; the worker finds the token when it answers."""

    def __init__(self) -> None:  # bolt's own has no types
        pass

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 bolt's signature
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: Any,
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, user_id=user_id)


def _quiet_logger() -> logging.Logger:
    """bolt logs whole bodies at INFO and what it did not expect at WARNING: what people write must not stand there."""
    logger = logging.getLogger(f"{__name__}.bolt")
    logger.setLevel(logging.ERROR)
    return logger
