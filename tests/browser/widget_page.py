"""The widget as its users meet it: by the names of things, never by their place in the code."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class WidgetPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.launcher = page.get_by_role("button", name="Fråga Rådgivaren")
        self.panel = page.get_by_role("dialog", name="Rådgivaren")
        self.question = page.get_by_label("Din fråga")

    def open(self, path: str = "/") -> WidgetPage:
        self.page.goto(path)
        if path == "/":
            self.launcher.click()
        expect(self.question).to_be_visible()
        return self

    def ask(self, text: str) -> Locator:
        """Asks, waits for the turn to be done, and gives it."""
        self.question.fill(text)
        self.question.press("Enter")
        return self.done()

    def done(self) -> Locator:
        expect(self.page.get_by_role("feed")).to_have_attribute("aria-busy", "false")
        return self.latest()

    def latest(self) -> Locator:
        return self.page.get_by_role("article").last

    def button(self, name: str) -> Locator:
        return self.latest().get_by_role("button", name=name)

    def focused_name(self) -> str:
        """The accessible text of what has focus, looked up through the shadow root."""
        return str(
            self.page.evaluate(
                """() => {
                  let node = document.activeElement;
                  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                  return node?.getAttribute("aria-label") ?? node?.labels?.[0]?.textContent ?? node?.textContent ?? "";
                }"""
            )
        )

    def tab_to(self, name: str, limit: int = 60) -> None:
        """Presses Tab until the focus is on the thing that begins with this name."""
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            if self.focused_name().strip().startswith(name):
                return
        raise AssertionError(f"Tab never came to {name!r}; focus is on {self.focused_name()!r}")
