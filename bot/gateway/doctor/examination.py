"""The examination: everything that is looked at, in one order."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from ..errors import ConfigurationError
from ..settings import Settings, read_settings
from . import configuration, services
from .findings import Finding, Weight, fault, fine
from .services import Outside


async def examine(
    environment: Mapping[str, str],
    ask_outside: bool = True,
    outside: Outside | None = None,
    now: Callable[[], float] = time.time,
) -> list[Finding]:
    """Every finding. `ask_outside` also asks Slack and Microsoft, with the secrets that are theirs."""
    found = list(configuration.secret_files(environment))
    if not is_well(found):
        return found  # with a secret that can't be read, everything else would follow from that
    try:
        settings = read_settings()
    except ConfigurationError as error:
        key = "setting_wrong" if error.value else "setting_missing"
        return [*found, fault(key, setting=error.setting, value=error.value)]
    found.append(fine("settings_fine"))
    found += [*configuration.data_folder(settings), *configuration.database(settings), *configuration.web(settings)]
    found += [one async for one in services.rasa(settings)]
    found += [one async for one in services.knowledge(settings)]
    return found + await _channels(settings, ask_outside, outside or Outside(), now)


async def _channels(settings: Settings, ask_outside: bool, outside: Outside, now: Callable[[], float]) -> list[Finding]:
    found = [*configuration.slack_shapes(settings.slack)]
    if ask_outside:
        found += [one async for one in services.slack(settings, outside, now)]
    found += configuration.teams_shapes(settings.teams)
    if ask_outside:
        found += [one async for one in services.teams(settings, outside, now)]
    return found


def is_well(findings: list[Finding]) -> bool:
    return all(one.weight is not Weight.FAULT for one in findings)
