"""How far a piece of work has come, kept so that whoever takes it over goes on where it stopped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any


class Progress:
    """What is done already. `keep` before and after each step that others see."""

    def __init__(
        self, kept: dict[str, Any] | None = None, save: Callable[[dict[str, Any]], Awaitable[None]] | None = None
    ) -> None:
        self._kept, self._save = dict(kept or {}), save

    def get(self, name: str, default: Any = None) -> Any:
        return self._kept.get(name, default)

    async def keep(self, **values: Any) -> None:
        """Durable with its return. Raises LeaseLost where another gateway has taken over: then do nothing more."""
        self._kept |= values
        if self._save is not None:
            await self._save(self._kept)
