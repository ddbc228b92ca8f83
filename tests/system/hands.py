"""How a person works a page: with a mouse, or by keyboard alone. A walk is written once and taken by both."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

_IS_FOCUSED = "(wanted) => wanted === wanted.getRootNode().activeElement"
_TABS = 250  # more than any page has places to stop at


class Hand(Protocol):
    def press(self, thing: Locator) -> None:
        """A button or a link."""

    def tick(self, box: Locator) -> None: ...

    def write(self, field: Locator, text: str) -> None:
        """In place of what stands there."""


class Mouse:
    def __init__(self, _page: Page) -> None: ...

    def press(self, thing: Locator) -> None:
        thing.click(no_wait_after=True)  # as a key: whoever wants the next page waits for it

    def tick(self, box: Locator) -> None:
        box.check()

    def write(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)


class Keyboard:
    """Tab, Enter, Space and letters, from wherever the page has put the focus."""

    def __init__(self, page: Page) -> None:
        self._page, self._keys = page, page.keyboard

    def press(self, thing: Locator) -> None:
        self._come_to(thing)
        self._keys.press("Enter")

    def tick(self, box: Locator) -> None:
        self._come_to(box)
        self._keys.press("Space")
        expect(box).to_be_checked()

    def write(self, field: Locator, text: str) -> None:
        self._come_to(field)
        self._keys.press("Control+A")
        self._keys.press("Delete")
        self._keys.type(text)

    def _come_to(self, thing: Locator) -> None:
        expect(thing).to_be_visible()
        wanted = thing.element_handle()
        for _ in range(_TABS):
            if wanted.evaluate(_IS_FOCUSED):
                return
            self._keys.press("Tab")
        raise AssertionError(f"Tab never came to {thing}")
