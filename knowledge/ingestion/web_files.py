"""Addresses that a person names -> files to take in, read as politely and as carefully as `refresh` reads.

Any public host may be named: who can run the command could save the page by hand. Inwards leads no address.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Iterator

from ..errors import CorpusError, FetchFailed
from .fetching.addresses import Resolver
from .fetching.fetcher import Fetcher
from .fetching.pace import Timer
from .fetching.policy import CONTENT_TYPES, Policy
from .files import LARGEST, RawFile, from_address

SCHEMES = ("http://", "https://")
CODE = "web_"  # before the reason of a fetch that failed, in the code of its error
_ALSO_TAKEN = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/x-subrip",
    "text/vtt",
    "application/octet-stream",  # what many servers say of a file for download; its content tells what it is
)


def is_address(word: str) -> bool:
    return word.lower().startswith(SCHEMES)


def policy_for_named_addresses(user_agent: str) -> Policy:
    return Policy(hosts=None, user_agent=user_agent, content_types=CONTENT_TYPES.union(_ALSO_TAKEN), max_bytes=LARGEST)


def web_files(
    addresses: Iterable[str], policy: Policy, resolver: Resolver, timer: Timer, today: dt.date
) -> Iterator[RawFile | CorpusError]:
    """Each as a file, or why it is none; fetched when it is asked for. A page that has moved for good counts as where
    it is now."""
    with asyncio.Runner() as runner:
        fetcher = Fetcher(policy, resolver, timer)
        try:
            for address in addresses:
                yield runner.run(_file(fetcher, address, today))
        finally:
            runner.run(fetcher.__aexit__())


async def _file(fetcher: Fetcher, address: str, today: dt.date) -> RawFile | CorpusError:
    try:
        fetched = await fetcher.fetch(address)
        url = fetched.url if fetched.moved else address.partition("#")[0]
        return from_address(url, fetched.body, fetched.content_type, {"retrieved": today.isoformat()})
    except FetchFailed as error:
        return CorpusError(address, f"{error.reason} {error.detail}".rstrip(), CODE + error.reason)
    except CorpusError as error:
        return error
