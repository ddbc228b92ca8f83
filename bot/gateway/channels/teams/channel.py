"""In: the Bot Connector's requests, verified, kept and acknowledged at once; the worker does the rest."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from microsoft_agents.activity import Activity

from ...bootstrap import Gateway
from ...errors import Undeliverable
from ...incoming.progress import Progress
from ...sealing import Seal
from ...settings import kept_secret
from ..replies import AdviserReply
from . import arrivals, presses
from .connector import Connector
from .kept_cards import KeptCards
from .outside import Outside
from .rendering import adviser_reply, told, welcome
from .turns import CHANNEL, Turns
from .verification import Verification
from .words import CardWords

log = logging.getLogger(__name__)


class TeamsChannel:
    name = CHANNEL

    def __init__(self, gateway: Gateway, outside: Outside) -> None:
        self._gateway = gateway
        self._verification = Verification(gateway.settings.teams, outside)
        self._connector = Connector(outside)
        self._turns = Turns(gateway, KeptCards(gateway.engine, Seal(kept_secret(gateway.settings))))
        self.router = APIRouter(prefix=f"/channels/{CHANNEL}")
        self.router.add_api_route("/messages", self._messages, methods=["POST"])

    async def start(self) -> None:
        """Nothing stands open: Teams calls us."""

    async def close(self) -> None:
        """Nothing stood open."""

    async def _messages(self, request: Request) -> Response:
        """Anything that Teams sends. 202 once it is kept; a press gets its reply in the body."""
        activity = await self._verification.verified(request.headers.get("authorization"), await request.body())
        if activity.type == "invoke":
            return await self._invoked(activity)
        if arrived := arrivals.arrival(activity):
            await self._gateway.incoming.take(CHANNEL, arrived.event_id, arrived.work, arrived.line)
        return Response(status_code=202)

    async def _invoked(self, activity: Activity) -> Response:
        arrived = arrivals.arrival(activity)
        if arrived is None:
            return Response(status_code=501)
        words = CardWords(self._turns.words(arrived.work))
        wish = presses.read(arrived.work["data"])
        if isinstance(wish, presses.Problem):
            error = {"code": "BadRequest", "message": words(wish.key)}
            return JSONResponse({"statusCode": 400, "type": "application/vnd.microsoft.error", "value": error})
        await self._gateway.incoming.take(CHANNEL, arrived.event_id, arrived.work, arrived.line)
        said = {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": words("received")}
        return JSONResponse(said)

    async def work(self, work: dict[str, Any], progress: Progress) -> None:
        try:
            async with self._connector.talk(work["address"]) as talk:
                if work["kind"] == arrivals.ASK:
                    await self._turns.ask(work, talk, progress)
                elif work["kind"] == arrivals.PRESS:
                    await self._turns.press(work, talk, progress)
                elif work["kind"] == arrivals.FILES:
                    await talk.say(told(CardWords(self._turns.words(work))("files")))
                else:
                    await talk.say(welcome(self._turns.words(work), shared=work["shared"]))
        except Undeliverable as error:  # the bot was removed, the chat is gone: nobody is there to be answered
            log.warning("teams: nobody to answer: %s", error.reason)

    async def tell_delay(self, work: dict[str, Any]) -> None:
        key = "delayed" if work["kind"] == arrivals.ASK else "press_delayed"
        await self._tell(work, key)

    async def tell_failure(self, work: dict[str, Any]) -> None:
        await self._tell(work, "given_up" if work["kind"] == arrivals.ASK else "failed")

    async def _tell(self, work: dict[str, Any], key: str) -> None:
        async with self._connector.talk(work["address"]) as talk:
            await talk.say(told(CardWords(self._turns.words(work))(key)))

    async def deliver(self, address: dict[str, Any], reply: AdviserReply) -> None:
        async with self._connector.talk(address) as talk:
            await talk.say(adviser_reply(reply, self._gateway.catalogue.words(reply.language)))
