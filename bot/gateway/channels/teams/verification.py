"""Is a request from Microsoft's Bot Connector, for our bot, and from a tenant that may use it?

The SDK checks signature (RS256 only), audience, issuer and times, with 300 s of leeway. What it leaves to us: that the
reply goes to the address in the token and to no other, that the host is Microsoft's, and whose people may ask.
"""

from __future__ import annotations

import logging

from jwt import PyJWKClientConnectionError, PyJWTError
from microsoft_agents.activity import Activity
from microsoft_agents.hosting.core import ClaimsIdentity
from pydantic import ValidationError

from ...errors import BadMessage, ForbiddenTenant, Unauthorized, Unavailable
from ...settings import TeamsSettings
from .outside import Outside

log = logging.getLogger(__name__)
_TEAMS = "msteams"


class Verification:
    def __init__(self, settings: TeamsSettings, outside: Outside) -> None:
        self._tenants = {tenant.lower() for tenant in settings.allowed_tenants or (settings.tenant_id,)}
        self._validator, self._hosts = outside.validator, outside.hosts

    async def verified(self, authorization: str | None, body: bytes) -> Activity:
        """The activity. Raises Unauthorized, ForbiddenTenant, BadMessage, or Unavailable where keys can't be had.

        The body is not looked at before the token holds.
        """
        claims = await self._claims(authorization)
        try:
            activity = Activity.model_validate_json(body)
        except ValidationError as error:
            log.info("malformed activity: %s", [(e["loc"], e["type"]) for e in error.errors()][:3])
            raise BadMessage("invalid") from error
        if activity.channel_id != _TEAMS or not activity.id or not activity.conversation or not activity.from_property:
            raise BadMessage("invalid")
        self._check_address(activity, claims)
        self._check_tenant(activity)
        return activity

    async def _claims(self, authorization: str | None) -> ClaimsIdentity:
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorized
        try:
            return await self._validator.validate_token(token)
        except PyJWKClientConnectionError as error:
            log.error("the Bot Connector's keys can't be fetched: no message can be taken")
            raise Unavailable from error
        except (PyJWTError, ValueError, KeyError, TypeError) as error:  # KeyError: a header without kid
            log.warning("teams: token refused: %s", type(error).__name__)
            raise Unauthorized from error

    def _check_address(self, activity: Activity, claims: ClaimsIdentity) -> None:
        """Our token is sent to serviceUrl: it must be the one that Microsoft signed."""
        claimed = claims.get_claim_value("serviceurl") or ""
        named = activity.service_url or ""
        if not claimed or claimed.rstrip("/").lower() != named.rstrip("/").lower() or not self._hosts.is_allowed(named):
            log.warning("teams: serviceUrl is not the token's, or not Microsoft's")
            raise Unauthorized

    def _check_tenant(self, activity: Activity) -> None:
        """Every tenant that the activity names must be allowed, and it must name one."""
        data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
        tenant = data.get("tenant")
        named = {
            str(value).lower()
            for value in (activity.conversation.tenant_id, tenant.get("id") if isinstance(tenant, dict) else None)
            if value
        }
        if not named or not named <= self._tenants:
            log.warning("teams: a tenant that is not allowed was refused")
            raise ForbiddenTenant
