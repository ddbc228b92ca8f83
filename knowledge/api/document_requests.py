"""What callers of the documents' routes send."""

from __future__ import annotations

from typing import Literal

from .requests import Body, LongText

DocumentState = Literal["live", "retired", "gone"]
DocumentCollection = Literal["starter", "library"]


class RetireRequest(Body):
    why: LongText = ""
