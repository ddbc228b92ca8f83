"""The channel, where it has settings. Microsoft's SDK takes a second and 40 MiB to import: only who uses Teams pays."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ...bootstrap import Gateway
from ..port import Channel

if TYPE_CHECKING:
    from .outside import Outside


def build(gateway: Gateway, outside: Outside | None = None) -> Channel | None:
    """None where Teams has no settings. `outside` stands in for Microsoft in tests and in the simulator."""
    settings = gateway.settings.teams
    if not settings.configured:
        return None
    from .channel import TeamsChannel
    from .outside import microsoft

    # The SDK logs conversation ids, and a whole activity, text and all, where it finds one malformed.
    logging.getLogger("microsoft_agents").setLevel(logging.CRITICAL)
    return TeamsChannel(gateway, outside or microsoft(settings))
