"""The list in its address: filters, and the document that a page begins after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ...store.document_catalogue import STATES
from ...store.tables import LIBRARY, STARTER

PATH = "/console/documents"
COLLECTIONS = (STARTER, LIBRARY)
_FIELDS = ("words", "collection", "state", "after")
_LONGEST = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Address:
    """A value that means nothing lets everything through: an old address still shows a list."""

    words: str = ""
    collection: str = ""
    state: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.collection or self.state)

    def page_after(self, document_id: str) -> str:
        """The page that begins after a document; the first one without."""
        values = {"words": self.words, "collection": self.collection, "state": self.state, "after": document_id}
        chosen = {name: value for name, value in values.items() if value}
        return f"{PATH}?{urlencode(chosen)}" if chosen else PATH


def read(query: Mapping[str, str]) -> Address:
    given = {name: query.get(name, "").replace("\0", "").strip()[:_LONGEST] for name in _FIELDS}
    return Address(
        words=given["words"],
        collection=given["collection"] if given["collection"] in COLLECTIONS else "",
        state=given["state"] if given["state"] in STATES else "",
        after=given["after"],
    )
