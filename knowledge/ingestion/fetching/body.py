"""A reply's body, up to a limit: of what comes over the wire and of what it unpacks to."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

import httpx

from ...errors import FetchFailed
from ...source_checks import Reason

_ANY_FORMAT = zlib.MAX_WBITS | 32  # gzip or zlib, told by its header
ACCEPT_ENCODING = "gzip"  # what is unpacked here, bit by bit: httpx would unpack a whole piece before it is counted


async def read_body(reply: httpx.Response, url: str, limit: int, *, cut: bool = False) -> bytes:
    """The unpacked body. What is longer raises FetchFailed, or is cut off there."""
    announced = reply.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit and not cut:
        raise FetchFailed(url, Reason.TOO_LARGE, f"{announced} byte")
    encoding = reply.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchFailed(url, Reason.UNREADABLE, f"Content-Encoding: {encoding}")
    pieces = reply.aiter_raw()
    body = bytearray()
    async for piece in pieces if encoding in ("", "identity") else _unpacked(pieces, url, limit):
        body += piece
        if len(body) > limit:
            if cut:
                break
            raise FetchFailed(url, Reason.TOO_LARGE, f"> {limit} byte")
    return bytes(body[:limit])


async def _unpacked(pieces: AsyncIterator[bytes], url: str, limit: int) -> AsyncIterator[bytes]:
    """Never more than the limit and a byte at a time, however much a few bytes stand for."""
    unpacking, whole = zlib.decompressobj(_ANY_FORMAT), True
    try:
        async for packed in pieces:
            while packed:
                yield unpacking.decompress(packed, limit + 1)
                packed, whole = unpacking.unconsumed_tail, unpacking.eof
                if unpacking.eof:
                    packed, unpacking = unpacking.unused_data, zlib.decompressobj(_ANY_FORMAT)
    except zlib.error as error:
        raise FetchFailed(url, Reason.UNREADABLE, "gzip") from error
    if not whole:
        raise FetchFailed(url, Reason.BAD_REPLY, "gzip")
