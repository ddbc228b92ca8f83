"""Microsoft's side of the channel: whose tokens count, where ours come from, and which hosts we talk to.

Tests and the simulator hand in loopback's instead; nothing in the environment can.
"""

from __future__ import annotations

from dataclasses import dataclass

from microsoft_agents.authentication.msal import MsalAuth
from microsoft_agents.hosting.core import (
    AccessTokenProviderBase,
    AgentAuthConfiguration,
    JwtTokenValidator,
    OutboundHostValidator,
)

from ...settings import TeamsSettings


@dataclass(frozen=True, slots=True)
class Outside:
    validator: JwtTokenValidator
    tokens: AccessTokenProviderBase
    hosts: OutboundHostValidator


def configuration(settings: TeamsSettings) -> AgentAuthConfiguration:
    """A single-tenant bot. Issuers are checked only where that is asked for: the SDK's default is not to."""
    return AgentAuthConfiguration(
        client_id=settings.client_id,
        tenant_id=settings.tenant_id,
        client_secret=settings.client_secret,
        validate_issuer=True,
        anonymous_allowed=False,
    )


def microsoft(settings: TeamsSettings) -> Outside:
    """The real one. No request is made until a message comes."""
    configured = configuration(settings)
    return Outside(JwtTokenValidator(configured), MsalAuth(configured), OutboundHostValidator(enabled=True))
